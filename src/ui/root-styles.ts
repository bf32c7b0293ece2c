import { css } from 'lit';
import { schemeStyles } from './scheme-styles.js';

/**
 * The look, from `look.md`. Public tokens are `--uf-*`; each is read exactly once, into a private `--_*` with a finished
 * default. Nothing below the first rule names a public token or a literal colour.
 *
 * `.root` undoes what a hostile page makes its children inherit: `all: initial` on `:host` would lose to a page's
 * `* { ... !important }`, an element of our own tree does not.
 */
export const rootStyles = css`
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
  a { color: var(--_accent-text); text-decoration: underline 1px color-mix(in oklab, currentColor 45%, transparent); text-underline-offset: 0.2em; }
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

  .hint, .error { font-size: var(--_small); line-height: 1.25rem; color: var(--_text-muted); text-wrap: pretty; }
  .error { display: flex; gap: calc(var(--_u) * 1.5); color: var(--_danger); }
  .skeleton { display: block; color: transparent; border-radius: var(--_r-tag); background: color-mix(in oklab, var(--_text) 9%, var(--_surface)); animation: pulse 1.6s ease-in-out infinite alternate; }
  .skeleton.line { block-size: 0.75rem; margin-block: 0.25rem; inline-size: 8rem; max-inline-size: 100%; }
  .skeleton.box { block-size: var(--_control); border-radius: var(--_r-control); }
  @keyframes pulse { to { opacity: 0.5; } }
  @media (pointer: coarse) {
    .root { --_target: 2.75rem; --_icon-button: 2.75rem; }
  }
  @media (prefers-reduced-motion: reduce) {
    .root *, .root *::before { animation: none !important; transition: none !important; }
  }
  @media (forced-colors: active) {
    .primary { forced-color-adjust: none; background: Highlight; border-color: Highlight; color: HighlightText; }
    .primary:hover { background: HighlightText; color: Highlight; }
    .button.off[aria-disabled] { background: Canvas; border-color: GrayText; color: GrayText; }
    .skeleton { background: none; border: 1px solid GrayText; }
  }
  @media (prefers-contrast: more) {
    .root { --_border: var(--_border-control); --_text-muted: var(--_text); }
  }
`;
