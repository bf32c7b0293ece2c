import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { loaders } from '../locales/loaders.js';
import type { AreaMessages, AreaName, Message, Messages, Placeholders } from '../locales/messages.js';

type Values<M, Value> = [Placeholders<M>] extends [never] ? [] : [Readonly<Record<Placeholders<M>, Value>>];

/** The texts of one area, in the language of the element they stand in. */
export interface Texts<Area extends AreaMessages> {
  <Key extends keyof Area>(key: Key, ...values: Values<Area[Key], string | number>): string;
  /** The same with templates for placeholders (a `<bdi>` round an address): pieces for a Lit template. */
  rich<Key extends keyof Area>(key: Key, ...values: Values<Area[Key], unknown>): unknown[];
}

/** The nearest `lang` above an element, through shadow roots. */
function nearestLanguage(start: Element): string {
  for (let node: Node | null = start; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null) {
    if (node instanceof Element && node.hasAttribute('lang')) return node.getAttribute('lang') ?? '';
  }
  return '';
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
  #messages: Messages | undefined;
  readonly #host: ReactiveControllerHost & Element;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#chosen === '') void this.#usePage();
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

  choose({ tag, timeZone, messages }: { tag: string | undefined; timeZone: string | undefined; messages: Messages | undefined }): void {
    this.timeZone = timeZone;
    this.#host.requestUpdate();
    if (tag === undefined) void this.#usePage();
    else [this.tag, this.#messages] = [tag, messages];
  }

  /** The texts of an area. `english` is what the caller ships: other languages come whole, when asked for. */
  texts<Area extends AreaMessages>(area: AreaName, english: Area): Texts<Area> {
    const message = (key: keyof Area): Message =>
      (this.#messages?.[area] as AreaMessages | undefined)?.[String(key)] ?? (english[String(key)] as Message);
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
    const chosen = this.#chosen;
    const language = nearestLanguage(this.#host);
    this.tag = language.startsWith('en-') ? language : 'en-GB';
    const load = loaders[language];
    let messages: Messages | undefined;
    try {
      messages = (await load?.())?.default;
    } catch {
      // The file did not arrive: the built-in English stays, which is better than nothing to read.
    }
    if (this.#chosen !== chosen || messages === this.#messages) return;
    this.#messages = messages;
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
