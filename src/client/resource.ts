import { SettingsError, type SettingsErrorKind } from '../contract/errors.js';

/** After these what was read before is no longer this person's to see; after all others it stays beside the error. */
const LOST: readonly SettingsErrorKind[] = ['unauthenticated', 'forbidden', 'not-found'];

/** What is known of one read: nothing yet, data, an error, or data beside the error of the last reload. */
export interface ResourceState<T> {
  readonly data: T | undefined;
  readonly error: SettingsError | undefined;
  readonly loading: boolean;
}

/**
 * One read of the backend, shared by everybody who shows it: sent once, redrawn everywhere.
 * An answer that was overtaken (by a newer load, or by what a write answered) is dropped.
 */
export class Resource<T> {
  #state: ResourceState<T> = { data: undefined, error: undefined, loading: false };
  readonly #listeners = new Set<() => void>();
  readonly #fetch: (signal: AbortSignal) => Promise<T>;
  #inFlight: { controller: AbortController; done: Promise<void> } | undefined;

  constructor(fetch: (signal: AbortSignal) => Promise<T>) {
    this.#fetch = fetch;
  }

  get state(): ResourceState<T> {
    return this.#state;
  }

  get data(): T | undefined {
    return this.#state.data;
  }

  get observed(): boolean {
    return this.#listeners.size > 0;
  }

  /** Calls the listener at each change; the first listener starts the load. Answers how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#state.data === undefined && !this.#state.error) void this.load();
    return () => {
      this.#listeners.delete(listener);
      if (!this.observed) this.#stop();
    };
  }

  /** Loads unless a load is under way already; never rejects, the error is in the state. */
  load(): Promise<void> {
    return this.#inFlight?.done ?? this.reload();
  }

  /** Loads anew, dropping an answer that is still on its way: it may be from before a write. */
  reload(): Promise<void> {
    this.#inFlight?.controller.abort();
    const controller = new AbortController();
    const settle = (change: Partial<ResourceState<T>>): void => {
      if (this.#inFlight?.controller !== controller) return;
      this.#inFlight = undefined;
      this.#update({ loading: false, error: undefined, ...change });
    };
    const done = this.#fetch(controller.signal).then(
      (data) => {
        settle({ data });
      },
      (thrown: unknown) => {
        const error = SettingsError.from(thrown, 'a read');
        settle(LOST.includes(error.kind) ? { error, data: undefined } : { error });
      },
    );
    this.#inFlight = { controller, done };
    this.#update({ loading: true });
    return done;
  }

  /** Drops everything, as if it had never been read. @param load whether to read it anew */
  restart(load: boolean): void {
    this.#stop();
    this.#update({ data: undefined, error: undefined, loading: false });
    if (load) void this.load();
  }

  /** Takes a value that a write answered; anything still on its way is older. */
  set(data: T): void {
    this.#stop();
    this.#update({ data, error: undefined, loading: false });
  }

  /** Drops the data, for an error that makes it untrue (signed out). */
  fail(error: SettingsError): void {
    this.#stop();
    this.#update({ data: undefined, error, loading: false });
  }

  #stop(): void {
    const flight = this.#inFlight;
    this.#inFlight = undefined;
    if (flight) {
      this.#state = { ...this.#state, loading: false };
      flight.controller.abort();
    }
  }

  #update(change: Partial<ResourceState<T>>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
