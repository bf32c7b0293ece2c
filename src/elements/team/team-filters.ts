import { teamFilters } from '../../locales/en/team-filters.js';
import { filterBar, filterStyles } from '../../ui/filter-bar.js';
import { button } from '../../ui/templates.js';
import type { TeamSection } from './team-section.js';

/** Which people the list shows: by role and by status. The backend does the looking. */
export class TeamFilterBar {
  readonly #list: TeamSection;
  readonly #t;

  constructor(list: TeamSection) {
    this.#list = list;
    this.#t = list.host.locale.texts('teamFilters', teamFilters);
    list.host.wear(filterStyles);
  }

  render(): unknown {
    const t = this.#t;
    const { query, filtered, words, roles, statuses } = this.#list;
    return filterBar({
      id: 'team',
      fields: [
        { name: 'role', label: words('role'), any: t('anyRole'), choices: roles.map((role) => [role, words(role)] as const) },
        { name: 'status', label: words('status'), any: t('anyStatus'), choices: statuses.map((status) => [status, words(status)] as const) },
      ],
      values: { role: query.role?.[0], status: query.status?.[0] },
      after: filtered && button({ label: t('clear'), look: 'quiet', press: () => { this.#list.clear('team-filter'); } }),
      input: this.#changed,
      submit: (event) => { event.preventDefault(); },
    });
  }

  readonly #changed = ({ target }: Event): void => {
    if (!(target instanceof HTMLSelectElement)) return;
    const { value } = target;
    if (target.name === 'role') this.#list.narrow({ role: value === '' ? undefined : [value] });
    else this.#list.narrow({ status: this.#list.statuses.filter((status) => status === value) });
  };
}
