import { html, nothing } from 'lit';
import type { ApiKey, Input, Output, SettingsError } from '../../contract/index.js';
import { relativeTime } from '../../lit/relative-time.js';
import { ResourceController } from '../../lit/resource-controller.js';
import { apiKeys } from '../../locales/en/api-keys.js';
import { icon, lock } from '../../ui/icons.js';
import { dots, filter, plus, warning } from '../../ui/list-icons.js';
import { button, errorLine, heading, iconButton, notice, skeleton } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';
import type { KeyActions } from './key-actions.js';

const KINDS = ['integration', 'data', 'product'] as const;
const PERMISSIONS = { 'read-only': 'readOnly', 'write-only': 'writeOnly', 'read-write': 'readWrite' } as const;
/** Keys on one page. */
export const LIMIT = 50;
const BULLETS = '••••••••';
/** Milliseconds after its last use from which on a key looks forgotten. */
export const UNUSED = 90 * 86_400_000;

/** There is more to say of a key than of most. */
const special = (key: ApiKey): boolean => Boolean(key.roll ?? key.expiresAt ?? key.usage?.length) || !key.enabled || (key.lastUsedAt !== null && Date.now() - Date.parse(key.lastUsedAt) >= UNUSED);

/** What the list is narrowed to. */
export type KeyFilters = Pick<Input<'apiKeys.list'>, 'search' | 'kind' | 'environment' | 'permission' | 'state'>;

/** A key's id as part of the ids of its elements. */
const idOf = (key: ApiKey): string => key.id.replace(/[^\w-]/g, '_');

/** "API Keys": masked until a step-up, then visible for a minute. What is not in the first view loads when it is wanted. */
export class ApiKeysSection extends Section {
  readonly #t = this.host.locale.texts('apiKeys', apiKeys);
  readonly reveal = new Lazy(async () => new (await import('./key-reveal.js')).KeyReveal(this));
  readonly #actions = new Lazy(async () => new (await import('./key-actions.js')).KeyActions(this));
  readonly #facts = new Lazy(async () => new (await import('./key-facts.js')).KeyFacts(this));
  readonly #extras = new Lazy(async () => new (await import('./key-extras.js')).KeyExtras(this));
  readonly #create = new Lazy(async () => new (await import('./create-dialog.js')).CreateDialog(this));
  readonly #filter = new Lazy(async () => new (await import('./key-filters.js')).KeyFilterBar(this));
  readonly #selection = new Lazy(async () => new (await import('./key-selection.js')).KeySelection(this));
  #filters: KeyFilters = {};
  #filtering = false;
  #cursors: (string | undefined)[] = [undefined];
  #shown: Output<'apiKeys.list'> | undefined;
  /** What not every list needs could not be loaded: the rows show without it. */
  #plain = false;
  #announceTotal = false;
  /** What failed, and at which key; an empty id: not at one. */
  #failure: { id: string; error: SettingsError | (() => string) } | undefined;
  readonly #page = new ResourceController(
    this.host,
    () => (this.host.can('apiKeys.list') ? this.host.client?.resource('apiKeys.list', this.#input()) : undefined),
    this.host.failedRead('apiKeys.list'),
  );

  override stays(): boolean {
    return [this.#create, this.#actions].some(({ part }) => part?.stays());
  }

  override leave(): void {
    this.conceal();
  }

  override conceal(): void {
    this.reveal.part?.mask();
    for (const { part } of [this.#create, this.#actions]) part?.conceal();
  }

  override reset(): void {
    this.conceal();
    this.#failure = undefined;
    this.#filters = {};
    this.#filtering = false;
    this.#cursors = [undefined];
    this.#shown = undefined;
    for (const { part } of [this.#create, this.#actions, this.#selection]) part?.reset();
  }

  override render(): unknown {
    const t = this.#t;
    const { data, error, loading } = this.#page.state;
    if (data) this.#take(data);
    else if (error) this.#shown = undefined;
    const page = this.#shown;
    const { host } = this;
    const forbidden = host.auth.data && !host.can('apiKeys.list');
    const none = page?.items.length === 0;
    // Not one key, as opposed to none that fits the filters.
    const alone = none && !this.filtered;
    // As long as nobody knows, the button stands in its place.
    const mayCreate = !host.auth.data || host.can('apiKeys.create');
    return html`<section class="stack" part="section" aria-labelledby="keys-title">
        <div class="key-head">
          <div class="head">${heading(host.headingLevel, 'keys-title', 'h2', t('title'))}<p>${t('body')}</p></div>
          ${mayCreate && !(alone && this.#extras.part) ? this.#createButton() : nothing}
        </div>
        ${forbidden ? notice({ icon: lock, body: t('noAccess') }) : [notice({ tone: 'warning', icon: warning, title: t('careTitle'), body: t('careBody') }), alone ? this.#failed('') : this.#bar(page)]}
        ${error && !data ? host.loadError(t('what'), error, () => { this.#page.reload(); }, loading) : nothing}
        ${forbidden || (error && !data) || alone ? nothing : this.#tools(page)}
        ${alone
          ? this.#extras.part?.none(mayCreate ? this.#createButton() : nothing)
          : none ? this.#filter.part?.noMatch() : nothing}
      </section>
      ${forbidden || (error && !data) || none ? nothing : this.#groups(page)}
      ${page && this.many ? this.#extras.part?.pages(page) : nothing}`;
  }

  override renderDialogs(): unknown {
    return [this.#create, this.#actions, this.#selection].map(({ part }) => part?.renderDialogs());
  }

  get filters(): KeyFilters {
    return this.#filters;
  }

  get filtered(): boolean {
    return Object.keys(this.#filters).length > 0;
  }

  /** Where this page and those before it begin. */
  get cursors(): readonly (string | undefined)[] {
    return this.#cursors;
  }

  /** There are more keys than fit on a page. */
  get many(): boolean {
    return this.#cursors.length > 1 || (this.#shown?.nextCursor ?? null) !== null;
  }

  /** The keys on this page. */
  get keys(): readonly ApiKey[] {
    return this.#shown?.items ?? [];
  }

  /** "Integration API Keys, Production Write-Only key ending hbwW": what tells a key from all others, for names of buttons. */
  contextOf(key: ApiKey): string {
    const t = this.#t;
    return t('copyContext', { kind: t(key.kind), environment: t(key.environment), permission: t(PERMISSIONS[key.permission]), last4: key.last4 });
  }

  rowId(key: ApiKey): string {
    return `row-${idOf(key)}`;
  }

  /** The button that opens a key's menu. */
  moreId(key: ApiKey): string {
    return `more-${idOf(key)}`;
  }

  /** What shows a key, masked or in clear. */
  keyId(key: ApiKey): string {
    return `key-${idOf(key)}`;
  }

  filterBy(filters: KeyFilters): void {
    this.#filters = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
    this.#announceTotal = true;
    this.turn([undefined]);
  }

  /** Shows what went wrong at the key that it concerns; with an empty id, in the bar above all keys. */
  fail(id: string, thrown: unknown): void {
    const error = this.host.failure(thrown);
    this.#failure = error && { id, error };
    this.host.requestUpdate();
  }

  /** The same for a sentence of one's own. */
  say(id: string, text: () => string): void {
    this.#failure = { id, error: text };
    this.host.announce(text());
    this.host.requestUpdate();
  }

  /** Makes sure that MFA is set up, which changes and secrets of keys take, before the work begins; then it begins by itself. */
  async begin(id: string, work: () => unknown): Promise<void> {
    this.#failure = undefined;
    try {
      if (this.host.auth.data?.user.mfa.enabled === false) await this.host.setUpMfa();
      await work();
    } catch (thrown) {
      this.fail(id, thrown);
    }
  }

  /** Takes the person to a key that just came to be. */
  async goTo(key: ApiKey): Promise<void> {
    await (await this.#extras.get()).goTo(key);
  }

  /** The keys of this page, as the backend has them now. */
  async load(): Promise<readonly ApiKey[]> {
    await this.host.updateComplete;
    await this.host.client?.resource('apiKeys.list', this.#input()).load();
    return this.#page.data?.items ?? [];
  }

  async showFilters(): Promise<void> {
    await this.#filter.get();
    this.#filtering = true;
    this.host.requestUpdate();
  }

  #input(): Input<'apiKeys.list'> {
    const cursor = this.#cursors.at(-1);
    return { limit: LIMIT, ...this.#filters, ...(cursor !== undefined && { cursor }) };
  }

  /** A page came: shown until the next one is there. */
  #take(page: Output<'apiKeys.list'>): void {
    if (page === this.#shown) return;
    const waits = [page.items.some(special) && this.#facts, (page.items.length === 0 || page.nextCursor !== null) && this.#extras].filter((part) => part && !part.part) as Lazy<unknown>[];
    if (waits.length > 0 && !this.#plain) {
      // The rows wait for all that they say, so that nothing moves when it comes.
      Promise.all(waits.map((part) => part.get())).catch(() => { this.#plain = true; }).finally(() => { this.host.requestUpdate(); }).catch(() => undefined);
      return;
    }
    if (page.items.length === 0 && this.#cursors.length > 1) {
      // The last key of the last page is gone: the page before is the last one now. Not while this one is being drawn.
      void this.host.updateComplete.then(() => { this.turn(this.#cursors.slice(0, -1)); });
      return;
    }
    this.#shown = page;
    if (this.#announceTotal) this.host.announce(this.#t('keys', { count: page.total ?? page.items.length }));
    this.#announceTotal = false;
  }

  #createButton(): unknown {
    const open = (): void => void this.begin('', async () => { (await this.#create.get()).open(); });
    return button({ id: 'keys-create-open', label: this.#t('create'), icon: plus, disabled: !this.host.auth.data, press: open });
  }

  /** One bar in both states, so that nothing moves when the keys appear. */
  #bar(page: Output<'apiKeys.list'> | undefined): unknown {
    const t = this.#t;
    const reveal = this.reveal.part;
    const open = reveal?.visible ? reveal.bar() : undefined;
    const creationOnly = this.host.auth.data?.policy.apiKeys.reveal === 'creation-only';
    const may = !creationOnly && (!page || (this.host.can('apiKeys.reveal') && page.items.some(({ revealable }) => revealable)));
    const view = (): unknown => may ? button({ id: 'keys-view', label: t('view'), look: 'primary', busy: reveal?.busy ?? false, disabled: !page, press: () => void this.begin('', async () => (await this.reveal.get()).view()) }) : nothing;
    return html`<div class="reveal ${open ? 'open' : ''}" part="reveal-bar">
      ${open?.icon ?? icon(lock)}
      <div>
        <p id="keys-state" class="h3" tabindex="-1">${open?.title ?? t('hiddenTitle')}</p>
        <p class="small muted">${open?.body ?? t(creationOnly ? 'creationOnly' : this.host.auth.data?.stepUp.freshUntil ? 'hiddenOpen' : 'hiddenBody')}</p>
        ${this.#failed('')}
      </div>
      ${open?.action ?? view()}
    </div>`;
  }

  #failed(id: string): unknown {
    if (this.#failure?.id !== id) return nothing;
    const { error } = this.#failure;
    return errorLine(typeof error === 'function' ? error() : errorText(this.host.common, error));
  }

  /** How many keys there are, and the ways to fewer of them. */
  #tools(page: Output<'apiKeys.list'> | undefined): unknown {
    const t = this.#t;
    const selection = this.#selection.part;
    const count = Object.keys(this.#filters).length;
    return html`${selection?.active
      ? selection.render()
      : html`<div class="key-tools">
          <p class="small muted">${page ? page.total === undefined ? nothing : t('keys', { count: page.total }) : skeleton()}</p>
          ${button({ id: 'keys-filter', label: count > 0 ? t('filters', { count }) : t('filter'), icon: filter, look: 'quiet', little: true, expanded: this.#filtering, press: () => void this.#toggleFilters() })}
          ${!page || this.host.can('apiKeys.revoke') ? button({ id: 'keys-select', label: t('select'), look: 'quiet', little: true, disabled: !page, press: () => void this.begin('', async () => { (await this.#selection.get()).start(); }) }) : nothing}
        </div>`}
      ${this.#filtering ? this.#filter.part?.render() : nothing}`;
  }

  #groups(page: Output<'apiKeys.list'> | undefined): unknown {
    const t = this.#t;
    const kinds = KINDS.filter((kind) => this.host.auth.data?.policy.apiKeys.kinds.includes(kind) ?? true);
    return kinds.map((kind) => {
      const keys = page?.items.filter((key) => key.kind === kind);
      if (keys?.length === 0 && (this.many || this.filtered)) return nothing;
      const rows = keys && (this.#facts.part?.order(keys) ?? keys);
      return html`<section class="section" part="section" aria-labelledby="keys-${kind}">
        <div class="head">${heading(this.host.headingLevel + 1, `keys-${kind}`, 'h3', t(kind))}<p>${t(`${kind}Body`)}</p></div>
        ${rows?.length === 0
          ? html`<p class="card card-body muted">${t('noneOfKind')}</p>`
          : html`<ul class="card keys" part="card" aria-busy=${this.#page.state.loading ? 'true' : 'false'}>${rows ? rows.map((key) => this.#key(key)) : [0, 1].map(() => this.#skeletonKey())}</ul>`}
      </section>`;
    });
  }

  #key(key: ApiKey): unknown {
    const t = this.#t;
    const secret = this.reveal.part?.secret(key);
    const environment = t(key.environment);
    const context = this.contextOf(key);
    const place = key.addresses.length === 0 ? t('anywhere') : t('addresses', { count: key.addresses.length });
    const { locale } = this.host;
    const date = html`<bdi>${locale.date(key.createdAt)}</bdi>`;
    const when = key.lastUsedAt && html`<bdi>${relativeTime(locale.tag, key.lastUsedAt)}</bdi>`;
    const facts = this.#facts.part;
    const permission = t(PERMISSIONS[key.permission]);
    return html`<li id=${this.rowId(key)} tabindex="-1">
      <div class="key-row">
        ${this.#selection.part?.checkbox(key)}
        <div class="key-top">
          <span class="tag ${key.environment}">${environment}</span>
          ${key.name ? html`<span class="name"><bdi>${key.name}</bdi></span>` : nothing}
          <span class=${key.name ? 'muted' : ''}>${permission}</span>
          ${facts?.state(key)}
        </div>
        ${this.#may(key) ? this.#more(key, context) : nothing}
      </div>
      <div class="secret ${secret ? '' : 'masked'}">
        ${secret ?? html`<bdi id=${this.keyId(key)} dir="ltr" aria-hidden="true">${key.prefix}${BULLETS}${key.last4}</bdi><span class="vh">${t('hiddenKey', { environment, last4: key.last4 })}</span>`}
      </div>
      <p class="key-meta small muted"><span>${t('addressesFrom')} ${key.can.update && this.host.can('apiKeys.update')
        ? html`<button type="button" class="link" aria-label="${place}, ${t('edit')}, ${context}" @click=${() => { this.with(key, (actions) => actions.editAddresses(key)); }}>${place}</button>`
        : place}</span>
        ${facts?.render(key)}
        <span>${key.createdBy ? t.rich('createdBy', { date, name: html`<bdi>${key.createdBy}</bdi>` }) : t.rich('created', { date })}</span>
        <span>${when ? (key.lastUsedFrom ? t.rich('usedFrom', { when, address: html`<bdi dir="ltr">${key.lastUsedFrom}</bdi>` }) : t.rich('used', { when })) : t('neverUsed')}</span>
        ${facts?.usage(key)}
      </p>
      ${facts?.ends(key)}
      ${this.#failed(key.id)}
    </li>`;
  }

  #more(key: ApiKey, context: string): unknown {
    const menu = this.#actions.part;
    return html`<div class="more">
      ${iconButton(this.#t('more'), dots, () => { this.with(key, (actions) => { actions.toggle(key); }); }, { id: this.moreId(key), context, expanded: menu?.isOpen(key) ?? false })}
      ${menu?.menu(key)}
    </div>`;
  }

  /** Whether there is anything that this person may do to a key. */
  #may(key: ApiKey): boolean {
    const { host } = this;
    return (key.can.update && host.can('apiKeys.update')) || (key.can.roll && host.can('apiKeys.roll')) || (key.can.revoke && host.can('apiKeys.revoke')) || this.mayReveal(key);
  }

  mayReveal(key: ApiKey): boolean {
    return key.revealable && this.host.can('apiKeys.reveal') && this.host.auth.data?.policy.apiKeys.reveal === 'step-up';
  }

  /** What can be done to a key, once it has loaded; a failure of that shows at the key. */
  with(key: ApiKey, use: (actions: KeyActions) => unknown): void {
    this.#actions.get().then(use).catch((thrown: unknown) => { this.fail(key.id, thrown); });
  }

  #skeletonKey(): unknown {
    return html`<li><div class="key-top">${skeleton()}</div><div class="secret">${skeleton()}</div><p class="key-meta">${[0, 1, 2].map(() => skeleton())}</p></li>`;
  }

  turn(cursors: (string | undefined)[], focus = false): void {
    this.reveal.part?.mask();
    this.#failure = undefined;
    this.#selection.part?.clear();
    this.#cursors = cursors;
    this.host.requestUpdate();
    if (focus) void this.host.focusOn('keys-title');
  }

  async #toggleFilters(): Promise<void> {
    try {
      const open = this.#filtering;
      await this.showFilters();
      this.#filtering = !open;
    } catch (thrown) {
      this.fail('', thrown);
    }
  }
}
