import { html, nothing } from 'lit';
import type { ApiKey, SettingsError } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { keyRoll } from '../../locales/en/key-roll.js';
import { choices } from '../../ui/choices.js';
import { dialogStyles } from '../../ui/dialog.js';
import { button, errorLine } from '../../ui/templates.js';
import { Actions } from '../base/actions.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';
import type { ApiKeysSection } from './api-keys-section.js';
import { SecretOnce } from './secret-once.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** "Replace this key": how long both go on; then the new secret, once. */
export class RollDialog extends Section {
  readonly #list: ApiKeysSection;
  readonly #t = this.host.locale.texts('keyRoll', keyRoll);
  readonly #roll = new Actions('apiKeys.roll');
  #key: ApiKey | undefined;
  readonly #dialog = new DialogController(this.host, 'keys-roll', () => {
    const made = this.#secret.key;
    this.#secret.forget();
    this.#form.discard();
    this.#key = undefined;
    if (made) void this.#list.goTo(made);
  });
  readonly #secret = new SecretOnce(this.host, this.#dialog);
  readonly #form = new FormController<{ overlap: string }>(this.host, {
    id: 'keys-roll',
    saved: () => ({ overlap: this.#usual() }),
    always: true,
    check: () => ({}),
    edited: () => {
      if (this.#key) this.#roll.of(this.#key.id).reset();
    },
    save: ({ overlap }) => this.#save(Number(overlap)),
    settled: this.host.sayStatus,
  });

  constructor(list: ApiKeysSection) {
    super(list.host);
    this.#list = list;
    this.host.wear(dialogStyles);
  }

  open(key: ApiKey): void {
    this.#key = key;
    this.#form.discard();
    this.#dialog.show();
  }

  override stays(): boolean {
    return this.#secret.guard.stays();
  }

  override conceal(): void {
    this.#secret.conceal();
  }

  override reset(): void {
    this.#secret.forget();
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    const key = this.#key;
    if (!this.#dialog.isOpen || !key) return nothing;
    return this.#secret.renderDialog({ asked: this.#t('title'), made: this.#t('secretTitle') }, () => this.#question(key));
  }

  get #overlaps(): readonly number[] {
    return [...(this.host.auth.data?.policy.apiKeys.overlaps ?? [0])].sort((one, other) => one - other);
  }

  /** A day, or what comes nearest to it from above; with no such overlap the longest. */
  #usual(): string {
    return String(this.#overlaps.find((overlap) => overlap >= DAY) ?? this.#overlaps.at(-1) ?? 0);
  }

  #question(key: ApiKey): unknown {
    const t = this.#t;
    const { common } = this.host;
    const { error, busy, values } = this.#form;
    return html`<form novalidate @submit=${this.#form.submit} @input=${this.#form.input}>
      <div class="dialog-body">
        <p>${t.rich('body', { name: html`<bdi>${key.name || key.last4}</bdi>`, last4: html`<bdi dir="ltr">${key.last4}</bdi>` })}</p>
        ${choices({ id: this.#form.fieldId('overlap'), name: 'overlap', legend: t('overlap'), silent: true, value: values?.overlap ?? '', options: this.#overlaps.map((overlap) => [String(overlap), this.#label(overlap), this.#meaning(overlap)]), autofocus: true })}
        ${error && error.kind !== 'aborted' ? errorLine(this.#errorText(error)) : nothing}
      </div>
      <div class="dialog-foot">
        ${button({ label: common('cancel'), look: 'quiet', press: this.#dialog.close })}
        ${button({ label: t('submit'), look: 'primary', submit: true, busy, press: this.#form.press })}
      </div>
    </form>`;
  }

  #label(overlap: number): string {
    if (overlap === 0) return this.#t('none');
    return overlap > DAY ? this.#t('days', { count: Math.round(overlap / DAY) }) : this.#t('hours', { count: Math.max(1, Math.round(overlap / HOUR)) });
  }

  #meaning(overlap: number): unknown {
    if (overlap === 0) return this.#t('noneHint');
    const time = this.host.locale.format(Date.now() + overlap * 1000, { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' });
    return this.#t.rich('untilHint', { time: html`<bdi>${time}</bdi>` });
  }

  #errorText(error: SettingsError): string {
    return error.kind === 'conflict' ? this.#t('conflict') : errorText(this.host.common, error, true);
  }

  async #save(overlap: number): Promise<void> {
    const old = this.#key;
    if (!old) return;
    const { key, secret } = await this.host.act(this.#roll.of(old.id), { id: old.id, overlap });
    if (!this.#dialog.isOpen) return;
    this.#secret.show(key, secret);
    this.host.announce(this.#t('created'));
  }
}
