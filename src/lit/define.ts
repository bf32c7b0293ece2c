import { version } from '../version.js';
import { warnOnce } from './warn.js';

const VERSION = Symbol.for('@userflux/settings:version');

/**
 * Registers an element under its tag. The first wins: the same version again is silent, another version is one console
 * line, neither throws.
 * Without a page, on a server, nothing is registered unless a registry is given.
 */
export function define(tag: string, element: CustomElementConstructor, registry?: CustomElementRegistry): void {
  const { document: page } = globalThis as { document?: Document };
  registry ??= page && customElements;
  if (!registry) return;
  const present = registry.get(tag) as (CustomElementConstructor & { [VERSION]?: string }) | undefined;
  if (!present) {
    Object.defineProperty(element, VERSION, { value: version, configurable: true });
    registry.define(tag, element);
  } else if (present[VERSION] !== version) {
    warnOnce(tag, `is defined already, as version ${present[VERSION] ?? 'unknown'}; version ${version} is not used. Load one version of the library.`);
  }
}
