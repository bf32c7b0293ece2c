import { css } from 'lit';
import { overlayTokens } from '../../ui/part-tokens.js';

/** What only "Company Details" draws. */
export const companyStyles = css`
  ${overlayTokens}
  .select { position: relative; }
  .select > select { appearance: none; padding-inline-end: 2.25rem; cursor: pointer; text-overflow: ellipsis; }
  .select > select option { background: var(--_raised); color: var(--_text); }
  .select > .i { position: absolute; inset-block: 0; inset-inline-end: calc(var(--_u) * 3); margin-block: auto; pointer-events: none; color: var(--_text-muted); }
  .facts { display: grid; gap: calc(var(--_u) * 4); }
  .facts dt { font-size: var(--_small); line-height: 1.25rem; color: var(--_text-muted); }
  .facts dd { overflow-wrap: anywhere; }
`;
