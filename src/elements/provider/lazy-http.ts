import { SettingsError, type AdapterDefinition, type Handlers, type OperationName, type SettingsAdapter } from '../../contract/index.js';
import { operationNames, rowOf } from '../../contract/operations.js';

type Listener = (changed: readonly OperationName[]) => void;

/** What the attributes say. */
export interface HttpAttributes {
  baseUrl: string;
  credentials: string | undefined;
}

/**
 * An http adapter that loads at the first call: a page with an adapter of its own does not pay for it. It is there at once, so that widgets
 * draw what they are and wait; if its code does not come, their calls fail as when the server does not, and Retry loads it again.
 */
export class LazyHttp {
  readonly definition: AdapterDefinition;
  readonly #attributes: HttpAttributes;
  readonly #refuse: (message: string) => void;
  #adapter: Promise<SettingsAdapter> | undefined;
  #listener: Listener | undefined;
  #stop: (() => void) | undefined;
  #wanted = false;
  #wasOpen = false;

  /** @param refuse is told what is wrong with the attributes. */
  constructor(attributes: HttpAttributes, refuse: (message: string) => void) {
    this.#attributes = attributes;
    this.#refuse = refuse;
    const handlers: Handlers = Object.fromEntries(
      // What goes in and out is checked at both ends.
      operationNames.map((operation) => [operation, async (input: never, options: object) => (await this.#load()).call(operation, input, options)]),
    );
    this.definition = {
      name: 'http',
      operations: handlers,
      subscribe: (listener) => {
        this.#listener = listener;
        return () => {
          this.#listener = undefined;
        };
      },
    };
  }

  /** Listens to what changes elsewhere. What changed while it was closed is not known: then all is read anew. */
  open(): void {
    this.#wanted = true;
    if (this.#wasOpen) this.#listener?.(operationNames.filter((name) => rowOf(name).effect === 'read'));
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

  #load(): Promise<SettingsAdapter> {
    this.#adapter ??= import('../../adapters/http/index.js').then(
      ({ createHttpAdapter }) => {
        try {
          // It checks them, for callers in plain JavaScript as well.
          return createHttpAdapter(this.#attributes as Parameters<typeof createHttpAdapter>[0]);
        } catch (error) {
          this.#refuse(error instanceof Error ? error.message : '');
          throw error;
        }
      },
      (cause: unknown) => {
        this.#adapter = undefined;
        throw new SettingsError('unavailable', 'The http adapter did not load.', { cause });
      },
    );
    return this.#adapter;
  }
}
