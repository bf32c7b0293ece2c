import { findRecoveryCode, hashRecoveryCodes, newRecoveryCodes, randomToken } from '@userflux/settings/rules';
import { codeOf, countTry, type Try } from './attempts.js';
import type { Place } from './call.js';
import type { Queries } from './store.js';

/** New codes, in clear for the one answer that shows them, and what is kept of them. Slow: before the transaction. */
export async function makeRecoveryCodes(): Promise<{ codes: string[]; keep: (db: Queries, userId: string) => Promise<void> }> {
  const codes = newRecoveryCodes();
  const { salt, hashes } = await hashRecoveryCodes(codes);
  return {
    codes,
    keep: async (db, userId) => {
      await forgetRecoveryCodes(db, userId);
      await db.insertInto('settingsRecoveryCode').values(hashes.map((hash) => ({ id: randomToken(), userId, salt, hash }))).execute();
    },
  };
}

export async function forgetRecoveryCodes(db: Queries, userId: string): Promise<void> {
  await db.deleteFrom('settingsRecoveryCode').where('userId', '=', userId).execute();
}

/** What {@link prepareRecoveryCode} found: the code's hash, before it is known whether it is still unused. */
export interface RecoveryCodeInHand {
  readonly userId: string;
  readonly hash: string | undefined;
  readonly attempt: Try;
}

/**
 * Counts the try and compares, outside any transaction. The count is that of the one-time codes: neither is a second way to guess.
 * @throws {SettingsError} `rate-limited`
 */
export async function prepareRecoveryCode({ store }: Place, userId: string, typed: string, now: number): Promise<RecoveryCodeInHand> {
  const attempt = await countTry(store.db, codeOf(userId), now);
  const rows = await store.db.selectFrom('settingsRecoveryCode').select(['salt', 'hash']).where('userId', '=', userId).execute();
  return { userId, attempt, hash: await findRecoveryCode({ salt: rows[0]?.salt ?? '', hashes: rows.map(({ hash }) => hash) }, typed) };
}

/**
 * Takes the code, once: of a thousand calls with it, in however many processes, one deletes its row.
 * @returns how many are left
 * @throws {SettingsError} `wrong-credential`
 */
export async function takeRecoveryCode(db: Queries, { userId, hash, attempt }: RecoveryCodeInHand): Promise<number> {
  if (hash === undefined) throw attempt.wrong();
  const { numDeletedRows } = await db.deleteFrom('settingsRecoveryCode').where('userId', '=', userId).where('hash', '=', hash).executeTakeFirst();
  if (numDeletedRows !== 1n) throw attempt.wrong();
  await attempt.right(db);
  const { left } = await db.selectFrom('settingsRecoveryCode').select((each) => each.fn.countAll<number | string>().as('left')).where('userId', '=', userId).executeTakeFirstOrThrow();
  return Number(left);
}
