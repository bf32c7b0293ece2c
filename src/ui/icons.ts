import { html, type TemplateResult } from 'lit';

/** Line icons on a 16 box: paths only, so that an element carries just the ones it draws. */
export const circleCheck = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM5.5 8.25 7.25 10l3.25-3.75';
export const circleAlert = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM8 5v3.5M8 10.9v.1';
export const circleInfo = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM8 11V7.5M8 5.1V5';
export const circleCross = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM6 6l4 4M10 6l-4 4';
export const circle = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5Z';
export const clock = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM8 4.5V8l2.25 1.5';
export const dot = 'M8 9.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM8 8h.01';
export const warning = 'M8 2 1.75 13.25h12.5L8 2ZM8 6.25v3.5M8 11.4v.1';
export const lock = 'M3.75 7.25h8.5a.5.5 0 0 1 .5.5v5.5a.5.5 0 0 1-.5.5h-8.5a.5.5 0 0 1-.5-.5v-5.5a.5.5 0 0 1 .5-.5ZM5.25 7V5a2.75 2.75 0 0 1 5.5 0v2';
export const shield = 'M8 1.75 3 3.5v4c0 3.25 2.1 5.6 5 6.75 2.9-1.15 5-3.5 5-6.75v-4L8 1.75Z';
export const eye = 'M1.5 8S3.75 3.75 8 3.75 14.5 8 14.5 8 12.25 12.25 8 12.25 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z';
export const eyeOff = `${eye}M2.5 2.5l11 11`;
export const copy = 'M6 5.75h7.25v7.5H6v-7.5ZM10 5.5V2.75H2.75v7.5H5.5';
export const check = 'm3 8.5 3.25 3.25L13 4.5';
export const cross = 'm3.75 3.75 8.5 8.5M12.25 3.75l-8.5 8.5';
export const chevronDown = 'm3.75 6 4.25 4.25L12.25 6';
export const chevronsUpDown = 'M5 6l3-3 3 3M5 10l3 3 3-3';
export const arrowUp = 'M8 13V3.25M4 7l4-4 4 4';
export const arrowDown = 'M8 3v9.75M4 9l4 4 4-4';
export const search = 'M7 12.25a5.25 5.25 0 1 0 0-10.5 5.25 5.25 0 0 0 0 10.5ZM11 11l3.25 3.25';
export const plus = 'M8 2.75v10.5M2.75 8h10.5';
export const mail = 'M1.75 3.75h12.5v8.5H1.75v-8.5ZM2 4.5l6 4.5 6-4.5';
export const signOut = 'M6.25 13.25h-3.5V2.75h3.5M7 8h7M11.25 5.25 14 8l-2.75 2.75';
export const retry = 'M13.25 8a5.25 5.25 0 1 1-1.6-3.75L13.25 6M13.25 2.5V6h-3.5';
export const offline = 'M1.75 6.5a9 9 0 0 1 12.5 0M4.25 9.25a5.25 5.25 0 0 1 7.5 0M8 12v.1M2.5 2.5l11 11';
export const people = 'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.75 13.5c.25-2.5 2-4 4.25-4s4 1.5 4.25 4M10.5 2.75a2.4 2.4 0 0 1 0 4.5M12 9.75c1.3.6 2.1 1.9 2.25 3.75';
export const key = 'M5.25 13.25a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM7.6 7.9l5.4-5.15M10.5 5.25l2 2';
export const settings = 'M8 10.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5ZM8 1.75v2M8 12.25v2M1.75 8h2M12.25 8h2M3.6 3.6 5 5M11 11l1.4 1.4M3.6 12.4 5 11M11 5l1.4-1.4';
export const dots = 'M3.5 8.25a.25.25 0 1 0 0-.5.25.25 0 0 0 0 .5ZM8 8.25a.25.25 0 1 0 0-.5.25.25 0 0 0 0 .5ZM12.5 8.25a.25.25 0 1 0 0-.5.25.25 0 0 0 0 .5Z';
export const circleSlash = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM3.6 12.4l8.8-8.8';
export const exportIcon = 'M8 2.5v7.25M4.75 6.75 8 10l3.25-3.25M2.75 13.25h10.5';
export const filter = 'M2 4h12M4.5 8h7M6.75 12h2.5';
const spinner = 'M14.25 8A6.25 6.25 0 0 0 8 1.75';

/** An icon says nothing by itself: the words stand beside it. */
export function icon(path: string, large = false): TemplateResult {
  return html`<svg class=${large ? 'i i20' : 'i'} viewBox="0 0 16 16" aria-hidden="true"><path d=${path}></path></svg>`;
}

export function spinnerIcon(): TemplateResult {
  return html`<svg class="i spin" viewBox="0 0 16 16" aria-hidden="true"><path d=${spinner}></path></svg>`;
}
