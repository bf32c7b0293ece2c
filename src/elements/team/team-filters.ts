import { teamFilters } from '../../locales/en/team-filters.js';
import { filterBar, filterStyles } from '../../ui/filter-bar.js';
import { button } from '../../ui/templates.js';
import type { TeamSection } from './team-section.js';

const MFA = ['on', 'off'] as const;

/** Which people the list shows: by role, by status and, for those who see it, by MFA. The backend does the looking. */
export class TeamFilterBar {
  readonly #list: TeamSection;
  readonly #t;
  /** This person sees who has a second factor, as far as the rows seen last tell. */
  #seesMfa = false;

  constructor(list: TeamSection) {
    this.#list = list;
    this.#t = list.host.locale.texts('teamFilters', teamFilters);
    list.host.wear(filterStyles);
  }

  render(): unknown {
    const t = this.#t;
    const { query, filtered, words, roles, statuses, rows } = this.#list;
    if (rows.length > 0) this.#seesMfa = query.mfa !== undefined || rows.some(({ mfaEnabled }) => mfaEnabled !== null);
    return filterBar({
      id: 'team',
      fields: [
        { name: 'role', label: words('role'), any: t('anyRole'), choices: roles.map((role) => [role, words(role)] as const) },
        { name: 'status', label: words('status'), any: t('anyStatus'), choices: statuses.map((status) => [status, words(status)] as const) },
        ...(this.#seesMfa ? [{ name: 'mfa', label: t('mfa'), any: t('anyMfa'), choices: MFA.map((state) => [state, words(state === 'on' ? 'mfaOn' : 'mfaOff')] as const) }] : []),
      ],
      values: { role: query.role?.[0], status: query.status?.[0], mfa: query.mfa },
      after: filtered && button({ label: t('clear'), look: 'quiet', press: () => { this.#list.clear('team-filter'); } }),
      input: this.#changed,
      submit: (event) => { event.preventDefault(); },
    });
  }

  readonly #changed = ({ target }: Event): void => {
    if (!(target instanceof HTMLSelectElement)) return;
    const { value } = target;
    if (target.name === 'role') this.#list.narrow({ role: value === '' ? undefined : [value] });
    else if (target.name === 'mfa') this.#list.narrow({ mfa: MFA.find((state) => state === value) });
    else this.#list.narrow({ status: this.#list.statuses.filter((status) => status === value) });
  };
}
