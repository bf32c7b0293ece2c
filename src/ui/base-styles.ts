import { css } from 'lit';
import { rootStyles } from './root-styles.js';

/** What widgets draw in: sections, cards, forms, notices. */
export const baseStyles = css`
  ${rootStyles}
  .section { display: grid; gap: calc(var(--_u) * 4); }
  .section + .section { margin-block-start: var(--_gap); }
  .head { display: grid; gap: var(--_u); align-content: start; justify-items: start; min-inline-size: 0; }
  .h2 { font-size: 1rem; line-height: 1.5rem; font-weight: var(--_strong); }
  .h3 { line-height: 1.25rem; font-weight: var(--_strong); }
  .head p { color: var(--_text-muted); max-inline-size: 34rem; text-wrap: pretty; overflow-wrap: anywhere; }
  .card { min-inline-size: 0; border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_surface); }
  .card-body { padding: var(--_pad); display: grid; gap: calc(var(--_u) * 5); }
  .card-foot { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 2) calc(var(--_u) * 3); min-block-size: 4.3125rem; padding: calc(var(--_u) * 4) var(--_pad); border-block-start: 1px solid var(--_border); }
  .status { display: inline-flex; align-items: center; gap: calc(var(--_u) * 1.5); font-size: var(--_small); line-height: 1.25rem; color: var(--_text-muted); }
  .ok { color: var(--_success); } .warn { color: var(--_warning); } .bad { color: var(--_danger); }
  @container uf (min-width: 52rem) {
    .section:not(.full) { grid-template-columns: var(--_aside) minmax(0, 1fr); column-gap: calc(var(--_u) * 12); }
    .section:not(.full) > .head { padding-block-start: var(--_u); }
  }

  .field { display: grid; gap: calc(var(--_u) * 1.5); max-inline-size: 26rem; min-inline-size: 0; }
  .label { font-weight: 500; line-height: 1.25rem; justify-self: start; }
  .input {
    inline-size: 100%; min-block-size: var(--_control); padding: calc(var(--_u) * 1.5) calc(var(--_u) * 3);
    border: 1px solid var(--_border-control); border-radius: var(--_r-control); background: var(--_field); line-height: 1.25rem; transition: border-color var(--_time);
  }
  .input:hover { border-color: var(--_text-muted); }
  [aria-invalid="true"].input { border-color: var(--_danger); box-shadow: inset 0 0 0 1px var(--_danger); }
  .input[readonly] { background: var(--_sunken); border-color: var(--_border); }
  :is(.error, .notice) > .i { margin-block-start: 0.125rem; }

  .notice { --_tone: var(--_text-muted); display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--_u) calc(var(--_u) * 3); padding: calc(var(--_u) * 3) calc(var(--_u) * 4); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_sunken); }
  .notice > .i { color: var(--_tone); }
  .notice > div { display: grid; gap: calc(var(--_u) * 0.5); justify-items: start; }
  .notice p { text-wrap: pretty; max-inline-size: 44rem; overflow-wrap: anywhere; }
  .actions { display: flex; inline-size: 100%; flex-wrap: wrap; gap: calc(var(--_u) * 2); padding-block-start: calc(var(--_u) * 2); }
  .notice:is(.warning, .failure) { border-color: color-mix(in oklab, var(--_tone) 40%, var(--_surface)); background: color-mix(in oklab, var(--_tone) 7%, var(--_surface)); }
  .notice.warning { --_tone: var(--_warning); }
  .notice.failure { --_tone: var(--_danger); }
  .offline { margin-block-end: calc(var(--_u) * 6); }

  .empty { display: grid; justify-items: center; gap: var(--_u); padding: calc(var(--_u) * 10) var(--_pad); text-align: center; }
  .empty > .i { margin-block-end: calc(var(--_u) * 2); color: var(--_text-muted); }
  .empty > p:not(.h3, .error) { color: var(--_text-muted); max-inline-size: 26rem; text-wrap: balance; overflow-wrap: anywhere; }
  #state { border-radius: var(--_radius); }
  .empty > .button { margin-block-start: calc(var(--_u) * 3); }

  @container uf (max-width: 29.99rem) {
    .card-body, .card-foot { --_pad: 1rem; }
  }
  @container uf (max-width: 23.99rem) {
    .card-foot > .button { flex: 1 1 auto; }
    .card-foot > .status { flex-basis: 100%; justify-content: center; }
  }
  /* Text so large that a phone holds a few words a line: all room goes to the text. */
  @container uf (max-width: 14.99rem) {
    .frame > * { --_u: 2px; --_pad: 0.5rem; overflow-wrap: anywhere; }
  }
  @media (pointer: coarse) {
    .input:not(.code) { font-size: 1rem; }
  }
  @media (forced-colors: active) {
    [aria-invalid="true"].input { border-width: 2px; }
  }
`;
