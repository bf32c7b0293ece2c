import { css, html, nothing, type CSSResultGroup } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { announcer } from './announcer.js';
import { formStyles } from './form-styles.js';
import { cross } from './more-icons.js';
import { overlayTokens } from './part-tokens.js';
import { iconButton, type Content } from './templates.js';

/** Dialogs load when the first one opens; their controller takes these styles in. */
export const dialogStyles: CSSResultGroup = [formStyles, css`
  ${overlayTokens}
  .root {
    --_backdrop: var(--uf-backdrop, light-dark(oklch(0.24 0.016 265 / 0.4), oklch(0.1 0.01 265 / 0.66)));
    --_on-danger: var(--uf-on-danger, light-dark(oklch(1 0 265), oklch(0.2 0.04 24)));
  }
  .destructive, .destructive:hover { background: var(--_danger); border-color: var(--_danger); color: var(--_on-danger); }
  dialog { inline-size: min(28rem, 100vi - var(--_u) * 8); max-block-size: calc(100dvb - var(--_u) * 8); margin: auto; padding: 0; overflow: auto; border: 1px solid var(--_border); border-radius: calc(var(--_radius) * 1.5); background: var(--_raised); color: inherit; box-shadow: var(--_shadow); }
  dialog::backdrop { background: var(--_backdrop); }
  .dialog-head { display: flex; align-items: start; justify-content: space-between; gap: calc(var(--_u) * 4); padding: calc(var(--_u) * 5) calc(var(--_u) * 4) 0 calc(var(--_u) * 6); }
  .dialog-head:dir(rtl) { padding-inline: calc(var(--_u) * 6) calc(var(--_u) * 4); }
  .dialog-head .h2 { padding-block-start: calc((var(--_icon-button) - 1.5rem) / 2); overflow-wrap: anywhere; }
  .dialog-body { display: grid; gap: calc(var(--_u) * 5); padding-block: var(--_u) calc(var(--_u) * 6); padding-inline: calc(var(--_u) * 6); }
  .dialog-body > p:not(.error) { color: var(--_text-muted); text-wrap: pretty; overflow-wrap: anywhere; }
  .dialog-foot { display: flex; flex-wrap: wrap; justify-content: end; gap: calc(var(--_u) * 2); padding-block: calc(var(--_u) * 4); padding-inline: calc(var(--_u) * 6); border-block-start: 1px solid var(--_border); }
  .dialog-foot > .at-start { margin-inline-end: auto; }
  /* The browsers' own is white in the dark while it is empty. */
  progress { appearance: none; inline-size: 100%; block-size: 0.5rem; border: 0; border-radius: 0.25rem; overflow: hidden; background: color-mix(in oklab, var(--_text) 14%, var(--_surface)); }
  progress::-webkit-progress-bar { background: none; }
  progress::-webkit-progress-value { background: var(--_accent); }
  progress::-moz-progress-bar { background: var(--_accent); }
  @container uf (max-width: 23.99rem) {
    .dialog-foot > .button { flex: 1 1 auto; }
  }
  @media (forced-colors: active) {
    progress { appearance: auto; }
    .destructive { forced-color-adjust: none; background: Highlight; border-color: Highlight; color: HighlightText; }
    .destructive:hover { background: HighlightText; color: Highlight; }
  }
`];

export interface DialogOptions {
  id: string;
  title: Content;
  closeLabel: string;
  /** An `alertdialog`; its text has the id `<id>-body`. */
  alert?: boolean;
  close: () => void;
  closed: () => void;
  /** Told of Esc itself: browsers close a dialog at the second one whatever its `cancel` says, unless the key was taken. */
  escape?: (event: KeyboardEvent) => void;
  content: Content;
}

/** A native modal dialog. Its controller opens it; it is in the tree only while it is open. The live region and the toasts come inside with the focus. */
export function dialog(options: DialogOptions): unknown {
  const { id, title, closeLabel, alert, close, closed, escape, content } = options;
  // One dialog in the place of another is another element: the first one's `close` event is still to come.
  return keyed(id, html`<dialog
    id=${id}
    part="dialog"
    role=${alert ? 'alertdialog' : nothing}
    aria-labelledby="${id}-title"
    aria-describedby=${alert ? `${id}-body` : nothing}
    @close=${({ currentTarget }: Event) => {
      // What has left the tree was closed by its controller, which may have opened it anew since: the event comes later.
      if (currentTarget instanceof Node && currentTarget.isConnected) closed();
    }}
    @focusin=${announcer}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      escape?.(event);
      // It closes this dialog; the page's own listeners would close what lies behind it, too.
      event.stopPropagation();
    }}
    @cancel=${(event: Event) => {
      // A chooser of files that is cancelled says so, too, and its word comes up to here.
      if (event.target !== event.currentTarget) return;
      event.preventDefault();
      close();
    }}
  >
    <div class="dialog-head">
      <h2 class="h2" id="${id}-title">${title}</h2>
      ${iconButton(closeLabel, cross, close)}
    </div>
    ${content}
  </dialog>`);
}
