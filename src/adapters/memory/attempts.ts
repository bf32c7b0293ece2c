import { SettingsError } from '../../contract/errors.js';
import { RecordedRefusal, type Transaction } from './database.js';

/**
 * The brake on guessing: five wrong tries of a credential, then a wait of 15 minutes that doubles each time (up to a day). It counts
 * per account, wherever the tries come from: sign-in, step-up and forms inside a live session share one count.
 */
export const ATTEMPTS = 5;
const FIRST_WAIT = 15 * 60_000;
const LONGEST_WAIT = 24 * 3_600_000;

/** @param credential `password:<account>` or `totp:<account>` */
export function assertMayTry(transaction: Transaction, credential: string, now: number): void {
  const lockedUntil = transaction.get('attempts', credential)?.lockedUntil ?? 0;
  if (lockedUntil > now) {
    throw new SettingsError('rate-limited', 'Too many wrong tries.', { retryAfter: Math.ceil((lockedUntil - now) / 1000) });
  }
}

/** Notes a wrong try and answers what to throw. The fifth says how long the wait is. */
export function wrongTry(transaction: Transaction, credential: string, now: number): RecordedRefusal {
  const before = transaction.get('attempts', credential) ?? { id: credential, failures: 0, waits: 0, lockedUntil: 0 };
  const failures = before.failures + 1;
  const attemptsLeft = ATTEMPTS - failures;
  if (attemptsLeft > 0) {
    transaction.put('attempts', { ...before, failures });
    return new RecordedRefusal(new SettingsError('wrong-credential', 'Wrong credential.', { attemptsLeft }));
  }
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** before.waits);
  transaction.put('attempts', { id: credential, failures: 0, waits: before.waits + 1, lockedUntil: now + wait });
  return new RecordedRefusal(new SettingsError('wrong-credential', 'Wrong credential.', { attemptsLeft: 0, retryAfter: wait / 1000 }));
}

/** A right one clears the count. */
export function rightTry(transaction: Transaction, credential: string): void {
  if (transaction.get('attempts', credential)) transaction.delete('attempts', credential);
}
