import { html, type TemplateResult } from 'lit';

/** Line icons on a 16 box: paths only. Those of most first views; lists have more in list-icons.ts, and what is drawn later its own in more-icons.ts. */
export const circleCheck = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM5.5 8.25 7.25 10l3.25-3.75';
export const circleAlert = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM8 5v3.5M8 10.9v.1';
export const circleInfo = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM8 11V7.5M8 5.1V5';
export const dot = 'M8 9.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM8 8h.01';
export const lock = 'M3.75 7.25h8.5a.5.5 0 0 1 .5.5v5.5a.5.5 0 0 1-.5.5h-8.5a.5.5 0 0 1-.5-.5v-5.5a.5.5 0 0 1 .5-.5ZM5.25 7V5a2.75 2.75 0 0 1 5.5 0v2';
export const chevronDown = 'm3.75 6 4.25 4.25L12.25 6';
export const signOut = 'M6.25 13.25h-3.5V2.75h3.5M7 8h7M11.25 5.25 14 8l-2.75 2.75';
export const retry = 'M13.25 8a5.25 5.25 0 1 1-1.6-3.75L13.25 6M13.25 2.5V6h-3.5';
export const offline = 'M1.75 6.5a9 9 0 0 1 12.5 0M4.25 9.25a5.25 5.25 0 0 1 7.5 0M8 12v.1M2.5 2.5l11 11';
const spinner = 'M14.25 8A6.25 6.25 0 0 0 8 1.75';

/** An icon says nothing by itself: the words stand beside it. */
export function icon(path: string, large = false): TemplateResult {
  return html`<svg class=${large ? 'i i20' : 'i'} viewBox="0 0 16 16" aria-hidden="true"><path d=${path}></path></svg>`;
}

export function spinnerIcon(): TemplateResult {
  return html`<svg class="i spin" viewBox="0 0 16 16" aria-hidden="true"><path d=${spinner}></path></svg>`;
}
