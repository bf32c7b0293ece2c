import { css, html, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { baseStyles } from './base-styles.js';
import { circleCheck, cross, icon } from './icons.js';
import { iconButton } from './templates.js';

/**
 * One stack of toasts and one live region a document, shared by every element and every copy of this library on it.
 * The live region stands there before its first text (WCAG 4.1.3), outside the popover, which is not drawn while empty.
 */

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

interface ToastStack {
  show(text: string, closeLabel: string, from: Element): void;
  announce(text: string): void;
}

const styles = css`
  :host { display: block !important; position: fixed !important; inset: 0 auto auto 0 !important; inline-size: 0 !important; block-size: 0 !important; margin: 0 !important; padding: 0 !important; border: 0 !important; visibility: visible !important; opacity: 1 !important; }
  .toasts { position: fixed; inset: calc(var(--_u) * 4) calc(var(--_u) * 4) auto auto; margin: 0; padding: 0; border: 0; background: none; overflow: visible; inline-size: min(22rem, 100vi - 2rem); color: inherit; }
  .toasts:dir(rtl) { inset-inline: auto calc(var(--_u) * 4); }
  .toasts:popover-open { display: grid; gap: calc(var(--_u) * 2); }
  .toast { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: calc(var(--_u) * 3); align-items: start; padding-block: calc(var(--_u) * 2); padding-inline: calc(var(--_u) * 4) calc(var(--_u) * 2); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_raised); box-shadow: var(--_shadow); overflow-wrap: anywhere; }
  .toast > .i { margin-block-start: calc((var(--_icon-button) - 1rem) / 2); color: var(--_success); }
  .toast > div { padding-block: calc((var(--_icon-button) - 1.25rem) / 2); }
`;

function createStack(): ToastStack {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [baseStyles, styles].flatMap(({ styleSheet }) => styleSheet ?? []);
  document.body.append(host);
  let toasts: Toast[] = [];
  let announcement = '';
  let timer: ReturnType<typeof setInterval> | undefined;
  let nextId = 0;

  const draw = (raise = false): void => {
    render(
      html`<div class="root">
        <p class="vh" role="status">${announcement}</p>
        <div class="toasts" popover="manual" part="toasts">
          ${repeat(toasts, ({ id }) => id, (toast) => html`<div class="toast" part="toast">
            ${icon(circleCheck)}
            <div>${toast.text}</div>
            ${iconButton(toast.closeLabel, cross, () => { close(toast.id); })}
          </div>`)}
        </div>
      </div>`,
      root,
    );
    const popover = root.querySelector<HTMLElement>('.toasts');
    if (!popover) return;
    const open = popover.matches(':popover-open');
    // Shown again it lies above a dialog that opened meanwhile.
    if (open && (raise || toasts.length === 0)) popover.hidePopover();
    if (raise) popover.showPopover();
  };
  const close = (id: number): void => {
    toasts = toasts.filter((toast) => toast.id !== id);
    draw();
  };
  /** Time stands still while somebody points at a toast, is in it with the keyboard, or looks at another page. */
  const tick = (): void => {
    const popover = root.querySelector('.toasts');
    if (document.hidden || popover?.matches(':hover, :focus-within')) return;
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
  const announce = (text: string): void => {
    // The same text twice is a change only with an empty moment between.
    announcement = '';
    draw();
    requestAnimationFrame(() => {
      announcement = text;
      draw();
    });
  };
  draw();
  return {
    announce,
    show(text, closeLabel, from) {
      if (!host.isConnected) document.body.append(host);
      const style = getComputedStyle(from);
      for (const token of TOKENS) host.style.setProperty(`--uf-${token}`, style.getPropertyValue(`--uf-${token}`));
      host.style.setProperty('color-scheme', style.colorScheme, 'important');
      host.style.setProperty('--uf-font', style.getPropertyValue('--uf-font') || style.fontFamily);
      host.dir = style.direction;
      toasts = [...toasts, { id: nextId++, text, closeLabel, secondsLeft: SECONDS }].slice(-MOST);
      timer ??= setInterval(tick, 1000);
      draw(true);
      announce(text);
    },
  };
}

function stack(): ToastStack {
  const shared = document as Document & { [KEY]?: ToastStack };
  return (shared[KEY] ??= createStack());
}

/** Makes the live region ready, so that its first text is a change. */
export function prepareToasts(): void {
  stack();
}

/** Shows one sentence at the top end for six seconds, and says it. Never the only place of an error. */
export function toast(text: string, closeLabel: string, from: Element): void {
  stack().show(text, closeLabel, from);
}

/** Says a sentence to those who do not see it. */
export function announce(text: string): void {
  stack().announce(text);
}
