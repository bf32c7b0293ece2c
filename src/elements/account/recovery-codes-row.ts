import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { SettingsError } from '../../contract/index.js';
import { recoveryRow } from '../../locales/en/recovery-row.js';
import { warning } from '../../ui/list-icons.js';
import { button, errorLine, notice } from '../../ui/templates.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';
import { showRecoveryCodes } from './show-recovery-codes.js';

/** From here on people are told to make new ones. */
const FEW = 3;

/** How many recovery codes are left, and the way to new ones. Stands under "MFA is on". */
export class RecoveryCodesRow extends Section {
  readonly #t = this.host.locale.texts('recoveryRow', recoveryRow);
  readonly #regenerate = new Action('recoveryCodes.regenerate');
  #error: SettingsError | undefined;

  override reset(): void {
    this.#error = undefined;
  }

  override render(): unknown {
    const count = this.host.auth.data?.user.mfa.recoveryCodesLeft ?? 0;
    const t = this.#t;
    const few = count <= FEW;
    return html`<div class="row">
        <div>
          <p class="h3" id="recovery-title" tabindex="-1">${t('title')}</p>
          <p class="muted">${t('left', { count })}. ${t('body')}</p>
        </div>
        ${this.host.can('recoveryCodes.regenerate')
          ? button({ id: 'recovery-make', label: t('make'), context: t('title'), look: few ? 'primary' : '', busy: this.#regenerate.busy, press: () => void this.#make() })
          : nothing}
      </div>
      ${few ? notice({ tone: count === 0 ? 'failure' : 'warning', icon: warning, body: t(count === 0 ? 'none' : 'few') }) : nothing}
      ${this.#error ? errorLine(errorText(this.host.common, this.#error)) : nothing}`;
  }

  async #make(): Promise<void> {
    const t = this.#t;
    this.#error = undefined;
    try {
      if (!(await this.host.confirm(() => ({ title: t('askTitle'), body: t('askBody'), keep: t('keep'), proceed: t('make'), destructive: true })))) return;
      const { recoveryCodes } = await this.host.act(this.#regenerate, undefined);
      await showRecoveryCodes(this.host, recoveryCodes);
      this.host.toast(t('made'));
    } catch (thrown) {
      this.#error = this.host.failure(thrown);
    }
    this.host.requestUpdate();
    await this.host.focusOn('recovery-make');
  }
}
