import { loaders } from '../locales/loaders.js';
import type { Translation } from '../locales/messages.js';
import { resolveLocale } from '../locales/resolve.js';
import { warnOnce } from './warn.js';

/** What a person chose; null: as on the page, and as on the device. */
export interface PersonalLocale {
  language: string | null;
  timeZone: string | null;
}

interface Locale {
  /** For Intl. */
  tag?: string | undefined;
  /** Undefined: the built-in English. */
  messages?: Translation | undefined;
  timeZone?: string | undefined;
}

/** Whether this browser can write dates so. */
function known(tag: string, timeZone?: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat(tag, { timeZone }));
  } catch {
    return false;
  }
}

/** Without their file the built-in English stays, which is better than nothing to read. */
const textsOf = async (language: string): Promise<Translation | undefined> => (await resolveLocale(language)?.load?.().catch(() => undefined))?.default;

/**
 * Language and time zone as a person chose them, else as the page says. Loaded where it is anything else than British English.
 * @param bearer the element that carries the nearest `lang`
 */
export async function localeOf({ language, timeZone }: PersonalLocale, bearer: Element | undefined): Promise<Locale> {
  const zone = timeZone !== null && known('en', timeZone) ? timeZone : undefined;
  // Where there are no texts in it, a person still has its dates and numbers.
  if (language !== null && known(language)) return { tag: language, messages: await textsOf(language), timeZone: zone };
  const lang = bearer?.getAttribute('lang') ?? '';
  const found = lang === '' ? undefined : resolveLocale(lang);
  if (lang !== '' && !found) {
    warnOnce(bearer?.localName ?? '', `has lang="${lang}", for which there are no texts: the settings speak English. There are ${['en', ...Object.keys(loaders)].join(', ')}; texts of your own go to the "messages" of <uf-provider>.`);
  }
  const messages = found?.load && (await textsOf(lang));
  return { tag: found?.load && !messages ? undefined : found?.tag, messages, timeZone: zone };
}
