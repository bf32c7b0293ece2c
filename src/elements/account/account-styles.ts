import { css } from 'lit';
import { rowStyles } from '../../ui/row-styles.js';

/** What only "Your Account" draws. */
export const accountStyles = css`
  ${rowStyles}
  .portrait { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 4); min-block-size: 4rem; }
`;
