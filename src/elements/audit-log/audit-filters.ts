import { css, html, nothing } from 'lit';
import type { Input } from '../../contract/index.js';
import { auditLog } from '../../locales/en/audit-log.js';
import { eventActions } from '../../locales/en/event-actions.js';
import { chevronDown, icon } from '../../ui/icons.js';
import { selectStyles } from '../../ui/select-styles.js';
import { button, errorLine, field } from '../../ui/templates.js';
import type { EventWords } from '../base/event-words.js';
import type { SettingsElement } from '../base/settings-element.js';

/** Milliseconds of quiet after which what was typed is searched for. */
const PAUSE = 250;

const styles = css`
  .audit-filters { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(10rem, 100%), 1fr)); align-items: start; gap: calc(var(--_u) * 4); padding: calc(var(--_u) * 4); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_sunken); }
  .audit-filters :is(.field, .input) { min-inline-size: 0; }
  .audit-filters input[type="date"]::-webkit-datetime-edit { min-inline-size: 0; overflow: hidden; }
  .audit-filters > .button { justify-self: start; align-self: end; }
  .audit-filters > .error { grid-column: 1 / -1; }
`;

/** What the log is narrowed to, as it stands in the fields. */
interface Values {
  actor: string;
  action: string;
  from: string;
  to: string;
}
const NONE: Values = { actor: '', action: '', from: '', to: '' };

type Query = Pick<Input<'audit.list'>, 'actor' | 'action' | 'from' | 'to'>;

/** The areas under which actions stand in the list, by the beginnings of their names. */
const GROUPS = [
  ['signingIn', ['sign-in', 'sign-up', 'auth', 'sessions']],
  ['accounts', ['profile', 'avatar', 'email', 'password', 'mfa', 'recoveryCodes', 'passkeys', 'account']],
  ['company', ['company', 'logo', 'organisation', 'audit']],
  ['team', ['team', 'invitation']],
  ['apiKeys', ['apiKeys']],
] as const;

/** The moment at which a day begins where the reader is. @param days later */
function startOf(day: string, days = 0): string | undefined {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const moment = new Date(year, month - 1, date + days);
  return day === '' || Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** Who, what and when: native fields. The backend does the looking. */
export class AuditFilters {
  readonly #host: SettingsElement;
  readonly #words: EventWords;
  readonly #changed: () => void;
  readonly #t;
  #values = NONE;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: SettingsElement, words: EventWords, changed: () => void) {
    this.#host = host;
    this.#words = words;
    this.#changed = changed;
    this.#t = host.locale.texts('auditLog', auditLog);
    host.wear([styles, selectStyles]);
  }

  get active(): boolean {
    return Object.values(this.#values).some((value) => value !== '');
  }

  /** The last day is before the first: nothing is asked. */
  get wrong(): boolean {
    const { from, to } = this.#values;
    return from !== '' && to !== '' && to < from;
  }

  get query(): Query {
    const { actor, action, from: first, to: last } = this.#values;
    const [from, to] = [startOf(first), startOf(last, 1)];
    const group = GROUPS.find(([name]) => name === action);
    return {
      ...(actor.trim() && { actor: actor.trim().slice(0, 200) }),
      ...(action && { action: group ? [...group[1]] : [action] }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    };
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#values = NONE;
  }

  render(): unknown {
    const t = this.#t;
    const { actor, from, to } = this.#values;
    return html`<form class="audit-filters" role="search" novalidate @submit=${this.#now} @input=${this.#input}>
      ${field({ id: 'audit-actor', name: 'actor', label: t('person'), value: actor, hint: t('personHint'), autocomplete: 'off' })}
      ${this.#actions()}
      ${this.#day('from', from)}
      ${this.#day('to', to)}
      ${this.wrong ? errorLine(t('wrongSpan'), 'audit-span-error') : nothing}
      ${this.active ? this.clearButton('') : nothing}
    </form>`;
  }

  clearButton(context: string): unknown {
    return button({ label: this.#t('clear'), ...(context && { context }), look: context ? '' : 'quiet', press: () => {
      this.clear();
      this.#changed();
      void this.#host.focusOn('audit-actor');
    } });
  }

  #actions(): unknown {
    const t = this.#t;
    const { action } = this.#values;
    const option = (value: string, text: string): unknown => html`<option value=${value} ?selected=${value === action}>${text}</option>`;
    const known = Object.keys(eventActions);
    return html`<div class="field" part="field">
      <label class="label" part="label" for="audit-action">${t('action')}</label>
      <div class="select">
        <select id="audit-action" name="action" class="input" part="input" .autocomplete=${'off'} .value=${action}>
          ${option('', t('anyAction'))}
          ${GROUPS.map(([name, areas]) => html`<optgroup label=${t(name)}>
            ${option(name, `${t(name)}: ${t('allOf')}`)}
            ${areas.flatMap((area) => known.filter((code) => code === area || code.startsWith(`${area}.`))).map((code) => option(code, this.#words.action(code)))}
          </optgroup>`)}
        </select>
        ${icon(chevronDown)}
      </div>
    </div>`;
  }

  #day(name: 'from' | 'to', value: string): unknown {
    return html`<div class="field" part="field">
      <label class="label" part="label" for="audit-${name}">${this.#t(name)}</label>
      <input class="input" part="input" type="date" id="audit-${name}" name=${name} autocomplete="off" .value=${value} aria-invalid=${this.wrong ? 'true' : nothing} aria-describedby=${this.wrong ? 'audit-span-error' : nothing} />
    </div>`;
  }

  readonly #input = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement) || !(target.name in NONE)) return;
    this.#values = { ...this.#values, [target.name]: target.value };
    clearTimeout(this.#timer);
    if (target instanceof HTMLSelectElement) this.#changed();
    else this.#timer = setTimeout(this.#changed, PAUSE);
  };

  readonly #now = (event: Event): void => {
    event.preventDefault();
    clearTimeout(this.#timer);
    this.#changed();
  };
}
