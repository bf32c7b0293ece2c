import { keyMfa } from '../../locales/en/key-mfa.js';
import { MfaEnrolmentSteps } from '../account/mfa-enrolment.js';
import type { ApiKeysSection } from './api-keys-section.js';

/** Keys take a second factor. Where there is none: says why, leads into its set-up, and what was asked for goes on after it. */
export class MfaFirst {
  readonly #list: ApiKeysSection;
  readonly #t;
  readonly #steps: MfaEnrolmentSteps;
  #work: (() => unknown) | undefined;

  constructor(list: ApiKeysSection) {
    this.#list = list;
    const { host } = list;
    this.#t = host.locale.texts('keyMfa', keyMfa);
    this.#steps = new MfaEnrolmentSteps(host, {
      id: 'keys-mfa',
      done: () => void this.#goOn(),
      cancelled: () => void host.focusOn('keys-title'),
    });
  }

  async begin(work: () => unknown): Promise<void> {
    const t = this.#t;
    const { host } = this.#list;
    this.#work = work;
    const question = { title: t('title'), body: t('body'), keep: host.common('cancel'), proceed: t('setUp') };
    if (await host.confirm(question)) await this.#steps.begin();
  }

  render(): unknown {
    return this.#steps.render();
  }

  conceal(): void {
    this.#steps.conceal();
  }

  async #goOn(): Promise<void> {
    // That MFA is on now has to have arrived here too.
    await this.#list.host.client?.auth.load();
    if (this.#work) await this.#list.begin('', this.#work);
  }
}
