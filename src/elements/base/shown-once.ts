import type { DialogController } from '../../lit/dialog-controller.js';
import { armBeforeUnload, type UnsavedForm } from '../../lit/unsaved.js';
import type { SettingsElement } from './settings-element.js';

/**
 * Guards a dialog that shows something once: it does not close by Esc, its close button or the system's "back" before the person has
 * what it shows, or says so. The page asks before it goes.
 */
export class ShownOnce {
  /** They wanted to close it, and were told what has to be done first. */
  refused = false;
  readonly #host: SettingsElement;
  readonly #dialog: DialogController;
  readonly #options: { first: () => string; waiver: string };
  readonly #unsaved: UnsavedForm;
  #held = false;

  /**
   * @param options.first what has to be done first, as a sentence
   * @param options.waiver id of the checkbox that says that it was done: there the focus goes
   */
  constructor(host: SettingsElement, dialog: DialogController, options: { first: () => string; waiver: string }) {
    this.#host = host;
    this.#unsaved = { host, ofOrganisation: undefined };
    this.#dialog = dialog;
    this.#options = options;
  }

  /** Something is shown that nobody has yet. */
  hold(): void {
    this.#held = true;
    armBeforeUnload(this.#unsaved, true);
  }

  /** The person has it, or it has left the screen. */
  release(): void {
    this.#held = this.refused = false;
    armBeforeUnload(this.#unsaved, false);
  }

  /** Whether what is shown would be lost; says then what has to be done first. */
  stays(): boolean {
    if (!this.#held) return false;
    this.refused = true;
    this.#host.announce(this.#options.first());
    this.#host.requestUpdate();
    void this.#host.focusOn(this.#options.waiver);
    return true;
  }

  /** For the dialog's buttons and Esc: closes it, or says what has to be done first. */
  readonly close = (): void => {
    if (!this.stays()) this.#dialog.close();
  };

  /** For the dialog's `@close`: what the browser closed against our will opens again, since the controller still holds it open. */
  readonly closed = (): void => {
    if (!this.stays()) this.#dialog.closed();
  };

  /** For the dialog's `escape`: browsers close a dialog at the second Esc whatever its `cancel` says, unless the key itself was taken. */
  readonly keep = (event: KeyboardEvent): void => {
    if (!this.#held) return;
    event.preventDefault();
    this.close();
  };
}
