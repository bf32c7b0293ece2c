import { html, nothing } from 'lit';
import type { StepUpRequest } from '../../client/index.js';
import { SettingsError, type StepUpProof } from '../../contract/index.js';
import { oneTimeCode } from '../../contract/auth.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { stepUp } from '../../locales/en/step-up.js';
import { oneTimeCode as oneTimeCodeTexts } from '../../locales/en/one-time-code.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { codeStyles } from '../../ui/code-styles.js';
import { button, field, passwordField } from '../../ui/templates.js';
import { Section } from './section.js';
import type { SettingsElement } from './settings-element.js';
import { codeText, credentialText } from './texts.js';

/** "Complete MFA": asks for proof in the widget whose write needs it; after proof that write goes on by itself. */
export class StepUpDialog extends Section {
  readonly #t = this.host.locale.texts('stepUp', stepUp);
  readonly #code = this.host.locale.texts('oneTimeCode', oneTimeCodeTexts);
  #request: StepUpRequest | undefined;
  #shown = false;
  readonly #dialog = new DialogController(this.host, 'step-up', () => {
    this.#request?.cancel();
    this.#request = undefined;
    this.#form.discard();
    this.#shown = false;
  });
  readonly #form = new FormController(this.host, {
    id: 'step-up',
    saved: () => ({ proof: '' }),
    always: true,
    secrets: ['proof'],
    check: ({ proof }) => {
      const wrong = this.#byPassword ? proof === '' : !oneTimeCode.safeParse(proof).success;
      return wrong ? { proof: proof.trim() === '' ? 'required' : 'invalid' } : {};
    },
    save: ({ proof }) => this.#prove(proof),
    settled: (status) => {
      if (status === 'failed') this.#form.refuse('proof', this.#byPassword);
    },
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear(codeStyles);
    host.wear(dialogStyles);
  }

  /** Draws the question; given to the client with each write. */
  readonly ask = (request: StepUpRequest): void => {
    this.#request?.cancel();
    this.#request = request;
    this.#dialog.show();
  };

  get #byPassword(): boolean {
    return !this.#request?.challenge.methods.includes('totp');
  }

  override reset(): void {
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    if (!this.#dialog.isOpen || !this.#request) return nothing;
    const t = this.#t;
    const byPassword = this.#byPassword;
    const forKeys = this.#request.operation === 'apiKeys.reveal';
    return dialog({
      id: this.#dialog.id,
      title: byPassword ? t('passwordTitle') : t('mfaTitle'),
      closeLabel: this.host.common('close'),
      close: this.#dialog.close,
      closed: this.#dialog.closed,
      content: html`<form novalidate @submit=${this.#form.submit} @input=${this.#form.input}>
        <div class="dialog-body">
          <p>${byPassword ? t('passwordBody') : forKeys ? t('mfaBodyKeys') : t('mfaBody')}</p>
          ${byPassword ? this.#passwordField() : this.#codeField()}
        </div>
        <div class="dialog-foot">
          ${button({ label: this.host.common('cancel'), look: 'quiet', press: this.#dialog.close })}
          ${button({ label: t('verify'), look: 'primary', submit: true, busy: this.#form.busy, press: this.#form.press })}
        </div>
      </form>`,
    });
  }

  #codeField(): unknown {
    const t = this.#t;
    const { problems, error } = this.#form;
    return field({
      id: this.#form.fieldId('proof'),
      name: 'proof',
      label: t('mfaCode'),
      value: this.#form.values?.proof ?? '',
      error: codeText(this.host.common, this.#code, problems.proof, error),
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      code: true,
      ltr: true,
      autofocus: true,
    });
  }

  #passwordField(): unknown {
    const t = this.#t;
    const { problems, error } = this.#form;
    return html`<input class="vh" type="text" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${this.host.auth.data?.user.email ?? ''} />${passwordField({
      id: this.#form.fieldId('proof'),
      name: 'proof',
      label: t('password'),
      value: this.#form.values?.proof ?? '',
      error: problems.proof ? t('passwordMissing') : error && error.kind !== 'aborted' ? credentialText(this.host.common, error, t('wrongPassword')) : undefined,
      autocomplete: 'current-password',
      autofocus: true,
      shown: this.#shown,
      toggleLabel: t('showPassword', { label: t('password') }),
      toggle: () => {
        this.#shown = !this.#shown;
        this.host.requestUpdate();
      },
    })}`;
  }

  async #prove(text: string): Promise<void> {
    const request = this.#request;
    if (!request) throw new SettingsError('aborted');
    const proof: StepUpProof = this.#byPassword ? { method: 'password', password: text } : { method: 'totp', code: text };
    await request.prove(proof);
    // Answered: closing the dialog must not cancel it.
    this.#request = undefined;
    this.#dialog.close();
  }
}

