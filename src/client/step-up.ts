import { SettingsError, type StepUpChallenge } from '../contract/errors.js';
import type { StepUpProof, WriteOperation } from '../contract/operations.js';

/**
 * One question "is it you?", asked by a write that the backend refused until proof is given.
 * Whoever draws it calls `prove` or `cancel`; the write waits for `done` and then runs once more.
 */
export class StepUpRequest {
  readonly operation: WriteOperation;
  readonly challenge: StepUpChallenge;
  /** Resolves after proof; rejects with kind `aborted` when the person cancels. */
  readonly done: Promise<void>;
  readonly #prove: (proof: StepUpProof) => Promise<unknown>;
  #resolve!: () => void;
  #reject!: (error: SettingsError) => void;

  constructor(operation: WriteOperation, challenge: StepUpChallenge, prove: (proof: StepUpProof) => Promise<unknown>) {
    this.operation = operation;
    this.challenge = challenge;
    this.#prove = prove;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Sends the proof. Rejects with `wrong-credential`, `rate-limited` ...: the question stays open. */
  async prove(proof: StepUpProof): Promise<void> {
    await this.#prove(proof);
    this.#resolve();
  }

  /** Gives up; the write fails with this error. */
  cancel(error = new SettingsError('aborted')): void {
    this.#reject(error);
  }
}

/** Draws the question; answers nothing: the request's own promise tells how it ended. */
export type StepUpPrompt = (request: StepUpRequest) => void;
