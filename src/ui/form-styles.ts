import { css } from 'lit';

/** What stands at a field's end, and check boxes: in forms that load late. */
export const formStyles = css`
  .affix { position: relative; }
  .affix > .input { padding-inline-end: 2.75rem; }
  .affix > .button { position: absolute; border: 0; inset-block: 0; inset-inline-end: 0.125rem; margin-block: auto; color: var(--_text-muted); }
  .check { display: flex; align-items: flex-start; justify-self: start; gap: calc(var(--_u) * 2.5); min-block-size: 1.5rem; cursor: pointer; }
  .check > input { inline-size: 1rem; block-size: 1rem; margin: 0.125rem 0 0; accent-color: var(--_accent); flex: none; }
  @media (pointer: coarse) {
    .check { min-block-size: 2.75rem; align-items: center; }
    .check > input { margin: 0; inline-size: 1.25rem; block-size: 1.25rem; }
    .affix > .input { padding-inline-end: 3.25rem; }
  }
`;
