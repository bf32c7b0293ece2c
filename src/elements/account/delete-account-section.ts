import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { SettingsError } from '../../contract/index.js';
import { cleanEmail } from '../../contract/text.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { deleteAccount } from '../../locales/en/delete-account.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { circleAlert, circleInfo, lock } from '../../ui/icons.js';
import { announcer } from '../../ui/announcer.js';
import { address, button, errorLine, field, notice, section, status } from '../../ui/templates.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

/** "Delete account": says before the click what stands against it, asks for the address, ends signed out. */
export class DeleteAccountSection extends Section {
  readonly #t = this.host.locale.texts('deleteAccount', deleteAccount);
  readonly #delete = new Action('account.delete');
  readonly #dialog = new DialogController(this.host, 'delete-account-dialog', () => {
    this.#form.discard();
  });
  readonly #form: FormController<{ confirmation: string }> = new FormController<{ confirmation: string }>(this.host, {
    id: 'delete-account',
    saved: () => ({ confirmation: '' }),
    always: true,
    check: ({ confirmation }) => (this.#isMine(confirmation) ? {} : { confirmation: confirmation.trim() === '' ? 'required' : 'mismatch' }),
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

  get #email(): string {
    return this.host.auth.data?.user.email ?? '';
  }

  /** The organisations that would be left without an owner. */
  get #owned(): string[] {
    return (this.host.auth.data?.organisations ?? []).filter(({ onlyOwner }) => onlyOwner).map(({ name }) => name);
  }

  override reset(): void {
    this.#dialog.close();
    this.#form.discard();
  }

  override render(): unknown {
    const t = this.#t;
    const owned = this.#owned;
    return section({
      id: 'delete-account',
      level: this.host.headingLevel,
      title: t('title'),
      description: t('body'),
      content: html`<div class="card" part="card"><div class="card-body">
        <p>${t('goes')}</p>
        ${owned.length > 0
          ? notice({ icon: lock, title: t.rich('blockedTitle', { count: owned.length, names: html`<bdi>${this.#names(owned)}</bdi>` }), body: t('blockedBody') })
          : html`<div>${button({ id: 'delete-account-open', label: t('open'), look: 'danger', press: () => { this.#dialog.show(); } })}</div>`}
      </div></div>`,
    });
  }

  override renderDialogs(): unknown {
    if (!this.#dialog.isOpen || this.#email === '') return nothing;
    const t = this.#t;
    const { common } = this.host;
    const { id, close, closed } = this.#dialog;
    const { submit, input, press, values, problems, busy, error } = this.#form;
    const ready = this.#isMine(values?.confirmation ?? '');
    const problem = problems.confirmation;
    return dialog({
      id,
      title: t.rich('question', { email: address(this.#email) }),
      closeLabel: common('close'),
      alert: true,
      close,
      closed,
      content: html`<form novalidate @submit=${submit} @input=${input}>
        <div class="dialog-body">
          <p id="${id}-body">${t('goes')} ${t('warning')}</p>
          ${field({
            id: 'delete-account-confirmation',
            name: 'confirmation',
            label: t('confirm'),
            value: values?.confirmation ?? '',
            error: problem && t(problem === 'required' ? 'missing' : 'mismatch', { email: this.#email }),
            autocomplete: 'off',
            inputmode: 'email',
            ltr: true,
          })}
          ${this.#failure(error, problem !== undefined)}
          ${status(ready ? 'warn' : '', ready ? circleAlert : circleInfo, t(ready ? 'ready' : 'notYet'))}
        </div>
        <div class="dialog-foot">
          ${button({ label: t('keep'), autofocus: true, press: close })}
          ${button({ label: t('proceed'), look: 'destructive', submit: true, busy, press })}
        </div>
      </form>`,
    });
  }

  #failure(error: SettingsError | undefined, atField: boolean): unknown {
    if (!error || error.kind === 'aborted' || atField) return nothing;
    // Somebody gave up their share of an organisation meanwhile; the context, read anew, names it behind the dialog.
    if (error.kind === 'conflict') return errorLine(this.#t('blockedBody'));
    return errorLine(errorText(this.host.common, error));
  }

  #names(names: readonly string[]): string {
    return new Intl.ListFormat(this.host.locale.tag).format(names);
  }

  #isMine(typed: string): boolean {
    return cleanEmail(typed).toLowerCase() === this.#email.toLowerCase();
  }

  async #send(confirmation: string): Promise<void> {
    const { host } = this;
    const done = this.#t('deleted');
    try {
      await host.act(this.#delete, { confirmation });
    } catch (thrown) {
      host.auth.reload();
      throw thrown;
    }
    // What was said to this person is not for the next one.
    announcer().clearToasts?.();
    host.emit('uf-sign-out', null);
    host.toast(done);
  }
}
