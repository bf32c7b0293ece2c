/** Pages that do not care for who lives on them. Each is a whole page; the widgets stand in `#stage`. */
export interface Host {
  /** In the address and in the names of pictures. */
  name: string;
  /** What it does, for the name of the tests. */
  does: string;
  css?: string;
  /** What `support/host.ts` does on it. */
  script?: 'modal' | 'trap' | 'shadow';
  /** Round the widgets; `$` is their place. */
  frame?: string;
  dir?: 'rtl';
  /**
   * How many of its pixels may differ from the tame page's: `same` none, `resampled` what another way of painting letters and edges
   * makes; `other` where it is meant to look otherwise, and is measured instead.
   */
  look: 'same' | 'resampled' | 'other';
}

/** Not one rule of its own beyond a font and a column. */
export const TAME: Host = { name: 'tame', does: 'leaves it alone', look: 'same' };

export const HOSTS: readonly Host[] = [
  { name: 'unset', does: 'takes every style away (`* { all: unset !important }`)', css: '* { all: unset !important }', look: 'same' },
  {
    name: 'elements',
    does: 'restyles elements by name (button, input, dialog, table, heading, svg …)',
    css: `button { display: none !important; transform: rotate(3deg) } input, select, textarea { width: 10px !important; height: 90px !important; opacity: 0 !important; appearance: none !important }
      dialog, [popover] { display: none !important; position: static !important; width: 40px !important; background: red !important } dialog::backdrop { background: red !important }
      table, tr, td, th { display: block !important; float: left; border: 9px solid red !important } h1, h2, h3, h4, h5, h6, p, ul, ol, li, label, form, section, fieldset { margin: 77px !important; padding: 33px !important; font: 99px serif !important; color: red !important }
      svg { width: 300px !important; fill: red !important } a { color: red !important; display: none !important }`,
    look: 'same',
  },
  {
    name: 'everything',
    does: 'restyles everything (`*`) with what children inherit',
    css: `* { box-sizing: content-box !important; line-height: 3 !important; letter-spacing: 0.3em !important; word-spacing: 1em !important; text-transform: uppercase !important; text-align: right !important; text-indent: 40px !important;
      font-weight: 900 !important; font-style: italic !important; font-variant: small-caps !important; color: red !important; cursor: crosshair !important; white-space: pre !important; word-break: break-all !important; user-select: none !important;
      text-shadow: 2px 2px red !important; list-style: square inside !important; border-collapse: separate !important; border-spacing: 20px !important; caret-color: red !important; text-wrap: nowrap !important;
      quotes: "!" "!" !important; tab-size: 40 !important; hyphens: auto !important; writing-mode: horizontal-tb !important; pointer-events: auto !important; -webkit-text-stroke: 2px red !important; -webkit-text-fill-color: red !important }`,
    look: 'same',
  },
  { name: 'root-size', does: 'has a root font size of 62.5 %', css: 'html { font-size: 62.5% } body { font-size: 1.6rem }', look: 'same' },
  { name: 'line-height', does: 'has lines five times as high', css: 'html, body, #stage { line-height: 5; line-height-step: 40px }', look: 'same' },
  {
    name: 'layers',
    does: 'lays its own layers over everything (z-index 2147483647)',
    css: `.bar { position: fixed; inset: 0 0 auto; height: 60px; z-index: 2147483647; background: #ccc } .corner { position: fixed; inset: 0 0 auto auto; width: 400px; height: 200px; z-index: 2147483647; background: #ccc; pointer-events: none; opacity: 0.5 } #stage { margin-top: 60px; position: relative; z-index: 0 }`,
    frame: '<div class="bar"></div>$<div class="corner"></div>',
    look: 'other',
  },
  { name: 'overflow', does: 'clips what stands out of its boxes (`overflow: hidden`, `overflow: clip`)', css: '#stage { overflow: hidden } .box { overflow: clip; contain: paint }', frame: '<div class="box">$</div>', look: 'same' },
  { name: 'transform', does: 'moves it by a transform', css: '.box { transform: translate3d(0, 0, 0) scale(1); will-change: transform; perspective: 500px }', frame: '<div class="box">$</div>', look: 'resampled' },
  { name: 'filter', does: 'puts it under a filter, in a layer of its own', css: '.box { filter: brightness(1); backdrop-filter: blur(0); isolation: isolate; mix-blend-mode: normal }', frame: '<div class="box">$</div>', look: 'resampled' },
  { name: 'contain', does: 'contains it (layout, style, paint; size containers of its own)', css: '.box { contain: layout style paint; container: uf / inline-size } #stage { content-visibility: auto }', frame: '<div class="box">$</div>', look: 'same' },
  { name: 'modal', does: 'shows it in a modal dialog of its own', script: 'modal', css: '.host-modal { width: 1000px; max-width: none; border: 0; padding: 0; margin: 0; overflow: visible; max-height: none; outline: none }', look: 'same' },
  { name: 'trap', does: 'shows it in a modal with a scripted focus trap', script: 'trap', css: '.host-modal { position: absolute; inset: 0 auto auto 0; width: 1000px; z-index: 5 } .host-modal > button { display: block }', look: 'same' },
  { name: 'shadow', does: 'shows it in a shadow root of its own', script: 'shadow', look: 'same' },
  { name: 'rtl-in-ltr', does: 'reads from right to left inside a page that does not', frame: '<div dir="rtl">$</div>', look: 'other' },
  { name: 'ltr-in-rtl', does: 'reads from left to right inside a page that does not', dir: 'rtl', frame: '<div dir="ltr">$</div>', look: 'same' },
];
