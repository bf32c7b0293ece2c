import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { SettingsError } from '../../contract/index.js';
import { email as emailSchema, problemOf } from '../../contract/schema.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { emailAddress } from '../../locales/en/email-address.js';
import { invite } from '../../locales/en/invite.js';
import { roles } from '../../locales/en/roles.js';
import { choices, choiceStyles } from '../../ui/choices.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { button, errorLine, field } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';
import { leastRole, roleOptions } from './roles.js';

/** "New Invitation": one address; stays open with what was typed until it is sent. Many take a dialog of their own. */
export class InviteDialog extends Section {
  readonly #t = this.host.locale.texts('invite', invite);
  readonly #email = this.host.locale.texts('emailAddress', emailAddress);
  readonly #roles = this.host.locale.texts('roles', roles);
  readonly #invite = new Action('team.invite');
  readonly #many = new Lazy(async () => {
    const [{ InviteMany }, { Chips }] = await Promise.all([import('./invite-many.js'), import('./invite-chips.js')]);
    return new InviteMany(this.host, (options) => new Chips(this.host, options));
  });
  #manyFailed: SettingsError | undefined;
  readonly #sent: (rowId: string | undefined) => void;
  readonly #dialog = new DialogController(this.host, 'team-invite', () => {
    this.#form.discard();
    this.#manyFailed = undefined;
  });
  readonly #form = new FormController(this.host, {
    id: 'team-invite',
    saved: () => ({ email: '', role: leastRole(this.#rolesHere) }),
    always: true,
    check: ({ email }) => problemOf(emailSchema, 'email', email),
    edited: () => {
      this.#invite.reset();
    },
    save: ({ email, role }) => this.#send(email, role),
    settled: (status) => {
      if (status === 'failed') this.#form.refuse('email');
    },
  });

  constructor(host: SettingsElement, sent: (rowId: string | undefined) => void) {
    super(host);
    this.#sent = sent;
    host.wear(dialogStyles);
    host.wear(choiceStyles);
  }

  show(): void {
    this.#dialog.show();
  }

  override reset(): void {
    this.#dialog.close();
    this.#many.part?.reset();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    if (!this.#dialog.isOpen) return this.#many.part?.renderDialogs();
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
          ${this.#rolesHere.length > 1
            ? choices({ id: this.#form.fieldId('role'), name: 'role', legend: this.#roles('role'), value: values?.role ?? '', options: roleOptions(this.#roles, this.#rolesHere), error: this.#form.problems.role && common('invalid') })
            : nothing}
          ${this.#manyFailed ? errorLine(errorText(common, this.#manyFailed, true)) : nothing}
        </div>
        <div class="dialog-foot">
          <span class="at-start">${button({ id: this.#form.fieldId('many'), label: t('many'), look: 'quiet', press: () => void this.#openMany() })}</span>
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
      case undefined: return error && error.kind !== 'aborted' ? errorText(common, error, true) : undefined;
      case 'required': return this.#email('missing');
      case 'too-long': return common('tooLong', { count: 254 });
      case 'already-member': return this.#t('alreadyMember');
      case 'already-invited': return this.#t('alreadyInvited');
      // What is an address to us and yet refused is one that this backend signs nobody in by.
      default: return this.#email(problemOf(emailSchema, 'email', this.#form.values?.email).email ? 'invalid' : 'refused');
    }
  }

  /** The roles that one may invite to here. */
  get #rolesHere(): readonly string[] {
    return this.host.auth.data?.policy.invitations.roles ?? [];
  }

  /** What was typed goes along. */
  async #openMany(): Promise<void> {
    try {
      const many = await this.#many.get();
      const { email = '', role = '' } = this.#form.values ?? {};
      this.#dialog.close();
      many.open(email, role);
    } catch (thrown) {
      this.#manyFailed = this.host.failure(thrown);
      this.host.requestUpdate();
    }
  }

  async #send(email: string, role: string): Promise<void> {
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
