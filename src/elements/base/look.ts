/** Once an element stands in its page: looks after what the page asks for, where it asks for anything. */
export function lookAt(host: Element): void {
  if (!host.matches('[theme], [density], [credentials]:not(uf-provider)') && !getComputedStyle(host).getPropertyValue('--uf-accent')) return;
  // It is there for the page's author: where it does not arrive, nothing is missing.
  import('./check-look.js').then(({ checkLook }) => { checkLook(host); }, () => undefined);
}
