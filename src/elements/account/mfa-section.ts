import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { SettingsError } from '../../contract/index.js';
import { mfa } from '../../locales/en/mfa.js';
import { circleCheck, icon } from '../../ui/icons.js';
import { button, errorLine, section, skeleton } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

const styles = css`
  .row > .state { grid-template-columns: auto minmax(0, 1fr); column-gap: calc(var(--_u) * 3); }
  .state > .i { grid-row: 1 / 3; color: var(--_success); margin-block-start: 0.125rem; }
  .recovery { border-block-start: 1px solid var(--_border); }
`;

/** "Multi-factor authentication": whether it is on, the way into its set-up, turning it off. */
export class MfaSection extends Section {
  readonly #t = this.host.locale.texts('mfa', mfa);
  readonly #disable = new Action('mfa.disable');
  readonly #enrolment = new Lazy(async () => {
    const { MfaEnrolmentSteps } = await import('./mfa-enrolment.js');
    return new MfaEnrolmentSteps(this.host, {
      id: 'mfa',
      done: () => {
        this.host.toast(`${this.#t('on')}.`);
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

  constructor(host: SettingsElement) {
    super(host);
    host.wear(styles);
  }

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
      title: t('title'),
      description: t('body'),
      content: user?.mfa.enabled ? this.#on() : this.#enrolment.part?.active ? this.#enrolment.part.render() : this.#off(user === undefined),
    });
  }

  #off(loading: boolean): unknown {
    const t = this.#t;
    return this.#row(
      html`<div>
        ${loading ? html`<p>${skeleton()}</p>` : html`<p class="h3">${t('off')}</p>`}
        <p class="muted">${t('offBody')}</p>
      </div>`,
      button({ id: 'mfa-begin', label: t('setUp'), look: 'primary', busy: this.#starting, disabled: loading, press: () => void this.#begin() }),
    );
  }

  #on(): unknown {
    const t = this.#t;
    return this.#row(
      html`<div class="state">
        ${icon(circleCheck)}
        <p class="h3">${t('on')}</p>
        <p class="muted">${t('onBody')}</p>
      </div>`,
      this.host.can('mfa.disable')
        ? button({ label: t('turnOff'), context: t('title'), look: 'danger', busy: this.#disable.busy, press: () => void this.#turnOff() })
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
      if (!(await turnOff(this.host, this.#disable, () => this.#t('turnOff')))) return;
      this.#error = undefined;
    } catch (thrown) {
      this.#error = this.host.failure(thrown);
    }
    await this.host.focusOn('mfa-title');
    this.host.requestUpdate();
  }
}
