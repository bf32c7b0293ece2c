import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { ApiKey, SettingsError } from '../../contract/index.js';
import { apiKey } from '../../contract/api-keys.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { apiKeys } from '../../locales/en/api-keys.js';
import { sourceAddresses } from '../../locales/en/source-addresses.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { button, errorLine } from '../../ui/templates.js';
import { currentOf } from '../base/current.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';
import { AddressEditor, type Values } from './address-editor.js';

/** Where a key may be used from: Anywhere, or Specific locations. */
export class AddressesDialog extends Section {
  readonly #t = this.host.locale.texts('sourceAddresses', sourceAddresses);
  readonly #keys = this.host.locale.texts('apiKeys', apiKeys);
  readonly #update = new Action('apiKeys.update');
  readonly #dialog = new DialogController(this.host, 'keys-addresses', () => {
    this.#form.discard();
    this.#key = undefined;
  });
  #key: ApiKey | undefined;
  readonly #editor: AddressEditor = new AddressEditor(this.host, {
    form: () => this.#form,
    fold: () => {
      this.#update.reset();
    },
    legend: () => this.#t('addressesTitle'),
    silent: true,
  });
  readonly #form = new FormController<Values>(this.host, {
    id: 'keys-addresses',
    saved: () => this.#editor.saved(),
    version: () => this.#key?.version,
    always: true,
    check: (values) => this.#editor.check(values),
    edited: () => {
      this.#update.reset();
    },
    save: (values) => this.#save(values),
    settled: this.host.sayStatus,
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear(dialogStyles);
  }

  override reset(): void {
    this.#dialog.close();
  }

  edit(key: ApiKey): void {
    this.#key = key;
    this.#editor.begin(key.addresses);
    this.#form.discard();
    this.#dialog.show();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    const key = this.#key;
    if (!this.#dialog.isOpen || !key) return nothing;
    const t = this.#t;
    const { id, close, closed } = this.#dialog;
    const { error, busy } = this.#form;
    return dialog({
      id,
      title: t('addressesTitle'),
      closeLabel: this.host.common('close'),
      close,
      closed,
      content: html`<form novalidate @submit=${this.#form.submit} @input=${this.#form.input}>
        <div class="dialog-body">
          <p>${t('addressesBody', { environment: this.#keys(key.environment), last4: key.last4 })}</p>
          ${this.#editor.render({ autofocus: true })}
          ${error && error.kind !== 'aborted' && !error.fields ? errorLine(this.#errorText(error)) : nothing}
        </div>
        <div class="dialog-foot">
          ${button({ label: this.host.common('cancel'), look: 'quiet', press: close })}
          ${button({ label: t('save'), look: 'primary', submit: true, busy, press: this.#form.press })}
        </div>
      </form>`,
    });
  }

  #errorText(error: SettingsError): string {
    return error.kind === 'stale' ? this.#t('stale') : errorText(this.host.common, error, true);
  }

  async #save(values: Values): Promise<void> {
    const key = this.#key;
    if (!key) return;
    try {
      await this.host.act(this.#update, { id: key.id, addresses: this.#editor.addressesOf(values) }, { ifMatch: key.version });
    } catch (thrown) {
      this.#key = currentOf(apiKey, thrown, key);
      throw thrown;
    }
    this.#dialog.close();
    this.host.toast(this.#t('saved'));
  }
}
