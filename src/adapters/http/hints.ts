import { SettingsError } from '../../contract/errors.js';
import { operationNames, rowOf, type OperationName } from '../../contract/operations.js';
import type { Wire } from './wire.js';

export type Listener = (changed: readonly OperationName[]) => void;

/**
 * Who wants to know what changes elsewhere, and whether there is somebody whose changes could be told: only then is the server's
 * event stream opened. So it takes no part in the first view, and a page where nobody is signed in never asks.
 */
export class Hints {
  readonly #wire: Wire;
  readonly #listeners = new Set<Listener>();
  #signedIn = false;
  #stream: AbortController | undefined;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    this.#settle();
    return () => {
      this.#listeners.delete(listener);
      this.#settle();
    };
  };

  /** How a call went: some say who is there. */
  heard(operation: OperationName, error?: unknown): void {
    const over = operation === 'auth.signOut' ? error === undefined : SettingsError.is(error) && error.kind === 'unauthenticated';
    if (over) this.#signedIn = false;
    else if (operation === 'auth.context' && error === undefined) this.#signedIn = true;
    this.#settle();
  }

  #settle(): void {
    const wanted = this.#signedIn && this.#listeners.size > 0;
    if (wanted === (this.#stream !== undefined)) return;
    this.#stream?.abort();
    this.#stream = wanted ? this.#open() : undefined;
  }

  #open(): AbortController {
    const stream = new AbortController();
    const tell: Listener = (changed) => {
      if (!stream.signal.aborted) for (const listener of [...this.#listeners]) listener(changed);
    };
    // Without it the page works as before; it hears of changes when it loads anew.
    void import('./events.js').then(
      async ({ follow }) => {
        const reads = operationNames.filter((name) => rowOf(name).effect === 'read');
        const end = await follow(this.#wire, reads, tell, stream.signal);
        if (end === 'unauthenticated' && this.#stream === stream) {
          this.#signedIn = false;
          this.#settle();
        }
      },
      () => undefined,
    );
    return stream;
  }
}
