import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { cleanText } from '../../contract/text.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { deleteOrganisation } from '../../locales/en/delete-organisation.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { circleAlert, circleInfo } from '../../ui/icons.js';
import { button, errorLine, field, status } from '../../ui/templates.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

/** "Delete ...?": names what goes, and asks for the organisation's name. */
export class DeleteOrganisationDialog extends Section {
  readonly #t = this.host.locale.texts('deleteOrganisation', deleteOrganisation);
  readonly #delete = new Action('organisation.delete');
  readonly #dialog = new DialogController(this.host, 'delete-organisation-dialog', () => {
    this.#form.discard();
  });
  readonly #form: FormController<{ confirmation: string }> = new FormController<{ confirmation: string }>(this.host, {
    id: 'delete-organisation',
    saved: () => ({ confirmation: '' }),
    always: true,
    check: ({ confirmation }) => (this.#isItsName(confirmation) ? {} : { confirmation: confirmation.trim() === '' ? 'required' : 'mismatch' }),
    edited: () => {
      this.#delete.reset();
    },
    save: ({ confirmation }) => this.#send(confirmation),
    settled: this.host.sayStatus,
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear(dialogStyles);
  }

  get #name(): string {
    return this.host.auth.data?.organisation?.name ?? '';
  }

  open(): void {
    this.#delete.reset();
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
    const organisation = this.#name;
    if (!this.#dialog.isOpen || organisation === '') return nothing;
    const t = this.#t;
    const { common } = this.host;
    const { id, close, closed } = this.#dialog;
    const { submit, input, press, values, problems, busy, error } = this.#form;
    const problem = problems.confirmation;
    const ready = this.#isItsName(values?.confirmation ?? '');
    return dialog({
      id,
      title: t.rich('title', { organisation: html`<bdi>${organisation}</bdi>` }),
      closeLabel: common('close'),
      alert: true,
      close,
      closed,
      content: html`<form novalidate @submit=${submit} @input=${input}>
        <div class="dialog-body">
          <p id="${id}-body">${t('goes')} ${t('warning')}</p>
          ${field({
            id: this.#form.fieldId('confirmation'),
            name: 'confirmation',
            label: t('confirm'),
            value: values?.confirmation ?? '',
            error: problem && t(problem === 'required' ? 'missing' : 'mismatch', { organisation }),
            autocomplete: 'off',
            spellcheck: false,
          })}
          ${error && error.kind !== 'aborted' && !problem ? errorLine(errorText(common, error)) : nothing}
          ${status(ready ? 'warn' : '', ready ? circleAlert : circleInfo, t(ready ? 'ready' : 'notYet'))}
        </div>
        <div class="dialog-foot">
          ${button({ label: t('keep'), autofocus: true, press: close })}
          ${button({ label: t('proceed'), look: 'destructive', submit: true, busy, press })}
        </div>
      </form>`,
    });
  }

  #isItsName(typed: string): boolean {
    return cleanText(typed) === this.#name;
  }

  async #send(confirmation: string): Promise<void> {
    const done = this.#t('done', { organisation: this.#name });
    await this.host.act(this.#delete, { confirmation });
    this.#dialog.close();
    this.host.toast(done);
  }
}
