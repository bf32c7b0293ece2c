import { SettingsError, type Event as AccountEvent } from '../../contract/index.js';
import { events } from '../../locales/en/events.js';
import { button } from '../../ui/templates.js';
import type { SettingsElement } from './settings-element.js';

interface Page {
  items: AccountEvent[];
  nextCursor: string | null;
}

export interface EventPagesOptions {
  /** Events that are drawn have ids that begin with it: `<id>-<index>`. */
  id: string;
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page>;
  /** The read failed: told to the page. */
  failed: (error: SettingsError) => void;
}

/** The events that are on the screen: page behind page, and what is newer on top. Each answer that was overtaken is dropped. */
export class EventPages {
  readonly #host: SettingsElement;
  readonly #options: EventPagesOptions;
  readonly #t;
  #items: AccountEvent[] | undefined;
  #next: string | null = null;
  #error: SettingsError | undefined;
  #reading: { controller: AbortController; what: 'first' | 'more' } | undefined;

  constructor(host: SettingsElement, options: EventPagesOptions) {
    this.#host = host;
    this.#options = options;
    this.#t = host.locale.texts('events', events);
  }

  get items(): readonly AccountEvent[] | undefined {
    return this.#items;
  }

  get error(): SettingsError | undefined {
    return this.#error;
  }

  get loading(): boolean {
    return this.#reading !== undefined;
  }

  /** Begins when it is first drawn. */
  begin(): void {
    if (!this.#items && !this.#error && !this.#reading) void this.load();
  }

  /** Everything anew. @param keep what is shown stays until the answer is there */
  async load(keep = false): Promise<void> {
    if (!keep) this.#items = undefined;
    await this.#read('first', undefined, (page) => {
      this.#items = page.items;
      this.#next = page.nextCursor;
    });
  }

  /** What has happened since comes on top; what is shown keeps its place. */
  async refresh(): Promise<void> {
    const known = this.#items;
    if (!known || this.#reading) return;
    await this.#read('first', undefined, (page) => {
      const ids = new Set(known.map(({ id }) => id));
      const fresh = page.items.filter(({ id }) => !ids.has(id));
      // More than a page has happened: there would be a gap.
      const gap = fresh.length === page.items.length && page.nextCursor !== null;
      this.#items = gap ? page.items : [...fresh, ...known];
      if (gap || known.length === 0) this.#next = page.nextCursor;
    });
  }

  reset(): void {
    this.#reading?.controller.abort();
    this.#reading = undefined;
    this.#items = undefined;
    this.#error = undefined;
    this.#next = null;
  }

  /** @param context said with the button's name */
  more(context: string): unknown {
    if (this.#next === null) return undefined;
    return button({ label: this.#t('showMore'), context, little: true, busy: this.#reading?.what === 'more', press: () => void this.#more() });
  }

  async #more(): Promise<void> {
    const shown = this.#items?.length ?? 0;
    await this.#read('more', this.#next ?? undefined, (page) => {
      this.#items = [...(this.#items ?? []), ...page.items];
      this.#next = page.nextCursor;
      this.#host.announce(this.#t('loaded', { count: page.items.length }));
    });
    // The button may have gone: whoever pressed it reads on with the first that is new.
    if ((this.#items?.length ?? 0) > shown) await this.#host.focusOn(`${this.#options.id}-${String(shown)}`);
  }

  /** @param take is not called for an answer that was overtaken */
  async #read(what: 'first' | 'more', cursor: string | undefined, take: (page: Page) => void): Promise<void> {
    this.#reading?.controller.abort();
    const controller = new AbortController();
    const reading = { controller, what };
    this.#reading = reading;
    this.#error = undefined;
    this.#host.requestUpdate();
    try {
      const page = await this.#options.read(cursor, controller.signal);
      if (this.#reading === reading) take(page);
    } catch (thrown) {
      if (this.#reading === reading) {
        this.#error = SettingsError.from(thrown, this.#host.localName);
        this.#options.failed(this.#error);
      }
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
      this.#host.requestUpdate();
    }
  }
}
