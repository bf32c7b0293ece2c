import { css } from 'lit';

/** What only "Your Account" draws. */
export const accountStyles = css`
  .recovery { border-block-start: 1px solid var(--_border); }
  .portrait { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 4); min-block-size: 4rem; }
  .rules { display: grid; gap: var(--_u); }
  .rules li { display: flex; gap: calc(var(--_u) * 2); }
  .rules .i { color: var(--_border-control); }
  .rules .met .i { color: var(--_success); }
  .row > .state { grid-template-columns: auto minmax(0, 1fr); column-gap: calc(var(--_u) * 3); }
  .state > .i { grid-row: 1 / 3; color: var(--_success); }
`;
