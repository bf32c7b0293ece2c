import { css } from 'lit';
import { warnOnce } from '../../lit/warn.js';

const known = { theme: ['auto', 'light', 'dark'], density: ['comfortable', 'compact'], credentials: ['shadow', 'light'] } as const;

/** In the place of an accent that is none. */
const ownAccent = css`.root { --_accent: light-dark(oklch(0.5 0.19 262), oklch(0.57 0.18 262)); }`;

/** Says what is wrong with the look that a page asks for. Loads only where it asks for one. */
export function checkLook(host: Element): void {
  for (const name of ['theme', 'density', 'credentials'] as const) {
    // On a provider it is what `fetch` sends, and the http adapter looks after it.
    const value = name === 'credentials' && host.localName === 'uf-provider' ? null : host.getAttribute(name);
    if (value !== null && !known[name].some((one) => one === value)) warnOnce(host.localName, `takes ${name}="${known[name].join('|')}", not "${value}". It looks as without.`);
  }
  const accent = getComputedStyle(host).getPropertyValue('--uf-accent');
  if (accent === '' || CSS.supports('color', accent)) return;
  // Taken as it is, it would leave primary buttons without any colour.
  warnOnce(host.localName, `has --uf-accent: ${accent}, which is no colour. Write one, such as #0f766e; until then it uses its own.`);
  if (ownAccent.styleSheet) host.shadowRoot?.adoptedStyleSheets.push(ownAccent.styleSheet);
}
