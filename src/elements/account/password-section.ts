import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { countCharacters, type AuthContext } from '../../contract/index.js';
import { FormController, type Problems } from '../../lit/form-controller.js';
import { password } from '../../locales/en/password.js';
import { formStyles } from '../../ui/form-styles.js';
import { circleCheck, icon } from '../../ui/icons.js';
import { circle, shield } from '../../ui/more-icons.js';
import { checkbox, passwordField, username } from '../../ui/form-templates.js';
import { notice, section } from '../../ui/templates.js';
import { formFoot } from '../base/form-parts.js';
import { Lazy } from '../base/lazy.js';
import type { LightForm } from '../base/light-form.js';
import { credentialText } from '../base/credential-texts.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';

const styles = css`
  .rules { display: grid; gap: var(--_u); }
  .rules li { display: flex; gap: calc(var(--_u) * 2); }
  .rules .i { color: var(--_border-control); margin-block-start: 0.125rem; }
  .rules .met .i { color: var(--_success); }
  form[inert] > * { visibility: hidden; }
`;

const EMPTY = { currentPassword: '', newPassword: '', confirmPassword: '', signOutOthers: true };
type Values = typeof EMPTY;
type PasswordName = Exclude<keyof Values, 'signOutOthers'>;
const NAMES: readonly PasswordName[] = ['currentPassword', 'newPassword', 'confirmPassword'];

/** A widget whose page says where this form stands. */
export interface CredentialsHost {
  credentials: 'shadow' | 'light' | undefined;
}

const isCredentialsHost = (host: SettingsElement): host is SettingsElement & CredentialsHost => 'credentials' in host;

/** "Change password": three fields, the rules before typing, what a password manager needs. */
export class PasswordSection extends Section {
  readonly #t = this.host.locale.texts('password', password);
  readonly #change = new Action('password.change');
  readonly #shown = new Set<PasswordName>();
  readonly #problems = new Lazy(async () => new (await import('../base/problem-summary.js')).ProblemSummary(this.host));
  readonly #light = new Lazy(async () => new (await import('../base/light-form.js')).LightForm(this.host, 'uf-password'));
  readonly #form = new FormController<Values>(this.host, {
    id: 'password',
    saved: () => EMPTY,
    ready: () => this.host.auth.data !== undefined,
    secrets: NAMES,
    check: (values) => this.#check(values),
    edited: () => {
      this.#change.reset();
    },
    save: (values) => this.#save(values),
    settled: (status, error) => {
      if (status === 'failed' && error?.kind === 'wrong-credential') this.#form.refuse('currentPassword', true);
      else this.host.sayStatus(status, error);
    },
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear([formStyles, styles]);
  }

  get #policy(): AuthContext['policy']['password'] | undefined {
    return this.host.auth.data?.policy.password;
  }

  /** 15 characters, or 8 where a second factor stands behind them (NIST SP 800-63B-4 section 3.1.1.2). */
  get #least(): number {
    const policy = this.#policy;
    const mfa = this.host.auth.data?.user.mfa.enabled;
    return (mfa ? policy?.minLengthWithMfa : undefined) ?? policy?.minLength ?? 15;
  }

  override reset(): void {
    this.conceal();
    this.#form.discard();
  }

  override conceal(): void {
    this.#form.forgetSecrets();
    this.#shown.clear();
    this.host.requestUpdate();
  }

  override render(): unknown {
    const user = this.host.auth.data?.user;
    if (user && !(user.hasPassword && this.host.can('password.change'))) return nothing;
    const t = this.#t;
    const light = this.#lightForm();
    return section({
      id: 'password',
      level: this.host.headingLevel,
      title: t('title'),
      description: t('body'),
      content: light?.draw(() => this.#card(light.id)) ?? this.#card(),
    });
  }

  /** @param id prefix of ids, where the form stands in the page's tree */
  #card(id = 'password'): unknown {
    const t = this.#t;
    this.#form.options.id = id;
    return html`<form class="card" part="card" method="post" novalidate ?inert=${this.#isComing} @submit=${this.#form.submit} @input=${this.#form.input}>
      <div class="card-body">
        ${notice({ icon: shield, title: t('tipTitle'), body: t('tipBody') })}
        ${this.#summary()}
        ${username(this.host.auth.data?.user.email)}
        ${this.#field('currentPassword', 'current-password')}
        ${this.#field('newPassword', 'new-password', this.#rules())}
        ${this.#field('confirmPassword', 'new-password')}
        ${checkbox({ id: this.#form.fieldId('signOutOthers'), name: 'signOutOthers', label: t('signOutOthers'), checked: this.#form.values?.signOutOthers ?? true })}
      </div>
      ${formFoot(this.host.common, this.#form, t('title'), t('update'))}
    </form>`;
  }

  get #isLight(): boolean {
    const { host } = this;
    return isCredentialsHost(host) && host.credentials === 'light' && !this.#light.error;
  }

  /** Its place is kept in the shadow root while the file is on its way. */
  get #isComing(): boolean {
    return this.#isLight && !this.#light.part;
  }

  /** Where its file does not arrive, the form is in the shadow root. */
  #lightForm(): LightForm | undefined {
    if (!this.#isLight) return undefined;
    return this.host.loaded(this.#light, () => { this.host.requestUpdate(); });
  }

  #field(name: PasswordName, autocomplete: AutoFill, hint?: unknown): unknown {
    const label = this.#t(name);
    return passwordField({
      id: this.#form.fieldId(name),
      name,
      label,
      value: this.#form.values?.[name] ?? '',
      error: this.#problem(name),
      hint,
      autocomplete,
      shown: this.#shown.has(name),
      toggleLabel: this.#t('show', { label }),
      toggle: () => {
        if (!this.#shown.delete(name)) this.#shown.add(name);
        this.host.requestUpdate();
      },
    });
  }

  /** The rules as a list that ticks itself off; only what can be known here. */
  #rules(): unknown {
    const t = this.#t;
    const typed = this.#form.values?.newPassword ?? '';
    const met = countCharacters(typed) >= this.#least;
    return html`<ul class="rules">
      <li class=${met ? 'met' : ''}>${icon(met ? circleCheck : circle)}<span>${met ? html`<span class="vh">${t('ruleMet')}</span>` : nothing}${t('ruleLength', { count: this.#least })}</span></li>
      ${this.#policy?.refusesCommon === false ? nothing : html`<li>${icon(circle)}<span>${t('ruleCommon')}</span></li>`}
    </ul>`;
  }

  /** With three or more problems: what they are, each a way to its field. Each stands at its field too, should this not load. */
  #summary(): unknown {
    const wrong = NAMES.filter((name) => this.#form.problems[name]);
    if (wrong.length < 3) return nothing;
    return this.host.loaded(this.#problems)?.render(
      wrong.map((name) => ({ id: this.#form.fieldId(name), label: this.#t(name), problem: this.#problem(name), go: () => { this.#form.refuse(name); } })),
    );
  }

  #problem(name: PasswordName): string | undefined {
    const t = this.#t;
    const { problems, error, values } = this.#form;
    if (name === 'currentPassword') {
      if (problems.currentPassword) return t('currentMissing');
      return error?.kind === 'wrong-credential' ? credentialText(this.host, error, t('currentWrong')) : undefined;
    }
    const typed = values?.newPassword ?? '';
    switch (problems[name]) {
      case undefined: return undefined;
      case 'required': return name === 'newPassword' ? t('newMissing') : t('confirmMissing');
      case 'too-short': return t('newShort', { least: this.#least, count: countCharacters(typed) });
      case 'too-long': return t('newLong', { count: this.#policy?.maxLength ?? 4096 });
      case 'common': return t('newCommon');
      case 'unchanged': return t('newUnchanged');
      case 'mismatch': return t('confirmMismatch');
      default: return this.host.common('invalid');
    }
  }

  #check({ currentPassword, newPassword, confirmPassword }: Values): Problems<Values> {
    const problems: Problems<Values> = {};
    const length = countCharacters(newPassword);
    if (!currentPassword) problems.currentPassword = 'required';
    if (!newPassword) problems.newPassword = 'required';
    else if (length < this.#least) problems.newPassword = 'too-short';
    else if (length > (this.#policy?.maxLength ?? 4096)) problems.newPassword = 'too-long';
    else if (newPassword === currentPassword) problems.newPassword = 'unchanged';
    if (!confirmPassword) problems.confirmPassword = 'required';
    else if (confirmPassword !== newPassword) problems.confirmPassword = 'mismatch';
    return problems;
  }

  async #save({ currentPassword, newPassword, signOutOthers }: Values): Promise<void> {
    // Password managers recognise a change only in fields of type password.
    this.#shown.clear();
    await this.host.act(this.#change, { currentPassword, newPassword, signOutOthers });
    this.host.toast(this.#t('updated'));
  }
}
