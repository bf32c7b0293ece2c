/** The host's own icons: a 16 px box, 1.5 px strokes. */
import { s } from './dom.js';

const paths = {
  overview: 'M2.5 7 8 2.5 13.5 7v6.5H10V10a2 2 0 0 0-4 0v3.5H2.5z',
  audiences: 'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M1.5 13.5v-1a3 3 0 0 1 3-3h3a3 3 0 0 1 3 3v1M10.5 2.7a2.5 2.5 0 0 1 0 4.6M12.5 9.8a3 3 0 0 1 2 2.7v1',
  events: 'M9 1.5 3 9.5h4.5L7 14.5l6-8H8.5z',
  dashboards: 'M2 14h12M4 11V7.5M8 11V2.5M12 11V5.5',
  catalogue: 'm8 1.5 5.5 3v7L8 14.5l-5.5-3v-7zM2.5 4.5 8 7.5l5.5-3M8 7.5v7',
  integrations: 'M5.5 1.5v3.5M10.5 1.5v3.5M3.5 5h9v2.5a4 4 0 0 1-4 4h-1a4 4 0 0 1-4-4zM8 11.5v3',
  billing: 'M2.5 3h11a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1M1.5 6.5h13M4 10h2.5',
  help: 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5M8 7.5V11M8 5v.01',
  menu: 'M2 4h12M2 8h12M2 12h12',
  close: 'm3.5 3.5 9 9M12.5 3.5l-9 9',
  mail: 'M2 3.5h12v9H2zM2.5 4.5 8 8.75l5.5-4.25',
  sliders: 'M2 5h5.5M12.5 5H14M10 7.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5M2 11h1.5M8.5 11H14M6 13.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5',
  chevron: 'm4 6 4 4 4-4',
  back: 'M13 8H3M7 4 3 8l4 4',
  tick: 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5M5.25 8.25l2 2 3.5-4',
  clock: 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5M8 4.5V8l2.25 1.75',
  circle: 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5',
  warning: 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5M8 5v3.5M8 11v.01',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  key: 'M5.5 12.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6M7.6 7.4l5.4-5.4M10.5 4.5l2 2M12 3l1.5 1.5',
  eyeOff: 'M6.3 3.7A6 6 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a12 12 0 0 1-1.9 2.4M10 11.9a6 6 0 0 1-2 .6C4 12.5 1.5 8 1.5 8a11 11 0 0 1 3-3.3M2.5 2.5l11 11',
} as const;
export type IconName = keyof typeof paths;

export function icon(name: IconName, className = 'icon'): SVGSVGElement {
  return s('svg', { class: className, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' }, s('path', { d: paths[name] }));
}

/** The mark of the made-up product. */
export function brandMark(): SVGSVGElement {
  return s('svg', { class: 'brand-svg', viewBox: '0 0 32 32', 'aria-hidden': 'true', focusable: 'false' }, s('rect', { width: 32, height: 32, rx: 7 }), s('path', { d: 'M9 9v8a7 7 0 0 0 14 0V9M9 24h14' }));
}
