import { ContextProvider } from '@lit/context';
import { html, LitElement, type CSSResultGroup, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { SettingsClient } from '../../client/index.js';
import type { AdapterDefinition, AuthContext, SettingsAdapter } from '../../contract/index.js';
import { clientOf } from '../../lit/client-of.js';
import { messagesContext, settingsContext } from '../../lit/context.js';
import { schemeProperties } from '../../lit/scheme.js';
import { warnOnce } from '../../lit/warn.js';
import type { MessageOverrides } from '../../locales/messages.js';
import { schemeStyles } from '../../ui/scheme-styles.js';
import { lookAt } from '../base/look.js';
import { LazyHttp } from './lazy-http.js';

/**
 * Hands one backend to every widget inside it, and tells the page who is signed in. In plain HTML, for a server that speaks the settings
 * HTTP API: `<uf-provider base-url="/api/settings">`; any other backend is its `adapter` property.
 *
 * @tag uf-provider
 * @summary Connects the widgets inside it with a backend and shares who is signed in.
 *
 * @slot - The part of the page that holds the widgets.
 *
 * @fires {CustomEvent<{auth: AuthContext | null}>} uf-auth-change - What is known of the person changed; null: nobody is signed in.
 */
export class UfProvider extends LitElement {
  static override styles: CSSResultGroup = schemeStyles;

  static override properties: PropertyDeclarations = { ...schemeProperties, adapter: { attribute: false }, messages: { attribute: false }, baseUrl: { attribute: 'base-url' }, credentials: {} };

  /** The backend: what `defineAdapter()` or one of the ready adapters gives. May be exchanged at run time. */
  adapter: SettingsAdapter | AdapterDefinition | undefined;

  /** Where the settings HTTP API stands: a path, or an absolute URL. May change at run time; an `adapter` wins over it. */
  baseUrl: string | null | undefined;

  /** With `base-url`: whether cookies go along, as for `fetch`. `same-origin` unless told; `include` for an API of another origin, which has to allow it by CORS. */
  credentials: RequestCredentials | null | undefined;

  /** The colours of everything inside: `auto` follows the page's `color-scheme`, as without; `light` or `dark` where the page does not say what it is. */
  theme: 'auto' | 'light' | 'dark' | undefined;

  /** How much room things take inside: `comfortable`, as without, or `compact`. */
  density: 'comfortable' | 'compact' | undefined;

  /**
   * Single texts of your own, by area and key, in whatever language the page has: `{ team: { title: 'People' } }`. What is not in it
   * stays. May change at run time; the names are those of `@userflux/settings/locales/en`.
   */
  messages: MessageOverrides | undefined;

  readonly #texts = new ContextProvider(this, { context: messagesContext });
  readonly #context = new ContextProvider(this, { context: settingsContext });
  #client: SettingsClient | undefined;
  #http: LazyHttp | undefined;
  #unsubscribe: (() => void) | undefined;
  #told: AuthContext | null | undefined;

  /** The client that the widgets inside share; undefined without an adapter. */
  get client(): SettingsClient | undefined {
    return this.#client;
  }

  /** Who is signed in and what they may do; null while that is not known, and when nobody is. */
  get auth(): AuthContext | null {
    return this.#client?.auth.data ?? null;
  }

  /** Asks the backend anew who is signed in: after the page's own sign-in, for example. */
  async refresh(): Promise<void> {
    await this.#client?.auth.reload();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#http?.open();
    this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#http?.close();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  override firstUpdated(): void {
    lookAt(this);
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('messages')) this.#useMessages();
    if (!changed.has('adapter') && (this.adapter || !(changed.has('baseUrl') || changed.has('credentials')))) return;
    this.#http?.close();
    this.#http = this.#connectHttp();
    this.#client = clientOf(this, this.adapter ?? this.#http?.adapter);
    this.#context.setValue(this.#client);
    this.#told = undefined;
    this.#watch();
    if (this.isConnected) this.#http?.open();
  }

  override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  #useMessages(): void {
    const { messages } = this;
    this.#texts.setValue(messages);
    if (!messages) return;
    // Without that file nobody is told; the texts stand all the same.
    import('./check-messages.js').then(({ checkMessages }) => checkMessages(this.localName, messages)).catch(() => undefined);
  }

  #connectHttp(): LazyHttp | undefined {
    const { adapter, baseUrl, credentials } = this;
    if (adapter || typeof baseUrl !== 'string') return undefined;
    return new LazyHttp({ baseUrl, credentials: credentials ?? undefined }, (message) => {
      warnOnce(this.localName, `cannot connect: ${message}`);
    });
  }

  #watch(): void {
    this.#unsubscribe?.();
    const client = this.#client;
    this.#unsubscribe = this.isConnected ? client?.auth.subscribe(() => { this.#tell(); }) : undefined;
    if (client?.auth.data) this.#tell();
  }

  #tell(): void {
    const { state, signedOut } = this.#client?.auth ?? { state: undefined, signedOut: false };
    const auth = state?.data ?? null;
    if ((!auth && !signedOut) || auth === this.#told) return;
    this.#told = auth;
    this.dispatchEvent(new CustomEvent('uf-auth-change', { detail: { auth }, bubbles: true, composed: true }));
  }
}
