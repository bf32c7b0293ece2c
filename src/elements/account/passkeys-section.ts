import { css, html, nothing } from 'lit';
import type { Passkey, SettingsError } from '../../contract/index.js';
import { relativeTime } from '../../lit/relative-time.js';
import { ResourceController } from '../../lit/resource-controller.js';
import { passkeys } from '../../locales/en/passkeys.js';
import { circleInfo, icon } from '../../ui/icons.js';
import { key } from '../../ui/more-icons.js';
import { button, empty, errorLine, section, skeleton } from '../../ui/templates.js';
import { Actions } from '../base/actions.js';
import type { Question } from '../base/confirm-dialog.js';
import { Lazy } from '../base/lazy.js';
import { passkeyObstacle } from '../base/passkey-support.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';
import type { PasskeyDialog } from './passkey-dialog.js';

const styles = css`
  .passkeys > li { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 2) calc(var(--_u) * 3); padding: calc(var(--_u) * 4) var(--_pad); }
  .passkeys > li + li { border-block-start: 1px solid var(--_border); }
  .passkeys > li > .i { color: var(--_text-muted); align-self: start; margin-block-start: 0.125rem; }
  .passkeys > li > div:first-of-type { flex: 1 1 14rem; min-inline-size: 0; display: grid; gap: calc(var(--_u) * 0.5); }
  .passkeys .name { font-weight: 500; overflow-wrap: anywhere; }
  .passkeys .facts { display: flex; flex-wrap: wrap; gap: 0 calc(var(--_u) * 4); }
  .passkeys .tools { display: flex; flex-wrap: wrap; gap: calc(var(--_u) * 2); }
  .obstacle { display: flex; gap: calc(var(--_u) * 2); color: var(--_text-muted); text-wrap: pretty; }
  .obstacle > .i { margin-block-start: 0.125rem; }
  @container uf (max-width: 29.99rem) {
    .passkeys { --_pad: 1rem; }
    .passkeys > li > div:first-of-type { flex-basis: calc(100% - 1rem - var(--_u) * 3); }
    .passkeys .tools { flex-basis: 100%; padding-inline-start: calc(1rem + var(--_u) * 3); }
  }
`;

/** "Passkeys": those that there are, adding one, renaming and removing. */
export class PasskeysSection extends Section {
  readonly #t = this.host.locale.texts('passkeys', passkeys);
  readonly #list = new ResourceController(
    this.host,
    () => (this.host.can('passkeys.list') ? this.host.client?.resource('passkeys.list', undefined) : undefined),
    this.host.failedRead('passkeys.list'),
  );
  readonly #dialog = new Lazy(async () => new (await import('./passkey-dialog.js')).PasskeyDialog(this.host));
  readonly #remove = new Actions('passkeys.remove');
  #opening = false;
  #error: { text: () => string; id: string | undefined } | undefined;

  constructor(host: SettingsElement) {
    super(host);
    host.wear(styles);
  }

  override reset(): void {
    this.#error = undefined;
    this.#dialog.part?.reset();
  }

  override conceal(): void {
    this.#dialog.part?.reset();
  }

  override render(): unknown {
    const t = this.#t;
    const { data, error, loading } = this.#list.state;
    return section({
      id: 'passkeys',
      level: this.host.headingLevel,
      title: t('title'),
      description: t('description'),
      content:
        error && !data
          ? this.host.loadError(t('what'), error, () => { this.#list.reload(); }, loading)
          : data?.passkeys.length === 0
            ? empty({ icon: key, title: t('none'), body: t('noneBody'), action: [this.#add('primary'), this.#problem(undefined)] })
            : html`<div class="card" part="card">
                <ul class="passkeys">${data ? data.passkeys.map((one, index) => this.#row(one, data.passkeys, index)) : this.#loading()}</ul>
                <div class="card-foot">${this.#add('')}${this.#problem(undefined)}</div>
              </div>`,
    });
  }

  override renderDialogs(): unknown {
    return this.#dialog.part?.renderDialogs();
  }

  #loading(): unknown {
    return html`<li>${icon(key)}<div>${skeleton()}${skeleton()}</div></li>`;
  }

  #row(passkey: Passkey, all: readonly Passkey[], index: number): unknown {
    const t = this.#t;
    const { locale } = this.host;
    const { name, createdAt, lastUsedAt, synced } = passkey;
    // Names are the person's own and may come twice; those of buttons may not.
    const before = all.slice(0, index).filter((other) => other.name === name).length;
    const context = before > 0 ? t('another', { name, count: before + 1 }) : name;
    return html`<li>
      ${icon(key)}
      <div>
        <p class="name"><bdi>${name}</bdi></p>
        <p class="small muted facts">
          <span>${t.rich('added', { date: html`<bdi>${locale.date(createdAt)}</bdi>` })}</span>
          <span>${lastUsedAt === null ? t('unused') : t.rich('used', { when: html`<bdi>${relativeTime(locale.tag, lastUsedAt)}</bdi>` })}</span>
          ${synced === null ? nothing : html`<span>${t(synced ? 'synced' : 'oneDevice')}</span>`}
        </p>
        ${this.#problem(passkey.id)}
      </div>
      <div class="tools">
        ${this.host.can('passkeys.rename') ? button({ label: t('rename'), context, little: true, press: () => void this.#open((dialog) => { dialog.rename(passkey); }, passkey.id) }) : nothing}
        ${this.host.can('passkeys.remove') ? button({ label: t('remove'), context, look: 'danger', little: true, press: () => void this.#ask(passkey, all) }) : nothing}
      </div>
    </li>`;
  }

  #add(look: 'primary' | ''): unknown {
    const t = this.#t;
    const obstacle = passkeyObstacle('create');
    if (!this.host.can('passkeys.begin') || !this.host.can('passkeys.finish')) return nothing;
    if (obstacle) return html`<p class="small obstacle">${icon(circleInfo)}<span>${t(obstacle)}</span></p>`;
    const taken = this.#list.data?.passkeys.map(({ name }) => name) ?? [];
    return button({ id: 'passkeys-add', label: t('add'), look, busy: this.#opening, disabled: !this.#list.data, press: () => void this.#open((dialog) => { dialog.add(taken); }) });
  }

  #problem(id: string | undefined): unknown {
    return this.#error && this.#error.id === id ? errorLine(this.#error.text()) : nothing;
  }

  #fail(text: () => string, id: string | undefined): void {
    this.#error = { text, id };
    this.host.requestUpdate();
  }

  async #open(work: (dialog: PasskeyDialog) => void, id?: string): Promise<void> {
    this.#error = undefined;
    this.#opening = id === undefined;
    this.host.requestUpdate();
    try {
      work(await this.#dialog.get());
    } catch (thrown) {
      this.#failed(this.host.failure(thrown), id);
    } finally {
      this.#opening = false;
      this.host.requestUpdate();
    }
  }

  #failed(error: SettingsError | undefined, id: string | undefined): void {
    if (error) this.#fail(() => errorText(this.host.common, error), id);
  }

  async #ask(passkey: Passkey, all: readonly Passkey[]): Promise<void> {
    const t = this.#t;
    const user = this.host.auth.data?.user;
    this.#error = undefined;
    const last = all.length === 1;
    if (last && user?.mfa.enabled === false && !user.hasPassword) {
      this.host.announce(t('onlyProof'));
      this.#fail(() => t('onlyProof'), passkey.id);
      return;
    }
    const body = (): string => [t('removeBody'), ...(last ? [t(user?.mfa.enabled ? 'removeLastMfa' : 'removeLastPassword')] : [])].join(' ');
    try {
      const question = (): Question => ({ title: t.rich('removeTitle', { name: html`<bdi>${passkey.name}</bdi>` }), body: body(), keep: t('keep'), proceed: t('remove'), destructive: true });
      if (!(await this.host.confirm(question))) return;
      await this.host.act(this.#remove.of(passkey.id), { id: passkey.id });
      this.host.toast(t('removed'));
      await this.host.focusOn('passkeys-title');
    } catch (thrown) {
      this.#failed(this.host.failure(thrown), passkey.id);
    }
  }
}
