import { html, noChange, nothing, type CSSResultGroup, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Action, RunOptions, StepUpRequest } from '../../client/index.js';
import { SettingsError, type Input, type OperationName, type Output, type WriteOperation } from '../../contract/index.js';
import type { FieldValue, FormController, FormStatus } from '../../lit/form-controller.js';
import { UfElement } from '../../lit/uf-element.js';
import { unsavedIn } from '../../lit/unsaved.js';
import { warnOnce } from '../../lit/warn.js';
import { common } from '../../locales/en/common.js';
import { baseStyles } from '../../ui/base-styles.js';
import { circleAlert, lock, offline, retry } from '../../ui/icons.js';
import { button, empty, notice } from '../../ui/templates.js';
import { announce, announcer } from '../../ui/announcer.js';
import type { ConflictOptions } from './conflict-notice.js';
import type { Question } from './confirm-dialog.js';
import { Lazy } from './lazy.js';
import { lookAt } from './look.js';
import type { Section, SectionTable } from './section.js';
import { errorText, type CommonTexts } from './texts.js';

/**
 * A widget: sections in one shadow root, and the states that all widgets share (loading, not connected, signed out,
 * offline, failed).
 */
export abstract class SettingsElement extends UfElement {
  static override styles: CSSResultGroup = baseStyles;

  static override properties: PropertyDeclarations = {
    headingLevel: { attribute: 'heading-level', type: Number },
    sections: {},
    online: { state: true },
  };

  /** Level of the headings, 1 to 6, so that they fit the page's outline. */
  headingLevel = 2;
  /** Which sections to show and in what order, by name with spaces between; all by default. */
  sections: string | undefined;

  protected online = true;

  readonly common: CommonTexts = this.locale.texts('common', common);
  /** Parts that loaded late and have dialogs or secrets. */
  readonly #late: Section[] = [];
  readonly #stepUp = new Lazy(async () => this.join(new (await import('./step-up-dialog.js')).StepUpDialog(this)));
  readonly #fresh = new Lazy(async () => this.join(new (await import('./fresh-line.js')).FreshLine(this)));
  readonly #confirm = new Lazy(async () => this.join(new (await import('./confirm-dialog.js')).ConfirmDialog(this)));
  readonly #mfaFirst = new Lazy(async () => this.join(new (await import('./mfa-first.js')).MfaFirst(this)));
  readonly #reminder = new Lazy(async () => this.join(new (await import('./mfa-reminder.js')).MfaReminder(this)));
  readonly #conflict = new Lazy(async () => new (await import('./conflict-notice.js')).ConflictNotice(this));
  readonly #nowhere = new Lazy(async () => (await import('./nowhere.js')).renderNowhere);
  readonly #made = new Map<string, Section>();
  #personId: string | undefined;
  #organisation: string | null | undefined;
  #signedOut = false;
  #ready = false;

  /** The sections that this widget has. */
  protected abstract readonly table: SectionTable;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.#network);
    addEventListener('offline', this.#network);
    addEventListener('pagehide', this.#hidePage);
    this.#network();
    announcer();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.#network);
    removeEventListener('offline', this.#network);
    removeEventListener('pagehide', this.#hidePage);
    this.conceal();
  }

  override act<Op extends WriteOperation>(action: Action<Op>, input: Input<Op>, options?: RunOptions): Promise<Output<Op>> {
    return super.act(action, input, { prompt: this.#askForProof, enrol: this.setUpMfa, ...options });
  }

  /** What to show of the failure of a button at the place it concerns; it is said, too. Nothing of what was cancelled. */
  failure(thrown: unknown): SettingsError | undefined {
    const error = SettingsError.from(thrown, this.localName);
    if (error.kind === 'aborted') return undefined;
    this.announce(errorText(this.common, error));
    return error;
  }

  /**
   * Asks before something is done.
   * @throws {SettingsError} `unavailable` when the dialog's file did not arrive
   */
  async confirm(question: () => Question): Promise<boolean> {
    return (await this.#confirm.get()).ask(question);
  }

  /**
   * Leads through the set-up of MFA before something that takes it. Writes that the backend refuses for want of it come here by themselves.
   * @param wanted the person asked for the set-up itself
   * @throws {SettingsError} `aborted` when the person gives up
   */
  readonly setUpMfa = async (wanted?: boolean): Promise<void> => (await this.#mfaFirst.get()).ask(wanted);

  /** A sentence at the top end of the screen, said too. */
  toast(text: string): void {
    if (!this.isConnected) return;
    this.announce(text);
    import('../../ui/toasts.js').then(
      ({ toast }) => {
        toast(text, { close: this.common('close'), label: this.common('notifications') }, this);
      },
      () => {
        // The chunk did not arrive: the sentence was said, and stands beside its button.
      },
    );
  }

  /** A sentence for those who do not see the screen. */
  announce(text: string): void {
    if (this.isConnected) announce(text);
  }

  /** For forms: says what stands beside the button; a success is said by its toast. */
  readonly sayStatus = (status: FormStatus, error: SettingsError | undefined): void => {
    if (status === 'unchanged' || status === 'waiting') this.announce(this.common(status));
    if (status === 'failed' && error) this.announce(errorText(this.common, error, true));
  };

  /** Both values of a form whose save met somebody else's; nothing while there is no such conflict. */
  conflict<Values extends Record<string, FieldValue>>(form: FormController<Values>, options: ConflictOptions<Values>): unknown {
    if (!form.conflict) return nothing;
    return this.loaded(this.#conflict, (error) => this.failure(error))?.render(form, options) ?? nothing;
  }

  /**
   * A part that loads late, for who draws it now: nothing while its file is on its way, after which all is drawn anew.
   * @param failed told each time that its file did not arrive; the next drawing asks again
   */
  loaded<Part>(lazy: Lazy<Part>, failed: (error: unknown) => unknown = () => undefined): Part | undefined {
    if (!lazy.part) lazy.get().then(() => { this.requestUpdate(); }, failed);
    return lazy.part;
  }

  /** Takes in the styles of a part that loaded late. */
  wear(styles: CSSResultGroup): void {
    if (Array.isArray(styles)) {
      for (const style of styles) this.wear(style);
      return;
    }
    const sheets = this.shadowRoot?.adoptedStyleSheets;
    const sheet = styles instanceof CSSStyleSheet ? styles : styles.styleSheet;
    if (sheet && sheets?.includes(sheet) === false) sheets.push(sheet);
  }

  /** Takes the focus to a part that just came to be, by id. */
  async focusOn(id: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus();
  }

  /** "Could not load ..." with Retry, in the place of what did not come. */
  loadError(what: string, error: SettingsError, again: () => void, busy = false): TemplateResult {
    const { common: t } = this;
    return notice({
      tone: 'failure',
      icon: error.kind === 'offline' ? offline : circleAlert,
      title: t('couldNotLoad', { what }),
      body: `${errorText(t, error, false)} ${t('restWorks')}`,
      actions: button({ label: t('retry'), context: what, icon: retry, little: true, busy, press: again }),
    });
  }

  /** What a read's failure is told to the page with. */
  readonly failedRead = (operation: OperationName) => (error: SettingsError): void => {
    this.report(operation, error);
  };

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { signedOut = false, left = false } = this.client?.auth ?? {};
    if (signedOut && !this.#signedOut) {
      this.conceal();
      // What was said to this person is not for the next one.
      announcer().clearToasts?.();
    }
    if (changed.has('headingLevel') && !(this.headingLevel >= 1 && this.headingLevel <= 6)) {
      warnOnce(this.localName, 'takes a heading-level from 1 to 6. It uses 2.');
      this.headingLevel = 2;
    }
    this.#signedOut = signedOut;
    const person = this.auth.data?.user.id;
    if (left || (person !== undefined && this.#personId !== undefined && person !== this.#personId)) this.forget();
    const here = this.auth.data ? (this.auth.data.organisation?.id ?? null) : this.#organisation;
    if (here !== this.#organisation && this.#organisation !== undefined) this.#move();
    this.#organisation = here;
    this.#personId = left ? undefined : (person ?? this.#personId);
    this.prepare(this.table);
  }

  /** What has the focus may go with what is drawn next. */
  protected override update(changed: PropertyValues): void {
    const focused = this.shadowRoot?.activeElement;
    const section = focused?.closest('section');
    super.update(changed);
    this.keepFocus(focused, section);
  }

  /**
   * The focus never falls off the page with what had it: where nothing takes it on purpose, the heading of its section does, or what
   * stands in the place of the sections.
   */
  keepFocus(focused: Element | null | undefined, section: Element | null | undefined): void {
    if (!focused || focused.isConnected) return;
    const heading = section?.getAttribute('aria-labelledby');
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      const find = (what: string): HTMLElement | null => this.renderRoot.querySelector(what);
      (find(`#${String(heading)}`) ?? find('#state, [part=heading]'))?.focus();
    });
  }

  override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    lookAt(this);
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#ready || !this.auth.data) return;
    this.#ready = true;
    this.emit('uf-ready', null);
  }

  override render(): TemplateResult {
    return html`<div class="root" part="base"><div class="frame">
      <slot name="before"></slot>
      ${this.renderState()}
      <slot name="after"></slot>
      ${this.#late.map((part) => part.renderDialogs())}
    </div></div>`;
  }

  /** What a widget shows when it can show its sections. */
  protected renderContent(): unknown {
    return [this.renderFresh(), this.renderSections(this.table, this.sections)];
  }

  /** The time left of a fresh proof of presence, with "Lock now"; nothing without one. */
  protected renderFresh(): unknown {
    // Where its file does not arrive, what is open stays open as long as it would have.
    const part = this.auth.data?.stepUp.freshUntil ? this.loaded(this.#fresh) : this.#fresh.part;
    return part?.render();
  }

  /** Takes in a part that loaded late: its dialogs are drawn, its secrets go with the others. */
  join<Part extends Section>(part: Part): Part {
    this.#late.push(part);
    return part;
  }

  /** Sections of a table, chosen and ordered by a list of names, with their dialogs. */
  protected renderSections(table: SectionTable, chosen?: string): unknown {
    const names = this.chosen(Object.keys(table), chosen);
    const sections = names.flatMap((name) => this.#made.get(name) ?? []);
    return [...sections.map((section) => section.render()), ...sections.map((section) => section.renderDialogs())];
  }

  /** Something in a table would be lost with its panel, and is not safe yet. */
  protected stays(table: SectionTable): boolean {
    return [...Object.keys(table).map((name) => this.#made.get(name)), ...this.#late].some((part) => part?.stays());
  }

  /** The sections of a table leave the screen with their panel. */
  protected leave(table: SectionTable): void {
    for (const name of Object.keys(table)) this.#made.get(name)?.leave();
  }

  /** Takes secrets off the screen and out of memory. */
  conceal(): void {
    for (const section of [...this.#late, ...this.#made.values()]) section.conceal();
  }

  /** Drops what was typed and shown: another person, or nobody. */
  protected forget(): void {
    this.conceal();
    for (const section of [...this.#late, ...this.#made.values()]) section.reset();
  }

  /** Whether a section is about the person, whichever organisation they are in. */
  protected isPersonal(_section: string): boolean {
    return false;
  }

  /** The page is in another organisation: what was typed for the one before stays there, and that is said. */
  #move(): void {
    const lost = unsavedIn(this);
    for (const [name, section] of this.#made) {
      if (this.isPersonal(name)) continue;
      section.conceal();
      section.reset();
    }
    if (lost) this.toast(this.common('moved', { organisation: this.auth.data?.organisation?.name ?? '' }));
  }

  protected renderState(): unknown {
    const { common: t } = this;
    const { error, data, loading } = this.auth.state;
    if (this.unconfigured && !this.client) return html`<p class="muted small">${t('notConfigured')}</p>`;
    if (this.client?.auth.signedOut) return this.#signedOutState();
    if (error && !data) {
      return this.loadError(t('yourAccount'), error, () => { this.auth.reload(); }, loading);
    }
    const content = data && !data.organisation && Object.keys(this.table).some((name) => !this.isPersonal(name)) ? (this.loaded(this.#nowhere)?.(this) ?? html`<p id=state tabindex=-1></p>`) : this.renderContent();
    return [
      this.online ? nothing : html`<div class="offline">${notice({ icon: offline, title: t('offlineTitle'), body: t('offlineBody') })}</div>`,
      // What they may not do has its reason beside it: until that is there, what is drawn stays. Where its file does not arrive, the backend's refusals say it alone.
      ...(data?.organisation?.mfaRequiredFrom && !data.user.mfa.enabled && !this.#reminder.error ? (this.loaded(this.#reminder, () => { this.requestUpdate(); })?.beside(content) ?? [noChange]) : [content]),
    ];
  }

  #signedOutState(): TemplateResult {
    const { common: t } = this;
    return html`<div id="state" role="group" tabindex="-1" aria-label=${t('signedOutTitle')}><slot name="signed-out">${empty({ icon: lock, title: t('signedOutTitle'), body: t('signedOutBody') })}</slot></div>`;
  }

  /** The names that the page asked for, in its order; all of them when it did not say. */
  protected chosen(all: readonly string[], wanted: string | undefined): readonly string[] {
    const names = wanted?.trim().split(/\s+/) ?? all;
    for (const name of names) {
      if (!all.includes(name)) warnOnce(this.localName, `has no section "${name}". It has: ${all.join(', ')}.`);
    }
    const known = [...new Set(names)].filter((name) => all.includes(name));
    return known.length > 0 ? known : all;
  }

  /** Makes the sections of a table before the update in which they are drawn, so that their controllers take part in it. */
  protected prepare(table: SectionTable): void {
    for (const [name, Made] of Object.entries(table)) {
      if (!this.#made.has(name)) this.#made.set(name, new Made(this));
    }
  }

  readonly #askForProof = (request: StepUpRequest): void => {
    this.#stepUp.get().then(
      (dialog) => {
        dialog.ask(request);
      },
      (error: unknown) => {
        request.cancel(SettingsError.from(error, request.operation));
      },
    );
    this.#fresh.get().then(
      (line) => line.await(request.done),
      () => {
        // Without its file there is no line to make place for.
      },
    );
  };

  /** A page in the back-forward cache keeps its memory: secrets go before. */
  readonly #hidePage = (): void => {
    this.conceal();
  };

  readonly #network = (): void => {
    this.online = navigator.onLine;
  };
}

