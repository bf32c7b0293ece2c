import { html, nothing } from 'lit';
import type { SettingsError } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { circleAlert, circleInfo } from '../../ui/icons.js';
import { button, errorLine, field, status, type Content, type FieldOptions } from '../../ui/templates.js';
import type { SettingsElement } from './settings-element.js';
import { errorText } from './texts.js';

export interface ConfirmationWords {
  title: Content;
  body: string;
  /** Of the field. */
  confirm: string;
  missing: string;
  mismatch: string;
  /** The button that changes nothing. */
  keep: string;
  proceed: string;
  notYet: string;
  ready: string;
}

export interface TypedConfirmationOptions {
  /** Of the form; the dialog has `<id>-dialog`. */
  id: string;
  matches: (typed: string) => boolean;
  words: () => ConfirmationWords;
  /** What is asked for is an address, a name. */
  field: Pick<FieldOptions, 'inputmode' | 'ltr' | 'spellcheck'>;
  edited: () => void;
  save: (confirmation: string) => Promise<void>;
  /** Words of its own for what was refused. */
  refusal?: (error: SettingsError) => string | undefined;
}

/** A dialog before something that cannot be undone: says what goes, and asks for something that one has to read and type. */
export class TypedConfirmation {
  readonly #host: SettingsElement;
  readonly #options: TypedConfirmationOptions;
  readonly #dialog: DialogController;
  readonly #form: FormController<{ confirmation: string }>;

  constructor(host: SettingsElement, options: TypedConfirmationOptions) {
    this.#host = host;
    this.#options = options;
    this.#form = new FormController<{ confirmation: string }>(host, {
      id: options.id,
      saved: () => ({ confirmation: '' }),
      always: true,
      check: ({ confirmation }) => (options.matches(confirmation) ? {} : { confirmation: confirmation.trim() === '' ? 'required' : 'mismatch' }),
      edited: options.edited,
      save: ({ confirmation }) => options.save(confirmation),
      settled: host.sayStatus,
    });
    this.#dialog = new DialogController(host, `${options.id}-dialog`, this.#form.discard);
    host.wear(dialogStyles);
  }

  open(): void {
    this.#form.discard();
    this.#dialog.show();
  }

  close(): void {
    this.#dialog.close();
    this.#form.discard();
  }

  render(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const words = this.#options.words();
    const { id, close, closed } = this.#dialog;
    const { submit, input, press, values, problems, busy, error } = this.#form;
    const typed = values?.confirmation ?? '';
    const problem = problems.confirmation;
    const ready = this.#options.matches(typed);
    return dialog({
      id,
      title: words.title,
      closeLabel: this.#host.common('close'),
      alert: true,
      close,
      closed,
      content: html`<form novalidate @submit=${submit} @input=${input}>
        <div class="dialog-body">
          <p id="${id}-body">${words.body}</p>
          ${field({
            id: this.#form.fieldId('confirmation'),
            name: 'confirmation',
            label: words.confirm,
            value: typed,
            error: problem && (problem === 'required' ? words.missing : words.mismatch),
            autocomplete: 'off',
            ...this.#options.field,
          })}
          ${error && error.kind !== 'aborted' && !problem ? errorLine(this.#options.refusal?.(error) ?? errorText(this.#host.common, error, true)) : nothing}
          ${status(ready ? 'warn' : '', ready ? circleAlert : circleInfo, ready ? words.ready : words.notYet)}
        </div>
        <div class="dialog-foot">
          ${button({ label: words.keep, autofocus: true, press: close })}
          ${button({ label: words.proceed, look: 'destructive', submit: true, busy, press })}
        </div>
      </form>`,
    });
  }
}
