import { css } from 'lit';

/** Words at the start, what can be done about them at the end. */
export const rowStyles = css`
  .row { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: calc(var(--_u) * 4); }
  .row > div { display: grid; gap: calc(var(--_u) * 0.5); min-inline-size: 0; }
  @container uf (max-width: 23.99rem) {
    .row > .button { flex: 1 1 100%; }
  }
`;
