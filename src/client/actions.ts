import type { SettingsError } from '../contract/errors.js';
import type { Input, Output, WriteOperation } from '../contract/operations.js';
import type { RunOptions, SettingsClient } from './settings-client.js';

/** 128 random bits. `crypto.randomUUID` is missing on pages that are not secure contexts. */
export function createIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** After these the write may have happened all the same: only the answer is missing. */
export function mayHaveHappened(error: SettingsError): boolean {
  return ['unavailable', 'unexpected', 'offline', 'aborted'].includes(error.kind);
}

/**
 * One thing that a person can do, once at a time. When it is not known whether a try took effect, the next try
 * carries the same idempotency key, so that pressing "Save" again after a lost answer has no second effect.
 */
export class Action<Op extends WriteOperation> {
  readonly operation: Op;
  #key: string | undefined;
  #busy = false;

  constructor(operation: Op) {
    this.operation = operation;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** The input is about to differ: what comes next is another write. */
  reset(): void {
    if (!this.#busy) this.#key = undefined;
  }

  /** @throws {SettingsError} */
  async run(client: SettingsClient, input: Input<Op>, options: RunOptions = {}): Promise<Output<Op>> {
    this.#busy = true;
    this.#key ??= createIdempotencyKey();
    let settled = true;
    try {
      return await client.run(this.operation, input, { ...options, idempotencyKey: this.#key });
    } catch (error) {
      settled = !mayHaveHappened(error as SettingsError);
      throw error;
    } finally {
      this.#busy = false;
      if (settled) this.#key = undefined;
    }
  }
}
