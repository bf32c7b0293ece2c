import { ContextConsumer } from '@lit/context';
import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { SettingsClient, Action, RunOptions } from '../client/index.js';
import {
  SettingsError,
  type AdapterDefinition,
  type Input,
  type OperationName,
  type Output,
  type SettingsAdapter,
  type WriteOperation,
} from '../contract/index.js';
import { clientOf } from './client-of.js';
import { messagesContext, settingsContext } from './context.js';
import type { UfEventMap } from './events.js';
import { LocaleController } from './locale-controller.js';
import { ResourceController } from './resource-controller.js';
import { schemeProperties } from './scheme.js';
import { warnOnce } from './warn.js';

/** Milliseconds without provider and adapter after which an element says so. */
const PATIENCE = 1000;

/** Pixels. */
const USUAL_REM = 16;

/** What every element of the library is: it finds its client, speaks the page's language and tells what happens. */
export abstract class UfElement extends LitElement {
  static override properties: PropertyDeclarations = { ...schemeProperties, adapter: { attribute: false }, unconfigured: { state: true } };

  /** The backend of this element alone. Without it the nearest `<uf-provider>` is asked. */
  adapter: SettingsAdapter | AdapterDefinition | undefined;

  /** The colours: `auto` follows the page's `color-scheme`, as without; `light` or `dark` where the page does not say what it is. */
  theme: 'auto' | 'light' | 'dark' | undefined;

  /** How much room things take: `comfortable`, as without, or `compact`. */
  density: 'comfortable' | 'compact' | undefined;

  /** Known to be without a backend, rather than waiting for one. */
  protected unconfigured = false;

  readonly #texts = new ContextConsumer(this, { context: messagesContext, subscribe: true });
  readonly locale = new LocaleController(this, () => this.#texts.value);
  readonly #provided = new ContextConsumer(this, { context: settingsContext, subscribe: true });
  readonly auth = new ResourceController(
    this,
    () => this.client?.auth,
    (error) => {
      this.report('auth.context', error);
    },
  );

  #patience: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('context-provider', this.#askAgain);
    this.#patience = setTimeout(() => {
      if (this.client !== undefined) return;
      this.unconfigured = true;
      warnOnce(this.localName, 'has no backend: put it inside <uf-provider> or set its "adapter" property.');
    }, PATIENCE);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('context-provider', this.#askAgain);
    clearTimeout(this.#patience);
  }

  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- as Lit declares it
  protected override scheduleUpdate(): void | Promise<unknown> {
    const update = () => super.scheduleUpdate();
    // Sizes are in rem. Where the page made that small for reasons of its own, nothing is drawn before they fit.
    const small = !this.hasUpdated && parseFloat(getComputedStyle(document.documentElement).fontSize) < USUAL_REM;
    return small ? import('./fit-rem.js').then(({ fitRem }) => { fitRem(this); }).then(update, update) : update();
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const user = this.auth.data?.user;
    if (user) this.locale.follow(user);
  }

  /** A provider came to the page after this element: its code loaded later, or it was put around it. */
  readonly #askAgain = (): void => {
    if (this.#provided.value) return;
    this.#provided.hostConnected();
    this.#texts.hostConnected();
  };

  /** The client in use: of the own adapter, else of the provider. */
  get client(): SettingsClient | undefined {
    return this.adapter ? clientOf(this, this.adapter) : this.#provided.value;
  }

  /** Whether this backend has the operation and this person may call it. */
  can(operation: OperationName): boolean {
    return this.client?.auth.can(operation) ?? false;
  }

  /** Tells the page. Answers false when a cancelable event was cancelled. */
  emit<Type extends keyof UfEventMap>(type: Type, detail: UfEventMap[Type]['detail'], cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
  }

  /** Tells the page of a failure; what the person cancelled is none. */
  report(operation: OperationName, error: SettingsError): void {
    if (error.kind !== 'aborted') this.emit('uf-error', { operation, kind: error.kind });
  }

  /**
   * Sends a write as the page allows it, with its events.
   * @throws {SettingsError} `aborted` when the page vetoed it or the element is not configured.
   */
  async act<Op extends WriteOperation>(action: Action<Op>, input: Input<Op>, options?: RunOptions): Promise<Output<Op>> {
    const { operation } = action;
    const { client } = this;
    if (!client || action.busy || !this.emit('uf-before-change', { operation }, true)) throw new SettingsError('aborted');
    const running = action.run(client, input, options);
    this.requestUpdate();
    try {
      const output = await running;
      this.emit('uf-change', { operation });
      return output;
    } catch (thrown) {
      const error = SettingsError.from(thrown, operation);
      this.report(operation, error);
      throw error;
    } finally {
      this.requestUpdate();
    }
  }
}
