import { css, html, nothing } from 'lit';
import { SettingsError } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { mfaFirst } from '../../locales/en/mfa-first.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { MfaEnrolmentSteps } from '../account/mfa-enrolment.js';
import { Section } from './section.js';
import type { SettingsElement } from './settings-element.js';

const styles = css`
  #mfa-first { inline-size: min(40rem, 100vi - var(--_u) * 8); }
  #mfa-first .card { border: 0; border-radius: 0; background: none; box-shadow: none; }
`;

/** For what takes a second factor, where there is none: says why, leads through its set-up, and what was asked for goes on after it. */
export class MfaFirst extends Section {
  readonly #t = this.host.locale.texts('mfaFirst', mfaFirst);
  #settle: ((done: boolean) => void) | undefined;
  #wanted = false;
  readonly #dialog = new DialogController(this.host, 'mfa-first', () => {
    // A right code closes it too, and the recovery codes follow.
    if (this.#steps.active) this.#end(false);
  });
  readonly #steps = new MfaEnrolmentSteps(this.host, {
    id: 'mfa-first-steps',
    done: () => { this.#end(true); },
    verified: this.#dialog.close,
    cancelled: this.#dialog.close,
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear([dialogStyles, styles]);
  }

  /**
   * @param wanted the person asked for the set-up itself: nothing has to be said before
   * @throws {SettingsError} `aborted` when the person gives up; `enrolment-required` where it cannot be set up here
   */
  async ask(wanted = false): Promise<void> {
    const t = this.#t;
    const { host } = this;
    this.#end(false);
    if (!host.can('mfa.begin')) throw new SettingsError('enrolment-required');
    this.#wanted = wanted;
    if (!wanted && !(await host.confirm(() => ({ title: t('title'), body: t('body'), keep: host.common('cancel'), proceed: t('setUp') })))) throw new SettingsError('aborted');
    await this.#steps.begin();
    const done = new Promise<boolean>((resolve) => {
      this.#settle = resolve;
    });
    this.#dialog.show();
    await host.focusOn('mfa-first-steps-scan');
    if (!(await done)) throw new SettingsError('aborted');
    // That MFA is on now has to have arrived here too.
    await host.client?.auth.load();
  }

  override conceal(): void {
    this.#dialog.close();
    this.#end(false);
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const { id, close, closed } = this.#dialog;
    return dialog({ id, title: this.#t(this.#wanted ? 'setUp' : 'title'), closeLabel: this.host.common('close'), close, closed, content: html`${this.#steps.render()}` });
  }

  #end(done: boolean): void {
    this.#steps.conceal();
    this.#settle?.(done);
    this.#settle = undefined;
  }
}
