import { css } from 'lit';

/** What only "Team Members" draws. Narrow containers stack the rows; explicit roles keep them a table. */
export const teamStyles = css`
  .head-row { display: flex; flex-wrap: wrap; gap: calc(var(--_u) * 4); align-items: start; justify-content: space-between; }
  .head-row > .head { flex: 1 1 12rem; }
  .affix.start { position: relative; }
  .affix.start > .input { padding-inline: 2.25rem calc(var(--_u) * 3); }
  .affix.start > .i { position: absolute; inset-block: 0; inset-inline-start: calc(var(--_u) * 3); margin-block: auto; color: var(--_text-muted); pointer-events: none; }
  .input::placeholder { color: var(--_text-muted); opacity: 1; }
  .input[type="search"]::-webkit-search-cancel-button { display: none; }
  .toolbar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: calc(var(--_u) * 3); }
  .toolbar > .affix { flex: 1 1 14rem; max-inline-size: 20rem; }
  .tools { display: flex; flex-wrap: wrap; align-items: center; gap: var(--_u) calc(var(--_u) * 2); }
  .tools .skeleton { inline-size: 4rem; }
  .table { inline-size: 100%; border-collapse: collapse; text-align: start; }
  .table thead th { padding-block: calc(var(--_u) * 2); border-block-end: 1px solid var(--_border); font-size: var(--_small); line-height: 1.25rem; font-weight: 500; color: var(--_text-muted); text-align: start; }
  .sort { display: inline-flex; align-items: center; gap: var(--_u); min-block-size: max(1.5rem, var(--_target)); padding: 0; border: 0; background: none; color: inherit; font-weight: inherit; cursor: pointer; border-radius: 2px; }
  .sort:hover { color: var(--_text); }
  .sort .i { inline-size: 0.75rem; block-size: 0.75rem; }
  .table tbody :is(td, th) { padding-block: calc(var(--_u) * 3); vertical-align: middle; border-block-end: 1px solid var(--_border); font-weight: inherit; text-align: start; }
  .table :is(th, td) { padding-inline: calc(var(--_u) * 3); }
  .table :is(th, td):first-child { padding-inline-start: calc(var(--_u) * 5); }
  .table :is(th, td):last-child { padding-inline-end: calc(var(--_u) * 3); text-align: end; }
  .table tbody tr:hover { background: color-mix(in oklab, var(--_text) 2.5%, transparent); }
  .table tr:focus { outline: var(--_ring) solid var(--_focus); outline-offset: calc(var(--_ring) * -1); }
  .person { display: grid; grid-template-columns: 2rem minmax(0, 1fr); column-gap: calc(var(--_u) * 3); align-items: center; min-block-size: 2.5rem; overflow-wrap: anywhere; }
  .avatar { display: grid; place-items: center; inline-size: 2rem; block-size: 2rem; border-radius: 50%; background: color-mix(in oklab, var(--_text) 8%, var(--_surface)); color: var(--_text); font-size: 0.75rem; font-weight: 500; letter-spacing: 0.02em; }
  .avatar.skeleton { border-radius: 50%; }
  .invited { background: none; border: 1px dashed var(--_border-control); color: var(--_text-muted); }
  .name { font-weight: 500; }
  .chip { display: inline-grid; vertical-align: middle; grid-template-columns: 1rem auto; align-items: start; column-gap: calc(var(--_u) * 1.5); color: var(--_text); }
  .chip > .i { margin-block-start: 0.125rem; }
  .chip.ok > .i { color: var(--_success); } .chip.warn > .i { color: var(--_warning); } .chip.bad > .i { color: var(--_danger); }
  .chip small { grid-column: 2; }
  .fact small { display: block; font-size: var(--_small); line-height: 1.25rem; color: var(--_text-muted); }
  .row-actions { display: inline-flex; align-items: center; gap: calc(var(--_u) * 2); }
  .row-actions .button { white-space: nowrap; }
  .acts .error { max-inline-size: 16rem; margin-inline-start: auto; text-align: start; }
  .foot { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: calc(var(--_u) * 3); min-block-size: 3.5rem; padding-block: calc(var(--_u) * 3); padding-inline: calc(var(--_u) * 5) calc(var(--_u) * 3); }
  @container uf (min-width: 46rem) {
    .fact bdi { white-space: nowrap; }
    .person-cell { inline-size: 40%; }
  }
  @container uf (max-width: 45.99rem) {
    .table, .table tbody { display: block; }
    .table thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    .table tbody tr { position: relative; display: grid; grid-template-columns: 2rem minmax(0, 1fr) auto; gap: calc(var(--_u) * 1.5) calc(var(--_u) * 3); padding: calc(var(--_u) * 4); border-block-end: 1px solid var(--_border); }
    .table.table tbody tr > :is(td, th) { display: block; padding: 0; border: 0; }
    .table tbody tr > .person-cell { grid-column: 1 / -1; }
    .table.table tbody tr > .fact { grid-column: 2 / -1; display: grid; grid-template-columns: 4rem minmax(0, 1fr); justify-items: start; }
    .table tbody tr > .fact::before { content: attr(data-label); font-size: var(--_small); line-height: 1.25rem; color: var(--_text-muted); }
    .table.table tbody tr > .acts { grid-column: 2 / -1; text-align: start; }
    .acts:empty { display: none; }
    .acts .error { margin-inline-start: 0; }
    .acts > .row-actions { display: flex; flex-wrap: wrap; }
    /* The button of the menu stands at the top, beside the name. */
    .acts .more > .icon-button { position: absolute; inset-block-start: calc(var(--_u) * 3); inset-inline-end: calc(var(--_u) * 2); }
    .person { align-items: start; padding-inline-end: calc(var(--_icon-button) - var(--_u)); }
    .foot { padding-inline: calc(var(--_u) * 4); }
  }
  @container uf (max-width: 29.99rem) {
    .toolbar > .affix { flex-basis: 100%; max-inline-size: none; }
  }
  @container uf (max-width: 23.99rem) {
    .head-row > .button { flex: 1 1 100%; }
  }
  @media (pointer: coarse) {
    .affix.start > .input { padding-inline: 2.5rem 1rem; }
  }
  @container uf (max-width: 14.99rem) {
    .table tbody tr, .table.table tbody tr > .fact, .person { grid-template-columns: minmax(0, 1fr); }
    .table.table tbody tr > :is(.fact, .acts) { grid-column: 1; }
    .row-actions { flex-wrap: wrap; }
    .row-actions .button { white-space: normal; }
  }
  @media (forced-colors: active) {
    .avatar { border: 1px solid; }
  }
`;
