/** Theme, language and direction of the demo. Loaded before the first paint; what was chosen stays in this browser. */
import { loaders } from '../src/locales/loaders.js';

export const themes = ['light', 'dark', 'auto'] as const;
export type Theme = (typeof themes)[number];
export const directions = ['ltr', 'rtl'] as const;
export type Direction = (typeof directions)[number];
/** This page is in English; the widgets speak all of these. */
export const languages: readonly string[] = ['en-GB', ...Object.keys(loaders)];

function read<Value extends string>(key: string, values: readonly Value[], otherwise: Value): Value {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(key);
  } catch {
    // Storage is blocked: the choice lives as long as the page.
  }
  return values.find((value) => value === stored) ?? otherwise;
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As above.
  }
}

export const theme = (): Theme => read('host-theme', themes, 'auto');
export const language = (): string => read('host-language', languages, 'en-GB');
export const direction = (): Direction => read('host-direction', directions, 'ltr');

/** The widgets follow `color-scheme`, `lang` and `dir` like any other element of the page: nothing has to be told to them. */
export function setTheme(value: Theme): void {
  document.documentElement.dataset['theme'] = value;
  write('host-theme', value);
}

export function setDirection(value: Direction): void {
  document.documentElement.dir = value;
  write('host-direction', value);
}

/** @returns the direction of that language, which the page takes with it */
export function setLanguage(value: string): Direction {
  const direction = ['ar', 'he'].includes(value) ? 'rtl' : 'ltr';
  document.documentElement.lang = value;
  write('host-language', value);
  setDirection(direction);
  return direction;
}

setTheme(theme());
document.documentElement.lang = language();
setDirection(direction());
