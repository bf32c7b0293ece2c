import { ContextRoot } from '@lit/context';
import { version } from '../version.js';
import { warnOnce } from './warn.js';

const ROOT = Symbol.for('@userflux/settings:context-root');
const VERSION = Symbol.for('@userflux/settings:version');

type Page = Document & { [ROOT]?: ContextRoot };

/**
 * Registers an element under its tag. The first wins: the same version again is silent, another version is one console
 * line, neither throws. A context root is attached first, so that widgets find a provider that upgrades after them.
 * Without a page, on a server, nothing is registered unless a registry is given.
 */
export function define(tag: string, element: CustomElementConstructor, registry?: CustomElementRegistry): void {
  const { document: page } = globalThis as { document?: Page };
  if (page && !page[ROOT]) {
    page[ROOT] = new ContextRoot();
    page[ROOT].attach(page.documentElement);
  }
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
