import { css } from 'lit';
import { schemeStyles } from './scheme-styles.js';

/**
 * The look, from `look.md`. Public tokens are `--uf-*`; each is read exactly once, into a private `--_*` with a finished
 * default. Nothing below the first rule names a public token or a literal colour.
 *
 * `.root` undoes what a hostile page makes its children inherit: `all: initial` on `:host` would lose to a page's
 * `* { ... !important }`, an element of our own tree does not.
 */
export const baseStyles = css`
  ${schemeStyles}
  :host { display: block; }
  :host([hidden]) { display: none; }
  .root {
    all: initial;
    color-scheme: inherit;
    visibility: inherit;
    display: block;

    --_accent: var(--uf-accent, light-dark(oklch(0.5 0.19 262), oklch(0.57 0.18 262)));
    --_text: var(--uf-text, light-dark(oklch(0.24 0.016 265), oklch(0.945 0.006 265)));
    --_surface: var(--uf-surface, light-dark(oklch(1 0 265), oklch(0.205 0.009 265)));
    --_danger: var(--uf-danger, light-dark(oklch(0.53 0.19 26), oklch(0.74 0.14 24)));
    --_success: var(--uf-success, light-dark(oklch(0.5 0.12 155), oklch(0.78 0.14 155)));
    --_warning: var(--uf-warning, light-dark(oklch(0.53 0.11 68), oklch(0.82 0.13 82)));

    --_on-accent: var(--uf-on-accent, color(from var(--_accent) xyz-d65 clamp(0, (0.1791 - y) * 9999, 0.9505) clamp(0, (0.1791 - y) * 9999, 1) clamp(0, (0.1791 - y) * 9999, 1.089)));
    --_accent-text: var(--uf-accent-text, light-dark(oklch(from var(--_accent) min(l, 0.48) c h), oklch(from var(--_accent) max(l, 0.8) min(c, 0.095) h)));
    --_text-muted: var(--uf-text-muted, color-mix(in oklab, var(--_text) 67%, var(--_surface)));
    --_sunken: var(--uf-surface-sunken, color-mix(in oklab, var(--_text) 3.5%, var(--_surface)));
    --_field: var(--uf-field, light-dark(var(--_surface), color-mix(in oklch, var(--_surface) 78%, black)));
    --_border: var(--uf-border, color-mix(in oklab, var(--_text) 13%, var(--_surface)));
    --_border-control: var(--uf-border-control, color-mix(in oklab, var(--_text) 46%, var(--_surface)));
    --_focus: var(--uf-focus, var(--_accent-text));

    --_font: var(--uf-font, inherit);
    --_size: var(--uf-font-size, 0.875rem);
    --_strong: var(--uf-font-weight-strong, 600);
    --_radius: var(--uf-radius, 0.5rem);
    --_u: var(--uf-space, 0.25rem);
    --_control: max(var(--uf-control-size, 2.25rem), var(--_target));
    --_pad: var(--uf-card-padding, 1.5rem);
    --_gap: var(--uf-section-gap, 2.5rem);
    --_aside: var(--uf-aside-size, 17rem);
    --_ring: var(--uf-focus-width, 2px);
    --_ring-offset: var(--uf-focus-offset, 2px);
    --_time: var(--uf-duration, 140ms);

    --_target: 0px;
    --_icon-button: 2rem;
    --_small: 0.8125rem;
    --_r-control: calc(var(--_radius) * 0.75);
    --_r-tag: calc(var(--_radius) * 0.5);
    --_accent-hover: color-mix(in oklch, var(--_accent) 88%, color(from var(--_on-accent) xyz-d65 calc(0.9505 - x) calc(1 - y) calc(1.089 - z)));
    --_accent-edge: light-dark(oklch(from var(--_accent) min(l, 0.6) c h), oklch(from var(--_accent) max(l, 0.57) min(c, 0.18) h));
    --_hover: color-mix(in oklab, var(--_text) 6%, transparent);

    font-family: var(--_font);
    font-size: var(--_size);
    line-height: 1.4286;
    color: var(--_text);
    font-variant-numeric: tabular-nums;
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }
  .frame { container: uf / inline-size; }
  .root *, .root *::before, .root *::after { box-sizing: border-box; }
  :where(h1, h2, h3, h4, h5, h6, p, ul, ol, dl, dd, fieldset, legend) { margin: 0; padding: 0; border: 0; font-size: inherit; }
  :where(ul, ol) { list-style: none; }
  :where(button, input, select) { font: inherit; color: inherit; letter-spacing: inherit; margin: 0; }
  :where(bdi) { overflow-wrap: anywhere; }
  strong { font-weight: var(--_strong); }
  .vh { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .muted { color: var(--_text-muted); }
  .small { font-size: var(--_small); line-height: 1.25rem; }
  .i { inline-size: 1rem; block-size: 1rem; flex: none; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
  .i20 { inline-size: 1.25rem; block-size: 1.25rem; }
  .spin { animation: spin 800ms linear infinite; }
  @keyframes spin { to { transform: rotate(1turn); } }
  a { color: var(--_accent-text); text-decoration: underline 1px color-mix(in oklab, currentColor 45%, transparent); text-underline-offset: 0.2em; border-radius: 2px; }
  a:hover { text-decoration-color: currentColor; }
  :focus-visible { outline: var(--_ring) solid var(--_focus); outline-offset: var(--_ring-offset); }

  .button {
    display: inline-flex; align-items: center; justify-content: center; gap: calc(var(--_u) * 2);
    min-block-size: var(--_control); padding: calc(var(--_u) * 1.5) calc(var(--_u) * 3.5);
    border: 1px solid var(--_border-control); border-radius: var(--_r-control); background: var(--_surface); color: var(--_text);
    font-weight: 500; line-height: 1.25rem; cursor: pointer;
    transition: background-color var(--_time), border-color var(--_time);
  }
  .button:hover { background: var(--_sunken); border-color: var(--_text-muted); }
  .primary { background: var(--_accent); border-color: var(--_accent-edge); color: var(--_on-accent); }
  .primary:hover { background: var(--_accent-hover); border-color: var(--_accent-edge); }
  .danger { color: var(--_danger); }
  .quiet { border-color: transparent; background: transparent; padding-inline: calc(var(--_u) * 2.5); }
  .quiet:hover { background: var(--_hover); border-color: transparent; }
  .little { min-block-size: max(2rem, var(--_target)); padding: var(--_u) calc(var(--_u) * 2.5); font-size: var(--_small); }
  .icon-button { flex: none; inline-size: var(--_icon-button); min-block-size: var(--_icon-button); padding: 0; }
  .button[aria-disabled="true"] { cursor: default; }
  .button[aria-disabled="true"]:not(.primary, .destructive) { color: var(--_text-muted); }
  /* Cannot be used yet: neither filled nor framed. What is busy keeps its look. */
  .button.off, .button.off:hover { background: color-mix(in oklab, var(--_text) 6%, transparent); border-color: transparent; color: var(--_text-muted); }

  .section { display: grid; gap: calc(var(--_u) * 4); }
  .section + .section { margin-block-start: var(--_gap); }
  .head { display: grid; gap: var(--_u); align-content: start; justify-items: start; min-inline-size: 0; }
  .h2 { font-size: 1rem; line-height: 1.5rem; font-weight: var(--_strong); letter-spacing: -0.005em; }
  .h3 { font-size: inherit; line-height: 1.25rem; font-weight: var(--_strong); }
  .head p { color: var(--_text-muted); max-inline-size: 34rem; text-wrap: pretty; overflow-wrap: anywhere; }
  .card { min-inline-size: 0; border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_surface); }
  .card-body { padding: var(--_pad); display: grid; gap: calc(var(--_u) * 5); }
  .card-foot { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 2) calc(var(--_u) * 3); min-block-size: 4.3125rem; padding: calc(var(--_u) * 4) var(--_pad); border-block-start: 1px solid var(--_border); }
  .row { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: calc(var(--_u) * 4); }
  .row > div { display: grid; gap: calc(var(--_u) * 0.5); min-inline-size: 0; }
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
  .hint, .error { font-size: var(--_small); line-height: 1.25rem; color: var(--_text-muted); text-wrap: pretty; }
  .error { display: flex; gap: calc(var(--_u) * 1.5); color: var(--_danger); }
  :is(.error, .notice) > .i { margin-block-start: 0.125rem; }

  .notice { --_tone: var(--_text-muted); display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--_u) calc(var(--_u) * 3); padding: calc(var(--_u) * 3) calc(var(--_u) * 4); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_sunken); }
  .notice > .i { color: var(--_tone); }
  .notice > div { display: grid; gap: calc(var(--_u) * 0.5); justify-items: start; }
  .notice p { text-wrap: pretty; max-inline-size: 44rem; overflow-wrap: anywhere; }
  .actions { display: flex; inline-size: 100%; flex-wrap: wrap; gap: calc(var(--_u) * 2); padding-block-start: calc(var(--_u) * 2); }
  .notice:is(.warning, .failure, .success) { border-color: color-mix(in oklab, var(--_tone) 40%, var(--_surface)); background: color-mix(in oklab, var(--_tone) 7%, var(--_surface)); }
  .notice.warning { --_tone: var(--_warning); }
  .notice.failure { --_tone: var(--_danger); }
  .notice.success { --_tone: var(--_success); }
  .offline { margin-block-end: calc(var(--_u) * 6); }

  .skeleton { display: block; color: transparent; border-radius: var(--_r-tag); background: color-mix(in oklab, var(--_text) 9%, var(--_surface)); animation: pulse 1.6s ease-in-out infinite alternate; }
  .skeleton.line { block-size: 0.75rem; margin-block: 0.25rem; inline-size: 8rem; max-inline-size: 100%; }
  .skeleton.box { block-size: var(--_control); border-radius: var(--_r-control); }
  @keyframes pulse { to { opacity: 0.5; } }
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
    .row > .button { flex: 1 1 100%; }
  }
  /* Text so large that a phone holds a few words a line: all room goes to the text. */
  @container uf (max-width: 14.99rem) {
    .frame > * { --_u: 2px; --_pad: 0.5rem; overflow-wrap: anywhere; }
  }
  @media (pointer: coarse) {
    .root { --_target: 2.75rem; --_icon-button: 2.75rem; }
    .input:not(.code) { font-size: 1rem; }
  }
  @media (prefers-reduced-motion: reduce) {
    .root *, .root *::before { animation: none !important; transition: none !important; }
  }
  @media (forced-colors: active) {
    .primary { forced-color-adjust: none; background: Highlight; border-color: Highlight; color: HighlightText; }
    .primary:hover { background: HighlightText; color: Highlight; }
    .button.off[aria-disabled] { background: Canvas; border-color: GrayText; color: GrayText; }
    .skeleton { background: none; border: 1px solid GrayText; }
    [aria-invalid="true"].input { border-width: 2px; }
  }
  @media (prefers-contrast: more) {
    .root { --_border: var(--_border-control); --_text-muted: var(--_text); }
  }
`;
