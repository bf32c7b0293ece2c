import { css, html, nothing } from 'lit';
import { inviteMany } from '../../locales/en/invite-many.js';
import { roles as roleTexts } from '../../locales/en/roles.js';
import { circleAlert, icon } from '../../ui/icons.js';
import { cross } from '../../ui/more-icons.js';
import { address, button } from '../../ui/templates.js';
import type { SettingsElement } from '../base/settings-element.js';
import type { AddressList, ListedInvitee } from './address-list.js';
import { roleName } from './roles.js';

const styles = css`
  .chips { display: flex; flex-wrap: wrap; gap: calc(var(--_u) * 1.5); max-block-size: 15rem; overflow: auto; padding: calc(var(--_u) * 2); border: 1px solid var(--_border); border-radius: var(--_r-control); background: var(--_sunken); }
  .chips > li { display: flex; align-items: center; min-inline-size: 0; max-inline-size: 100%; border: 1px solid var(--_border-control); border-radius: var(--_r-control); background: var(--_surface); font-size: var(--_small); line-height: 1.25rem; }
  .chips > li.bad { border-color: var(--_danger); color: inherit; }
  .chips .i { color: inherit; }
  .chip-main { display: flex; align-items: center; gap: var(--_u); min-inline-size: 0; min-block-size: max(1.75rem, var(--_target)); padding: 0 calc(var(--_u) * 2); border: 0; border-radius: var(--_r-control); background: none; color: inherit; text-align: start; overflow-wrap: anywhere; cursor: pointer; }
  .chip-main > :not(.i) { min-inline-size: 0; }
  @container uf (max-width: 29.99rem) {
    .chips { max-block-size: none; }
    .chips > li { flex-wrap: wrap; }
  }
  .bad .chip-main .i { color: var(--_danger); }
  .chips select { max-inline-size: 8rem; min-block-size: max(1.5rem, var(--_target)); border: 0; border-radius: var(--_r-tag); background: none; color: var(--_text-muted); cursor: pointer; }
  .chips select.own { color: var(--_text); font-weight: 500; }
  .chips select option { background: var(--_raised); color: var(--_text); }
  .chips :is(.chip-main, select, .icon-button):focus-visible { outline-offset: calc(var(--_ring) * -1); }
  .chips .icon-button { --_icon-button: max(1.75rem, var(--_target)); border-radius: var(--_r-control); }
  .chips-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: var(--_u) calc(var(--_u) * 3); }
  .chips-pages { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 2); padding-block-start: calc(var(--_u) * 2); }
  .chips-pages > p { flex: 1; }
  .chips-box { display: grid; gap: calc(var(--_u) * 1.5); min-inline-size: 0; }
`;

/** Chips on one page: what is drawn stays small, however many addresses there are. */
const PAGE = 50;

export interface ChipsOptions {
  list: AddressList;
  roles: () => readonly string[];
  /** The role for all. */
  role: () => string;
  /** Back into the field, to be corrected. */
  correct: (email: string) => void;
  /** The id of what takes the focus when no chip is left. */
  back: string;
}

/**
 * The list of addresses as chips, one stop of the Tab key: arrows go from chip to chip, Delete and Backspace remove, Enter takes
 * an address back into the field. A page of them is drawn.
 */
export class Chips {
  readonly #host: SettingsElement;
  readonly #options: ChipsOptions;
  readonly #t;
  readonly #roles;
  #page = 0;
  /** The chip that the Tab key goes to. */
  #current: number | undefined;

  constructor(host: SettingsElement, options: ChipsOptions) {
    this.#host = host;
    this.#options = options;
    this.#t = host.locale.texts('inviteMany', inviteMany);
    this.#roles = host.locale.texts('roles', roleTexts);
    host.wear(styles);
  }

  render(): unknown {
    const t = this.#t;
    const { items, wrong } = this.#options.list;
    const shown = this.#shown;
    const current = shown.find(({ id }) => id === this.#current) ?? shown[0];
    const from = this.#page * PAGE;
    const turn = (by: number) => () => {
      this.#page += by;
      this.#host.requestUpdate();
    };
    return html`<div class="chips-box">
      <p class="chips-head"><span class="label" id="team-chips-label">${t('list')}</span><span class="small muted">${t('count', { count: items.length })}</span>${wrong.length > 0 ? html`<span class="small bad">${t('wrongCount', { count: wrong.length })}</span>` : nothing}</p>
      <ul class="chips" aria-labelledby="team-chips-label" @keydown=${this.#key} @change=${this.#choose} @focusin=${this.#enter}>${shown.map((item) => this.#chip(item, item === current))}</ul>
      <p class="hint" id="team-chips-keys">${t('keys')}</p>
      ${items.length > PAGE
        ? html`<div class="chips-pages">
            <p class="small muted"><bdi>${t('range', { from: from + 1, to: from + shown.length, count: items.length })}</bdi></p>
            ${button({ label: t('previous'), context: t('list'), little: true, disabled: this.#page === 0, press: turn(-1) })}
            ${button({ label: t('next'), context: t('list'), little: true, disabled: from + PAGE >= items.length, press: turn(1) })}
          </div>`
        : nothing}
    </div>`;
  }

  /** Shows the page of one of them; of none, the first. */
  goTo(item: ListedInvitee | undefined): void {
    this.#page = Math.max(0, item ? Math.floor(this.#options.list.items.indexOf(item) / PAGE) : 0);
    this.#current = item?.id;
  }

  /** What came last is seen. */
  goToEnd(): void {
    this.goTo(this.#options.list.items.at(-1));
  }

  focusLast(): void {
    this.goToEnd();
    this.#host.requestUpdate();
    this.#focus(this.#current);
  }

  get #shown(): readonly ListedInvitee[] {
    const { items } = this.#options.list;
    this.#page = Math.min(this.#page, Math.max(0, Math.ceil(items.length / PAGE) - 1));
    return items.slice(this.#page * PAGE, (this.#page + 1) * PAGE);
  }

  #chip(item: ListedInvitee, current: boolean): unknown {
    const t = this.#t;
    const { id, email, name, problem, role } = item;
    const tabindex = current ? '0' : '-1';
    const roles = this.#options.roles();
    const chosen = role !== undefined && roles.includes(role) ? role : this.#options.role();
    return html`<li class=${problem ? 'bad' : ''} data-id=${id}>
      <button type="button" class="chip-main" id="team-chip-${id}" tabindex=${tabindex} aria-describedby="team-chips-keys" title=${name || nothing} @click=${() => { this.#correct(item); }}>${problem ? icon(circleAlert) : nothing}<span>${address(email)}${problem ? html`<span class="vh">, ${t(problem === 'too-long' ? 'long' : 'wrong')}</span>` : nothing}</span></button>
      ${roles.length > 1 && !problem
        ? html`<select class=${chosen === this.#options.role() ? '' : 'own'} tabindex=${tabindex} autocomplete="off" aria-label="${t('role')}, ${email}" .value=${chosen}>${roles.map((one) => html`<option value=${one} ?selected=${one === chosen}>${roleName(this.#roles, one)}</option>`)}</select>`
        : nothing}
      <button type="button" class="button quiet icon-button" tabindex="-1" aria-label="${t('remove')}, ${email}" title=${t('remove')} @click=${() => { this.#remove(item); }}>${icon(cross)}</button>
    </li>`;
  }

  #find(target: EventTarget | null): ListedInvitee | undefined {
    const id = target instanceof Element ? Number(target.closest('li')?.dataset['id']) : NaN;
    return this.#options.list.items.find((item) => item.id === id);
  }

  #focus(id: number | undefined): void {
    this.#current = id;
    this.#host.requestUpdate();
    void this.#host.focusOn(id === undefined ? this.#options.back : `team-chip-${String(id)}`);
  }

  #correct(item: ListedInvitee): void {
    this.#options.list.remove([item]);
    this.#options.correct(item.email);
  }

  #remove(item: ListedInvitee): void {
    const { list } = this.#options;
    const index = list.items.indexOf(item);
    list.remove([item]);
    this.#host.announce(`${this.#t('removed', { email: item.email })} ${this.#t('count', { count: list.items.length })}`);
    this.#focus((list.items[index] ?? list.items[index - 1])?.id);
  }

  readonly #key = (event: KeyboardEvent): void => {
    const item = this.#find(event.target);
    // In a select the keys are the select's.
    if (!item || !(event.target instanceof HTMLButtonElement)) return;
    const shown = this.#shown;
    const index = shown.indexOf(item);
    const forward = event.target.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
    const to = { [forward]: index + 1, ArrowDown: index + 1, [forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight']: index - 1, ArrowUp: index - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (shown[to]) this.#focus(shown[to].id);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      this.#remove(item);
    }
  };

  readonly #enter = ({ target }: Event): void => {
    const item = this.#find(target);
    if (!item || item.id === this.#current) return;
    this.#current = item.id;
    this.#host.requestUpdate();
  };

  readonly #choose = ({ target }: Event): void => {
    const item = this.#find(target);
    if (!item || !(target instanceof HTMLSelectElement)) return;
    this.#options.list.giveRole(item.id, target.value === this.#options.role() ? undefined : target.value);
    this.#host.requestUpdate();
  };
}
