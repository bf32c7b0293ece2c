import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AreaMessages, AreaName, Message, MessageOverrides, Translation, Placeholders } from '../locales/messages.js';
import { languageBearer, watchLanguage } from './language-watch.js';

type Values<M, Value> = [Placeholders<M>] extends [never] ? [] : [Readonly<Record<Placeholders<M>, Value>>];

/** The texts of one area, in the language of the element they stand in. */
export interface Texts<Area extends AreaMessages> {
  <Key extends keyof Area>(key: Key, ...values: Values<Area[Key], string | number>): string;
  /** The same with templates for placeholders (a `<bdi>` round an address): pieces for a Lit template. */
  rich<Key extends keyof Area>(key: Key, ...values: Values<Area[Key], unknown>): unknown[];
}

/**
 * Language, dates and numbers of one element: as the person chose, else from the nearest `lang` and as on the device; English
 * where we have no other texts.
 */
export class LocaleController implements ReactiveController {
  /** For Intl. British until the page or the person says otherwise, as the built-in English is. */
  tag = 'en-GB';
  /** IANA; undefined: as on the device. */
  timeZone: string | undefined;
  #chosen = '';
  #messages: Translation | undefined;
  readonly #overrides: () => MessageOverrides | undefined;
  /** The `lang` that was last taken from the page; undefined while the language is the person's own. */
  #asked: string | undefined = '';
  #unwatch: (() => void) | undefined;
  readonly #host: ReactiveControllerHost & Element;

  /** @param overrides single texts of the page's own, which win over all others */
  constructor(host: ReactiveControllerHost & Element, overrides: () => MessageOverrides | undefined = () => undefined) {
    this.#host = host;
    this.#overrides = overrides;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unwatch = watchLanguage(this.#host, () => void this.#usePage());
    void this.#usePage();
  }

  hostDisconnected(): void {
    this.#unwatch?.();
  }

  /** Takes up what the person chose; null: as on the page, and as on the device. */
  follow({ language, timeZone }: { language: string | null; timeZone: string | null }): void {
    const chosen = `${language ?? ''} ${timeZone ?? ''}`.trimEnd();
    if (chosen === this.#chosen) return;
    this.#chosen = chosen;
    import('./chosen-locale.js').then(
      async ({ chosenLocale }) => {
        const choice = await chosenLocale({ language, timeZone });
        // Something else may have been chosen while this was on its way.
        if (this.#chosen === chosen) this.choose(choice);
      },
      () => undefined,
    );
  }

  choose({ tag, timeZone, messages }: { tag: string | undefined; timeZone: string | undefined; messages: Translation | undefined }): void {
    this.timeZone = timeZone;
    if (tag === undefined) {
      this.#asked ??= '?';
      void this.#usePage();
    } else [this.#asked, this.tag, this.#messages] = [undefined, tag, messages];
    this.#host.requestUpdate();
  }

  /** The texts of an area. `english` is what the caller ships: other languages come whole, when asked for. */
  texts<Area extends AreaMessages>(area: AreaName, english: Area): Texts<Area> {
    const message = (key: keyof Area): Message => {
      const own = (this.#overrides()?.[area] as AreaMessages | undefined)?.[String(key)];
      // What a page writes in plain JavaScript may be anything.
      if (typeof own === 'string' || typeof own?.other === 'string') return own;
      return (this.#messages?.[area])?.[String(key)] ?? (english[String(key)] as Message);
    };
    const pieces = (key: keyof Area, values: Readonly<Record<string, unknown>> = {}): unknown[] => {
      const found = message(key);
      const text = typeof found === 'string' ? found : (found[this.#plural(Number(values['count']))] ?? found.other);
      return text.split(/\{(\w+)\}/).map((piece, index) => (index % 2 ? this.#value(values[piece]) : piece));
    };
    const read = (key: keyof Area, values?: Readonly<Record<string, unknown>>): string => pieces(key, values).join('');
    return Object.assign(read, { rich: pieces });
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.tag).format(value);
  }

  /** A day: "14 Nov 2026". */
  date(iso: string): string {
    return this.format(iso, { day: 'numeric', month: 'short', year: 'numeric' });
  }

  /** A moment, exactly: "14 Nov 2026, 11:05". */
  moment(iso: string): string {
    return this.format(iso, { dateStyle: 'medium', timeStyle: 'short' });
  }

  /** A moment where the person is. @param moment ISO 8601, or milliseconds since 1970 */
  format(moment: string | number, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.tag, { timeZone: this.timeZone, ...options }).format(new Date(moment));
  }

  async #usePage(): Promise<void> {
    const bearer = languageBearer(this.#host);
    const language = bearer?.getAttribute('lang') ?? '';
    if (this.#asked === undefined || this.#asked === language) return;
    this.#asked = language;
    const found = /^(en(-gb)?)?$/i.test(language)
      ? undefined
      : await import('./page-locale.js').then(({ pageLocale }) => pageLocale(language, bearer?.localName ?? '')).catch(() => undefined);
    // Something else may have been asked for while this was on its way.
    if (this.#asked !== language) return;
    [this.tag, this.#messages] = [found?.tag ?? 'en-GB', found?.messages];
    this.#host.requestUpdate();
  }

  #plural(count: number): Intl.LDMLPluralRule {
    // By the language of the texts.
    return new Intl.PluralRules(this.#messages ? this.tag : 'en').select(count);
  }

  #value(value: unknown): unknown {
    return typeof value === 'number' ? this.number(value) : value;
  }
}
