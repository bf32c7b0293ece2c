import { css, html, nothing } from 'lit';
import type { Action } from '../../client/index.js';
import type { ApiKey, Input, WriteOperation } from '../../contract/index.js';
import { keyActions } from '../../locales/en/key-actions.js';
import { copyText } from '../../ui/copy.js';
import { Actions } from '../base/actions.js';
import type { Question } from '../base/confirm-dialog.js';
import { Lazy } from '../base/lazy.js';
import { RowMenu, type RowMenuItem } from '../base/row-menu.js';
import { Section } from '../base/section.js';
import type { ApiKeysSection } from './api-keys-section.js';

const styles = css`
  @container uf (max-width: 39.99rem) {
    .key-row { flex-wrap: wrap; }
  }
`;

/** A key that is being replaced. */
interface Replaced {
  id: string;
  name: string;
}

/** What can be done to one key: its menu, and what the menu leads to. */
export class KeyActions extends Section {
  readonly #list: ApiKeysSection;
  readonly #t = this.host.locale.texts('keyActions', keyActions);
  readonly #menu = new RowMenu(this.host);
  readonly #updates = new Actions('apiKeys.update');
  readonly #finishes = new Actions('apiKeys.finishRoll');
  readonly #cancels = new Actions('apiKeys.cancelRoll');
  readonly #addresses = new Lazy(async () => new (await import('./addresses-dialog.js')).AddressesDialog(this.host));
  readonly #edit = new Lazy(async () => new (await import('./edit-dialog.js')).EditDialog(this.host));
  readonly #roll = new Lazy(async () => new (await import('./roll-dialog.js')).RollDialog(this.#list));
  readonly #usage = new Lazy(async () => new (await import('./usage-dialog.js')).UsageDialog(this.#list));
  readonly #revoke = new Lazy(async () => new (await import('./revoke-dialog.js')).RevokeDialog(this.host));

  constructor(list: ApiKeysSection) {
    super(list.host);
    this.#list = list;
    this.host.wear(styles);
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    return [this.#addresses, this.#edit, this.#roll, this.#usage, this.#revoke].map(({ part }) => part?.renderDialogs());
  }

  override stays(): boolean {
    return this.#roll.part?.stays() ?? false;
  }

  override conceal(): void {
    this.#roll.part?.conceal();
    this.#menu.close();
  }

  override reset(): void {
    this.#menu.close();
    for (const { part } of [this.#addresses, this.#edit, this.#roll, this.#usage, this.#revoke]) part?.reset();
  }

  isOpen(key: ApiKey): boolean {
    return this.#menu.isOpen(this.#list.moreId(key));
  }

  toggle(key: ApiKey): void {
    this.#menu.toggle(this.#list.moreId(key));
  }

  menu(key: ApiKey): unknown {
    if (!this.isOpen(key)) return nothing;
    const t = this.#t;
    const { host } = this;
    const may = key.can.update && host.can('apiKeys.update');
    const item = (label: string, work: () => unknown, danger = false): RowMenuItem => ({ label, danger, work: () => void this.#list.begin(key.id, work) });
    return this.#menu.render(this.#list.moreId(key), this.#list.contextOf(key), [
      ...(may ? [item(t('rename'), () => this.#change(key, 'name')), item(t('expiry'), () => this.#change(key, 'expiry')), item(t('addresses'), () => this.editAddresses(key))] : []),
      ...(this.#list.mayReveal(key) ? [item(t('copy'), () => this.#copyHidden(key)), item(t('show'), async () => { await (await this.#list.reveal.get()).viewOne(key); })] : []),
      ...(key.can.roll && host.can('apiKeys.roll') ? [item(t('roll'), async () => { (await this.#roll.get()).open(key); })] : []),
      ...(may ? [key.enabled ? item(t('disable'), () => this.#disable(key)) : item(t('enable'), () => this.#switch(key, true))] : []),
      ...(key.can.revoke && host.can('apiKeys.revoke') ? [item(t('revoke'), async () => { (await this.#revoke.get()).ask([key], () => void host.focusOn(headingOf(key))); }, true)] : []),
    ]);
  }

  editAddresses(key: ApiKey): Promise<void> {
    return this.#list.begin(key.id, async () => { (await this.#addresses.get()).edit(key); });
  }

  async showUsage(key: ApiKey): Promise<void> {
    (await this.#usage.get()).open(key);
  }

  /** Ends the old key of a roll before its time. @param at the row whose button it is */
  finishRoll({ id, name }: Replaced, at: ApiKey): Promise<void> {
    const t = this.#t;
    return this.#list.begin(at.id, async () => {
      const question = (): Question => ({ title: t.rich('finishTitle', { name: html`<bdi>${name}</bdi>` }), body: t('finishBody'), keep: t('keepBoth'), proceed: t('finishNow'), destructive: true });
      if (await this.host.confirm(question)) await this.#attempt(this.#finishes.of(id), { id }, t('finished'), headingOf(at));
    });
  }

  /** Takes the new key of a roll back. @param at the row whose button it is */
  cancelRoll({ id, name }: Replaced, at: ApiKey): Promise<void> {
    const t = this.#t;
    return this.#list.begin(at.id, async () => {
      const question = (): Question => ({ title: t.rich('cancelTitle', { name: html`<bdi>${name}</bdi>` }), body: t('cancelBody'), keep: t('keepBoth'), proceed: t('cancelNow'), destructive: true });
      if (await this.host.confirm(question)) await this.#attempt(this.#cancels.of(id), { id }, t('cancelled'), headingOf(at));
    });
  }

  async #change(key: ApiKey, what: 'name' | 'expiry'): Promise<void> {
    (await this.#edit.get()).edit(key, what);
  }

  /** From the answer straight to the clipboard: the secret is never drawn. */
  async #copyHidden(key: ApiKey): Promise<void> {
    const source = this.host.renderRoot.querySelector(`#${this.#list.keyId(key)}`);
    const secret = await (await this.#list.reveal.get()).secretOf(key);
    if (source && (await copyText(secret, source))) {
      this.host.toast(this.#t('copied', { last4: key.last4 }));
      return;
    }
    // What stands there is the mask: not what anybody wants to copy.
    getSelection()?.removeAllRanges();
    this.#list.say(key.id, () => this.#t('notCopied'));
  }

  async #disable(key: ApiKey): Promise<void> {
    const t = this.#t;
    const question = (): Question => ({
      title: t.rich('disableTitle', { name: html`<bdi>${key.name || this.#list.contextOf(key)}</bdi>` }),
      body: t('disableBody', { last4: key.last4 }),
      keep: t('keepEnabled'),
      proceed: t('disableNow'),
      destructive: true,
    });
    if (await this.host.confirm(question)) await this.#switch(key, false);
  }

  #switch(key: ApiKey, enabled: boolean): Promise<void> {
    const action = this.#updates.of(`${key.id} ${String(enabled)}`);
    return this.#attempt(action, { id: key.id, enabled }, this.#t(enabled ? 'enabled' : 'disabled', { last4: key.last4 }), this.#list.moreId(key), key.version);
  }

  /** @param focus the id of what takes the focus then: rows may come and go */
  async #attempt<Op extends WriteOperation>(action: Action<Op>, input: Input<Op>, done: string, focus: string, ifMatch?: string): Promise<void> {
    await this.host.act(action, input, { ifMatch });
    this.host.toast(done);
    await this.host.focusOn(focus);
  }
}

/** Where the focus goes when a row may be gone. */
const headingOf = ({ kind }: ApiKey): string => `keys-${kind}`;
