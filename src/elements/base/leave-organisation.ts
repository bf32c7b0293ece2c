import { html } from 'lit';
import { Action } from '../../client/index.js';
import { membership } from '../../locales/en/membership.js';
import type { SettingsElement } from './settings-element.js';

/** Leaving the organisation that one is in, after a question. */
export class LeaveOrganisation {
  readonly #host: SettingsElement;
  readonly #t;
  readonly #leave = new Action('organisation.leave');

  constructor(host: SettingsElement) {
    this.#host = host;
    this.#t = host.locale.texts('membership', membership);
  }

  get busy(): boolean {
    return this.#leave.busy;
  }

  /** @throws {SettingsError} */
  async ask(name: string): Promise<void> {
    const t = this.#t;
    const organisation = html`<bdi>${name}</bdi>`;
    if (!(await this.#host.confirm(() => ({ title: t.rich('leaveTitle', { organisation }), body: t('leaveBody', { organisation: name }), keep: t('stay'), proceed: t('leave'), destructive: true })))) return;
    await this.#host.act(this.#leave, undefined);
    this.#host.toast(t('left', { organisation: name }));
  }
}
