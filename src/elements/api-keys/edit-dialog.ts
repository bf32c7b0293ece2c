import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { ApiKey } from '../../contract/index.js';
import { apiKey } from '../../contract/api-keys.js';
import { name as nameSchema, problemOf } from '../../contract/schema.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { apiKeys } from '../../locales/en/api-keys.js';
import { keyEdit } from '../../locales/en/key-edit.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { selectStyles } from '../../ui/select-styles.js';
import { button, errorLine, field } from '../../ui/templates.js';
import { currentOf } from '../base/current.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';
import { expiryFields, expiryOf, expiryProblem, momentOf, type ExpiryValues } from './expiry.js';

type EditValues = ExpiryValues & { name: string };

/** "Rename API key" and "Change expiry": one thing of a key at a time. */
export class EditDialog extends Section {
  readonly #t = this.host.locale.texts('keyEdit', keyEdit);
  readonly #keys = this.host.locale.texts('apiKeys', apiKeys);
  readonly #update = new Action('apiKeys.update');
  #key: ApiKey | undefined;
  #what: 'name' | 'expiry' = 'name';
  readonly #dialog = new DialogController(this.host, 'keys-edit', () => {
    this.#form.discard();
    this.#key = undefined;
  });
  readonly #form: FormController<EditValues> = new FormController<EditValues>(this.host, {
    id: 'keys-edit',
    saved: () => ({ name: this.#key?.name ?? '', ...expiryOf(this.#key?.expiresAt ?? null, this.host.locale.timeZone) }),
    always: true,
    check: (values) => (this.#what === 'name' ? problemOf(nameSchema, 'name', values.name) : expiryProblem(values, this.host.locale.timeZone)),
    edited: () => {
      this.#update.reset();
    },
    save: (values) => this.#save(values),
    settled: this.host.sayStatus,
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear(dialogStyles);
    host.wear(selectStyles);
  }

  edit(key: ApiKey, what: 'name' | 'expiry'): void {
    this.#key = key;
    this.#what = what;
    this.#update.reset();
    this.#form.discard();
    this.#dialog.show();
    if (what === 'expiry') void this.host.focusOn(this.#form.fieldId('expiry'));
  }

  override reset(): void {
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    const key = this.#key;
    if (!this.#dialog.isOpen || !key) return nothing;
    const t = this.#t;
    const { common } = this.host;
    const form = this.#form;
    const { error, busy, problems, values } = form;
    const { id, close, closed } = this.#dialog;
    const naming = this.#what === 'name';
    return dialog({
      id,
      title: t(naming ? 'renameTitle' : 'expiryTitle'),
      closeLabel: common('close'),
      close,
      closed,
      content: html`<form novalidate @submit=${form.submit} @input=${form.input}>
        <div class="dialog-body">
          ${naming
            ? field({ id: form.fieldId('name'), name: 'name', label: t('name'), value: values?.name ?? '', error: problems.name && (problems.name === 'too-long' ? common('tooLong', { count: 200 }) : t('nameMissing')), autocomplete: 'off', autofocus: true })
            : html`<p>${t.rich('expiryBody', { environment: this.#keys(key.environment), last4: html`<bdi dir="ltr">${key.last4}</bdi>` })}</p>${expiryFields(this.host, form)}`}
          ${error && error.kind !== 'aborted' && Object.keys(problems).length === 0 ? errorLine(error.kind === 'stale' ? t('stale') : errorText(common, error, true)) : nothing}
        </div>
        <div class="dialog-foot">
          ${button({ label: common('cancel'), look: 'quiet', press: close })}
          ${button({ label: t(naming ? 'rename' : 'expire'), look: 'primary', submit: true, busy, press: form.press })}
        </div>
      </form>`,
    });
  }

  async #save(values: EditValues): Promise<void> {
    const key = this.#key;
    if (!key) return;
    const naming = this.#what === 'name';
    try {
      await this.host.act(this.#update, { id: key.id, ...(naming ? { name: values.name } : { expiresAt: momentOf(values, this.host.locale.timeZone) }) }, { ifMatch: key.version });
    } catch (thrown) {
      this.#key = currentOf(apiKey, thrown, key);
      throw thrown;
    }
    this.#dialog.close();
    this.host.toast(this.#t(naming ? 'renamed' : 'expires'));
  }
}
