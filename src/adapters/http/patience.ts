import type { SettingsError } from '../../contract/errors.js';

/** Milliseconds. */
export interface Timing {
  /** For which one try may take. */
  attempt: number;
  /** For which a call may take, with all its tries and pauses. The client gives up after 9 s, and everything has to end within 10. */
  total: number;
  /** The longest first pause; it doubles with each further one. */
  backoff: number;
  /** The longest pause that a server can ask for. */
  longest: number;
  /** Of a second of Retry-After; tests have shorter ones. */
  second: number;
}

export const usualTiming: Timing = { attempt: 5000, total: 8500, backoff: 300, longest: 3000, second: 1000 };

const RETRIES = 3;

/** Decides after each failure of one call whether, and when, to try again. */
export class Patience {
  readonly #timing: Timing;
  readonly #effect: 'read' | 'write';
  readonly #start = performance.now();
  #retries = 0;

  constructor(effect: 'read' | 'write', timing: Timing) {
    this.#effect = effect;
    this.#timing = timing;
  }

  /** Milliseconds until the next try; undefined: none. */
  pauseAfter({ kind, retryAfter }: SettingsError): number | undefined {
    // A limit that a write has met was counted for this person: they have to be told, not to be helped to meet the next one.
    const limited = kind === 'rate-limited' && this.#effect === 'read' && retryAfter !== undefined;
    if ((kind !== 'unavailable' && !limited) || this.#retries >= RETRIES) return undefined;
    const { backoff, longest, total, second } = this.#timing;
    const asked = (retryAfter ?? 0) * second;
    // Full jitter: those who failed together do not come back together.
    const pause = asked + Math.random() * backoff * 2 ** this.#retries++;
    // A longer wait is the person's to decide on; the error says how long.
    return asked > longest || performance.now() - this.#start + pause > total ? undefined : pause;
  }
}
