import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { SettingsError } from '../../contract/index.js';
import { email as emailSchema, problemOf } from '../../contract/schema.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { invite } from '../../locales/en/invite.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { button, field } from '../../ui/templates.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

/** "New Invitation": one address; stays open with what was typed until it is sent. */
export class InviteDialog extends Section {
  readonly #t = this.host.locale.texts('invite', invite);
  readonly #invite = new Action('team.invite');
  readonly #sent: (rowId: string | undefined) => void;
  readonly #dialog = new DialogController(this.host, 'team-invite', () => {
    this.#form.discard();
  });
  readonly #form = new FormController(this.host, {
    id: 'team-invite',
    saved: () => ({ email: '' }),
    always: true,
    check: ({ email }) => problemOf(emailSchema, 'email', email),
    edited: () => {
      this.#invite.reset();
    },
    save: ({ email }) => this.#send(email),
    settled: (status) => {
      if (status === 'failed') this.#form.refuse('email');
    },
  });

  constructor(host: SettingsElement, sent: (rowId: string | undefined) => void) {
    super(host);
    this.#sent = sent;
    host.wear(dialogStyles);
  }

  show(): void {
    this.#dialog.show();
  }

  override reset(): void {
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const t = this.#t;
    const { auth, common } = this.host;
    const { id, close, closed } = this.#dialog;
    const { values, busy } = this.#form;
    const days = Math.round((auth.data?.policy.invitations.expiresIn ?? 604_800) / 86_400);
    return dialog({
      id,
      title: t('title'),
      closeLabel: common('close'),
      close,
      closed,
      content: html`<form novalidate @submit=${this.#form.submit} @input=${this.#form.input}>
        <div class="dialog-body">
          <p>${t.rich('body', { organisation: html`<bdi>${auth.data?.organisation?.name ?? ''}</bdi>`, count: days })}</p>
          ${field({ id: this.#form.fieldId('email'), name: 'email', label: t('email'), value: values?.email ?? '', error: this.#error(), autocomplete: 'off', inputmode: 'email', ltr: true, autofocus: true })}
        </div>
        <div class="dialog-foot">
          ${button({ label: common('cancel'), look: 'quiet', press: close })}
          ${button({ label: t('send'), look: 'primary', submit: true, busy, press: this.#form.press })}
        </div>
      </form>`,
    });
  }

  #error(): string | undefined {
    const { common } = this.host;
    const { problems, error } = this.#form;
    switch (problems.email) {
      case undefined: return error && error.kind !== 'aborted' ? errorText(common, error) : undefined;
      case 'required': return common('emailMissing');
      case 'too-long': return common('tooLong', { count: 254 });
      case 'already-member': return this.#t('alreadyMember');
      case 'already-invited': return this.#t('alreadyInvited');
      default: return common('emailInvalid');
    }
  }

  async #send(email: string): Promise<void> {
    const roles = this.host.auth.data?.policy.invitations.roles ?? [];
    const role = roles.includes('member') ? 'member' : (roles.at(-1) ?? 'member');
    const { results } = await this.host.act(this.#invite, { invitations: [{ email, role }] });
    const result = results[0];
    switch (result?.outcome) {
      case 'sent': break;
      case 'already-member':
      case 'already-invited':
      case 'invalid': throw new SettingsError('invalid', result.outcome, { fields: { email: result.outcome } });
      default: throw new SettingsError('unavailable');
    }
    this.#dialog.close();
    this.host.toast(this.#t('sent', { email: result.email }));
    this.#sent(result.row?.id);
  }
}
