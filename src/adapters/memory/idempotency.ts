import { SettingsError } from '../../contract/errors.js';
import { canonical } from '../../rules/canonical.js';
import { randomToken, sha256 } from '../../rules/bytes.js';

/** What stays of a write that had its effect: never an answer that holds a secret. */
export interface Done {
  /** The answer, for operations without secrets. */
  readonly answer: unknown;
  /** For answers with secrets: the name of what was made, from which the handler makes the same answer again. */
  readonly reference: string | undefined;
}

interface Entry extends Done {
  readonly fingerprint: string;
  readonly at: number;
}

const KEPT = 24 * 3_600_000;

/**
 * Writes under an idempotency key: the same key with the same input has one effect and the same answer; another input is `conflict`.
 *
 * - Only calls that had their effect are kept. What was refused (a step-up, a wrong code, a stale version) may be sent again under its key.
 * - Calls run one after another, so of two at once the second finds what the first left.
 * - Answers with secrets are not kept at all: a repeat checks the rights and the step-up anew and reads the secret
 *   from its own place, without a second effect. Inputs are kept as a salted fingerprint only, since some hold passwords.
 * - It lives in the page's memory, as the keys of its callers do: both end together.
 */
export class IdempotencyKeys {
  readonly #entries = new Map<string, Entry>();
  readonly #salt = randomToken();

  /** A name for this input that does not give it away. */
  fingerprint(operation: string, input: unknown): Promise<string> {
    return sha256(JSON.stringify([this.#salt, operation, canonical(input)]));
  }

  /** What an earlier call under this key left. @throws `conflict` when that call was another. */
  find(scope: string, key: string, fingerprint: string, now: number): Done | undefined {
    const entry = this.#entries.get(`${scope} ${key}`);
    if (!entry || entry.at + KEPT < now) return undefined;
    if (entry.fingerprint !== fingerprint) throw new SettingsError('conflict', 'This idempotency key was used with another input.');
    return entry;
  }

  keep(scope: string, key: string, fingerprint: string, now: number, done: Done): void {
    for (const [name, entry] of this.#entries) {
      if (entry.at + KEPT >= now) break;
      this.#entries.delete(name);
    }
    this.#entries.set(`${scope} ${key}`, { ...done, fingerprint, at: now });
  }

  clear(): void {
    this.#entries.clear();
  }
}
