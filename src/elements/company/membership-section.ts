import { css, html, nothing } from 'lit';
import type { SettingsError } from '../../contract/index.js';
import { membership } from '../../locales/en/membership.js';
import { rowStyles } from '../../ui/row-styles.js';
import { circleInfo } from '../../ui/icons.js';
import { button, errorLine, heading, section, status, type ButtonOptions } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';
import { LeaveOrganisation } from '../base/leave-organisation.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

const styles = css`
  ${rowStyles}
  .ends > .card-body + .card-body { border-block-start: 1px solid var(--_border); }
  .ends .row > div { flex: 1 1 18rem; }
`;

/** "Membership": leaving, handing over and deleting the organisation, each with what stands against it before the click. */
export class MembershipSection extends Section {
  readonly #t = this.host.locale.texts('membership', membership);
  readonly #leave = new LeaveOrganisation(this.host);
  readonly #transfer = new Lazy(async () => new (await import('./transfer-dialog.js')).TransferDialog(this.host));
  readonly #delete = new Lazy(async () => new (await import('./delete-organisation-dialog.js')).DeleteOrganisationDialog(this.host));
  /** What failed last, at the row that it concerns. */
  #failed: { id: string; error: SettingsError } | undefined;

  constructor(host: SettingsElement) {
    super(host);
    host.wear(styles);
  }

  override reset(): void {
    this.#failed = undefined;
    this.#transfer.part?.reset();
    this.#delete.part?.reset();
  }

  override render(): unknown {
    const t = this.#t;
    const { organisation, organisations = [] } = this.host.auth.data ?? {};
    if (!organisation) return nothing;
    const onlyOwner = organisations.find(({ id }) => id === organisation.id)?.onlyOwner ?? false;
    const may = { transfer: this.host.can('organisation.transfer'), remove: this.host.can('organisation.delete') };
    return section({
      id: 'membership',
      level: this.host.headingLevel,
      title: t('title'),
      description: t('body'),
      content: html`<div class="card ends" part="card">
        ${may.transfer ? this.#row('transfer', t('transfer'), t('transferBody'), { press: () => void this.#begin('transfer', async () => { (await this.#transfer.get()).open(); }) }) : nothing}
        ${this.host.can('organisation.leave')
          ? this.#row('leave', t('leave'), t.rich('leaveBody', { organisation: html`<bdi>${organisation.name}</bdi>` }), { busy: this.#leave.busy, press: () => void this.#begin('leave', () => this.#leave.ask(organisation.name)) }, onlyOwner ? t(may.remove ? 'onlyOwnerOrDelete' : 'onlyOwner') : undefined)
          : nothing}
        ${may.remove ? this.#row('remove', t('remove'), t('removeBody'), { look: 'danger', press: () => void this.#begin('remove', async () => { (await this.#delete.get()).open(); }) }) : nothing}
      </div>`,
    });
  }

  override renderDialogs(): unknown {
    return [this.#transfer.part?.renderDialogs(), this.#delete.part?.renderDialogs()];
  }

  /** @param reason what stands against it: then there is no button to find that out by */
  #row(id: string, label: string, body: unknown, options: Pick<ButtonOptions, 'look' | 'busy' | 'press'>, reason?: string): unknown {
    return html`<div class="card-body"><div class="row">
      <div>
        ${heading(this.host.headingLevel + 1, `membership-${id}-title`, 'h3', label)}
        <p class="muted">${body}</p>
        ${reason === undefined ? nothing : status('', circleInfo, reason)}
        ${this.#failed?.id === id ? errorLine(errorText(this.host.common, this.#failed.error)) : nothing}
      </div>
      ${reason === undefined ? button({ id: `membership-${id}`, label, ...options }) : nothing}
    </div></div>`;
  }

  async #begin(id: string, work: () => Promise<void>): Promise<void> {
    this.#failed = undefined;
    try {
      await work();
    } catch (thrown) {
      const error = this.host.failure(thrown);
      if (error) this.#failed = { id, error };
      // The other owner gave up their share meanwhile: the context, read anew, says so at the row.
      if (error?.kind === 'conflict') this.host.auth.reload();
    }
    this.host.requestUpdate();
  }
}
