import type { LitElement } from 'lit';

const fitted = new WeakSet<CSSStyleSheet>();
let rem = 0;

/** Pixels of what the reader chose for text: in media queries 1 rem is that, whatever the page says. */
function ownRem(root: number): number {
  let size = root;
  while (!matchMedia(`(min-width: ${(innerWidth - 1) / size}rem)`).matches) size = Math.floor(size + 1);
  return size;
}

/** The rules of a sheet, with pixels for rem. */
function fit(sheet: CSSStyleSheet): void {
  if (fitted.has(sheet)) return;
  fitted.add(sheet);
  const text = [...sheet.cssRules].map(({ cssText }) => cssText).join('\n');
  sheet.replaceSync(text.replace(/\b([\d.]+)rem\b/g, (_rem, count: string) => `${Number(count) * rem}px`));
}

/**
 * On a page whose root is smaller than the reader's own size of text (62.5 % is common), nothing of ours shrinks with it. The sheets are shared
 * by all elements of a class, and some come late: before each update the new ones are made to fit.
 */
export function fitRem(host: LitElement): void {
  const root = parseFloat(getComputedStyle(document.documentElement).fontSize);
  rem ||= ownRem(root);
  if (rem <= root) return;
  host.addController({ hostUpdate: () => { host.shadowRoot?.adoptedStyleSheets.forEach(fit); } });
}
