import { css, html, nothing } from 'lit';
import type { ApiKey, Output } from '../../contract/index.js';
import { apiKeys } from '../../locales/en/api-keys.js';
import { keyExtras } from '../../locales/en/key-extras.js';
import { key as keyIcon } from '../../ui/more-icons.js';
import { button, empty } from '../../ui/templates.js';
import { LIMIT, type ApiKeysSection } from './api-keys-section.js';

const styles = css`
  .pages { display: flex; flex-wrap: wrap; align-items: center; justify-content: end; gap: calc(var(--_u) * 2); padding-block-start: calc(var(--_u) * 4); }
`;

/** What a list of some keys does not need: to say that there is none, to turn pages of many, to find the way to a new one. */
export class KeyExtras {
  readonly #list: ApiKeysSection;
  readonly #t;
  readonly #keys;

  constructor(list: ApiKeysSection) {
    this.#list = list;
    this.#t = list.host.locale.texts('keyExtras', keyExtras);
    this.#keys = list.host.locale.texts('apiKeys', apiKeys);
    list.host.wear(styles);
  }

  none(create: unknown): unknown {
    const t = this.#t;
    return empty({ icon: keyIcon, title: t('noneTitle'), body: t(create === nothing ? 'noneBody' : 'noneYet'), action: create });
  }

  pages({ items, nextCursor, total }: Output<'apiKeys.list'>): unknown {
    const t = this.#t;
    const { cursors } = this.#list;
    const context = this.#keys('title');
    const from = (cursors.length - 1) * LIMIT + 1;
    return html`<div class="pages">
      ${total === undefined ? nothing : html`<p class="small muted"><bdi>${t('range', { from, to: from + items.length - 1, count: total })}</bdi></p>`}
      ${button({ label: t('previous'), context, little: true, disabled: cursors.length === 1, press: () => { this.#list.turn(cursors.slice(0, -1), true); } })}
      ${button({ label: t('next'), context, little: true, disabled: nextCursor === null, press: () => { this.#list.turn([...cursors, nextCursor ?? undefined], true); } })}
    </div>`;
  }

  /** Takes the person to a key that just came to be; where it is not on this page, the list is narrowed to its like. */
  async goTo(key: ApiKey): Promise<void> {
    const list = this.#list;
    const there = async (): Promise<boolean> => (await list.load()).some(({ id }) => id === key.id);
    if (!(await there())) {
      list.filterBy({ kind: key.kind, environment: key.environment });
      await list.showFilters().catch(() => undefined);
      await there();
    }
    await list.host.focusOn(list.rowId(key));
  }
}
