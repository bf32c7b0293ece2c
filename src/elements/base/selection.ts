import { css, html, type TemplateResult } from 'lit';
import type { SettingsElement } from './settings-element.js';

const styles = css`
  .pick { display: grid; place-items: center; flex: none; min-inline-size: max(1.5rem, var(--_target)); min-block-size: max(1.5rem, var(--_target)); margin-inline-start: calc(var(--_u) * -1); cursor: pointer; }
  .pick > input { inline-size: 1rem; block-size: 1rem; margin: 0; accent-color: var(--_accent); }
  .picking { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 2) calc(var(--_u) * 4); min-block-size: max(2rem, var(--_target)); }
  .picking > .error { flex: 1 1 100%; }
  .picking > .check { align-items: center; }
  .picking > .check > input { margin: 0; }
  .picking > p { flex: 1; }
`;

/** Rows that a person picks of a list, to do something with all of them. They stay picked while pages turn and lists are read again. */
export class Selection<Row extends { readonly id: string }> {
  readonly #host: SettingsElement;
  readonly #id: string;
  readonly #picked = new Map<string, Row>();

  /** @param id prefix of the boxes' ids: one list of the widget */
  constructor(host: SettingsElement, id: string) {
    this.#host = host;
    this.#id = id;
    host.wear(styles);
  }

  /** What is picked, each as it was last read. */
  get rows(): readonly Row[] {
    return [...this.#picked.values()];
  }

  clear(): void {
    this.#picked.clear();
    this.#host.requestUpdate();
  }

  add(rows: readonly Row[]): void {
    for (const row of rows) this.#picked.set(row.id, row);
    this.#host.requestUpdate();
  }

  drop(rows: readonly Row[]): void {
    for (const { id } of rows) this.#picked.delete(id);
    this.#host.requestUpdate();
  }

  /** A page was read again: what is picked of it is as it is now, and the focus stays at the row at which it was. */
  refresh(page: readonly Row[]): void {
    for (const row of page) if (this.#picked.has(row.id)) this.#picked.set(row.id, row);
    const focused = this.#host.shadowRoot?.activeElement?.id;
    if (focused?.startsWith(`${this.#id}-pick-`) && page.some(({ id }) => this.#boxId(id) === focused)) void this.#host.focusOn(focused);
  }

  /** The box at the start of a row. @param label what tells the row from all others */
  box(row: Row, label: string): TemplateResult {
    const pick = ({ target }: Event): void => {
      if (target instanceof HTMLInputElement && target.checked) this.add([row]);
      else this.drop([row]);
    };
    return html`<label class="pick"><input type="checkbox" id=${this.#boxId(row.id)} aria-label=${label} .checked=${this.#picked.has(row.id)} @change=${pick} /></label>`;
  }

  /** The box for all rows of a page. */
  pageBox(page: readonly Row[], label: string): TemplateResult {
    const count = page.filter(({ id }) => this.#picked.has(id)).length;
    const pick = ({ target }: Event): void => {
      if (target instanceof HTMLInputElement && target.checked) this.add(page);
      else this.drop(page);
    };
    return html`<label class="check"><input type="checkbox" id="${this.#id}-all" .checked=${count > 0 && count === page.length} .indeterminate=${count > 0 && count < page.length} @change=${pick} /><span>${label}</span></label>`;
  }

  #boxId(id: string): string {
    return `${this.#id}-pick-${id.replace(/[^\w-]/g, '_')}`;
  }
}
