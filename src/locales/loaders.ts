import type { Messages } from './messages.js';

/** The locales beside the built-in English, each its own file, loaded when a page asks for it by `lang`. */
export const loaders: Readonly<Record<string, () => Promise<{ default: Messages }>>> = {
  'en-US': () => import('./en-US.js'),
};
