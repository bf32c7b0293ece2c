import { html } from 'lit';
import { teamEmpty } from '../../locales/en/team-empty.js';
import { people } from '../../ui/more-icons.js';
import { search } from '../../ui/list-icons.js';
import { button, empty } from '../../ui/templates.js';
import type { TeamSection } from './team-section.js';

/** What stands in the place of the rows when there are none to speak of. */
export class TeamEmpty {
  readonly #list: TeamSection;
  readonly #t;

  constructor(list: TeamSection) {
    this.#list = list;
    this.#t = list.host.locale.texts('teamEmpty', teamEmpty);
  }

  /** @param invite the button, said to belong to this title */
  alone(invite: (context: string) => unknown): unknown {
    const t = this.#t;
    const organisation = html`<bdi>${this.#list.host.auth.data?.organisation?.name ?? ''}</bdi>`;
    return empty({ icon: people, title: t('title'), body: t.rich('body', { organisation }), action: invite(t('title')) });
  }

  noMatch(): unknown {
    const t = this.#t;
    const { filtered, filtering, query } = this.#list;
    return empty({
      icon: search,
      title: t('noMatchTitle'),
      body: filtered || query.search === undefined ? t('noMatchFilters') : t.rich('noMatchBody', { search: html`<bdi>${query.search}</bdi>` }),
      action: button({ label: t(filtered ? 'clearFilters' : 'clearSearch'), context: filtering ? t('noMatchTitle') : undefined, press: () => { this.#list.clear(filtered ? 'team-filter' : 'team-search'); } }),
    });
  }
}
