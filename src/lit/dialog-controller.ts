import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * One native modal dialog of an element. Closing goes through `close()` of the dialog itself, so that the browser
 * gives the focus back to where it was before the dialog leaves the tree.
 */
export class DialogController implements ReactiveController {
  readonly id: string;
  isOpen = false;
  readonly #host: ReactiveControllerHost & { renderRoot: HTMLElement | DocumentFragment };
  readonly #whenClosed: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & { renderRoot: HTMLElement | DocumentFragment }, id: string, whenClosed?: () => void) {
    this.#host = host;
    this.id = id;
    this.#whenClosed = whenClosed;
    host.addController(this);
  }

  show(): void {
    this.isOpen = true;
    this.#host.requestUpdate();
  }

  readonly close = (): void => {
    const dialog = this.#element;
    if (dialog?.open) dialog.close();
    // At once: the event comes later, and an update before it would open the dialog again.
    this.closed();
  };

  /** For the dialog's `@close`, when the browser closed it. */
  readonly closed = (): void => {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#whenClosed?.();
    this.#host.requestUpdate();
  };

  hostUpdated(): void {
    const dialog = this.#element;
    if (this.isOpen && dialog?.isConnected && !dialog.open) dialog.showModal();
  }

  /** A dialog that leaves the page with its element does not come back open. */
  hostDisconnected(): void {
    this.closed();
  }

  get #element(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector<HTMLDialogElement>(`dialog#${this.id}`);
  }
}
