/**
 * One live region a document, shared by every element and every copy of this library on it. It stands there before its
 * first text (WCAG 4.1.3); the toasts, which load when the first one shows, are drawn beside it.
 */
const KEY = Symbol.for('@userflux/settings:announcer');

interface Announcer {
  readonly host: HTMLElement;
  readonly region: HTMLElement;
  /** Takes all toasts away; there once the first toast was shown. */
  clearToasts?: () => void;
  /** Brings the toasts to the top again: what moves in the tree leaves the top layer. */
  raiseToasts?: () => void;
}

/** What has the focus, through open shadow roots; the innermost last. */
export function focusPath(): Element[] {
  const path: Element[] = [];
  for (let active: Element | null | undefined = document.activeElement; active; active = active.shadowRoot?.activeElement) path.push(active);
  return path;
}

/** The shared host, made at the first call: in the body, or in the modal dialog that is open, the page's own as well, since all else is inert and silent. */
export function announcer(): Announcer {
  const page = document as Document & { [KEY]?: Announcer };
  const known = page[KEY] ?? create();
  page[KEY] = known;
  const dialog = focusPath().flatMap((element) => element.closest('dialog:modal, [aria-modal=true]') ?? []).at(-1);
  const place = dialog ?? document.body;
  if (known.host.parentNode !== place) {
    place.append(known.host);
    known.raiseToasts?.();
    dialog?.addEventListener('close', announcer, { once: true });
  }
  return known;
}

function create(): Announcer {
  const host = document.createElement('div');
  const region = document.createElement('p');
  region.setAttribute('role', 'status');
  const sheet = new CSSStyleSheet();
  // Invisible but read: the page's own rules for div and p do not reach in.
  sheet.replaceSync(
    ':host{all:initial!important;position:fixed!important;inset:0 auto auto 0!important}' +
      '[role]{position:absolute;inline-size:1px;block-size:1px;margin:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}',
  );
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(region);
  return { host, region };
}

/** Says a sentence to those who do not see it. The same text twice is a change only with an empty moment between. */
export function announce(text: string): void {
  const { region } = announcer();
  region.textContent = '';
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
