import { html, nothing, type CSSResultGroup, type PropertyDeclarations, type PropertyValues } from 'lit';
import { SettingsError, type OperationName } from '../../contract/index.js';
import { warnOnce } from '../../lit/warn.js';
import { settings } from '../../locales/en/settings.js';
import { baseStyles } from '../../ui/base-styles.js';
import { chevronDown, icon } from '../../ui/icons.js';
import { skeletonSection } from '../../ui/templates.js';
import { accountStyles } from '../account/account-styles.js';
import type { CredentialsHost } from '../account/password-section.js';
import { accountSections } from '../account/sections.js';
import { Lazy } from '../base/lazy.js';
import type { Snippet, SnippetHost } from '../api-keys/key-snippets.js';
import type { SectionTable } from '../base/section.js';
import { SettingsElement } from '../base/settings-element.js';
import { settingsStyles } from './settings-styles.js';

/** What a tab shows. */
interface Panel {
  sections: SectionTable;
  styles: CSSResultGroup;
}

interface Tab {
  label: 'account' | 'company' | 'team' | 'apiKeys';
  /** Without it the person may not open the tab. */
  needs: OperationName;
  /** The tab that usually opens first is in the first download, the others come when they are wanted. */
  panel: Panel | (() => Promise<Panel>);
}

const TABS = {
  account: { label: 'account', needs: 'auth.context', panel: { sections: accountSections, styles: accountStyles } },
  company: {
    label: 'company',
    needs: 'company.get',
    panel: async () => {
      const { UfCompany, companySections } = await import('../company/uf-company.js');
      return { sections: companySections, styles: UfCompany.styles };
    },
  },
  team: {
    label: 'team',
    needs: 'team.list',
    panel: async () => {
      const { UfTeam, teamSections } = await import('../team/uf-team.js');
      return { sections: teamSections, styles: UfTeam.styles };
    },
  },
  'api-keys': {
    label: 'apiKeys',
    needs: 'apiKeys.list',
    panel: async () => {
      const { UfApiKeys, apiKeysSections } = await import('../api-keys/uf-api-keys.js');
      return { sections: apiKeysSections, styles: UfApiKeys.styles };
    },
  },
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
 * @csspart menu - What can be done to a row.
 * @csspart dialog - A modal dialog.
 * @csspart organisation - One of the person’s organisations, where this one is shut to them.
 * @csspart qr - The white tile with the QR code.
 */
export class UfSettings extends SettingsElement implements CredentialsHost, SnippetHost {
  static override styles: CSSResultGroup = [baseStyles, accountStyles, settingsStyles];

  static override properties: PropertyDeclarations = { tab: {}, deepLink: { attribute: 'deep-link' }, credentials: {}, apiUrl: { attribute: 'api-url' }, snippets: { attribute: false }, menuOpen: { state: true } };

  /** The open tab. */
  tab = 'account';
  /** `hash`: the open tab stands in the page's fragment (`#settings/team`), unless the page uses it for something else. */
  deepLink: string | undefined;
  /**
   * Where the form stands that changes the password: in the `shadow` root, as without, or with `light` as a child of this element, for password
   * managers that do not look into shadow roots.
   */
  credentials: 'shadow' | 'light' | undefined;
  /** Where your API is, for the snippets that a new key is shown with: `https://api.your-product.com/v1`. A relative address is of this page's site. */
  apiUrl: string | undefined;
  /** Snippets of your own for a new key, in the place of ours (`.env`, curl, JavaScript); an empty list: none. They never see the secret. */
  snippets: readonly Snippet[] | undefined;

  private menuOpen = false;

  protected readonly table: SectionTable = {};
  readonly #t = this.locale.texts('settings', settings);
  readonly #panels = new Map<TabName, Lazy<Panel>>();
  readonly #failures = new Map<TabName, SettingsError>();
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
      // A server has no address to follow.
      if (this.isConnected) this.#followLink();
    }
    if (!isTab(this.tab)) warnOnce(this.localName, `has no tab "${this.tab}". It has: ${NAMES.join(', ')}.`);
    const tabs = this.#tabs();
    let open = isTab(this.tab) && tabs.includes(this.tab) ? this.tab : (tabs[0] ?? 'account');
    const before = this.#panels.get(this.#open)?.part;
    if (open !== this.#open && before) {
      if (tabs.includes(this.#open) && this.stays(before.sections)) open = this.#stay();
      else this.#leave(before.sections);
    }
    this.#open = open;
    this.#visited.add(open);
    const { part } = this.#panel(open);
    if (part) this.prepare(part.sections);
    else if (!this.#failures.has(open)) void this.#fetch(open);
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
          @pointerenter=${() => void this.#fetch(name)}
          @focus=${() => void this.#fetch(name)}
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
      ${this.renderFresh()}
      ${tabs.map((name) => html`<div class="panel" role="tabpanel" part="panel" id="panel-${name}" aria-labelledby="tab-${name}" ?hidden=${name !== this.#open}>${this.#visited.has(name) ? this.#renderPanel(name) : nothing}</div>`)}
    `;
  }

  protected override isPersonal(section: string): boolean {
    return Object.hasOwn(accountSections, section);
  }

  #renderPanel(name: TabName): unknown {
    const { part } = this.#panel(name);
    if (part) return this.renderSections(part.sections);
    const failure = this.#failures.get(name);
    if (failure) return this.loadError(this.#t(TABS[name].label), failure, () => void this.#fetch(name));
    return skeletonSection();
  }

  #panel(name: TabName): Lazy<Panel> {
    const known = this.#panels.get(name);
    if (known) return known;
    const { panel }: Tab = TABS[name];
    const lazy = new Lazy(async () => (typeof panel === 'function' ? panel() : panel));
    if (typeof panel !== 'function') lazy.part = panel;
    this.#panels.set(name, lazy);
    return lazy;
  }

  /** A panel's file begins to come when a person points at its tab or reaches it by keyboard. */
  async #fetch(name: TabName): Promise<void> {
    this.#failures.delete(name);
    try {
      this.wear((await this.#panel(name).get()).styles);
    } catch (thrown) {
      this.#failures.set(name, SettingsError.from(thrown, this.localName));
    }
    this.requestUpdate();
  }

  /** The tabs that the page chose and this person may open. */
  #tabs(): TabName[] {
    const chosen = this.chosen(NAMES, this.sections).filter(isTab);
    return this.auth.data ? chosen.filter((name) => this.can(TABS[name].needs)) : chosen;
  }

  #choose(name: TabName): void {
    if (name === this.#open) return;
    this.tab = name;
    this.#tell(name);
  }

  /** A link, the browser's "back" or the page would take away what cannot be had again: the open tab stays, and the page hears of it. */
  #stay(): TabName {
    const name = this.#open;
    this.tab = name;
    void this.updateComplete.then(() => { this.#tell(name); });
    return name;
  }

  /** An open dialog goes with its panel, as by Esc: out of sight, it would keep everything else from being pressed. */
  #leave(sections: SectionTable): void {
    const dialogs = [...(this.shadowRoot?.querySelectorAll('dialog[open]') ?? [])];
    for (const dialog of dialogs.reverse()) dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    this.leave(sections);
  }

  #tell(name: TabName): void {
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
    event.preventDefault();
    event.stopPropagation();
    this.menuOpen = false;
    void this.focusOn('tabs-opener');
  };

  readonly #focusLeft = (event: FocusEvent): void => {
    const inside = event.currentTarget instanceof Element && event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
    if (event.relatedTarget && !inside) this.menuOpen = false;
  };
}
