import { css } from 'lit';
import { overlayTokens } from './part-tokens.js';

/** The browser's own select with our chevron. */
export const selectStyles = css`
  ${overlayTokens}
  .select { position: relative; }
  .select > select { appearance: none; padding-inline-end: 2.25rem; cursor: pointer; text-overflow: ellipsis; }
  .select > select option { background: var(--_raised); color: var(--_text); }
  .select > .i { position: absolute; inset-block: 0; inset-inline-end: calc(var(--_u) * 3); margin-block: auto; pointer-events: none; color: var(--_text-muted); }
`;
