import { html, type TemplateResult } from 'lit';
import { Action } from '../../client/index.js';
import { oneTimeCode as oneTimeCodeSchema } from '../../contract/auth.js';
import { SettingsError, type MfaEnrolment } from '../../contract/index.js';
import { FormController } from '../../lit/form-controller.js';
import { mfaEnrolment } from '../../locales/en/mfa-enrolment.js';
import { oneTimeCode } from '../../locales/en/one-time-code.js';
import { circleAlert } from '../../ui/icons.js';
import { codeStyles } from '../../ui/code-styles.js';
import { button, field, notice } from '../../ui/templates.js';
import { CopyButtons } from '../base/copy-button.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { codeText } from '../base/credential-texts.js';
import { mfaEnrolmentStyles } from './mfa-enrolment-styles.js';
import { recoveryCodesDialog, showRecoveryCodes } from './show-recovery-codes.js';

export interface MfaEnrolmentOptions {
  /** Prefix of the ids: the set-up may stand in two panels of one shadow root. */
  id: string;
  /** A right code has turned MFA on: the steps are gone, the recovery codes follow. */
  verified?: () => void;
  /** MFA is on, and the recovery codes were seen. */
  done: () => void;
  /** The person gave up. */
  cancelled: () => void;
}

/** The set-up of an authenticator app: QR code or key, then the first code. Loaded when somebody starts it. */
export class MfaEnrolmentSteps extends Section {
  readonly #t = this.host.locale.texts('mfaEnrolment', mfaEnrolment);
  readonly #code = this.host.locale.texts('oneTimeCode', oneTimeCode);
  readonly #begin = new Action('mfa.begin');
  readonly #confirm = new Action('mfa.confirm');
  readonly #copy = new CopyButtons(this.host);
  readonly #options: MfaEnrolmentOptions;
  readonly #form: FormController<{ code: string }>;
  /** The secret: only while its steps are on the screen. */
  #enrolment: MfaEnrolment | undefined;
  #qr: ((label: string) => TemplateResult) | 'failed' | undefined;

  constructor(host: SettingsElement, options: MfaEnrolmentOptions) {
    super(host);
    this.#options = options;
    this.#form = new FormController(host, {
      id: options.id,
      saved: () => ({ code: '' }),
      always: true,
      secrets: ['code'],
      check: ({ code }) => (oneTimeCodeSchema.safeParse(code).success ? {} : { code: code.trim() === '' ? 'required' : 'invalid' }),
      edited: () => {
        this.#confirm.reset();
      },
      save: ({ code }) => this.#verify(code),
      settled: (status) => {
        if (status === 'failed' && !this.#expired) this.#form.refuse('code');
      },
    });
    host.wear(codeStyles);
    host.wear(mfaEnrolmentStyles);
  }

  get active(): boolean {
    return this.#enrolment !== undefined;
  }

  get #expired(): boolean {
    return this.#form.error?.kind === 'not-found';
  }

  /**
   * Asks for a new secret and shows it.
   * @throws {SettingsError} when the backend gives none, or `aborted` when the person cancelled the step-up
   */
  async begin(): Promise<void> {
    const enrolment = await this.host.act(this.#begin, undefined);
    if (!this.host.isConnected) return;
    this.#form.discard();
    this.#enrolment = enrolment;
    this.#qr = undefined;
    void this.#draw(enrolment.uri);
    await this.host.focusOn(`${this.#options.id}-scan`);
  }

  override conceal(): void {
    this.#enrolment = undefined;
    this.#qr = undefined;
    this.#form.discard();
  }

  override render(): unknown {
    const enrolment = this.#enrolment;
    if (!enrolment) return undefined;
    const t = this.#t;
    const { id, cancelled } = this.#options;
    return html`<form class="card" part="card" method="post" novalidate @submit=${this.#form.submit} @input=${this.#form.input}>
      <ol class="card-body steps">
        <li class="step">
          <span class="step-number" aria-hidden="true">${this.host.locale.number(1)}</span>
          <div class="step-body">
            <div><p id="${id}-scan" class="h3" tabindex="-1">${t('scan')}</p><p class="muted">${t('scanBody')}</p></div>
            ${this.#expired
              ? notice({ tone: 'failure', icon: circleAlert, title: t('expired'), actions: button({ label: t('startAgain'), little: true, busy: this.#begin.busy, press: () => void this.#restart() }) })
              : this.#secret(enrolment)}
          </div>
        </li>
        <li class="step">
          <span class="step-number" aria-hidden="true">${this.host.locale.number(2)}</span>
          <div class="step-body">
            <div><p class="h3">${t('typeCode')}</p><p class="muted">${t('codeChanges', { count: enrolment.period })}</p></div>
            ${field({
              id: this.#form.fieldId('code'),
              name: 'code',
              label: t('code'),
              value: this.#form.values?.code ?? '',
              error: this.#expired ? undefined : codeText(this.host, this.#code, this.#form.problems.code, this.#form.error),
              autocomplete: 'one-time-code',
              inputmode: 'numeric',
              code: true,
              ltr: true,
            })}
          </div>
        </li>
      </ol>
      <div class="card-foot">
        ${button({ label: t('verifyCode'), look: 'primary', submit: true, busy: this.#form.busy, press: this.#form.press })}
        ${button({ label: this.host.common('cancel'), context: t('cancelContext'), look: 'quiet', press: () => { this.conceal(); cancelled(); } })}
      </div>
    </form>`;
  }

  #secret({ secret, uri }: MfaEnrolment): unknown {
    const t = this.#t;
    const keyId = `${this.#options.id}-key`;
    return html`<div class="qr-row">
      ${this.#qr === 'failed'
        ? html`<p class="hint">${t('qrFailed')}</p>`
        : html`<div class="qr" part="qr">${this.#qr?.(t('qrLabel')) ?? html`<span class="skeleton qr-space"></span>`}</div>`}
      <div class="qr-beside">
        <div class="key-box">
          <p>${t('typeKey')}</p>
          <bdi id=${keyId} class="key-groups" dir="ltr">${secret.match(/.{1,4}/g)?.map((group) => html`<span>${group}</span> `)}</bdi>
          ${this.#copy.render(keyId, secret, { label: t('copyKey') })}
        </div>
        <p class="small muted">${t('sameDevice')} <a href=${uri}>${t('openWithKey')}</a></p>
      </div>
    </div>`;
  }

  async #restart(): Promise<void> {
    try {
      await this.begin();
    } catch {
      // Told to the page already; the notice stays, with its button.
      this.host.requestUpdate();
    }
  }

  async #draw(uri: string): Promise<void> {
    let qr: ((label: string) => TemplateResult) | 'failed';
    try {
      const { qrCode } = await import('../../ui/qr.js');
      qr = qrCode(uri);
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
    // What shows the codes has to be here before there are any.
    if (this.host.can('recoveryCodes.regenerate')) await recoveryCodesDialog(this.host);
    const { recoveryCodes } = await this.host.act(this.#confirm, { enrolmentId: enrolment.enrolmentId, code });
    this.conceal();
    this.#options.verified?.();
    void this.#finish(recoveryCodes);
  }

  async #finish(codes: readonly string[] | null): Promise<void> {
    try {
      await showRecoveryCodes(this.host, codes);
    } catch (thrown) {
      this.host.failure(thrown);
    }
    if (this.host.isConnected) this.#options.done();
  }
}
