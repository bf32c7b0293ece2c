import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { FieldProblem, SettingsError, User } from '../../contract/index.js';
import { email as emailSchema, name as nameSchema, problemOf } from '../../contract/schema.js';
import { cleanEmail } from '../../contract/text.js';
import { FormController } from '../../lit/form-controller.js';
import { account } from '../../locales/en/account.js';
import { mail } from '../../ui/icons.js';
import { address, button, field, notice, section, skeletonField } from '../../ui/templates.js';
import { formFoot } from '../base/form-parts.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';

/** "Your details": name and address; a new address waits for its confirmation. */
export class ProfileSection extends Section {
  readonly #t = this.host.locale.texts('account', account);
  readonly #update = new Action('profile.update');
  readonly #changeEmail = new Action('email.change');
  readonly #resend = new Action('email.resend');
  readonly #cancel = new Action('email.cancel');
  #failure: SettingsError | undefined;
  readonly #form = new FormController(this.host, {
    id: 'profile',
    saved: () => {
      const user = this.#user;
      return user && { name: user.name, email: user.email };
    },
    version: () => this.#user?.version,
    check: ({ name, email }) => ({ ...problemOf(nameSchema, 'name', name), ...problemOf(emailSchema, 'email', email) }),
    edited: () => {
      this.#update.reset();
      this.#changeEmail.reset();
    },
    save: (values, version) => this.#save(values, version),
    settled: this.host.sayStatus,
  });

  get #user(): User | undefined {
    return this.host.auth.data?.user;
  }

  override reset(): void {
    this.#form.discard();
  }

  override render(): unknown {
    const t = this.#t;
    return section({
      id: 'profile',
      level: this.host.headingLevel,
      title: t('details'),
      description: t('detailsBody'),
      content: this.#card(),
    });
  }

  #card(): unknown {
    const t = this.#t;
    const { values } = this.#form;
    const user = this.#user;
    const canName = !user || this.host.can('profile.update');
    const canEmail = !user || this.host.can('email.change');
    return html`<form class="card" part="card" novalidate @submit=${this.#form.submit} @input=${this.#form.input}>
      <div class="card-body">
        ${values
          ? field({ id: 'profile-name', name: 'name', label: t('name'), value: values.name, error: this.#problem('name'), autocomplete: 'name', readonly: !canName })
          : skeletonField(t('name'))}
        ${values
          ? field({ id: 'profile-email', name: 'email', label: t('email'), value: values.email, error: this.#problem('email'), hint: canEmail ? t('emailHint') : undefined, autocomplete: 'email', inputmode: 'email', ltr: true, readonly: !canEmail })
          : skeletonField(t('email'), t('emailHint'))}
        ${this.host.conflict(this.#form, { labels: { name: t('name') } })}
        ${user?.pendingEmail ? this.#pending(user.email, user.pendingEmail) : nothing}
      </div>
      ${canName || canEmail
        ? formFoot(this.host.common, this.#form, t('details'), t('save'), t('details'))
        : nothing}
    </form>`;
  }

  #pending(current: string, pending: string): unknown {
    const t = this.#t;
    return notice({
      icon: mail,
      title: t.rich('pendingTitle', { email: address(pending) }),
      body: t.rich('pendingBody', { email: address(current) }),
      error: this.#failure && errorText(this.host.common, this.#failure),
      actions: [
        this.host.can('email.resend')
          ? button({ label: t('resend'), context: t('email'), little: true, busy: this.#resend.busy, press: () => void this.#again(pending) })
          : nothing,
        this.host.can('email.cancel')
          ? button({ label: t('cancelChange'), little: true, look: 'quiet', busy: this.#cancel.busy, press: () => void this.#stop() })
          : nothing,
      ],
    });
  }

  #problem(name: 'name' | 'email'): string | undefined {
    const problem: FieldProblem | undefined = this.#form.problems[name];
    const { common: t } = this.host;
    switch (problem) {
      case undefined: return undefined;
      case 'required': return name === 'name' ? this.#t('nameMissing') : t('emailMissing');
      case 'too-long': return t('tooLong', { count: name === 'name' ? 200 : 254 });
      default: return name === 'email' ? t('emailInvalid') : t('invalid');
    }
  }

  async #save({ name, email }: { name: string; email: string }, version: string | undefined): Promise<void> {
    const user = this.#user;
    if (!user) return;
    const t = this.#t;
    if (name !== user.name) {
      await this.host.act(this.#update, { name }, { ifMatch: version });
      this.host.toast(t('saved'));
    }
    if (cleanEmail(email) !== user.email) {
      await this.host.act(this.#changeEmail, { email });
      this.host.toast(t('emailSent', { email: cleanEmail(email) }));
    }
  }

  async #again(pending: string): Promise<void> {
    this.#failure = await this.host.attempt(this.#resend, undefined, this.#t('resent', { email: pending }));
    this.host.requestUpdate();
  }

  async #stop(): Promise<void> {
    this.#failure = await this.host.attempt(this.#cancel, undefined, this.#t('changeCancelled'));
    this.host.requestUpdate();
    if (!this.#failure) await this.host.focusOn('profile-email');
  }
}
