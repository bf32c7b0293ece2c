import { teamFilters } from '../../locales/en/team-filters.js';
import { team } from '../../locales/en/team.js';
import { filterBar, filterStyles } from '../../ui/filter-bar.js';
import { button } from '../../ui/templates.js';
import { ROLES, STATUSES } from './team-rows.js';
import type { TeamSection } from './team-section.js';

/** Which people the list shows: by role and by status. The backend does the looking. */
export class TeamFilterBar {
  readonly #list: TeamSection;
  readonly #t;
  readonly #team;

  constructor(list: TeamSection) {
    this.#list = list;
    this.#t = list.host.locale.texts('teamFilters', teamFilters);
    this.#team = list.host.locale.texts('team', team);
    list.host.wear(filterStyles);
  }

  render(): unknown {
    const t = this.#t;
    const words = this.#team;
    const { query, filtered } = this.#list;
    return filterBar({
      id: 'team',
      fields: [
        { name: 'role', label: words('role'), any: t('anyRole'), choices: ROLES.map((role) => [role, words(role)] as const) },
        { name: 'status', label: words('status'), any: t('anyStatus'), choices: STATUSES.map((status) => [status, words(status)] as const) },
      ],
      values: { role: query.role?.[0], status: query.status?.[0] },
      after: filtered && button({ label: words('clearFilters'), look: 'quiet', press: () => { this.#list.clear('team-filter'); } }),
      input: this.#changed,
      submit: (event) => { event.preventDefault(); },
    });
  }

  readonly #changed = ({ target }: Event): void => {
    if (!(target instanceof HTMLSelectElement)) return;
    const { value } = target;
    if (target.name === 'role') this.#list.narrow({ role: value === '' ? undefined : [value] });
    else this.#list.narrow({ status: STATUSES.filter((status) => status === value) });
  };
}
