import { apiKeys } from '../../locales/en/api-keys.js';
import { keyFilters } from '../../locales/en/key-filters.js';
import { filterBar, filterStyles } from '../../ui/filter-bar.js';
import { search } from '../../ui/list-icons.js';
import { button, empty, field } from '../../ui/templates.js';
import type { ApiKeysSection, KeyFilters } from './api-keys-section.js';

/** Milliseconds of quiet after which what was typed is searched for. */
const PAUSE = 250;

const CHOICES = {
  kind: ['integration', 'data', 'product'],
  environment: ['production', 'test'],
  permission: ['read-only', 'write-only', 'read-write'],
  state: ['active', 'disabled', 'expired'],
} as const;
const NAMES = ['kind', 'environment', 'permission', 'state'] as const;
type Name = (typeof NAMES)[number];

/** What the list is narrowed to: native selects, and a search where there are many keys. The backend does the looking. */
export class KeyFilterBar {
  readonly #list: ApiKeysSection;
  readonly #t;
  readonly #keys;
  #typed: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(list: ApiKeysSection) {
    this.#list = list;
    this.#t = list.host.locale.texts('keyFilters', keyFilters);
    this.#keys = list.host.locale.texts('apiKeys', apiKeys);
    list.host.wear(filterStyles);
  }

  render(): unknown {
    const t = this.#t;
    const { filters, filtered, many } = this.#list;
    const searching = many || filters.search !== undefined || this.#typed !== undefined;
    return filterBar({
      id: 'keys',
      fields: NAMES.map((name) => ({ name, label: t(name), any: this.#any(name), choices: CHOICES[name].map((value) => [value, this.#label(value)] as const) })),
      values: filters,
      before: searching ? field({ id: 'keys-search', name: 'search', label: t('search'), value: this.#typed ?? filters.search ?? '', autocomplete: 'off' }) : undefined,
      after: filtered ? this.#clearButton(false) : undefined,
      input: this.#changed,
      submit: this.#searchNow,
    });
  }

  /** In the place of the list, when nothing is left of it. */
  noMatch(): unknown {
    const t = this.#t;
    return empty({ icon: search, title: t('noMatchTitle'), body: t('noMatchBody'), action: this.#clearButton(true) });
  }

  #clearButton(alone: boolean): unknown {
    const t = this.#t;
    const clear = (): void => {
      this.#set({});
      void this.#list.host.focusOn('keys-filter');
    };
    return button({ label: t('clear'), ...(alone && { context: t('noMatchTitle') }), look: alone ? '' : 'quiet', press: clear });
  }

  #any(name: Name): string {
    const t = this.#t;
    switch (name) {
      case 'kind': return t('anyKind');
      case 'environment': return t('anyEnvironment');
      case 'permission': return t('anyPermission');
      case 'state': return t('anyState');
    }
  }

  #label(value: (typeof CHOICES)[Name][number]): string {
    switch (value) {
      case 'read-only': return this.#keys('readOnly');
      case 'write-only': return this.#keys('writeOnly');
      case 'read-write': return this.#keys('readWrite');
      case 'active': return this.#t('active');
      case 'disabled': return this.#t('disabled');
      case 'expired': return this.#t('expired');
      default: return this.#keys(value);
    }
  }

  readonly #changed = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) this.#set({ ...this.#list.filters, search: this.#typed ?? this.#list.filters.search, [target.name]: target.value });
    if (!(target instanceof HTMLInputElement)) return;
    this.#typed = target.value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#search(); }, PAUSE);
  };

  readonly #searchNow = (event: Event): void => {
    event.preventDefault();
    this.#search();
  };

  #search(): void {
    if (this.#typed !== undefined) this.#set({ ...this.#list.filters, search: this.#typed.trim().slice(0, 200) });
  }

  #set(filters: KeyFilters): void {
    clearTimeout(this.#timer);
    this.#typed = undefined;
    this.#list.filterBy(filters);
  }
}
