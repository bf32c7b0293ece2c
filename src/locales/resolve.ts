import { loaders } from './loaders.js';
import type { Translation } from './messages.js';

export interface Resolved {
  /** For Intl, as it was asked for: "de-AT" has German texts and the dates of Austria. */
  tag: string;
  /** Loads the texts; undefined: they are the built-in English. */
  load: (() => Promise<{ default: Translation }>) | undefined;
}

/** Language and script of a tag, with what it leaves unsaid: "zh" and "zh-CN" are Chinese in simplified characters. */
const kindOf = (locale: Intl.Locale): string => {
  const { language, script } = locale.maximize();
  return `${language}-${String(script)}`;
};

/**
 * The texts for a BCP 47 tag: its own, else those of the same language and script (pt-PT: pt-BR), however it is spelled (iw: he,
 * de_DE: de). Undefined: there are none, or it is no tag at all.
 */
export function resolveLocale(language: string): Resolved | undefined {
  let wanted: Intl.Locale;
  try {
    wanted = new Intl.Locale(language.trim().replaceAll('_', '-'));
  } catch {
    return undefined;
  }
  const tag = wanted.toString();
  const own = loaders[wanted.baseName];
  if (own || wanted.language === 'en') return { tag, load: own };
  const kind = kindOf(wanted);
  const near = Object.keys(loaders).find((name) => kindOf(new Intl.Locale(name)) === kind);
  return near === undefined ? undefined : { tag, load: loaders[near] };
}
