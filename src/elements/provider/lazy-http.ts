import { makeAdapter } from '../../contract/adapter.js';
import { SettingsError, type OperationName, type SettingsAdapter } from '../../contract/index.js';
import { operationNames, rowOf } from '../../contract/operations.js';

type Listener = (changed: readonly OperationName[]) => void;

/** What the attributes say. */
export interface HttpAttributes {
  baseUrl: string;
  credentials: RequestCredentials | undefined;
}

/** A path of the page's own site as most are, of which nothing has to be checked before it is asked. */
const PLAIN_PATH = /^\/\w.*\w$/;

/**
 * An http adapter that loads at the first call: a page with an adapter of its own does not pay for it. It is there at once, so that widgets
 * draw what they are and wait; if its code does not come, their calls fail as when the server does not, and Retry loads it again. Who is
 * signed in is asked while it loads: one round trip less until the first data.
 */
export class LazyHttp {
  readonly adapter: SettingsAdapter;
  readonly #attributes: HttpAttributes;
  readonly #refuse: (message: string) => void;
  #loading: Promise<SettingsAdapter> | undefined;
  #listener: Listener | undefined;
  #stop: (() => void) | undefined;
  #ahead: Promise<Response> | undefined;
  #wanted = false;
  #wasOpen = false;

  /** @param refuse is told what is wrong with the attributes. */
  constructor(attributes: HttpAttributes, refuse: (message: string) => void) {
    this.#attributes = attributes;
    this.#refuse = refuse;
    this.adapter = makeAdapter({
      name: 'http',
      operations: operationNames,
      subscribe: (listener) => {
        this.#listener = listener;
        return () => {
          this.#listener = undefined;
        };
      },
      // What goes in and out is checked there.
      call: async (operation, input, options) => (await this.#load()).call(operation, input, options),
    });
  }

  /** Listens to what changes elsewhere. What changed while it was closed is not known: then all is read anew. */
  open(): void {
    this.#wanted = true;
    if (this.#wasOpen) this.#listener?.(operationNames.filter((name) => rowOf(name).effect === 'read'));
    else if (PLAIN_PATH.test(this.#attributes.baseUrl)) this.#askAhead(this.#attributes);
    this.#wasOpen = true;
    const tell: Listener = (changed) => this.#listener?.(changed);
    this.#load().then(
      (adapter) => {
        if (this.#wanted) this.#stop ??= adapter.subscribe?.(tell);
      },
      // Whoever calls next hears of it.
      () => undefined,
    );
  }

  close(): void {
    this.#wanted = false;
    this.#stop?.();
    this.#stop = undefined;
  }

  #askAhead({ baseUrl, credentials = 'same-origin' }: HttpAttributes): void {
    this.#ahead = fetch(`${baseUrl}/context`, { credentials, cache: 'no-store', redirect: 'error', headers: { Accept: 'application/json' } });
    // Whoever takes it hears of it.
    this.#ahead.catch(() => undefined);
  }

  #load(): Promise<SettingsAdapter> {
    this.#loading ??= import('../../adapters/http/adapter.js').then(
      ({ makeHttpAdapter }) => {
        try {
          // It checks them, for callers in plain JavaScript as well.
          return makeHttpAdapter(this.#attributes, undefined, this.#ahead);
        } catch (error) {
          this.#refuse(error instanceof Error ? error.message : '');
          throw error;
        }
      },
      (cause: unknown) => {
        this.#loading = this.#ahead = undefined;
        throw new SettingsError('unavailable', 'The http adapter did not load.', { cause });
      },
    );
    return this.#loading;
  }
}
