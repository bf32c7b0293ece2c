import { html, nothing } from 'lit';
import { DialogController } from '../../lit/dialog-controller.js';
import { button } from '../../ui/templates.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { Section } from './section.js';
import type { SettingsElement } from './settings-element.js';

export interface Question {
  /** Names the thing: "Revoke the invitation of ada@example.com?". */
  title: unknown;
  body: string;
  /** The button that changes nothing. */
  keep: string;
  proceed: string;
  /** It destroys something: an alertdialog with the least destructive button focused. */
  destructive?: boolean;
}

/** One question with two answers. */
export class ConfirmDialog extends Section {
  #question: (() => Question) | undefined;
  #answer: ((yes: boolean) => void) | undefined;
  readonly #dialog = new DialogController(this.host, 'confirm', () => {
    this.#settle(false);
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear(dialogStyles);
  }

  /** @param question is asked for at each drawing: the language may change meanwhile */
  ask(question: () => Question): Promise<boolean> {
    this.#settle(false);
    this.#question = question;
    this.#dialog.show();
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  override conceal(): void {
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    const question = this.#dialog.isOpen && this.#question?.();
    if (!question) return nothing;
    const { id, close, closed } = this.#dialog;
    const { title, body, keep, proceed, destructive = false } = question;
    return dialog({
      id,
      title,
      closeLabel: this.host.common('close'),
      alert: destructive,
      close,
      closed,
      content: html`<div class="dialog-body"><p id="confirm-body">${body}</p></div>
        <div class="dialog-foot">
          ${button({ label: keep, look: destructive ? '' : 'quiet', autofocus: destructive, press: close })}
          ${button({ label: proceed, look: destructive ? 'destructive' : 'primary', autofocus: !destructive, press: () => { this.#proceed(); } })}
        </div>`,
    });
  }

  #proceed(): void {
    const answer = this.#answer;
    this.#answer = undefined;
    this.#dialog.close();
    answer?.(true);
  }

  #settle(yes: boolean): void {
    this.#answer?.(yes);
    this.#answer = undefined;
  }
}
