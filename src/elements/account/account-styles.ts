import { css } from 'lit';

/** What only "Your Account" draws. */
export const accountStyles = css`
  .rules { display: grid; gap: var(--_u); font-size: var(--_small); color: var(--_text-muted); }
  .rules li { display: flex; gap: calc(var(--_u) * 2); line-height: 1.25rem; color: var(--_text-muted); }
  .rules .i { margin-block-start: 0.125rem; color: var(--_border-control); }
  .rules .ok .i { color: var(--_success); }
  .links { display: grid; gap: var(--_u); padding-block-start: var(--_u); }
  .row > .state { grid-template-columns: auto minmax(0, 1fr); column-gap: calc(var(--_u) * 3); }
  .state > .i { grid-row: 1 / 3; margin-block-start: 0.125rem; color: var(--_success); }
`;
