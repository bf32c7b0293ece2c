import { css } from 'lit';

/** What only the set-up of MFA draws. */
export const mfaEnrolmentStyles = css`
  .steps { gap: calc(var(--_u) * 6); }
  .step { display: grid; grid-template-columns: 1.5rem minmax(0, 1fr); gap: calc(var(--_u) * 3); }
  .step-number { display: grid; place-items: center; inline-size: 1.5rem; block-size: 1.5rem; border: 1px solid var(--_border-control); border-radius: 50%; font-size: 0.75rem; font-weight: var(--_strong); }
  .step-body { display: grid; gap: calc(var(--_u) * 4); min-inline-size: 0; padding-block-start: 0.125rem; }
  .step-body > div:first-child { display: grid; gap: calc(var(--_u) * 0.5); }
  .qr-row { display: flex; flex-wrap: wrap; gap: calc(var(--_u) * 5) calc(var(--_u) * 6); align-items: start; }
  .qr { flex: none; max-inline-size: 100%; border: 1px solid var(--_border); border-radius: var(--_radius); background: #fff; overflow: hidden; forced-color-adjust: none; }
  .qr svg { display: block; max-inline-size: 100%; block-size: auto; fill: #0a0a0a; shape-rendering: crispEdges; }
  .qr-space { inline-size: 245px; max-inline-size: 100%; aspect-ratio: 1; background: #eee; }
  .qr-beside { flex: 1 1 13rem; display: grid; gap: calc(var(--_u) * 4); min-inline-size: 0; align-content: start; justify-items: start; }
  .key-box { inline-size: 100%; display: grid; gap: calc(var(--_u) * 1.5); }
  .key-box .button { justify-self: start; }
  .key-groups { display: grid; grid-template-columns: repeat(4, max-content); gap: 0 1.5ch; padding-block: calc(var(--_u) * 2.5); padding-inline: calc(var(--_u) * 3); border: 1px solid var(--_border); border-radius: var(--_r-control); background: var(--_sunken); font-family: var(--_mono); font-size: var(--_small); line-height: 1.375rem; user-select: all; }
  @container uf (max-width: 29.99rem) {
    .step { row-gap: calc(var(--_u) * 4); }
    .step-body { display: contents; }
    .step-body > div:first-child { padding-block-start: 0.125rem; }
    .step-body > :not(:first-child) { grid-column: 1 / -1; }
    .qr-row { justify-content: center; }
    .qr-beside { flex-basis: 100%; }
  }
  @container uf (max-width: 14.99rem) {
    .step { grid-template-columns: minmax(0, 1fr); }
    .key-groups { grid-template-columns: repeat(2, max-content); }
  }
`;
