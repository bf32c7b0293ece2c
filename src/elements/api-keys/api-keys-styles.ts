import { css } from 'lit';
import { monoToken } from '../../ui/part-tokens.js';

/** What only "API Keys" draws. */
export const apiKeysStyles = css`
  ${monoToken}
  .stack { display: grid; gap: calc(var(--_u) * 4); }
  .stack + .section { margin-block-start: var(--_gap); }
  .reveal { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 2) calc(var(--_u) * 3); min-block-size: 4.125rem; padding-block: calc(var(--_u) * 3); padding-inline: calc(var(--_u) * 4) calc(var(--_u) * 3); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_surface); position: sticky; inset-block-start: calc(var(--_u) * 2); z-index: 1; }
  .reveal > div { flex: 1 1 14rem; display: grid; justify-items: start; }
  .reveal > .i { color: var(--_text-muted); }
  .key-head, .key-tools, .key-row { display: flex; flex-wrap: wrap; align-items: start; gap: calc(var(--_u) * 2) calc(var(--_u) * 4); }
  .key-head > .head { flex: 1 1 12rem; }
  .key-tools { align-items: center; column-gap: calc(var(--_u) * 2); min-block-size: max(2rem, var(--_target)); }
  .key-tools > p { flex: 1; }
  .key-row { flex-wrap: nowrap; column-gap: calc(var(--_u) * 2); }
  .key-row > .key-top { flex: 1 1 0; min-inline-size: 0; }
  .more > .button { margin-block: calc((1.375rem - var(--_icon-button)) / 2); margin-inline-end: calc(var(--_u) * -2); }
  .keys > li { display: grid; gap: calc(var(--_u) * 2.5); padding-block: calc(var(--_u) * 4); padding-inline: calc(var(--_u) * 5); }
  .keys > li + li { border-block-start: 1px solid var(--_border); }
  .key-top { display: flex; flex-wrap: wrap; align-items: center; gap: var(--_u) calc(var(--_u) * 2.5); overflow-wrap: anywhere; }
  .keys > li:focus { outline: var(--_ring) solid var(--_focus); outline-offset: calc(var(--_ring) * -1); border-radius: var(--_r-control); }
  .key-top .name { font-weight: 500; }
  .key-meta { min-inline-size: 0; display: flex; flex-wrap: wrap; align-items: center; gap: 0 calc(var(--_u) * 4); }
  .key-meta > .skeleton { inline-size: 12rem; }
  .tag { display: inline-flex; align-items: center; min-block-size: 1.375rem; padding-inline: calc(var(--_u) * 1.75); border: 1px solid var(--_border); border-radius: var(--_r-tag); font-size: 0.75rem; line-height: 1.25rem; font-weight: 500; }
  .tag.test { border-style: dashed; border-color: var(--_border-control); color: var(--_text-muted); }
  .tag.production { background: var(--_text); border-color: var(--_text); color: var(--_surface); }
  .secret { display: flex; align-items: center; gap: calc(var(--_u) * 2); min-block-size: max(2.5rem, var(--_target) + 0.375rem); padding-block: calc(var(--_u) * 0.75); padding-inline: calc(var(--_u) * 3) calc(var(--_u) * 0.75); border-radius: var(--_r-control); background: var(--_sunken); }
  .secret > bdi { flex: 1; min-inline-size: 0; font-family: var(--_mono); font-size: var(--_small); }
  .secret:dir(rtl) > bdi { text-align: end; }
  .secret.masked > bdi { color: var(--_text-muted); }
  .secret > .button { min-inline-size: 5.5rem; margin-inline-start: auto; justify-content: start; }
  .link { min-block-size: max(1.5rem, var(--_target)); padding: 0; border: 0; background: none; color: var(--_accent-text); text-decoration: underline 1px color-mix(in oklab, currentColor 45%, transparent); text-underline-offset: 0.2em; cursor: pointer; border-radius: 2px; }
  @container uf (max-width: 39.99rem) {
    .keys > li { padding-inline: calc(var(--_u) * 4); }
    /* Room for the key in clear, so that nothing moves when it shows. */
    .secret { min-block-size: 4.25rem; }
  }
  @container uf (max-width: 23.99rem) {
    .reveal > .button, .key-head > .button { flex: 1 1 100%; }
    .reveal > div > .small { min-block-size: 2.5rem; }
  }
  @container uf (max-width: 14.99rem) {
    .secret { flex-wrap: wrap; }
    .reveal { position: static; }
  }
  @media (forced-colors: active) {
    .secret { border: 1px solid CanvasText; }
  }
`;
