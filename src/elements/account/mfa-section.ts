import { html, nothing, type TemplateResult } from 'lit';
import { Action } from '../../client/index.js';
import { SettingsError, type MfaEnrolment } from '../../contract/index.js';
import { oneTimeCode } from '../../contract/auth.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { account } from '../../locales/en.js';
import { circleAlert, circleCheck } from '../../ui/icons.js';
import { button, dialog, errorLine, field, notice, section, skeleton } from '../../ui/templates.js';
import { CopyButtons } from '../base/copy-button.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { credentialText, errorText } from '../base/texts.js';

/** "Multi-factor authentication": set-up by QR code or key, on only after a right code; turning it off. */
export class MfaSection extends Section {
  readonly #t = this.host.locale.texts('account', account);
  readonly #begin = new Action('mfa.begin');
  readonly #confirm = new Action('mfa.confirm');
  readonly #disable = new Action('mfa.disable');
  readonly #copy = new CopyButtons(this.host);
  /** Of the ids: the set-up may stand in two panels of one shadow root. */
  readonly #prefix: string;
  readonly #turnOffDialog: DialogController;
  /** The secret: only while its steps are on the screen. */
  #enrolment: MfaEnrolment | undefined;
  #qr: TemplateResult | 'failed' | undefined;
  #error: SettingsError | undefined;
  readonly #whenOn: (() => void) | undefined;
  readonly #form: FormController<{ code: string }>;

  /** @param whenOn called when a right code has turned MFA on; given where the set-up is a step of something else. */
  constructor(host: SettingsElement, prefix = 'mfa', whenOn?: () => void) {
    super(host);
    this.#prefix = prefix;
    this.#whenOn = whenOn;
    this.#turnOffDialog = new DialogController(host, `${prefix}-off`);
    this.#form = new FormController(host, {
      id: prefix,
      saved: () => ({ code: '' }),
      always: true,
      secrets: ['code'],
      check: ({ code }) => (oneTimeCode.safeParse(code).success ? {} : { code: code.trim() === '' ? 'required' : 'invalid' }),
      edited: () => {
        this.#confirm.reset();
      },
      save: ({ code }) => this.#verify(code),
      settled: (status, error) => {
        if (status === 'failed' && error?.kind !== 'not-found') this.#form.refuse('code');
      },
    });
  }


  override reset(): void {
    this.conceal();
    this.#error = undefined;
  }

  override conceal(): void {
    this.#enrolment = undefined;
    this.#qr = undefined;
    this.#form.discard();
  }

  override render(): unknown {
    const user = this.host.auth.data?.user;
    if (user && !user.mfa.enabled && !this.host.can('mfa.begin')) return nothing;
    const t = this.#t;
    return section({
      id: this.#prefix,
      level: this.host.headingLevel,
      title: t('mfa'),
      description: t('mfaBody'),
      content: user?.mfa.enabled ? this.#on() : this.#enrolment ? this.#steps(this.#enrolment) : this.#off(user === undefined),
    });
  }

  override renderDialogs(): unknown {
    if (!this.#turnOffDialog.isOpen) return nothing;
    const t = this.#t;
    const { id, close, closed } = this.#turnOffDialog;
    return dialog({
      id,
      title: t('mfaTurnOffTitle'),
      closeLabel: this.host.common('close'),
      alert: true,
      close,
      closed,
      content: html`<div class="dialog-body"><p>${t('mfaTurnOffBody')}</p></div>
        <div class="dialog-foot">
          ${button({ label: t('mfaKeep'), autofocus: true, press: close })}
          ${button({ label: t('mfaTurnOff'), look: 'destructive', press: () => void this.#turnOff() })}
        </div>`,
    });
  }

  #off(loading: boolean): unknown {
    const t = this.#t;
    return html`<div class="card" part="card"><div class="card-body">
      <div class="row">
        <div>
          ${loading ? html`<p>${skeleton()}</p>` : html`<p class="h3">${t('mfaOff')}</p>`}
          <p class="muted">${t('mfaOffBody')}</p>
        </div>
        ${button({ id: `${this.#prefix}-begin`, label: t('mfaSetUp'), look: 'primary', busy: this.#begin.busy, disabled: loading, press: () => void this.begin() })}
      </div>
      ${this.#error ? errorLine(errorText(this.host.common, this.#error)) : nothing}
    </div></div>`;
  }

  #on(): unknown {
    const t = this.#t;
    return html`<div class="card" part="card"><div class="card-body">
      <div class="row">
        <div class="with-icon">${notice({ tone: 'success', icon: circleCheck, title: t('mfaOn'), body: t('mfaOnBody') })}</div>
        ${this.host.can('mfa.disable') ? button({ label: t('mfaTurnOff'), context: t('mfa'), look: 'danger', busy: this.#disable.busy, press: () => { this.#turnOffDialog.show(); } }) : nothing}
      </div>
      ${this.#error ? errorLine(errorText(this.host.common, this.#error)) : nothing}
    </div></div>`;
  }

  #steps(enrolment: MfaEnrolment): unknown {
    const t = this.#t;
    const expired = this.#form.error?.kind === 'not-found';
    return html`<form class="card" part="card" novalidate @submit=${this.#form.submit} @input=${this.#form.input}>
      <ol class="card-body steps">
        <li class="step">
          <span class="step-number" aria-hidden="true">${this.host.locale.number(1)}</span>
          <div class="step-body">
            <div><p id="${this.#prefix}-scan" class="h3" tabindex="-1">${t('scan')}</p><p class="muted">${t('scanBody')}</p></div>
            ${expired
              ? notice({ tone: 'failure', icon: circleAlert, title: t('expired'), actions: button({ label: t('startAgain'), little: true, busy: this.#begin.busy, press: () => void this.begin() }) })
              : this.#secret(enrolment)}
          </div>
        </li>
        <li class="step">
          <span class="step-number" aria-hidden="true">${this.host.locale.number(2)}</span>
          <div class="step-body">
            <div><p class="h3">${t('typeCode')}</p><p class="muted">${t('codeChanges', { count: enrolment.period })}</p></div>
            ${field({ id: this.#form.fieldId('code'), name: 'code', label: t('code'), value: this.#form.values?.code ?? '', error: this.#codeError(), autocomplete: 'one-time-code', inputmode: 'numeric', code: true, ltr: true })}
          </div>
        </li>
      </ol>
      <div class="card-foot">
        ${button({ label: t('verifyCode'), look: 'primary', submit: true, busy: this.#form.busy, press: this.#form.press })}
        ${button({ label: this.host.common('cancel'), context: t('mfa'), look: 'quiet', press: () => { this.#stop('begin'); } })}
      </div>
    </form>`;
  }

  #secret({ secret, uri }: MfaEnrolment): unknown {
    const t = this.#t;
    return html`<div class="qr-row">
      ${this.#qr === 'failed'
        ? html`<p class="hint">${t('qrFailed')}</p>`
        : html`<div class="qr" part="qr">${this.#qr ?? html`<span class="skeleton qr-space"></span>`}</div>`}
      <div class="qr-beside">
        <div class="key-box">
          <p>${t('typeKey')}</p>
          <bdi id="${this.#prefix}-key" class="key-groups" dir="ltr">${secret.match(/.{1,4}/g)?.map((group) => html`<span>${group}</span> `)}</bdi>
          ${this.#copy.render(`${this.#prefix}-key`, secret, { label: t('copyKey') })}
        </div>
        <p class="small muted">${t('sameDevice')} <a href=${uri}>${t('openWithKey')}</a></p>
      </div>
    </div>`;
  }

  #codeError(): string | undefined {
    const { common: t } = this.host;
    const { problems, error } = this.#form;
    if (problems.code) return problems.code === 'required' ? t('codeMissing') : t('codeInvalid');
    return error && error.kind !== 'not-found' ? credentialText(t, error, t('wrongCode')) : undefined;
  }

  /** Starts the set-up; the key dialog of other sections leads here too. */
  async begin(): Promise<void> {
    this.#error = undefined;
    try {
      const enrolment = await this.host.act(this.#begin, undefined);
      if (!this.host.isConnected) return;
      this.#enrolment = enrolment;
      this.#qr = undefined;
      this.#form.discard();
      void this.#draw(enrolment.uri);
      await this.host.focusOn(`${this.#prefix}-scan`);
    } catch (thrown) {
      const error = SettingsError.from(thrown, 'mfa.begin');
      this.#error = error.kind === 'aborted' ? undefined : error;
      if (this.#error) this.host.announce(errorText(this.host.common, error));
      this.host.requestUpdate();
    }
  }

  async #draw(uri: string): Promise<void> {
    let qr: TemplateResult | 'failed';
    try {
      const { qrCode } = await import('../../ui/qr.js');
      qr = qrCode(uri, this.#t('qrLabel'));
    } catch {
      // The chunk did not arrive, or the URI is too long for a code: the key as text does the same.
      qr = 'failed';
    }
    if (this.#enrolment?.uri !== uri) return;
    this.#qr = qr;
    this.host.requestUpdate();
  }

  async #verify(code: string): Promise<void> {
    const enrolment = this.#enrolment;
    if (!enrolment) throw new SettingsError('aborted');
    await this.host.act(this.#confirm, { enrolmentId: enrolment.enrolmentId, code });
    this.host.toast(`${this.#t('mfaOn')}.`);
    this.#stop('title');
    this.#whenOn?.();
  }

  async #turnOff(): Promise<void> {
    this.#turnOffDialog.close();
    this.#error = await this.host.attempt(this.#disable, undefined, this.#t('mfaTurnedOff'));
    if (!this.#error) await this.host.focusOn(`${this.#prefix}-title`);
    this.host.requestUpdate();
  }

  #stop(focus: string): void {
    this.conceal();
    void this.host.focusOn(`${this.#prefix}-${focus}`);
  }
}
