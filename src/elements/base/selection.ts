import { css, html, type TemplateResult } from 'lit';
import { formStyles } from '../../ui/form-styles.js';
import type { SettingsElement } from './settings-element.js';

const styles = css`
  .pick { display: grid; place-items: center; flex: none; min-inline-size: max(1.5rem, var(--_target)); min-block-size: max(1.5rem, var(--_target)); margin-inline-start: calc(var(--_u) * -1); cursor: pointer; }
  .pick > input { inline-size: 1rem; block-size: 1rem; margin: 0; accent-color: var(--_accent); }
  .picking { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 2) calc(var(--_u) * 4); min-block-size: max(2rem, var(--_target)); }
  .picking > :is(.error, .note) { flex: 1 1 100%; }
  .picking > .check { align-items: center; }
  .picking > .check > input { margin: 0; }
  .picking > p:not(.note) { flex: 1; }
  .pick.off { color: var(--_text-muted); cursor: default; }
`;

/** Rows that a person picks of a list, to do something with all of them. They stay picked while pages turn and lists are read again. */
export class Selection<Row extends { readonly id: string }> {
  readonly #host: SettingsElement;
  readonly #id: string;
  readonly #say: (count: number) => string;
  readonly #picked = new Map<string, Row>();
  /** What of the page can be picked, in its order. */
  #page: readonly Row[] = [];
  /** The box that was pressed last, and whether Shift is down at this press. */
  #last: string | undefined;
  #shift = false;

  /**
   * @param id prefix of the boxes' ids: one list of the widget
   * @param say how many are picked, after one press that picked several
   */
  constructor(host: SettingsElement, id: string, say: (count: number) => string) {
    this.#host = host;
    this.#id = id;
    this.#say = say;
    host.wear([formStyles, styles]);
  }

  /** What is picked, each as it was last read. */
  get rows(): readonly Row[] {
    return [...this.#picked.values()];
  }

  clear(): void {
    this.#picked.clear();
    this.#last = undefined;
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

  /** The box at the start of a row; with Shift it picks all from the last one on. @param label what tells the row from all others */
  box(row: Row, label: string): TemplateResult {
    // Firefox forgets Shift in the click that Space makes (https://bugzilla.mozilla.org/show_bug.cgi?id=1245292).
    const release = ({ key, shiftKey }: KeyboardEvent): void => { if (key === ' ') this.#shift = shiftKey; };
    const press = ({ detail, shiftKey }: MouseEvent): void => { this.#shift = shiftKey || (detail === 0 && this.#shift); };
    // Nor does Shift with its label press the box there (https://bugzilla.mozilla.org/show_bug.cgi?id=559506).
    const beside = (event: MouseEvent): void => {
      const { currentTarget, shiftKey, target } = event;
      if (!shiftKey || target !== currentTarget || !(target instanceof HTMLLabelElement)) return;
      event.preventDefault();
      this.#shift = true;
      target.control?.click();
    };
    const pick = (event: Event): void => {
      const rows = this.#shift ? this.#span(row) : [row];
      this.#shift = false;
      this.#last = row.id;
      this.#pick(event, rows);
    };
    // eslint-disable-next-line lit-a11y/click-events-have-key-events -- the keys are the box's
    return html`<label class="pick" @click=${beside}><input type="checkbox" id=${this.#boxId(row.id)} aria-label=${label} .checked=${this.#picked.has(row.id)} @keyup=${release} @click=${press} @change=${pick} /></label>`;
  }

  /** The box for all rows of a page that can be picked. */
  pageBox(page: readonly Row[], label: string): TemplateResult {
    this.#page = page;
    const count = page.filter(({ id }) => this.#picked.has(id)).length;
    const pick = (event: Event): void => { this.#pick(event, page); };
    return html`<label class="check"><input type="checkbox" id="${this.#id}-all" .checked=${count > 0 && count === page.length} .indeterminate=${count > 0 && count < page.length} @change=${pick} /><span>${label}</span></label>`;
  }

  /** From the box that was pressed last to this one, whichever comes first; only this one where that one is not on the page. */
  #span(row: Row): readonly Row[] {
    const ends = [this.#last, row.id].map((id) => this.#page.findIndex((other) => other.id === id));
    return ends.includes(-1) ? [row] : this.#page.slice(Math.min(...ends), Math.max(...ends) + 1);
  }

  #pick({ target }: Event, rows: readonly Row[]): void {
    if (target instanceof HTMLInputElement && target.checked) this.add(rows);
    else this.drop(rows);
    if (rows.length !== 1) this.#host.announce(this.#say(this.#picked.size));
  }

  #boxId(id: string): string {
    return `${this.#id}-pick-${id.replace(/[^\w-]/g, '_')}`;
  }
}
