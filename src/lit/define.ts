import { ContextRoot } from '@lit/context';
import { version } from '../version.js';
import { warnOnce } from './warn.js';

const ROOT = Symbol.for('@userflux/settings:context-root');
const VERSION = Symbol.for('@userflux/settings:version');

/**
 * Registers an element under its tag. The first wins: the same version again is silent, another version is one console
 * line, neither throws. A context root is attached first, so that widgets find a provider that upgrades after them.
 */
export function define(tag: string, element: CustomElementConstructor, registry: CustomElementRegistry = customElements): void {
  const page = document as Document & { [ROOT]?: ContextRoot };
  if (!page[ROOT]) {
    page[ROOT] = new ContextRoot();
    page[ROOT].attach(document.documentElement);
  }
  const present = registry.get(tag) as (CustomElementConstructor & { [VERSION]?: string }) | undefined;
  if (!present) {
    Object.defineProperty(element, VERSION, { value: version, configurable: true });
    registry.define(tag, element);
  } else if (present[VERSION] !== version) {
    warnOnce(tag, `is defined already, as version ${present[VERSION] ?? 'unknown'}; version ${version} is not used. Load one version of the library.`);
  }
}
