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

/** Language, dates and numbers of one element: from the nearest `lang`, English where we have no other texts. */
export class LocaleController implements ReactiveController {
  /** For Intl. British until the page says otherwise, as the built-in English is. */
  tag = 'en-GB';
  #messages: Messages | undefined;
  readonly #host: ReactiveControllerHost & Element;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    void this.#use(nearestLanguage(this.#host));
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
    return new Intl.DateTimeFormat(this.tag, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso));
  }

  /** A moment, exactly: "14 Nov 2026, 11:05". */
  moment(iso: string): string {
    return new Intl.DateTimeFormat(this.tag, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
  }

  async #use(language: string): Promise<void> {
    const load = loaders[language];
    if (language.startsWith('en-')) this.tag = language;
    if (!load) return;
    try {
      this.#messages = (await load()).default;
    } catch {
      // The file did not arrive: the built-in English stays, which is better than nothing to read.
      return;
    }
    this.#host.requestUpdate();
  }

  #plural(count: number): Intl.LDMLPluralRule {
    return new Intl.PluralRules(this.tag).select(count);
  }

  #value(value: unknown): unknown {
    return typeof value === 'number' ? this.number(value) : value;
  }
}
