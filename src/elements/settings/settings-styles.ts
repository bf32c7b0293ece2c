import { css } from 'lit';
import { overlayTokens } from '../../ui/part-tokens.js';

/** Tabs when wide, a disclosure with links when narrow. */
export const settingsStyles = css`
  ${overlayTokens}
  .tabs { display: flex; gap: calc(var(--_u) * 6); border-block-end: 1px solid var(--_border); overflow-x: auto; overflow-y: hidden; padding-block-start: 4px; margin-block-start: -4px; }
  .tab { position: relative; flex: none; min-block-size: 2.75rem; padding: 0; border: 0; background: none; color: var(--_text-muted); font-weight: 500; cursor: pointer; white-space: nowrap; }
  .tab:hover, .tab[aria-selected="true"] { color: var(--_text); }
  .tab[aria-selected="true"]::after { content: ""; position: absolute; inset-inline: 0; inset-block-end: 0; block-size: 2px; border-radius: 1px; background: var(--_accent-text); }
  .tab:focus-visible { outline-offset: calc(var(--_ring) * -1); }
  .tabs-narrow { display: none; position: relative; }
  .menu[hidden] { display: none; }
  .opener { display: flex; align-items: center; justify-content: space-between; gap: calc(var(--_u) * 2); inline-size: 100%; min-block-size: 2.75rem; padding-inline: calc(var(--_u) * 4); border: 1px solid var(--_border-control); border-radius: var(--_r-control); background: var(--_surface); font-weight: 500; text-align: start; cursor: pointer; }
  .opener .i { color: var(--_text-muted); }
  .opener[aria-expanded="true"] .i { rotate: 180deg; }
  .menu { position: absolute; z-index: 2; inset-inline: 0; margin-block-start: var(--_u); padding: var(--_u); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_raised); box-shadow: var(--_shadow); }
  .menu a { display: flex; align-items: center; min-block-size: max(2.25rem, var(--_target)); padding-inline: calc(var(--_u) * 3); border-radius: var(--_r-control); color: var(--_text); text-decoration: none; }
  .menu a:hover { background: var(--_hover); }
  .menu a[aria-current] { background: var(--_accent-soft); color: var(--_accent-text); font-weight: 500; }
  .panel { padding-block-start: calc(var(--_u) * 8); }
  .panel[hidden] { display: none; }
  @container uf (max-width: 29.99rem) {
    .tabs { display: none; }
    .tabs-narrow { display: block; }
    .panel { padding-block-start: calc(var(--_u) * 6); }
  }
  @media (forced-colors: active) {
    .tab[aria-selected="true"]::after { background: Highlight; block-size: 4px; }
    .menu a[aria-current] { outline: 1px solid Highlight; outline-offset: -1px; }
  }
`;
