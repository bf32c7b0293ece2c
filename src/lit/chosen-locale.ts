import { resolveLocale } from '../locales/resolve.js';
import type { LocaleController } from './locale-controller.js';

/** What a person chose, as far as this browser can write dates so. Loaded where somebody chose something. */
export async function chosenLocale({ language, timeZone }: { language: string | null; timeZone: string | null }): Promise<Parameters<LocaleController['choose']>[0]> {
  const known = (tag: string, zone?: string): boolean => {
    try {
      return Boolean(new Intl.DateTimeFormat(tag, { timeZone: zone }));
    } catch {
      return false;
    }
  };
  const tag = language !== null && known(language) ? language : undefined;
  return {
    tag,
    timeZone: timeZone !== null && known('en', timeZone) ? timeZone : undefined,
    // Without its file the built-in English stays, which is better than nothing to read.
    messages: tag === undefined ? undefined : (await resolveLocale(tag)?.load?.().catch(() => undefined))?.default,
  };
}
