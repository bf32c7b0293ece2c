/** Theme and direction of the demo. Loaded before the first paint; what was chosen stays in this browser. */

export const themes = ['light', 'dark', 'auto'] as const;
export type Theme = (typeof themes)[number];
export const directions = ['ltr', 'rtl'] as const;
export type Direction = (typeof directions)[number];

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
export const direction = (): Direction => read('host-direction', directions, 'ltr');

/** The widgets follow `color-scheme` and `dir` like any other element of the page: nothing has to be told to them. */
export function setTheme(value: Theme): void {
  document.documentElement.dataset['theme'] = value;
  write('host-theme', value);
}

export function setDirection(value: Direction): void {
  document.documentElement.dir = value;
  write('host-direction', value);
}

setTheme(theme());
setDirection(direction());
