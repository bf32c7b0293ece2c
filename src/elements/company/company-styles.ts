import { css } from 'lit';

/** What only "Company Details" draws. */
export const companyStyles = css`
  .portrait { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 4); min-block-size: 4rem; }
  .facts { display: grid; gap: calc(var(--_u) * 4); }
  .facts dt { font-size: var(--_small); line-height: 1.25rem; color: var(--_text-muted); }
  .facts dd { overflow-wrap: anywhere; }
`;
