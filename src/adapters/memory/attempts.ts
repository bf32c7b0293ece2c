import { SettingsError } from '../../contract/errors.js';
import { ATTEMPTS, waitAfter } from '../../rules/attempts.js';
import { RecordedRefusal, type Transaction } from './database.js';


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
  const wait = waitAfter(before.waits);
  transaction.put('attempts', { id: credential, failures: 0, waits: before.waits + 1, lockedUntil: now + wait });
  return new RecordedRefusal(new SettingsError('wrong-credential', 'Wrong credential.', { attemptsLeft: 0, retryAfter: wait / 1000 }));
}

/** A right one clears the count. */
export function rightTry(transaction: Transaction, credential: string): void {
  if (transaction.get('attempts', credential)) transaction.delete('attempts', credential);
}
