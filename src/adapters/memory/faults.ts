import { SettingsError, type SettingsErrorKind, type SettingsErrorOptions } from '../../contract/errors.js';
import type { OperationName } from '../../contract/operations.js';
import { STEP_UP_SECONDS } from '../../rules/policy.js';

/** What can be made to go wrong, for stories and tests. All of it stays until {@link Faults.clear}. */
export interface Faults {
  /** Milliseconds added to each call. */
  latency: number;
  /** Every call fails with `offline`, without effect. */
  offline: boolean;
  /**
   * Makes an operation fail (`*`: each one).
   * - `times`: only so often; without it, until cleared.
   * - `committed`: the effect happens and the answer is lost on its way back.
   */
  fail(operation: OperationName | '*', error: SettingsErrorKind | (() => never), options?: { times?: number; committed?: boolean }): void;
  /** Calls wait until they are aborted or the faults are cleared. */
  hang(operation: OperationName | '*'): void;
  /** The operation has no effect and answers this, in whatever shape. */
  answer(operation: OperationName, value: unknown): void;
  clear(): void;
}

interface Failure {
  error: SettingsErrorKind | (() => never);
  left: number;
  committed: boolean;
}

/** What an error of this kind carries when a backend throws it. */
const details: Partial<Record<SettingsErrorKind, SettingsErrorOptions>> = {
  'step-up-required': { challenge: { methods: ['totp'], maxAge: STEP_UP_SECONDS } },
  'wrong-credential': { attemptsLeft: 4 },
  'rate-limited': { retryAfter: 30 },
  unavailable: { retryAfter: 5 },
  invalid: { fields: {} },
};

export class FaultInjector implements Faults {
  latency: number;
  offline = false;
  readonly #usualLatency: number;
  readonly #failures = new Map<OperationName | '*', Failure>();
  readonly #hanging = new Set<OperationName | '*'>();
  readonly #answers = new Map<OperationName, { value: unknown }>();
  readonly #waiting = new Set<() => void>();

  constructor(latency: number) {
    this.latency = latency;
    this.#usualLatency = latency;
  }

  fail(operation: OperationName | '*', error: SettingsErrorKind | (() => never), options: { times?: number; committed?: boolean } = {}): void {
    this.#failures.set(operation, { error, left: options.times ?? Infinity, committed: options.committed ?? false });
  }

  hang(operation: OperationName | '*'): void {
    this.#hanging.add(operation);
  }

  answer(operation: OperationName, value: unknown): void {
    this.#answers.set(operation, { value });
  }

  clear(): void {
    this.latency = this.#usualLatency;
    this.offline = false;
    this.#failures.clear();
    this.#hanging.clear();
    this.#answers.clear();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const go of waiting) go();
  }

  /** Does the work, or what the faults make of it. */
  async around(operation: OperationName, signal: AbortSignal | undefined, work: () => Promise<unknown>): Promise<unknown> {
    await this.delay(signal);
    if (this.#hanging.has(operation) || this.#hanging.has('*')) {
      await untilAborted(signal, (go) => {
        this.#waiting.add(go);
        return () => {
          this.#waiting.delete(go);
        };
      });
    }
    const failure = this.#next(operation);
    if (failure && !failure.committed) raise(failure.error);
    const instead = this.#answers.get(operation);
    const answer = instead ? instead.value : await work();
    if (failure) raise(failure.error);
    return answer;
  }

  /** The way there: the latency, and the wire that may be cut. */
  async delay(signal?: AbortSignal): Promise<void> {
    const { latency } = this;
    if (latency > 0) {
      await untilAborted(signal, (go) => {
        const timer = setTimeout(go, latency);
        return () => {
          clearTimeout(timer);
        };
      });
    }
    if (this.offline) throw new SettingsError('offline');
  }

  #next(operation: OperationName): Failure | undefined {
    for (const name of [operation, '*'] as const) {
      const failure = this.#failures.get(name);
      if (!failure || failure.left <= 0) continue;
      failure.left--;
      return failure;
    }
    return undefined;
  }
}

function raise(error: SettingsErrorKind | (() => never)): never {
  if (typeof error === 'function') return error();
  throw new SettingsError(error, `Injected: ${error}.`, details[error]);
}

/** Waits for `start` to call back; an abort ends the wait at once. */
function untilAborted(signal: AbortSignal | undefined, start: (go: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = start(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    function abort(): void {
      stop();
      reject(new SettingsError('aborted'));
    }
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
