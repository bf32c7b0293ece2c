import { css, html, nothing } from 'lit';
import { overlayTokens } from '../../ui/part-tokens.js';
import type { SettingsElement } from './settings-element.js';

const styles = css`
  ${overlayTokens}
  .more { position: relative; }
  .row-menu { padding: var(--_u); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_raised); box-shadow: var(--_shadow); text-align: start; }
  /* Beside its button, so that those of the rows below stay free. */
  @container uf (min-width: 40rem) {
    .row-menu { position: absolute; z-index: 2; inset-block-start: 0; inset-inline-end: calc(100% + var(--_u)); inline-size: max-content; min-inline-size: 11rem; }
  }
  /* Where there is no beside: in the row. */
  @container uf (max-width: 39.99rem) {
    .more { display: contents; }
    .row-menu { flex: 1 1 100%; box-shadow: none; }
  }
  .row-menu > li + .apart { margin-block-start: var(--_u); padding-block-start: var(--_u); border-block-start: 1px solid var(--_border); }
  .row-menu > .note { max-inline-size: 16rem; padding-block: calc(var(--_u) * 1.5); padding-inline: calc(var(--_u) * 3); font-size: var(--_small); line-height: 1.25rem; color: var(--_text-muted); white-space: normal; }
  .row-menu button { display: block; inline-size: 100%; min-block-size: max(2.25rem, var(--_target)); padding-block: calc(var(--_u) * 1.5); padding-inline: calc(var(--_u) * 3); border: 0; border-radius: var(--_r-control); background: none; text-align: start; line-height: 1.25rem; overflow-wrap: anywhere; cursor: pointer; }
  .row-menu button:hover { background: var(--_hover); }
  .row-menu .danger { color: var(--_danger); }
  @media (forced-colors: active) {
    .row-menu { border-color: CanvasText; }
  }
`;

export interface RowMenuItem {
  label: string;
  /** Begins when the menu is closed and the focus is back on its button: a dialog that opens gives it back there, too. */
  work: () => unknown;
  /** It takes something away: set apart from the others. */
  danger?: boolean;
}

/** What can be done to one row of a list: a list of buttons beside the one that opens it. One is open at a time. */
export class RowMenu {
  readonly #host: SettingsElement;
  #open: string | undefined;

  constructor(host: SettingsElement) {
    this.#host = host;
    host.wear(styles);
  }

  /** @param id of the button */
  isOpen(id: string): boolean {
    return this.#open === id;
  }

  toggle(id: string): void {
    const opening = !this.isOpen(id);
    this.close();
    if (!opening) return;
    this.#open = id;
    document.addEventListener('pointerdown', this.#leave);
    // A focus that moves inside the widget is not heard outside of it.
    document.addEventListener('focusin', this.#leave);
    this.#host.renderRoot.addEventListener('focusin', this.#leave);
    // Before the page's own: Esc closes the menu, not a dialog of the page around it.
    this.#host.addEventListener('keydown', this.#escape);
    this.#host.requestUpdate();
  }

  /**
   * Stands in the element `more`, behind the button.
   * @param context what tells the row from all others, for the names of the buttons
   * @param note why something is missing
   */
  render(id: string, context: string, items: readonly RowMenuItem[], note?: string): unknown {
    if (!this.isOpen(id)) return nothing;
    const item = ({ label, work, danger }: RowMenuItem): unknown => {
      const choose = (): void => {
        this.close();
        this.#opener(id)?.focus();
        work();
      };
      return html`<li class=${danger ? 'apart' : ''}><button type="button" class=${danger ? 'danger' : ''} aria-label="${label}, ${context}" @click=${choose}>${label}</button></li>`;
    };
    return html`<ul class="row-menu" part="menu">${items.map(item)}${note ? html`<li class="note">${note}</li>` : nothing}</ul>`;
  }

  close(): void {
    this.#open = undefined;
    document.removeEventListener('pointerdown', this.#leave);
    document.removeEventListener('focusin', this.#leave);
    this.#host.renderRoot.removeEventListener('focusin', this.#leave);
    this.#host.removeEventListener('keydown', this.#escape);
    this.#host.requestUpdate();
  }

  #opener(id: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(`#${id}`);
  }

  readonly #leave = (event: Event): void => {
    const place = this.#open && this.#opener(this.#open)?.parentElement;
    if (!place || !event.composedPath().includes(place)) this.close();
  };

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#open) return;
    event.preventDefault();
    event.stopPropagation();
    const opener = this.#opener(this.#open);
    this.close();
    opener?.focus();
  };
}
