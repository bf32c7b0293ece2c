import { loaders } from '../locales/loaders.js';
import type { Translation } from '../locales/messages.js';
import { resolveLocale } from '../locales/resolve.js';
import { warnOnce } from './warn.js';

/**
 * The texts for the `lang` of a page, as far as there are some. Loaded by pages that are not in British English.
 * @param bearer the tag of the element that carries the `lang`
 */
export async function pageLocale(language: string, bearer: string): Promise<{ tag: string; messages: Translation | undefined } | undefined> {
  const found = resolveLocale(language);
  if (!found) {
    warnOnce(bearer, `has lang="${language}", for which there are no texts: the settings speak English. There are ${['en', ...Object.keys(loaders)].join(', ')}; texts of your own go to the "messages" of <uf-provider>.`);
    return undefined;
  }
  if (!found.load) return { tag: found.tag, messages: undefined };
  try {
    return { tag: found.tag, messages: (await found.load()).default };
  } catch {
    // The file did not arrive: the built-in English stays, which is better than nothing to read.
    return undefined;
  }
}
