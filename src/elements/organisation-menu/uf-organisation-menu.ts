import { css, html, nothing, type CSSResultGroup, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { UfElement } from '../../lit/uf-element.js';
import { organisationMenu } from '../../locales/en/organisation-menu.js';
import { announce, announcer } from '../../ui/announcer.js';
import { rootStyles } from '../../ui/root-styles.js';
import { icon } from '../../ui/icons.js';
import { chevronsUpDown, settings } from '../../ui/more-icons.js';
import { overlayTokens } from '../../ui/part-tokens.js';
import { initials, skeleton } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';

const styles = css`
  ${overlayTokens}
  :host { display: inline-block; max-inline-size: 100%; }
  .menu-root { position: relative; }
  .opener { anchor-name: --opener; display: flex; align-items: center; gap: calc(var(--_u) * 2.5); inline-size: 100%; min-block-size: max(2.75rem, var(--_target)); padding-block: var(--_u); padding-inline: calc(var(--_u) * 2); border: 0; border-radius: var(--_r-control); background: none; font-weight: var(--_strong); text-align: start; cursor: pointer; }
  .opener:hover, .opener[aria-expanded="true"] { background: var(--_hover); }
  .opener .i { margin-inline-start: auto; }
  .badge { flex: none; display: grid; place-items: center; inline-size: 1.75rem; block-size: 1.75rem; border-radius: var(--_r-control); background: var(--_text); color: var(--_surface); font-size: 0.75rem; }
  .badge img { inline-size: 100%; block-size: 100%; object-fit: cover; border-radius: inherit; background: var(--_surface); }
  .name { min-inline-size: 0; overflow-wrap: anywhere; line-height: 1.25rem; text-wrap: balance; }
  .menu { position: absolute; z-index: 10; inset: auto; min-inline-size: 100%; inline-size: max-content; max-inline-size: min(20rem, 100vi - 2rem); margin: var(--_u) 0 0; padding: var(--_u); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_raised); color: inherit; box-shadow: var(--_shadow); }
  /* In the top layer: a bar that clips what stands out of it, or lies above all, is usual round this menu. */
  .menu:popover-open { position-anchor: --opener; position-area: block-end span-inline-end; min-inline-size: anchor-size(inline); }
  .menu[hidden] { display: none; }
  /* Important: the page's own rule for links would win over a slotted one. */
  .menu a, ::slotted(a) { display: flex !important; align-items: center; gap: calc(var(--_u) * 2.5); min-block-size: max(2.25rem, var(--_target)); padding-inline: calc(var(--_u) * 3) !important; border-radius: var(--_r-control); color: var(--_text) !important; text-decoration: none !important; }
  .menu a:hover, ::slotted(a:hover) { background: var(--_hover); }
  .menu a .i { color: var(--_text-muted); }
  .menu a[aria-current] { background: var(--_accent-soft); color: var(--_accent-text) !important; font-weight: 500; }
  .menu a[aria-current] .i { color: inherit; }
  @media (forced-colors: active) {
    .badge { border: 1px solid CanvasText; }
    .menu a[aria-current] { outline: 1px solid Highlight; outline-offset: -1px; }
  }
`;

/** Where the engine cannot place it beside its button there, the list stays in the page's own layers. */
const anchored = (globalThis as { CSS?: typeof CSS }).CSS?.supports('position-area: end');

/**
 * The organisation's name at the top of a page's navigation, the way to its settings, and to the person's other organisations.
 *
 * @tag uf-organisation-menu
 * @summary Organisation menu: shows the organisation and leads to Account Settings.
 *
 * @slot links - Further links of the page (`<a slot="links">`), below Account Settings.
 *
 * @fires {CustomEvent<{operation: string}>} uf-before-change - Before the page goes to another organisation; cancelable.
 * @fires {CustomEvent<{operation: string}>} uf-change - The page is in another organisation.
 * @fires {CustomEvent<{operation: string, kind: string}>} uf-error - Something failed; the element shows it already.
 * @fires {CustomEvent<null>} uf-open-settings - The person chose Account Settings; cancel it to keep the link from being followed.
 *
 * @csspart base - The wrapper of everything.
 * @csspart opener - The button with the organisation's name.
 * @csspart menu - The list of links.
 * @csspart organisation - One of the person's organisations.
 * @csspart button - A button of the question before unsaved changes go.
 * @csspart link - The link to Account Settings.
 */
export class UfOrganisationMenu extends UfElement {
  static override styles: CSSResultGroup = [rootStyles, styles];

  static override properties: PropertyDeclarations = { settingsUrl: { attribute: 'settings-url' }, current: { type: Boolean }, open: { state: true } };

  /** Where "Account Settings" leads. Without it only the event tells. */
  settingsUrl: string | undefined;
  /** The page that is shown is the settings page. */
  current = false;

  private open = false;

  readonly #t = this.locale.texts('organisationMenu', organisationMenu);
  readonly #list = new Lazy(async () => {
    const { OrganisationList, organisationListStyles } = await import('./organisation-list.js');
    const { styleSheet } = organisationListStyles;
    if (styleSheet) this.shadowRoot?.adoptedStyleSheets.push(styleSheet);
    return new OrganisationList(this, () => { this.close(); });
  });
  #organisation: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#pressedElsewhere);
    announcer();
  }

  override firstUpdated(): void {
    // Ours or the page's: once a link is followed the list has done its work.
    this.renderRoot.addEventListener('click', this.#followed);
  }

  override updated(): void {
    // Out of the page a popover is shut, and asking it for anything is an error.
    if (this.isConnected) this.renderRoot.querySelector<HTMLElement>('[popover]')?.togglePopover(this.open);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#pressedElsewhere);
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // Also where it was opened before there was anything to list. Without its file the menu is what it was: the links work.
    if (this.open && this.#several && !this.#list.part) this.#list.get().then(() => { this.requestUpdate(); }, () => undefined);
    const { organisation } = this.auth.data ?? {};
    if (!organisation) return;
    // Chosen here, in another tab, or somebody took them out: it is said where it shows.
    if (this.#organisation !== undefined && this.#organisation !== organisation.id) announce(this.#t('nowIn', { organisation: organisation.name }));
    this.#organisation = organisation.id;
  }

  /** Closes the list, with the focus back at its button. */
  close(): void {
    this.open = false;
    void this.focusOn('opener');
  }

  /** Takes the focus to a part that just came to be, by id. */
  async focusOn(id: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus();
  }

  override render(): TemplateResult | typeof nothing {
    const t = this.#t;
    const { data, error } = this.auth.state;
    // A read that failed is no reason to look as if it were still under way.
    const name = data ? (data.organisation?.name ?? t('none')) : error ? t('none') : undefined;
    const logo = data?.organisation?.logoUrl;
    if (this.client ? this.client.auth.signedOut : this.unconfigured) return nothing;
    return html`<div class="root menu-root" part="base" @keydown=${this.#escape} @focusout=${this.#focusLeft}>
      <button type="button" class="opener" id="opener" part="opener" aria-expanded=${this.open ? 'true' : 'false'} aria-controls="menu" @click=${this.#toggle}>
        <span class="badge" aria-hidden="true">${logo ? html`<img src=${logo} alt="" referrerpolicy="no-referrer" />` : initials(name ?? '')}</span>
        <span class="name"><span class="vh">${t('label')}: </span>${name === undefined ? html`<span class="vh">${t('loading')}</span>${skeleton()}` : html`<bdi>${name}</bdi>`}</span>
        ${icon(chevronsUpDown)}
      </button>
      <div class="menu" id="menu" part="menu" popover=${anchored ? 'manual' : nothing} ?hidden=${!this.open}>
        ${this.#several ? this.#list.part?.render() : nothing}
        <a part="link" href=${this.settingsUrl ?? '#'} aria-current=${this.current ? 'page' : nothing} @click=${this.#chosen}>${icon(settings)}<span>${t('settings')}</span></a>
        <slot name="links"></slot>
      </div>
    </div>`;
  }

  get #several(): boolean {
    return this.can('organisation.switch') && (this.auth.data?.organisations.length ?? 0) > 1;
  }

  readonly #toggle = (): void => {
    this.open = !this.open;
    this.#list.part?.reset();
  };

  readonly #chosen = (event: Event): void => {
    const follow = this.emit('uf-open-settings', null, true);
    if (!follow || this.settingsUrl === undefined) event.preventDefault();
  };

  readonly #followed = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest('a')) this.open = false;
  };

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.open) return;
    // Nor does it close a dialog of the page around it.
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };

  readonly #focusLeft = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (to instanceof Node && !this.renderRoot.contains(to) && !this.contains(to)) this.open = false;
  };

  readonly #pressedElsewhere = (event: Event): void => {
    if (this.open && !event.composedPath().includes(this)) this.open = false;
  };
}
