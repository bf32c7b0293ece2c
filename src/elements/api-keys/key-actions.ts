import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { ApiKey, Input, WriteOperation } from '../../contract/index.js';
import { keyActions } from '../../locales/en/key-actions.js';
import { copyText } from '../../ui/copy.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import type { ApiKeysSection } from './api-keys-section.js';

const styles = css`
  .more { position: relative; }
  .key-menu { padding: var(--_u); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_raised); box-shadow: var(--_shadow); }
  /* Beside its button, so that those of the keys below stay free. */
  @container uf (min-width: 40rem) {
    .key-menu { position: absolute; z-index: 2; inset-block-start: 0; inset-inline-end: calc(100% + var(--_u)); inline-size: max-content; min-inline-size: 11rem; }
  }
  /* Where there is no beside: in the row. */
  @container uf (max-width: 39.99rem) {
    .key-row { flex-wrap: wrap; }
    .more { display: contents; }
    .key-menu { flex: 1 1 100%; box-shadow: none; }
  }
  .key-menu > li + .apart { margin-block-start: var(--_u); padding-block-start: var(--_u); border-block-start: 1px solid var(--_border); }
  .key-menu button { display: block; inline-size: 100%; min-block-size: max(2.25rem, var(--_target)); padding-block: calc(var(--_u) * 1.5); padding-inline: calc(var(--_u) * 3); border: 0; border-radius: var(--_r-control); background: none; text-align: start; line-height: 1.25rem; overflow-wrap: anywhere; cursor: pointer; }
  .key-menu button:hover { background: var(--_hover); }
  .key-menu .danger { color: var(--_danger); }
  @media (forced-colors: active) {
    .key-menu { border-color: CanvasText; }
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
  #open: ApiKey | undefined;
  /** One a key and wish, so that a second press after a lost answer is the same write. */
  readonly #updates = new Map<string, Action<'apiKeys.update'>>();
  readonly #finishes = new Map<string, Action<'apiKeys.finishRoll'>>();
  readonly #cancels = new Map<string, Action<'apiKeys.cancelRoll'>>();
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
    this.#close();
  }

  override reset(): void {
    this.#close();
    for (const { part } of [this.#addresses, this.#edit, this.#roll, this.#usage, this.#revoke]) part?.reset();
  }

  isOpen(key: ApiKey): boolean {
    return this.#open?.id === key.id;
  }

  toggle(key: ApiKey): void {
    const opening = !this.isOpen(key);
    this.#close();
    if (!opening) return;
    this.#open = key;
    document.addEventListener('pointerdown', this.#leave);
    // A focus that moves inside the widget is not heard outside of it.
    document.addEventListener('focusin', this.#leave);
    this.host.renderRoot.addEventListener('focusin', this.#leave);
    // Before the page's own: Esc closes the menu, not a dialog of the page around it.
    this.host.addEventListener('keydown', this.#escape);
    this.host.requestUpdate();
  }

  menu(key: ApiKey): unknown {
    if (!this.isOpen(key)) return nothing;
    const t = this.#t;
    const { host } = this;
    const may = key.can.update && host.can('apiKeys.update');
    const item = (label: string, work: () => unknown, look = ''): unknown =>
      html`<li class=${look && 'apart'}><button type="button" class=${look} aria-label="${label}, ${this.#list.contextOf(key)}" @click=${() => { this.#choose(key, work); }}>${label}</button></li>`;
    return html`<ul class="key-menu" part="menu">
      ${may ? [item(t('rename'), () => this.#change(key, 'name')), item(t('expiry'), () => this.#change(key, 'expiry')), item(t('addresses'), () => this.editAddresses(key))] : nothing}
      ${this.#list.mayReveal(key) ? [item(t('copy'), () => this.#copyHidden(key)), item(t('show'), async () => { await (await this.#list.reveal.get()).viewOne(key); })] : nothing}
      ${key.can.roll && host.can('apiKeys.roll') ? item(t('roll'), async () => { (await this.#roll.get()).open(key); }) : nothing}
      ${may ? (key.enabled ? item(t('disable'), () => this.#disable(key)) : item(t('enable'), () => this.#switch(key, true))) : nothing}
      ${key.can.revoke && host.can('apiKeys.revoke') ? item(t('revoke'), async () => { (await this.#revoke.get()).ask([key], () => void host.focusOn(headingOf(key))); }, 'danger') : nothing}
    </ul>`;
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
      const question = { title: t.rich('finishTitle', { name: html`<bdi>${name}</bdi>` }), body: t('finishBody'), keep: t('keepBoth'), proceed: t('finishNow'), destructive: true };
      if (await this.host.confirm(question)) await this.#attempt(actionOf(this.#finishes, id, 'apiKeys.finishRoll'), { id }, t('finished'), headingOf(at));
    });
  }

  /** Takes the new key of a roll back. @param at the row whose button it is */
  cancelRoll({ id, name }: Replaced, at: ApiKey): Promise<void> {
    const t = this.#t;
    return this.#list.begin(at.id, async () => {
      const question = { title: t.rich('cancelTitle', { name: html`<bdi>${name}</bdi>` }), body: t('cancelBody'), keep: t('keepBoth'), proceed: t('cancelNow'), destructive: true };
      if (await this.host.confirm(question)) await this.#attempt(actionOf(this.#cancels, id, 'apiKeys.cancelRoll'), { id }, t('cancelled'), headingOf(at));
    });
  }

  /** The menu closes, the focus is back on its button, and then the dialog opens, which gives it back there too. */
  #choose(key: ApiKey, work: () => unknown): void {
    this.#close();
    this.#opener(key)?.focus();
    void this.#list.begin(key.id, work);
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
    this.#list.say(key.id, this.#t('notCopied'));
  }

  async #disable(key: ApiKey): Promise<void> {
    const t = this.#t;
    const question = {
      title: t.rich('disableTitle', { name: html`<bdi>${key.name || this.#list.contextOf(key)}</bdi>` }),
      body: t('disableBody', { last4: key.last4 }),
      keep: t('keepEnabled'),
      proceed: t('disableNow'),
      destructive: true,
    };
    if (await this.host.confirm(question)) await this.#switch(key, false);
  }

  #switch(key: ApiKey, enabled: boolean): Promise<void> {
    const action = actionOf(this.#updates, `${key.id} ${String(enabled)}`, 'apiKeys.update');
    return this.#attempt(action, { id: key.id, enabled }, this.#t(enabled ? 'enabled' : 'disabled', { last4: key.last4 }), this.#list.moreId(key), key.version);
  }

  /** @param focus the id of what takes the focus then: rows may come and go */
  async #attempt<Op extends WriteOperation>(action: Action<Op>, input: Input<Op>, done: string, focus: string, ifMatch?: string): Promise<void> {
    await this.host.act(action, input, { ifMatch });
    this.host.toast(done);
    await this.host.focusOn(focus);
  }

  #opener(key: ApiKey): HTMLElement | null {
    return this.host.renderRoot.querySelector<HTMLElement>(`#${this.#list.moreId(key)}`);
  }

  #close(): void {
    this.#open = undefined;
    document.removeEventListener('pointerdown', this.#leave);
    document.removeEventListener('focusin', this.#leave);
    this.host.renderRoot.removeEventListener('focusin', this.#leave);
    this.host.removeEventListener('keydown', this.#escape);
    this.host.requestUpdate();
  }

  readonly #leave = (event: Event): void => {
    const place = this.#open && this.#opener(this.#open)?.parentElement;
    if (!place || !event.composedPath().includes(place)) this.#close();
  };

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#open) return;
    event.preventDefault();
    event.stopPropagation();
    const opener = this.#opener(this.#open);
    this.#close();
    opener?.focus();
  };
}

/** Where the focus goes when a row may be gone. */
const headingOf = ({ kind }: ApiKey): string => `keys-${kind}`;

function actionOf<Op extends WriteOperation>(actions: Map<string, Action<Op>>, id: string, operation: Op): Action<Op> {
  const action = actions.get(id) ?? new Action(operation);
  actions.set(id, action);
  return action;
}
