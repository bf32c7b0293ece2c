import { css, html, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { announcer, focusPath } from './announcer.js';
import { baseStyles } from './base-styles.js';
import { circleCheck, icon } from './icons.js';
import { cross } from './more-icons.js';
import { overlayTokens } from './part-tokens.js';
import { iconButton } from './templates.js';

/** One stack of toasts a document, in the top layer; what they say is said by the live region beside them. */

const MOST = 3;
const SECONDS = 6;
const KEY = Symbol.for('@userflux/settings:toasts');

/** Tokens that a toast wears: taken over from the element that speaks, since the stack stands in the body. */
const TOKENS = ['accent', 'text', 'surface', 'danger', 'success', 'surface-raised', 'border', 'accent-text', 'focus', 'shadow', 'font-size', 'radius', 'space'];

interface Toast {
  id: number;
  text: string;
  closeLabel: string;
  secondsLeft: number;
}

export interface ToastLabels {
  /** Of the button that takes a toast away. */
  close: string;
  /** Of the stack, which is a landmark while it shows something. */
  label: string;
}

type Show = (text: string, labels: ToastLabels, from: Element) => void;

/* In em: this sheet is worn by no widget, whose sheets are made to fit a page with a small root. */
const styles = css`
  ${overlayTokens}
  .toasts { position: fixed; inset: calc(var(--_u) * 4) calc(var(--_u) * 4) auto auto; margin: 0; padding: 0; border: 0; background: none; overflow: visible; inline-size: min(25em, 100vi - var(--_u) * 8); color: inherit; container: uf / inline-size; }
  .toasts:dir(rtl) { inset-inline: auto calc(var(--_u) * 4); }
  .toasts:popover-open { display: grid; gap: calc(var(--_u) * 2); }
  .toast { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: calc(var(--_u) * 3); align-items: start; padding-block: calc(var(--_u) * 2); padding-inline: calc(var(--_u) * 4) calc(var(--_u) * 2); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_raised); box-shadow: var(--_shadow); overflow-wrap: anywhere; }
  .toast > .i { margin-block-start: calc((var(--_icon-button) - 1.143em) / 2); color: var(--_success); }
  .toast > div { padding-block: calc((var(--_icon-button) - 1lh) / 2); }
  @container uf (max-width: 17em) {
    .toast { --_u: 2px; grid-template-columns: minmax(0, 1fr) auto; }
    .toast > .i { display: none; }
  }
`;

function createStack(): Show {
  const shared = announcer();
  const { host } = shared;
  const container = document.createElement('div');
  const root = host.shadowRoot;
  const tokens = new CSSStyleSheet();
  tokens.insertRule(':host {}');
  const [worn] = [...tokens.cssRules].filter((rule) => rule instanceof CSSStyleRule);
  root?.adoptedStyleSheets.push(tokens, ...[baseStyles, styles].flatMap(({ styleSheet }) => styleSheet ?? []));
  root?.append(container);
  let toasts: Toast[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  let nextId = 0;
  let stackLabel = '';
  /** Where the person was when the last toast came, and is again once the last one is closed. */
  let cameFrom: Element | undefined;

  const draw = (raise = false): void => {
    const held = root?.activeElement;
    render(
      html`<div class="root"><section class="toasts" popover="manual" part="toasts" aria-label=${stackLabel}>
        ${repeat(toasts, ({ id }) => id, (toast) => html`<div class="toast" part="toast">
          ${icon(circleCheck)}
          <div>${toast.text}</div>
          ${iconButton(toast.closeLabel, cross, () => { close(toast.id); }, { context: toast.text })}
        </div>`)}
      </section></div>`,
      container,
    );
    const popover = container.querySelector<HTMLElement>('.toasts');
    if (!popover) return;
    const active = focusPath().at(-1);
    if (raise && !held) cameFrom = active;
    const open = popover.matches(':popover-open');
    // Shown again it lies above a dialog that opened meanwhile.
    if (open && (raise || toasts.length === 0)) popover.hidePopover();
    if (raise) popover.showPopover();
    if (held instanceof HTMLElement) held.focus();
    if (toasts.length === 0) cameFrom = undefined;
  };
  const close = (id: number): void => {
    const before = cameFrom;
    const inside = Boolean(root?.activeElement);
    toasts = toasts.filter((toast) => toast.id !== id);
    draw();
    const next = container.querySelector('button') ?? before;
    if (inside && next instanceof HTMLElement) next.focus();
  };
  /** Time stands still while somebody points at a toast, is in it with the keyboard, or looks at another page. */
  const tick = (): void => {
    if (document.hidden || container.querySelector('.toasts')?.matches(':hover, :focus-within')) return;
    for (const toast of toasts) toast.secondsLeft -= 1;
    if (toasts.some(({ secondsLeft }) => secondsLeft <= 0)) {
      toasts = toasts.filter(({ secondsLeft }) => secondsLeft > 0);
      draw();
    }
    if (toasts.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
  shared.clearToasts = () => {
    toasts = [];
    draw();
  };
  shared.raiseToasts = () => {
    if (toasts.length > 0) draw(true);
  };
  return (text, labels, from) => {
    announcer();
    stackLabel = labels.label;
    const style = getComputedStyle(from);
    const wear = (name: string, value: string): void => {
      // Not on the element: a style attribute inside a shadow root is what a strict page looks for.
      worn?.style.setProperty(name, value, 'important');
    };
    for (const token of TOKENS) wear(`--uf-${token}`, style.getPropertyValue(`--uf-${token}`));
    wear('--uf-font', style.getPropertyValue('--uf-font') || style.fontFamily);
    wear('color-scheme', style.colorScheme);
    host.dir = style.direction;
    // The same sentence again does not stand there twice: it stays longer.
    const same = toasts.find((toast) => toast.text === text);
    toasts = [...toasts.filter((toast) => toast !== same), { id: same?.id ?? nextId++, text, closeLabel: labels.close, secondsLeft: SECONDS }].slice(-MOST);
    timer ??= setInterval(tick, 1000);
    draw(true);
  };
}

/** Shows one sentence at the top end for six seconds. Never the only place of an error. */
export function toast(text: string, labels: ToastLabels, from: Element): void {
  const page = document as Document & { [KEY]?: Show };
  const known = page[KEY];
  const show = known ?? createStack();
  page[KEY] = show;
  show(text, labels, from);
}
