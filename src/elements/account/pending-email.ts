import { nothing, type TemplateResult } from 'lit';
import { Action } from '../../client/index.js';
import type { SettingsError, User } from '../../contract/index.js';
import { pendingEmail } from '../../locales/en/pending-email.js';
import { mail } from '../../ui/list-icons.js';
import { address, button, notice } from '../../ui/templates.js';
import { attempt } from '../base/attempt.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

/** A new address that waits for its confirmation: send the mail again, or stay with the old one. Loaded when there is one. */
export class PendingEmail {
  readonly #host: SettingsElement;
  readonly #t;
  readonly #resend = new Action('email.resend');
  readonly #cancel = new Action('email.cancel');
  #failure: SettingsError | undefined;

  constructor(host: SettingsElement) {
    this.#host = host;
    this.#t = host.locale.texts('pendingEmail', pendingEmail);
  }

  /** @param context what the buttons are about, for their names */
  render({ email }: User, pending: string, context: string): TemplateResult {
    const t = this.#t;
    const host = this.#host;
    return notice({
      icon: mail,
      title: t.rich('title', { email: address(pending) }),
      body: t.rich('body', { email: address(email) }),
      error: this.#failure && errorText(host.common, this.#failure),
      actions: [
        host.can('email.resend')
          ? button({ label: t('resend'), context, little: true, busy: this.#resend.busy, press: () => void this.#again(pending) })
          : nothing,
        host.can('email.cancel')
          ? button({ label: t('cancel'), little: true, look: 'quiet', busy: this.#cancel.busy, press: () => void this.#stop() })
          : nothing,
      ],
    });
  }

  async #again(pending: string): Promise<void> {
    this.#failure = await attempt(this.#host, this.#resend, undefined, this.#t('resent', { email: pending }));
    this.#host.requestUpdate();
  }

  async #stop(): Promise<void> {
    this.#failure = await attempt(this.#host, this.#cancel, undefined, this.#t('cancelled'));
    this.#host.requestUpdate();
    if (!this.#failure) await this.#host.focusOn('profile-email');
  }
}
