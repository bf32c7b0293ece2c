import { css } from 'lit';

/** What only "Your Account" draws. */
export const accountStyles = css`
  .portrait { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 4); min-block-size: 4rem; }
`;
