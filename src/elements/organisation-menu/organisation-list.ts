import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { SettingsError, type AuthContext } from '../../contract/index.js';
import { hasUnsaved } from '../../lit/unsaved.js';
import { common } from '../../locales/en/common.js';
import { organisationSwitch } from '../../locales/en/organisation-switch.js';
import { roles } from '../../locales/en/roles.js';
import { icon } from '../../ui/icons.js';
import { check } from '../../ui/more-icons.js';
import { button, errorLine } from '../../ui/templates.js';
import { announce } from '../../ui/announcer.js';
import { errorText } from '../base/texts.js';
import { roleName } from '../team/roles.js';
import type { UfElement } from '../../lit/uf-element.js';

export const organisationListStyles = css`
  .organisations { display: grid; margin-block-end: var(--_u); padding-block-end: var(--_u); border-block-end: 1px solid var(--_border); }
  .organisations ul { display: grid; max-block-size: 18rem; overflow-y: auto; margin: 0; padding: 0; list-style: none; }
  .organisations h2, .organisations .ask { margin: 0; padding: calc(var(--_u) * 1.5) calc(var(--_u) * 3); }
  .organisations h2 { font-size: var(--_small); font-weight: 400; color: var(--_text-muted); }
  .place { display: flex; align-items: center; gap: calc(var(--_u) * 2.5); inline-size: 100%; min-block-size: max(2.75rem, var(--_target)); padding: var(--_u) calc(var(--_u) * 3); border: 0; border-radius: var(--_r-control); background: none; text-align: start; cursor: pointer; }
  .place:hover { background: var(--_hover); }
  .place[aria-disabled] { cursor: default; opacity: 0.6; }
  .place span { display: grid; min-inline-size: 0; overflow-wrap: anywhere; line-height: 1.25rem; }
  .place small { font-size: var(--_small); color: var(--_text-muted); }
  .place .i { margin-inline-start: auto; color: var(--_accent-text); }
  .organisations .ask { display: grid; gap: calc(var(--_u) * 3); max-inline-size: 18rem; }
  .organisations .ask p { margin: 0; }
  .organisations .ask div { display: flex; flex-wrap: wrap; gap: calc(var(--_u) * 2); }
`;

type Place = AuthContext['organisations'][number];

/** The person's organisations: choosing one takes the whole page there. Loaded for people who have several. */
export class OrganisationList {
  readonly #host: UfElement & { focusOn(id: string): Promise<void> };
  readonly #close: () => void;
  readonly #t;
  readonly #roles;
  readonly #common;
  readonly #switch = new Action('organisation.switch');
  /** Chosen while something is unsaved: asked first. */
  #asked: Place | undefined;
  #error: string | undefined;

  /** @param close what the list stands in, when there is no more to choose */
  constructor(host: UfElement & { focusOn(id: string): Promise<void> }, close: () => void) {
    this.#host = host;
    this.#close = close;
    this.#t = host.locale.texts('organisationSwitch', organisationSwitch);
    this.#roles = host.locale.texts('roles', roles);
    this.#common = host.locale.texts('common', common);
  }

  /** It was closed: what was asked or refused in it is over. */
  reset(): void {
    this.#asked = undefined;
    this.#error = undefined;
  }

  render(): unknown {
    const t = this.#t;
    const { organisation, organisations = [] } = this.#host.auth.data ?? {};
    return html`<div class="organisations">
      ${this.#asked ? this.#question(this.#asked, organisation?.name ?? '') : html`<h2 id="places">${t('title')}</h2>
        <ul aria-labelledby="places">${organisations.map((place) => this.#row(place, place.id === organisation?.id))}</ul>`}
      ${this.#error === undefined ? nothing : html`<div class="ask">${errorLine(this.#error)}</div>`}
    </div>`;
  }

  #row(place: Place, current: boolean): unknown {
    return html`<li><button type="button" class="place" part="organisation" aria-current=${current ? 'true' : nothing} aria-disabled=${this.#switch.busy ? 'true' : nothing} @click=${() => { this.#choose(place, current); }}>
      <span><bdi>${place.name}</bdi><small>${roleName(this.#roles, place.role)}</small></span>${current ? icon(check) : nothing}
    </button></li>`;
  }

  #question(place: Place, from: string): unknown {
    const t = this.#t;
    return html`<div class="ask" role="group" aria-labelledby="unsaved">
      <p id="unsaved">${t('unsaved', { organisation: from })}</p>
      <div>
        ${button({ id: 'stay', label: t('stay'), little: true, press: () => { this.#stay(); } })}
        ${button({ label: t('discard'), look: 'destructive', little: true, busy: this.#switch.busy, press: () => void this.#go(place) })}
      </div>
    </div>`;
  }

  #choose(place: Place, current: boolean): void {
    if (this.#switch.busy) return;
    this.#error = undefined;
    if (current) this.#close();
    else if (hasUnsaved(this.#host.client)) {
      this.#asked = place;
      announce(this.#t('unsaved', { organisation: this.#host.auth.data?.organisation?.name ?? '' }));
      this.#host.requestUpdate();
      void this.#host.focusOn('stay');
    } else void this.#go(place);
    this.#host.requestUpdate();
  }

  #stay(): void {
    this.#asked = undefined;
    this.#close();
  }

  async #go(place: Place): Promise<void> {
    try {
      this.#switch.reset();
      await this.#host.act(this.#switch, { id: place.id });
      this.reset();
      this.#close();
    } catch (thrown) {
      const error = SettingsError.from(thrown, 'organisation.switch');
      this.#asked = undefined;
      if (error.kind !== 'aborted') {
        this.#error = error.kind === 'not-found' ? this.#t('gone', { organisation: place.name }) : errorText(this.#common, error, false);
        announce(this.#error);
        // Somebody took them out meanwhile: the list is read anew.
        if (error.kind === 'not-found') await this.#host.client?.auth.reload();
      }
    }
    this.#host.requestUpdate();
  }
}
