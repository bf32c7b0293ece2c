import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { ApiKey, Output } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { apiKeys } from '../../locales/en/api-keys.js';
import { keyRevoke } from '../../locales/en/key-revoke.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { button, errorLine, field } from '../../ui/templates.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

/** "Revoke ...?": one key or several, with one answer; production keys take something that one has to read and type. */
export class RevokeDialog extends Section {
  readonly #t = this.host.locale.texts('keyRevoke', keyRevoke);
  readonly #keys = this.host.locale.texts('apiKeys', apiKeys);
  readonly #revoke = new Action('apiKeys.revoke');
  #these: readonly ApiKey[] = [];
  #done: (() => void) | undefined;
  readonly #dialog = new DialogController(this.host, 'keys-revoke', () => {
    this.#form.discard();
    this.#these = [];
  });
  readonly #form = new FormController(this.host, {
    id: 'keys-revoke',
    saved: () => ({ confirm: '' }),
    always: true,
    check: ({ confirm }) => (this.#expected !== undefined && confirm.trim() !== this.#expected ? { confirm: 'mismatch' as const } : {}),
    save: () => this.#save(),
    settled: this.host.sayStatus,
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear(dialogStyles);
  }

  /** @param done when they are revoked */
  ask(keys: readonly ApiKey[], done?: () => void): void {
    this.#these = keys;
    this.#done = done;
    this.#revoke.reset();
    this.#form.discard();
    this.#dialog.show();
  }

  override reset(): void {
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    const [key] = this.#these;
    if (!this.#dialog.isOpen || !key) return nothing;
    const t = this.#t;
    const { common } = this.host;
    const { id, close, closed } = this.#dialog;
    const { error, busy, values, problems } = this.#form;
    const count = this.#these.length;
    const expected = this.#expected;
    const shown = html`<strong><bdi dir="ltr">${expected}</bdi></strong>`;
    return dialog({
      id,
      title: count === 1 ? t.rich('title', { name: html`<bdi>${key.name || key.last4}</bdi>` }) : t('titleMany', { count }),
      closeLabel: common('close'),
      alert: true,
      close,
      closed,
      content: html`<form novalidate @submit=${this.#form.submit} @input=${this.#form.input}>
        <div class="dialog-body">
          <p id="${id}-body">${count === 1 ? t.rich('body', { environment: this.#keys(key.environment), last4: html`<bdi dir="ltr">${key.last4}</bdi>` }) : t('bodyMany')}</p>
          ${expected === undefined
            ? nothing
            : field({ id: this.#form.fieldId('confirm'), name: 'confirm', label: html`<span>${t.rich(count === 1 ? 'typeLast4' : 'typeCount', { expected: shown })}</span>`, value: values?.confirm ?? '', error: problems.confirm && t('mismatch', { expected }), autocomplete: 'off', ltr: true, autofocus: true, ...(count > 1 && { inputmode: 'numeric' }) })}
          ${error && error.kind !== 'aborted' ? errorLine(errorText(common, error, true)) : nothing}
        </div>
        <div class="dialog-foot">
          ${button({ label: t('keep', { count }), autofocus: expected === undefined, press: close })}
          ${button({ label: t('submit', { count }), look: 'destructive', submit: true, busy, press: this.#form.press })}
        </div>
      </form>`,
    });
  }

  /** What has to be typed: the end of the one key, or how many there are. Only for what runs in production. */
  get #expected(): string | undefined {
    if (this.#these.every(({ environment }) => environment === 'test')) return undefined;
    return this.#these.length === 1 ? this.#these[0]?.last4 : String(this.#these.length);
  }

  async #save(): Promise<void> {
    const keys = this.#these;
    const done = this.#done;
    const { results } = await this.host.act(this.#revoke, { ids: keys.map(({ id }) => id) });
    this.#dialog.close();
    this.host.toast(this.#result(keys, results));
    done?.();
  }

  #result(keys: readonly ApiKey[], results: Output<'apiKeys.revoke'>['results']): string {
    const t = this.#t;
    const gone = results.filter(({ outcome }) => outcome === 'gone').length;
    if (keys.length === 1) return t(gone > 0 ? 'gone' : 'revoked', { last4: keys[0]?.last4 ?? '' });
    const revoked = t('revokedMany', { count: results.length - gone });
    return gone > 0 ? `${revoked} ${t('goneMany', { count: gone })}` : revoked;
  }
}
