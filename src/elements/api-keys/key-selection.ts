import { css, html, nothing } from 'lit';
import type { ApiKey } from '../../contract/index.js';
import { keySelection } from '../../locales/en/key-selection.js';
import { button, errorLine } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import type { ApiKeysSection } from './api-keys-section.js';

const styles = css`
  .pick { display: grid; place-items: center; flex: none; min-inline-size: max(1.5rem, var(--_target)); min-block-size: max(1.5rem, var(--_target)); margin-inline-start: calc(var(--_u) * -1); cursor: pointer; }
  .picking { column-gap: calc(var(--_u) * 4); }
  .picking > .error { flex: 1 1 100%; }
  .picking > .check { align-items: center; }
  .picking > .check > input { margin: 0; }
  .pick > input { inline-size: 1rem; block-size: 1rem; margin: 0; accent-color: var(--_accent); }
`;

/** Several keys of a page, to revoke them together. */
export class KeySelection extends Section {
  readonly #list: ApiKeysSection;
  readonly #t = this.host.locale.texts('keySelection', keySelection);
  readonly #picked = new Set<string>();
  #active = false;
  /** Something was to be done with nothing. */
  #missing = false;
  readonly #revoke = new Lazy(async () => new (await import('./revoke-dialog.js')).RevokeDialog(this.host));

  constructor(list: ApiKeysSection) {
    super(list.host);
    this.#list = list;
    this.host.wear(styles);
  }

  get active(): boolean {
    return this.#active;
  }

  start(): void {
    this.#active = true;
    this.host.requestUpdate();
    void this.host.focusOn('keys-all');
  }

  /** Another page: what was picked on the one before is not on the screen any more. */
  clear(): void {
    this.#missing = false;
    this.#picked.clear();
  }

  override reset(): void {
    this.#active = false;
    this.clear();
    this.#revoke.part?.reset();
  }

  /** The bar in the place of the tools. */
  override render(): unknown {
    const t = this.#t;
    const keys = this.#keys;
    const count = keys.filter(({ id }) => this.#picked.has(id)).length;
    return html`<div class="key-tools picking">
      <label class="check"><input type="checkbox" id="keys-all" .checked=${count > 0 && count === keys.length} .indeterminate=${count > 0 && count < keys.length} @change=${this.#all} /><span>${t('all')}</span></label>
      <p class="small muted">${t('selected', { count })}</p>
      ${button({ label: t('revoke'), context: t('selected', { count }), look: 'danger', little: true, press: () => { this.#ask(); } })}
      ${button({ label: this.host.common('cancel'), look: 'quiet', little: true, press: () => { this.#stop(); } })}
      ${this.#missing && count === 0 ? errorLine(t('none')) : nothing}
    </div>`;
  }

  override renderDialogs(): unknown {
    return this.#revoke.part?.renderDialogs();
  }

  /** The box at the start of a key's row. */
  checkbox(key: ApiKey): unknown {
    if (!this.#active) return nothing;
    const pick = ({ target }: Event): void => {
      if (target instanceof HTMLInputElement && target.checked) this.#picked.add(key.id);
      else this.#picked.delete(key.id);
      this.host.requestUpdate();
    };
    return key.can.revoke
      ? html`<label class="pick"><input type="checkbox" aria-label=${this.#list.contextOf(key)} .checked=${this.#picked.has(key.id)} @change=${pick} /></label>`
      : html`<span class="pick"></span>`;
  }

  get #keys(): ApiKey[] {
    return this.#list.keys.filter(({ can }) => can.revoke);
  }

  readonly #all = ({ target }: Event): void => {
    this.#picked.clear();
    if (target instanceof HTMLInputElement && target.checked) for (const { id } of this.#keys) this.#picked.add(id);
    this.host.requestUpdate();
  };

  #stop(): void {
    this.#active = false;
    this.clear();
    this.host.requestUpdate();
    void this.host.focusOn('keys-select');
  }

  #ask(): void {
    const keys = this.#keys.filter(({ id }) => this.#picked.has(id));
    this.#missing = keys.length === 0;
    if (this.#missing) {
      this.host.announce(this.#t('none'));
      this.host.requestUpdate();
      return;
    }
    void this.#list.begin('', async () => {
      (await this.#revoke.get()).ask(keys, () => { this.#stop(); });
    });
  }
}
