const followers = new Set<() => void>();
let observer: MutationObserver | undefined;

/** The element that carries the nearest `lang`, from an element upwards, through shadow roots. */
export function languageBearer(start: Element): Element | undefined {
  for (let node: Node | null = start; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null) {
    if (node instanceof Element && node.hasAttribute('lang')) return node;
  }
  return undefined;
}

/** Tells when a `lang` above an element may have changed, until the answer is called. One observer serves a whole page. */
export function watchLanguage(element: Element, changed: () => void): () => void {
  observer ??= new MutationObserver(() => {
    for (const follower of followers) follower();
  });
  followers.add(changed);
  for (let root: Node | undefined = element.getRootNode(); root; root = (root as Partial<ShadowRoot>).host?.getRootNode()) {
    // The same root again replaces what was asked before.
    observer.observe(root, { subtree: true, attributeFilter: ['lang'] });
  }
  return () => followers.delete(changed);
}
