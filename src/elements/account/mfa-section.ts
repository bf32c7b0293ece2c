import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { SettingsError } from '../../contract/index.js';
import { account } from '../../locales/en/account.js';
import { circleCheck, icon } from '../../ui/icons.js';
import { button, errorLine, section, skeleton } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';

/** "Multi-factor authentication": whether it is on, the way into its set-up, turning it off. */
export class MfaSection extends Section {
  readonly #t = this.host.locale.texts('account', account);
  readonly #disable = new Action('mfa.disable');
  readonly #enrolment = new Lazy(async () => {
    const { MfaEnrolmentSteps } = await import('./mfa-enrolment.js');
    return new MfaEnrolmentSteps(this.host, {
      id: 'mfa',
      done: () => {
        this.host.toast(`${this.#t('mfaOn')}.`);
        void this.host.focusOn('mfa-title');
      },
      cancelled: () => {
        void this.host.focusOn('mfa-begin');
      },
    });
  });
  readonly #recovery = new Lazy(async () => new (await import('./recovery-codes-row.js')).RecoveryCodesRow(this.host));
  readonly #turningOff = new Lazy(async () => (await import('./turn-off-mfa.js')).turnOffMfa);
  #starting = false;
  #error: SettingsError | undefined;

  override reset(): void {
    this.conceal();
    this.#recovery.part?.reset();
    this.#error = undefined;
  }

  override conceal(): void {
    this.#enrolment.part?.conceal();
  }

  override render(): unknown {
    const user = this.host.auth.data?.user;
    if (user && !user.mfa.enabled && !this.host.can('mfa.begin')) return nothing;
    const t = this.#t;
    return section({
      id: 'mfa',
      level: this.host.headingLevel,
      title: t('mfa'),
      description: t('mfaBody'),
      content: user?.mfa.enabled ? this.#on() : this.#enrolment.part?.active ? this.#enrolment.part.render() : this.#off(user === undefined),
    });
  }

  #off(loading: boolean): unknown {
    const t = this.#t;
    return this.#row(
      html`<div>
        ${loading ? html`<p>${skeleton()}</p>` : html`<p class="h3">${t('mfaOff')}</p>`}
        <p class="muted">${t('mfaOffBody')}</p>
      </div>`,
      button({ id: 'mfa-begin', label: t('mfaSetUp'), look: 'primary', busy: this.#starting, disabled: loading, press: () => void this.#begin() }),
    );
  }

  #on(): unknown {
    const t = this.#t;
    return this.#row(
      html`<div class="state">
        ${icon(circleCheck)}
        <p class="h3">${t('mfaOn')}</p>
        <p class="muted">${t('mfaOnBody')}</p>
      </div>`,
      this.host.can('mfa.disable')
        ? button({ label: t('mfaTurnOff'), context: t('mfa'), look: 'danger', busy: this.#disable.busy, press: () => void this.#turnOff() })
        : nothing,
      typeof this.host.auth.data?.user.mfa.recoveryCodesLeft === 'number' ? this.#recoveryCodes() : nothing,
    );
  }

  #recoveryCodes(): unknown {
    // The count is not worth an error of its own.
    const part = this.host.loaded(this.#recovery);
    return html`<div class="card-body recovery">${part?.render() ?? html`<div class="row" aria-hidden="true"><div><p>${skeleton()}</p><p>${skeleton()}</p></div>${skeleton('box')}</div>`}</div>`;
  }

  #row(words: unknown, action: unknown, more: unknown = nothing): unknown {
    return html`<div class="card" part="card"><div class="card-body">
      <div class="row">${words}${action}</div>
      ${this.#error ? errorLine(errorText(this.host.common, this.#error)) : nothing}
    </div>${more}</div>`;
  }

  async #begin(): Promise<void> {
    this.#error = undefined;
    this.#starting = true;
    this.host.requestUpdate();
    try {
      await (await this.#enrolment.get()).begin();
    } catch (thrown) {
      this.#error = this.host.failure(thrown);
    } finally {
      this.#starting = false;
      this.host.requestUpdate();
    }
  }

  async #turnOff(): Promise<void> {
    try {
      const turnOff = await this.#turningOff.get();
      if (!(await turnOff(this.host, this.#disable, this.#t('mfaTurnOff')))) return;
      this.#error = undefined;
    } catch (thrown) {
      this.#error = this.host.failure(thrown);
    }
    await this.host.focusOn('mfa-title');
    this.host.requestUpdate();
  }
}
