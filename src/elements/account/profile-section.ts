import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { FieldProblem, User } from '../../contract/index.js';
import { email as emailSchema, name as nameSchema, problemOf } from '../../contract/schema.js';
import { cleanEmail } from '../../contract/text.js';
import { FormController } from '../../lit/form-controller.js';
import { account } from '../../locales/en/account.js';
import { emailAddress } from '../../locales/en/email-address.js';
import { errorLine, field, section, skeletonField } from '../../ui/templates.js';
import { formFoot } from '../base/form-parts.js';
import { Lazy } from '../base/lazy.js';
import { Portrait } from '../base/portrait.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';

/** "Your details": name and address; a new address waits for its confirmation. */
export class ProfileSection extends Section {
  readonly #t = this.host.locale.texts('account', account);
  readonly #email = this.host.locale.texts('emailAddress', emailAddress);
  readonly #update = new Action('profile.update');
  readonly #changeEmail = new Action('email.change');
  readonly #pendingEmail = new Lazy(async () => new (await import('./pending-email.js')).PendingEmail(this.host));
  readonly #picture = new Portrait(this.host, 'avatar');
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
    this.#picture.reset();
  }

  override renderDialogs(): unknown {
    return this.#picture.renderDialogs();
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
        ${this.#picture.render(user && { name: user.name, url: user.avatarUrl })}
        ${values
          ? field({ id: 'profile-name', name: 'name', label: t('name'), value: values.name, error: this.#problem('name'), autocomplete: 'name', readonly: !canName })
          : skeletonField(t('name'))}
        ${values
          ? field({ id: 'profile-email', name: 'email', label: t('email'), value: values.email, error: this.#problem('email'), hint: canEmail ? t('emailHint') : undefined, autocomplete: 'email', inputmode: 'email', ltr: true, readonly: !canEmail })
          : skeletonField(t('email'), t('emailHint'))}
        ${this.host.conflict(this.#form, { labels: { name: t('name') } })}
        ${user?.pendingEmail ? this.#pending(user, user.pendingEmail) : nothing}
      </div>
      ${canName || canEmail
        ? formFoot(this.host.common, this.#form, t('details'), t('save'), t('details'))
        : nothing}
    </form>`;
  }

  /** @returns nothing while its file is on its way */
  #pending(user: User, pending: string): unknown {
    const { error: failure } = this.#pendingEmail;
    if (failure) return errorLine(errorText(this.host.common, failure));
    const part = this.host.loaded(this.#pendingEmail, (error) => {
      this.host.failure(error);
      this.host.requestUpdate();
    });
    return part?.render(user, pending, this.#t('email'));
  }

  #problem(name: 'name' | 'email'): string | undefined {
    const problem: FieldProblem | undefined = this.#form.problems[name];
    const { common: t } = this.host;
    switch (problem) {
      case undefined: return undefined;
      case 'required': return name === 'name' ? this.#t('nameMissing') : this.#email('missing');
      case 'too-long': return t('tooLong', { count: name === 'name' ? 200 : 254 });
      // What is an address to us and yet refused is one that this backend signs nobody in by.
      default: return name === 'name' ? t('invalid') : this.#email(problemOf(emailSchema, 'email', this.#form.values?.email).email ? 'invalid' : 'refused');
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
}
