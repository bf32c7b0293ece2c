import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AreaMessages, AreaName, Message, MessageOverrides, Translation, Placeholders } from '../locales/messages.js';
import type { localeOf, PersonalLocale } from './locale-of.js';

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
  #person: PersonalLocale = { language: null, timeZone: null };
  #messages: Translation | undefined;
  /** Of what the language was last taken. */
  #asked = 'null null ';
  /** Hears of each `lang` that changes above, also round the shadow roots that the element stands in. */
  #watch: MutationObserver | undefined;
  readonly #host: ReactiveControllerHost & Element;
  readonly #overrides: () => MessageOverrides | undefined;

  /** @param overrides single texts of the page's own, which win over all others */
  constructor(host: ReactiveControllerHost & Element, overrides: () => MessageOverrides | undefined = () => undefined) {
    this.#host = host;
    this.#overrides = overrides;
    host.addController(this);
  }

  hostConnected(): void {
    this.#watch = new MutationObserver(this.#settle);
    this.#settle();
  }

  hostDisconnected(): void {
    this.#watch?.disconnect();
  }

  /** Takes up what the person chose. */
  follow(person: PersonalLocale): void {
    this.#person = person;
    this.#settle();
  }

  /** The texts of an area. `english` is what the caller ships: other languages come whole, when asked for. */
  texts<Area extends AreaMessages>(area: AreaName, english: Area): Texts<Area> {
    const message = (key: keyof Area): Message => {
      const own = (this.#overrides()?.[area] as AreaMessages | undefined)?.[String(key)];
      // What a page writes in plain JavaScript may be anything.
      if (typeof own === 'string' || typeof own?.other === 'string') return own;
      return this.#messages?.[area]?.[String(key)] ?? (english[String(key)] as Message);
    };
    const pieces = (key: keyof Area, values: Readonly<Record<string, unknown>> = {}): unknown[] => {
      const found = message(key);
      const text = typeof found === 'string' ? found : (found[new Intl.PluralRules(this.#messages ? this.tag : 'en').select(Number(values['count']))] ?? found.other);
      return text.split(/\{(\w+)\}/).map((piece, index) => {
        const value = values[piece];
        return index % 2 ? (typeof value === 'number' ? this.number(value) : value) : piece;
      });
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

  /** Takes the language of the person, else of the page, where it is another than before. */
  readonly #settle = (): void => {
    const bearer = this.#bearer();
    const { language, timeZone } = this.#person;
    const page = bearer?.getAttribute('lang') ?? '';
    const asked = `${String(language)} ${String(timeZone)} ${page}`;
    if (this.#asked === asked) return;
    this.#asked = asked;
    const english = language === null && timeZone === null && /^(en(-gb)?)?$/i.test(page);
    const take = ({ tag = 'en-GB', timeZone, messages }: Awaited<ReturnType<typeof localeOf>> = {}): void => {
      // Something else may have been asked for while this was on its way.
      if (this.#asked !== asked) return;
      [this.tag, this.timeZone, this.#messages] = [tag, timeZone, messages];
      this.#host.requestUpdate();
    };
    if (english) take();
    else import('./locale-of.js').then((module) => module.localeOf({ language, timeZone }, bearer)).then(take, () => { take(); });
  };

  /** The element that carries the nearest `lang`, through shadow roots. */
  #bearer(): Element | undefined {
    let bearer: Element | undefined;
    for (let node: Node | null | undefined = this.#host; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host) {
      // The same root again changes nothing.
      if (!node.parentNode) this.#watch?.observe(node, { subtree: true, attributeFilter: ['lang'] });
      if (!bearer && (node as Partial<Element>).hasAttribute?.('lang')) bearer = node as Element;
    }
    return bearer;
  }
}
