import { css } from 'lit';

/** What only "Your Account" draws. */
export const accountStyles = css`
  .rules { display: grid; gap: var(--_u); font-size: var(--_small); color: var(--_text-muted); }
  .rules li { display: flex; gap: calc(var(--_u) * 2); line-height: 1.25rem; color: var(--_text-muted); }
  .rules .i { margin-block-start: 0.125rem; color: var(--_border-control); }
  .rules .ok .i { color: var(--_success); }
  .links { display: grid; gap: var(--_u); padding-block-start: var(--_u); }
  .state { display: flex; gap: calc(var(--_u) * 2); }
  .state > .i { margin-block-start: 0.125rem; color: var(--_success); }
`;
