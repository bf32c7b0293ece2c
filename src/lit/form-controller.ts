import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { mayHaveHappened } from '../client/index.js';
import { SettingsError, type FieldProblem } from '../contract/index.js';
import { armBeforeUnload } from './unsaved.js';

export type FieldValue = string | boolean;
export type Problems<Values> = { [Name in keyof Values]?: FieldProblem };

/** Where a form stands, for the words beside its button. */
export type FormStatus = 'idle' | 'waiting' | 'busy' | 'saved' | 'unchanged' | 'failed';

export interface FormOptions<Values> {
  /** Prefix of the fields' ids: `<id>-<name>`, unique in one shadow root. */
  id: string;
  /** The values as the backend has them; `undefined` while they load. */
  saved: () => Values | undefined;
  /** What a save needs beside the values has loaded. */
  ready?: () => boolean;
  /** The version of these values, handed to `save` as it was when editing began. */
  version?: () => string | undefined;
  /** What is wrong with the values, by field. The backend checks again. */
  check: (values: Values) => Problems<Values>;
  /** Sends the values. Rejects with a SettingsError. */
  save: (values: Values, version: string | undefined) => Promise<void>;
  /** Something was typed: what is sent next is another write. */
  edited?: () => void;
  /** What is typed is the organisation's, and is lost where the page moves to another one. */
  organisation?: true;
  /** Fields that are emptied after a save and dropped when the element leaves. */
  secrets?: readonly (keyof Values & string)[];
  /** A form that may be sent as it stands (a code, an invitation): there is no "no changes to save". */
  always?: boolean;
  /** Says to people who do not see the screen what the form says beside its button. */
  settled?: (status: FormStatus, error: SettingsError | undefined) => void;
}

/**
 * One native form: what is typed, what is wrong, what is being saved. A reload of the data never overwrites a field
 * that the person has changed; a failed save keeps everything.
 */
export class FormController<Values extends Record<string, FieldValue>> implements ReactiveController {
  status: FormStatus = 'idle';
  error: SettingsError | undefined;
  problems: Problems<Values> = {};
  readonly options: FormOptions<Values>;
  readonly #host: ReactiveControllerHost & HTMLElement & { renderRoot: HTMLElement | DocumentFragment; readonly client?: object | undefined };
  #draft: Partial<Values> = {};
  #version: string | undefined;
  #submitPending = false;
  #focus: string | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement & { renderRoot: HTMLElement | DocumentFragment; readonly client?: object | undefined }, options: FormOptions<Values>) {
    this.#host = host;
    this.options = options;
    host.addController(this);
  }

  get host(): object {
    return this.#host;
  }

  /** The client, where this form is about its organisation. */
  get ofOrganisation(): object | undefined {
    return this.options.organisation && this.#host.client;
  }

  get busy(): boolean {
    return this.status === 'busy';
  }

  /** Somebody saved before there was anything to save; until it is there. */
  get waiting(): boolean {
    return this.status === 'waiting' && !this.#ready;
  }

  /** What the fields show: what was typed over what is saved. */
  get values(): Values | undefined {
    const saved = this.options.saved();
    return saved && { ...saved, ...this.#draft };
  }

  get dirty(): boolean {
    const saved = this.options.saved();
    return saved !== undefined && Object.entries(this.#draft).some(([name, value]) => saved[name] !== value);
  }

  /** Dots of a path would be classes in a selector. */
  fieldId(name: string): string {
    return `${this.options.id}-${name.replaceAll('.', '-')}`;
  }

  /** Takes what was typed into a field. */
  set<Name extends keyof Values & string>(name: Name, value: Values[Name]): void {
    const saved = this.options.saved();
    if (!saved) return;
    if (!this.dirty) this.#version = this.options.version?.();
    this.#focus = undefined;
    this.#draft = { ...this.#draft, [name]: value };
    if (!this.busy) {
      this.status = 'idle';
      this.error = undefined;
    }
    this.options.edited?.();
    const values = this.values;
    if (Object.keys(this.problems).length > 0 && values) {
      const now = this.options.check(values);
      // Only what was wrong already is checked as one types; what is not yet filled in is not called wrong.
      this.problems = Object.fromEntries(Object.keys(this.problems).map((key) => [key, now[key]]).filter(([, problem]) => problem)) as Problems<Values>;
    }
    this.#host.requestUpdate();
  }

  /** For `@input` and `@change` of a form: the field's `name` says where the value goes. */
  readonly input = (event: Event): void => {
    const field = event.target;
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
      const value = field instanceof HTMLInputElement && field.type === 'checkbox' ? field.checked : field.value;
      if (field.name in (this.options.saved() ?? {})) this.set(field.name, value as Values[string]);
    }
  };

  /** For `@submit`. */
  readonly submit = (event: Event): void => {
    event.preventDefault();
    this.#submitPending = false;
    void this.save();
  };

  /**
   * For `@click` of the submit button, which Enter in a field presses too. Where a frame forbids forms (sandbox without
   * allow-forms), no `submit` follows: then the click saves.
   */
  readonly press = (): void => {
    this.#submitPending = true;
    setTimeout(() => {
      if (!this.#submitPending) return;
      this.#submitPending = false;
      void this.save();
    });
  };

  readonly discard = (): void => {
    this.#draft = {};
    this.#settle('idle');
  };

  /** Discards as the person asked, whose button goes with it: the focus goes to the first field. */
  readonly revert = (): void => {
    this.discard();
    const first = Object.keys(this.options.saved() ?? {})[0];
    if (first !== undefined) this.#focus = this.fieldId(first);
  };

  /** Another session saved first: `saved()` has its values by now, the fields still have ours. */
  get conflict(): boolean {
    return this.error?.kind === 'stale' && this.dirty;
  }

  /** After a conflict: sends ours over theirs, knowingly. The question goes with its buttons: the focus goes to the one that saves. */
  readonly keepMine = async (): Promise<void> => {
    this.#version = this.options.version?.();
    await this.save();
    if (!this.conflict) this.#focus ??= this.fieldId('save');
    this.#host.requestUpdate();
  };

  /** Sends what stands in the fields; says what is missing instead of doing nothing. */
  async save(): Promise<void> {
    if (this.busy) return;
    const { values } = this;
    this.problems = values ? this.options.check(values) : {};
    const wrong = Object.keys(this.problems).length > 0;
    // Nothing differs any more when a save took effect whose answer was lost: asked again, the backend gives that answer.
    const unanswered = this.status === 'failed' && this.error !== undefined && mayHaveHappened(this.error);
    const unchanged = !this.options.always && !this.dirty && !unanswered;
    if (!values || wrong || unchanged || !this.#ready) {
      this.#settle(wrong ? 'idle' : this.#ready ? 'unchanged' : 'waiting', undefined, wrong);
      return;
    }
    const sent = this.#draft;
    this.status = 'busy';
    this.#host.requestUpdate();
    try {
      await this.options.save(values, this.#version ?? this.options.version?.());
      // What was typed while the save was under way stays.
      this.#keep((name, value) => value !== sent[name]);
      this.#version = undefined;
      this.#settle('saved');
    } catch (thrown) {
      const error = SettingsError.from(thrown, this.options.id);
      const fields = Object.entries(error.fields ?? {}).filter(([name]) => name in values);
      this.problems = Object.fromEntries(fields) as Problems<Values>;
      this.#settle(error.kind === 'aborted' || fields.length > 0 ? 'idle' : 'failed', error, fields.length > 0);
    }
  }

  /** Marks a field as wrong and takes the person to it. */
  refuse(name: keyof Values & string, clear = false): void {
    if (clear) this.#keep((key) => key !== name);
    this.#focus = this.fieldId(name);
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    armBeforeUnload(this, this.dirty && this.#host.isConnected && !this.options.always);
    // Kept until it is drawn: a part of the form may still be loading.
    const target = this.#focus && (this.#host.renderRoot.querySelector<HTMLElement>(`#${this.#focus}`) ?? this.#host.querySelector<HTMLElement>(`#${this.#focus}`));
    if (!target) return;
    this.#focus = undefined;
    target.focus();
  }

  hostDisconnected(): void {
    armBeforeUnload(this, false);
    this.forgetSecrets();
  }

  forgetSecrets(): void {
    this.#keep((name) => !this.options.secrets?.includes(name));
  }

  /** What was typed into some fields stays, the rest is as saved. */
  #keep(which: (name: string, value: unknown) => boolean): void {
    this.#draft = Object.fromEntries(Object.entries(this.#draft).filter(([name, value]) => which(name, value))) as Partial<Values>;
  }

  get #ready(): boolean {
    return this.options.saved() !== undefined && this.options.ready?.() !== false;
  }

  #settle(status: FormStatus, error?: SettingsError, focus = false): void {
    this.status = status;
    this.error = error;
    if (status !== 'failed' && !focus) this.problems = {};
    const first = Object.keys(this.problems)[0];
    if (focus && first !== undefined) this.#focus = this.fieldId(first);
    if (this.conflict) this.#focus = this.fieldId('conflict');
    this.options.settled?.(status, error);
    this.#host.requestUpdate();
  }
}
