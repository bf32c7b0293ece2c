import { warnOnce } from './lit/warn.js';

/** Each tag and where it is registered. A test keeps it equal to define/. */
const modules: Readonly<Record<string, () => Promise<unknown>>> = {
  'uf-account': () => import('./define/uf-account.js'),
  'uf-api-keys': () => import('./define/uf-api-keys.js'),
  'uf-audit-log': () => import('./define/uf-audit-log.js'),
  'uf-company': () => import('./define/uf-company.js'),
  'uf-invitation': () => import('./define/uf-invitation.js'),
  'uf-organisation-menu': () => import('./define/uf-organisation-menu.js'),
  'uf-provider': () => import('./define/uf-provider.js'),
  'uf-settings': () => import('./define/uf-settings.js'),
  'uf-team': () => import('./define/uf-team.js'),
};

/** The tags that `loadElements` knows. */
export const loadableTags: readonly string[] = Object.keys(modules);

const loading = new Set<string>();

/**
 * Loads each widget when its tag first appears below `root`, now or later, so that a page pays for what it shows. What stands in a
 * shadow root is seen when that root is given. On a server it does nothing.
 *
 * @param root the page unless told
 * @returns stops looking; what is loaded stays.
 */
export function loadElements(root: Document | DocumentFragment | Element | undefined = (globalThis as { document?: Document }).document): () => void {
  if (!root) return () => undefined;
  const look = (scope: ParentNode): void => {
    const wanted = loadableTags.filter((tag) => !loading.has(tag)).map((tag) => `${tag}:not(:defined)`).join();
    if (wanted === '') observer.disconnect();
    else for (const { localName } of scope.querySelectorAll(wanted)) load(localName);
  };
  // Only what was added is searched: pages may be large, and change all the time.
  const observer = new MutationObserver((records) => {
    for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!(node instanceof Element)) continue;
      if (loadableTags.includes(node.localName)) load(node.localName);
      if (node.firstElementChild) look(node);
    }
  });
  observer.observe(root, { childList: true, subtree: true });
  look(root);
  return () => {
    observer.disconnect();
  };
}

function load(tag: string): void {
  if (loading.has(tag)) return;
  loading.add(tag);
  modules[tag]?.().catch((error: unknown) => {
    // It is tried again when another one appears.
    loading.delete(tag);
    warnOnce(tag, `could not be loaded: ${error instanceof Error ? error.message : String(error)} Is the folder of the library complete, and does the page's policy allow its scripts?`);
  });
}
