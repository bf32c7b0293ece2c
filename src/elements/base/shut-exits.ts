import { css, html, nothing } from 'lit';
import type { SettingsError } from '../../contract/index.js';
import { membership } from '../../locales/en/membership.js';
import { organisationSwitch } from '../../locales/en/organisation-switch.js';
import { button, errorLine } from '../../ui/templates.js';
import { OrganisationList, organisationListStyles } from '../organisation-menu/organisation-list.js';
import { LeaveOrganisation } from './leave-organisation.js';
import type { SettingsElement } from './settings-element.js';
import { errorText } from './texts.js';

const styles = css`
  ${organisationListStyles}
  .exits { padding: calc(var(--_u) * 2); text-align: start; }
  .exits > .organisations { margin: 0; padding: 0; border: 0; }
`;

/** Where a person can go to whom their organisation is shut: to another one of theirs, or out of it. */
export class ShutExits {
  readonly #host: SettingsElement;
  readonly #t;
  readonly #places;
  readonly #leave: LeaveOrganisation;
  readonly #list: OrganisationList;
  #open = false;
  #error: SettingsError | undefined;

  constructor(host: SettingsElement) {
    this.#host = host;
    this.#t = host.locale.texts('membership', membership);
    this.#places = host.locale.texts('organisationSwitch', organisationSwitch);
    this.#leave = new LeaveOrganisation(host);
    this.#list = new OrganisationList(host, () => { this.#close(); });
    host.wear(styles);
  }

  /** The buttons that lead away. */
  buttons(little: boolean): unknown {
    const { organisation, organisations = [] } = this.#host.auth.data ?? {};
    if (!organisation) return nothing;
    const context = organisation.name;
    const onlyOwner = organisations.find(({ id }) => id === organisation.id)?.onlyOwner ?? false;
    return html`${this.#several ? button({ id: 'exits-places', label: this.#places('title'), context, little, expanded: this.#open, press: () => { this.#toggle(); } }) : nothing}
      ${this.#host.can('organisation.leave') && !onlyOwner ? button({ id: 'exits-leave', label: this.#t('leave'), context, look: 'quiet', little, busy: this.#leave.busy, press: () => void this.#ask(organisation.name) }) : nothing}`;
  }

  /** What the buttons open, and what went wrong. */
  below(): unknown {
    return html`${this.#error ? errorLine(errorText(this.#host.common, this.#error)) : nothing}
      ${this.#open && this.#several ? html`<div class="card exits" part="card">${this.#list.render()}</div>` : nothing}`;
  }

  reset(): void {
    this.#open = false;
    this.#error = undefined;
    this.#list.reset();
  }

  get #several(): boolean {
    return this.#host.can('organisation.switch') && (this.#host.auth.data?.organisations.length ?? 0) > 1;
  }

  #toggle(): void {
    this.#open = !this.#open;
    this.#list.reset();
    this.#host.requestUpdate();
  }

  #close(): void {
    this.#open = false;
    void this.#host.focusOn('exits-places');
    this.#host.requestUpdate();
  }

  async #ask(name: string): Promise<void> {
    this.#error = undefined;
    try {
      await this.#leave.ask(name);
    } catch (thrown) {
      this.#error = this.#host.failure(thrown);
      // They have become its only owner meanwhile: the context, read anew, takes the button away.
      if (this.#error?.kind === 'conflict') this.#host.auth.reload();
    }
    this.#host.requestUpdate();
  }
}
