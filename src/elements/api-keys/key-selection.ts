import { html, nothing } from 'lit';
import type { ApiKey } from '../../contract/index.js';
import { keySelection } from '../../locales/en/key-selection.js';
import { button, errorLine } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import { Selection } from '../base/selection.js';
import type { ApiKeysSection } from './api-keys-section.js';

/** Several keys of a page, to revoke them together. */
export class KeySelection extends Section {
  readonly #list: ApiKeysSection;
  readonly #t = this.host.locale.texts('keySelection', keySelection);
  readonly #selection = new Selection<ApiKey>(this.host, 'keys', (count) => this.#t('selected', { count }));
  #active = false;
  /** Something was to be done with nothing. */
  #missing = false;
  readonly #revoke = new Lazy(async () => new (await import('./revoke-dialog.js')).RevokeDialog(this.host));

  constructor(list: ApiKeysSection) {
    super(list.host);
    this.#list = list;
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
    this.#selection.clear();
  }

  override reset(): void {
    this.#active = false;
    this.clear();
    this.#revoke.part?.reset();
  }

  /** The bar in the place of the tools. */
  override render(): unknown {
    const t = this.#t;
    const count = this.#picked.length;
    return html`<div class="key-tools picking">
      ${this.#selection.pageBox(this.#keys, t('all'))}
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
    return key.can.revoke ? this.#selection.box(key, this.#list.contextOf(key)) : html`<span class="pick"></span>`;
  }

  get #keys(): ApiKey[] {
    return this.#list.keys.filter(({ can }) => can.revoke);
  }

  /** Those of this page, as they are now. */
  get #picked(): readonly ApiKey[] {
    const ids = new Set(this.#selection.rows.map(({ id }) => id));
    return this.#keys.filter(({ id }) => ids.has(id));
  }

  #stop(): void {
    this.#active = false;
    this.clear();
    this.host.requestUpdate();
    void this.host.focusOn('keys-select');
  }

  #ask(): void {
    const keys = this.#picked;
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
