import { SettingsError } from '../../contract/index.js';

/** A part of a widget that loads when it is first needed: its bytes are not in the first view. */
export class Lazy<Part> {
  /** The part, once it is there. */
  part: Part | undefined;
  /** Why its file did not arrive; who shows that takes it away to ask again. */
  error: SettingsError | undefined;
  readonly #load: () => Promise<Part>;
  #loading: Promise<Part> | undefined;

  constructor(load: () => Promise<Part>) {
    this.#load = load;
  }

  /** @throws {SettingsError} `unavailable` when its file did not arrive: the network's doing, as a server that is silent. */
  async get(): Promise<Part> {
    try {
      return (this.part ??= await (this.#loading ??= this.#load()));
    } catch {
      this.#loading = undefined;
      throw (this.error = new SettingsError('unavailable'));
    }
  }
}
