import { html, nothing, type CSSResultGroup, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { OperationName } from '../../contract/index.js';
import { warnOnce } from '../../lit/warn.js';
import { settings } from '../../locales/en/settings.js';
import { baseStyles } from '../../ui/base-styles.js';
import { chevronDown, icon } from '../../ui/icons.js';
import { accountStyles } from '../account/account-styles.js';
import { accountSections } from '../account/sections.js';
import { apiKeysStyles } from '../api-keys/api-keys-styles.js';
import { apiKeysSections } from '../api-keys/uf-api-keys.js';
import type { SectionTable } from '../base/section.js';
import { SettingsElement } from '../base/settings-element.js';
import { companyStyles } from '../company/company-styles.js';
import { companySections } from '../company/uf-company.js';
import { teamStyles } from '../team/team-styles.js';
import { teamSections } from '../team/uf-team.js';
import { settingsStyles } from './settings-styles.js';

interface Tab {
  label: 'account' | 'company' | 'team' | 'apiKeys';
  table: SectionTable;
  /** Without it the person may not open the tab. */
  needs: OperationName;
}

const TABS = {
  account: { label: 'account', table: accountSections, needs: 'auth.context' },
  company: { label: 'company', table: companySections, needs: 'company.get' },
  team: { label: 'team', table: teamSections, needs: 'team.list' },
  'api-keys': { label: 'apiKeys', table: apiKeysSections, needs: 'apiKeys.list' },
} as const satisfies Record<string, Tab>;
type TabName = keyof typeof TABS;
const NAMES = Object.keys(TABS) as TabName[];

/** What a deep link looks like; every other fragment is the page's own. */
const FRAGMENT = '#settings/';

function isTab(name: string): name is TabName {
  return Object.hasOwn(TABS, name);
}

/**
 * All account settings behind four tabs.
 *
 * Tabs for the `sections` and `tab` attributes: `account`, `company`, `team`, `api-keys`.
 *
 * @tag uf-settings
 * @summary Account Settings: Your Account, Company Details, Team Members and API Keys behind tabs.
 *
 * @slot before - Content of the page above the tabs.
 * @slot after - Content of the page below the open panel.
 * @slot signed-out - Replaces what is shown when nobody is signed in.
 *
 * @fires {CustomEvent<{tab: string}>} uf-tab-change - The person opened another tab.
 * @fires {CustomEvent<{operation: string}>} uf-before-change - Before a change is sent; cancelable.
 * @fires {CustomEvent<{operation: string}>} uf-change - A change took effect.
 * @fires {CustomEvent<{operation: string, kind: string}>} uf-error - Something failed; the element shows it already.
 * @fires {CustomEvent<null>} uf-sign-out - The person signed out.
 * @fires {CustomEvent<null>} uf-ready - Data is shown for the first time.
 *
 * @csspart base - The wrapper of everything.
 * @csspart tabs - The row of tabs.
 * @csspart tab - One tab.
 * @csspart panel - What a tab shows.
 * @csspart section - One section: heading and card.
 * @csspart heading - A heading.
 * @csspart card - A card.
 * @csspart table - The table of people and invitations.
 * @csspart reveal-bar - The bar that says whether the keys are visible.
 * @csspart field - Label, input, hint and error.
 * @csspart label - A field's label.
 * @csspart input - An input or select.
 * @csspart button - A button.
 * @csspart primary-button - The one primary button of a card.
 * @csspart icon-button - A button that is only an icon.
 * @csspart notice - Something to know, beside what it concerns.
 * @csspart dialog - A modal dialog.
 * @csspart qr - The white tile with the QR code.
 */
export class UfSettings extends SettingsElement {
  static override styles: CSSResultGroup = [baseStyles, accountStyles, companyStyles, teamStyles, apiKeysStyles, settingsStyles];

  static override properties: PropertyDeclarations = { tab: {}, deepLink: { attribute: 'deep-link' }, menuOpen: { state: true } };

  /** The open tab. */
  tab = 'account';
  /** `hash`: the open tab stands in the page's fragment (`#settings/team`), unless the page uses it for something else. */
  deepLink: string | undefined;

  private menuOpen = false;

  protected readonly table: SectionTable = {};
  readonly #t = this.locale.texts('settings', settings);
  /** Panels that were open once stay in the tree, so that what was typed survives. */
  readonly #visited = new Set<TabName>();
  #open: TabName = 'account';

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('popstate', this.#followLink);
    addEventListener('hashchange', this.#followLink);
    this.#followLink();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('popstate', this.#followLink);
    removeEventListener('hashchange', this.#followLink);
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('deepLink')) {
      if (this.deepLink !== undefined && this.deepLink !== 'hash') warnOnce(this.localName, 'takes deep-link="hash" or no deep-link at all.');
      this.#followLink();
    }
    if (!isTab(this.tab)) warnOnce(this.localName, `has no tab "${this.tab}". It has: ${NAMES.join(', ')}.`);
    const tabs = this.#tabs();
    const open = isTab(this.tab) && tabs.includes(this.tab) ? this.tab : (tabs[0] ?? 'account');
    if (open !== this.#open) this.leave(TABS[this.#open].table);
    this.#open = open;
    this.#visited.add(open);
    this.prepare(TABS[open].table);
  }

  protected override renderContent(): unknown {
    const t = this.#t;
    const tabs = this.#tabs();
    return html`
      <div class="tabs" role="tablist" part="tabs" aria-label=${t('tabs')} @keydown=${this.#move}>
        ${tabs.map((name) => html`<button
          type="button"
          role="tab"
          class="tab"
          part="tab"
          id="tab-${name}"
          aria-controls="panel-${name}"
          aria-selected=${name === this.#open ? 'true' : 'false'}
          tabindex=${name === this.#open ? '0' : '-1'}
          @click=${() => { this.#choose(name); }}
        >${t(TABS[name].label)}</button>`)}
      </div>
      <div class="tabs-narrow" @keydown=${this.#escape} @focusout=${this.#focusLeft}>
        <button type="button" class="opener" id="tabs-opener" aria-expanded=${this.menuOpen ? 'true' : 'false'} aria-controls="tabs-menu" @click=${() => { this.menuOpen = !this.menuOpen; }}><span>${t(TABS[this.#open].label)}</span>${icon(chevronDown)}</button>
        <ul class="menu" id="tabs-menu" ?hidden=${!this.menuOpen}>
          ${tabs.map((name) => html`<li><a href="${FRAGMENT}${name}" aria-current=${name === this.#open ? 'page' : nothing} @click=${(event: Event) => {
            event.preventDefault();
            this.menuOpen = false;
            this.#choose(name);
            void this.focusOn('tabs-opener');
          }}>${t(TABS[name].label)}</a></li>`)}
        </ul>
      </div>
      ${tabs.map((name) => html`<div class="panel" role="tabpanel" part="panel" id="panel-${name}" aria-labelledby="tab-${name}" ?hidden=${name !== this.#open}>${this.#visited.has(name) ? this.renderSections(TABS[name].table) : nothing}</div>`)}
    `;
  }

  /** The tabs that the page chose and this person may open. */
  #tabs(): TabName[] {
    const chosen = this.chosen(NAMES, this.sections).filter(isTab);
    return this.auth.data ? chosen.filter((name) => this.can(TABS[name].needs)) : chosen;
  }

  #choose(name: TabName): void {
    if (name === this.#open) return;
    this.tab = name;
    this.emit('uf-tab-change', { tab: name });
    const { hash } = location;
    if (this.deepLink === 'hash' && (hash === '' || hash.startsWith(FRAGMENT))) history.pushState(history.state, '', FRAGMENT + name);
  }

  readonly #followLink = (): void => {
    const name = location.hash.slice(FRAGMENT.length);
    if (this.deepLink === 'hash' && location.hash.startsWith(FRAGMENT) && isTab(name)) this.tab = name;
  };

  /** Arrows move, Enter and Space open (APG tabs with manual activation). */
  readonly #move = (event: KeyboardEvent): void => {
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = tabs.findIndex((tab) => tab === event.target);
    const forward = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const next =
      event.key === forward ? at + 1
      : event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? at - 1
      : event.key === 'Home' ? 0
      : event.key === 'End' ? -1
      : undefined;
    if (next === undefined || at < 0) return;
    event.preventDefault();
    tabs.at(next % tabs.length)?.focus();
  };

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.menuOpen) return;
    event.stopPropagation();
    this.menuOpen = false;
    void this.focusOn('tabs-opener');
  };

  readonly #focusLeft = (event: FocusEvent): void => {
    const inside = event.currentTarget instanceof Element && event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
    if (event.relatedTarget && !inside) this.menuOpen = false;
  };
}
