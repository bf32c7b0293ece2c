import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { SettingsError, type ApiKey, type Output } from '../../contract/index.js';
import { relativeTime } from '../../lit/relative-time.js';
import { ResourceController } from '../../lit/resource-controller.js';
import { apiKeys } from '../../locales/en/api-keys.js';
import { eye, icon, key as keyIcon, lock, warning } from '../../ui/icons.js';
import { button, empty, errorLine, heading, notice, skeleton } from '../../ui/templates.js';
import { CopyButtons } from '../base/copy-button.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';

const KINDS = ['integration', 'data', 'product'] as const;
const PERMISSIONS = { 'read-only': 'readOnly', 'write-only': 'writeOnly', 'read-write': 'readWrite' } as const;
/** Keys on one page. */
const LIMIT = 50;
/** Seconds for which keys are visible. */
const VISIBLE = 60;
const BULLETS = '••••••••';

/** "API Keys": masked until a step-up, then visible for a minute. The secrets are held here and nowhere else. */
export class ApiKeysSection extends Section {
  readonly #t = this.host.locale.texts('apiKeys', apiKeys);
  readonly #reveal = new Action('apiKeys.reveal');
  readonly #copy = new CopyButtons(this.host);
  readonly #addresses = new Lazy(async () => new (await import('./addresses-dialog.js')).AddressesDialog(this.host));
  #cursors: (string | undefined)[] = [undefined];
  #secrets = new Map<string, string>();
  #secondsLeft = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #error: SettingsError | undefined;
  /** The set-up of MFA, when viewing the keys asked for it. */
  readonly #enrolment = new Lazy(async () => {
    const { MfaEnrolmentSteps } = await import('../account/mfa-enrolment.js');
    return new MfaEnrolmentSteps(this.host, {
      id: 'keys-mfa',
      done: () => void this.#resume(),
      cancelled: () => void this.host.focusOn('keys-view'),
    });
  });
  readonly #page = new ResourceController(
    this.host,
    () => (this.host.can('apiKeys.list') ? this.host.client?.resource('apiKeys.list', this.#input()) : undefined),
    this.host.failedRead('apiKeys.list'),
  );

  override leave(): void {
    this.conceal();
  }

  override conceal(): void {
    clearInterval(this.#timer);
    this.#secrets = new Map();
    this.#secondsLeft = 0;
    this.#enrolment.part?.conceal();
    this.host.requestUpdate();
  }

  override reset(): void {
    this.conceal();
    this.#error = undefined;
    this.#cursors = [undefined];
    this.#addresses.part?.reset();
  }

  override render(): unknown {
    const t = this.#t;
    const { data, error, loading } = this.#page.state;
    const level = this.host.headingLevel;
    const forbidden = this.host.auth.data && !this.host.can('apiKeys.list');
    return html`<section class="stack" part="section" aria-labelledby="keys-title">
        <div class="head">${heading(level, 'keys-title', 'h2', t('title'))}<p>${t('body')}</p></div>
        ${forbidden ? notice({ icon: lock, body: t('noAccess') }) : [notice({ tone: 'warning', icon: warning, title: t('careTitle'), body: t('careBody') }), this.#bar(data)]}
        ${this.#enrolment.part?.render()}
        ${error && !data ? this.host.loadError(t('what'), error, () => { this.#page.reload(); }, loading) : nothing}
        ${data?.items.length === 0 ? empty({ icon: keyIcon, title: t('noneTitle'), body: t('noneBody') }) : nothing}
      </section>
      ${forbidden || (error && !data) || data?.items.length === 0 ? nothing : this.#groups(data)}
      ${data ? this.#pages(data) : nothing}`;
  }

  override renderDialogs(): unknown {
    return this.#addresses.part?.renderDialogs();
  }

  #input(): { limit: number; cursor?: string } {
    const cursor = this.#cursors.at(-1);
    return { limit: LIMIT, ...(cursor !== undefined && { cursor }) };
  }

  /** One bar in both states, so that nothing moves when the keys appear. */
  #bar(page: Output<'apiKeys.list'> | undefined): unknown {
    const t = this.#t;
    const visible = this.#secrets.size > 0;
    const creationOnly = this.host.auth.data?.policy.apiKeys.reveal === 'creation-only';
    const may = !creationOnly && (!page || (this.host.can('apiKeys.reveal') && page.items.some(({ revealable }) => revealable)));
    return html`<div class="reveal ${visible ? 'open' : ''}" part="reveal-bar">
      ${icon(visible ? eye : lock)}
      <div>
        <p id="keys-state" class="h3" tabindex="-1">${visible ? t('visibleTitle') : t('hiddenTitle')}</p>
        <p class="small muted">${visible
          ? t.rich('hideIn', { count: this.#secondsLeft, seconds: html`<strong>${t('seconds', { count: this.#secondsLeft })}</strong>` })
          : creationOnly ? t('creationOnly') : t('hiddenBody')}</p>
        ${this.#error ? errorLine(errorText(this.host.common, this.#error)) : nothing}
      </div>
      ${visible
        ? button({ label: t('hideNow'), press: () => { this.#hide(); } })
        : may ? button({ id: 'keys-view', label: t('view'), look: 'primary', busy: this.#reveal.busy, disabled: !page, press: () => void this.#view() }) : nothing}
    </div>`;
  }

  #groups(page: Output<'apiKeys.list'> | undefined): unknown {
    const t = this.#t;
    const kinds = KINDS.filter((kind) => this.host.auth.data?.policy.apiKeys.kinds.includes(kind) ?? true);
    const single = page?.nextCursor === null && this.#cursors.length === 1;
    return kinds.map((kind) => {
      const keys = page?.items.filter((key) => key.kind === kind);
      if (keys?.length === 0 && !single) return nothing;
      return html`<section class="section" part="section" aria-labelledby="keys-${kind}">
        <div class="head">${heading(this.host.headingLevel + 1, `keys-${kind}`, 'h3', t(kind))}<p>${t(`${kind}Body`)}</p></div>
        ${keys?.length === 0
          ? html`<p class="card card-body muted">${t('noneOfKind')}</p>`
          : html`<ul class="card keys" part="card">${keys ? keys.map((key) => this.#key(key)) : [0, 1].map(() => this.#skeletonKey())}</ul>`}
      </section>`;
    });
  }

  #key(key: ApiKey): unknown {
    const t = this.#t;
    const { locale } = this.host;
    const secret = this.#secrets.get(key.id);
    const id = `key-${key.id.replace(/[^\w-]/g, '_')}`;
    const environment = t(key.environment);
    const permission = t(PERMISSIONS[key.permission]);
    const named = { environment, permission, kind: t(key.kind), last4: key.last4 };
    const place = key.addresses.length === 0 ? t('anywhere') : t('addresses', { count: key.addresses.length });
    return html`<li>
      <div class="key-top">
        <span class="tag ${key.environment}">${environment}</span>
        ${key.name ? html`<span class="name"><bdi>${key.name}</bdi></span>` : nothing}
        <span class=${key.name ? 'muted' : ''}>${permission}</span>
      </div>
      <div class="secret ${secret ? '' : 'masked'}">
        ${secret
          ? html`<bdi id=${id} dir="ltr">${secret}</bdi>${this.#copy.render(id, secret, { context: t('copyContext', named) })}`
          : html`<bdi dir="ltr" aria-hidden="true">${key.prefix}${BULLETS}${key.last4}</bdi><span class="vh">${t('hiddenKey', named)}</span>`}
      </div>
      <p class="key-meta small muted"><span>${t('addressesFrom')} ${key.can.update && this.host.can('apiKeys.update')
        ? html`<button type="button" class="link" aria-label="${place}, ${t('edit')}, ${t('copyContext', named)}" @click=${() => void this.#edit(key)}>${place}</button>`
        : place}</span>
        <span>${t.rich('created', { date: html`<bdi>${locale.date(key.createdAt)}</bdi>` })}</span>
        <span>${key.lastUsedAt ? t.rich('used', { when: html`<bdi>${relativeTime(locale.tag, key.lastUsedAt)}</bdi>` }) : t('neverUsed')}</span>
      </p>
    </li>`;
  }

  #skeletonKey(): unknown {
    return html`<li><div class="key-top">${skeleton()}</div><div class="secret">${skeleton()}</div><p class="small">${skeleton()}</p></li>`;
  }

  #pages(page: Output<'apiKeys.list'>): unknown {
    const t = this.#t;
    const first = this.#cursors.length === 1;
    const { nextCursor } = page;
    if (first && nextCursor === null) return nothing;
    return html`<div class="pages">
      ${button({ label: t('previous'), context: t('title'), little: true, disabled: first, press: () => { this.#turn(this.#cursors.slice(0, -1)); } })}
      ${button({ label: t('next'), context: t('title'), little: true, disabled: nextCursor === null, press: () => { this.#turn([...this.#cursors, nextCursor ?? undefined]); } })}
    </div>`;
  }

  #turn(cursors: (string | undefined)[]): void {
    this.conceal();
    this.#cursors = cursors;
    void this.host.focusOn('keys-title');
  }

  async #view(): Promise<void> {
    this.#error = undefined;
    if (this.host.auth.data?.user.mfa.enabled === false) {
      await this.#enrol();
      return;
    }
    const ids = this.#page.data?.items.filter(({ revealable }) => revealable).map(({ id }) => id) ?? [];
    try {
      this.#reveal.reset();
      const { secrets } = await this.host.act(this.#reveal, { ids });
      if (!this.host.isConnected) return;
      this.#secrets = new Map(secrets.map(({ id, secret }) => [id, secret]));
      this.#count();
      this.host.announce(this.#t('revealed', { count: VISIBLE }));
      await this.host.focusOn('keys-state');
    } catch (thrown) {
      if (SettingsError.is(thrown) && thrown.kind === 'enrolment-required') await this.#enrol();
      else this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    this.#error = this.host.failure(thrown);
    this.host.requestUpdate();
  }

  /** Counts down by the clock, not by ticks: a sleeping page does not keep keys on the screen. */
  #count(): void {
    clearInterval(this.#timer);
    const end = Date.now() + VISIBLE * 1000;
    const tick = (): void => {
      this.#secondsLeft = Math.ceil((end - Date.now()) / 1000);
      if (this.#secondsLeft <= 0) this.#hide();
      this.host.requestUpdate();
    };
    tick();
    this.#timer = setInterval(tick, 1000);
  }

  #hide(): void {
    this.conceal();
    this.host.announce(this.#t('hidden'));
    void this.host.focusOn('keys-state');
  }

  async #edit(key: ApiKey): Promise<void> {
    try {
      (await this.#addresses.get()).edit(key);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** Says why MFA is needed; from there straight into its set-up. */
  async #enrol(): Promise<void> {
    const t = this.#t;
    try {
      const question = { title: t('mfaTitle'), body: t('mfaBody'), keep: this.host.common('cancel'), proceed: t('mfaSetUp') };
      if (await this.host.confirm(question)) await (await this.#enrolment.get()).begin();
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** With MFA on, what was asked for goes on. */
  async #resume(): Promise<void> {
    // That MFA is on now has to have arrived here too.
    await this.host.client?.auth.load();
    await this.#view();
  }
}
