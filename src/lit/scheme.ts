import type { PropertyDeclarations } from 'lit';
import { warnOnce } from './warn.js';

const known: Readonly<Record<'theme' | 'density', readonly string[]>> = { theme: ['auto', 'light', 'dark'], density: ['comfortable', 'compact'] };

/** The look that a page may ask for by attribute; the sheets do the work. */
export const schemeProperties: PropertyDeclarations = { theme: {}, density: {} };

/** Says what an attribute takes, where the page wrote something else. */
export function checkScheme(host: Element & { readonly theme?: string | undefined; readonly density?: string | undefined }): void {
  for (const name of ['theme', 'density'] as const) {
    const value = host[name];
    if (typeof value === 'string' && !known[name].includes(value)) warnOnce(host.localName, `takes ${name}="${known[name].join('|')}", not "${value}". It looks as without.`);
  }
}
