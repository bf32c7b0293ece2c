import { SettingsError } from '@userflux/settings/contract';
import { ATTEMPTS, waitAfter } from '@userflux/settings/rules';
import { sql } from 'kysely';
import { moment, type Queries } from './store.js';

/** What the brake counts: one credential of one account, wherever the tries come from. */
export const passwordOf = (account: string): string => `password:${account}`;
export const codeOf = (userId: string): string => `totp:${userId}`;
/** Mails to an address that somebody says is theirs. */
export const confirmationsOf = (userId: string): string => `email-change:${userId}`;

/** A try that was counted before it is known whether it is right: a thousand at once cannot outrun the count. */
export interface Try {
  /** It was wrong: what to throw. */
  wrong(): SettingsError;
  /** It was right: the count begins anew. */
  right(db: Queries): Promise<void>;
}

/**
 * Counts a try in one statement, so that the cap holds across processes.
 * @throws {SettingsError} `rate-limited` while the wait lasts
 */
export async function countTry(db: Queries, credential: string, now: number): Promise<Try> {
  const last = sql<boolean>`"settingsAttempt"."failures" + 1 >= ${ATTEMPTS}`;
  // Waits double up to the longest; the tenth is far behind that.
  const waits = sql`case "settingsAttempt"."waits" ${sql.join(
    Array.from({ length: 10 }, (_, index) => sql`when ${sql.lit(index)} then ${sql.lit(waitAfter(index))}`),
    sql` `,
  )} else ${sql.lit(waitAfter(10))} end`;
  const row = await db
    .insertInto('settingsAttempt')
    .values({ id: credential, failures: 1, waits: 0, lockedUntil: 0, at: now })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          at: now,
          failures: sql<number>`case when ${last} then 0 else "settingsAttempt"."failures" + 1 end`,
          lockedUntil: sql<number>`case when ${last} then cast(${now} as bigint) + ${waits} else "settingsAttempt"."lockedUntil" end`,
          waits: sql<number>`case when ${last} then "settingsAttempt"."waits" + 1 else "settingsAttempt"."waits" end`,
        })
        .where('settingsAttempt.lockedUntil', '<=', now),
    )
    .returning(['failures', 'lockedUntil'])
    .executeTakeFirst();
  if (!row) throw await waiting(db, credential, now);
  const lockedUntil = moment(row.lockedUntil);
  return {
    wrong: () =>
      lockedUntil > now
        ? new SettingsError('wrong-credential', 'Wrong credential.', { attemptsLeft: 0, retryAfter: Math.ceil((lockedUntil - now) / 1000) })
        : new SettingsError('wrong-credential', 'Wrong credential.', { attemptsLeft: ATTEMPTS - row.failures }),
    right: async (within) => {
      await within.deleteFrom('settingsAttempt').where('id', '=', credential).execute();
    },
  };
}

/** Milliseconds of quiet after which a count begins anew: far longer than the longest wait, which is a day. */
const QUIET = 30 * 86_400_000;

/** Forgets the counts of long ago, most of them of addresses that nobody has. */
export async function sweepAttempts(db: Queries, now: number): Promise<void> {
  await db.deleteFrom('settingsAttempt').where('at', '<', now - QUIET).where('lockedUntil', '<=', now).execute();
}

async function waiting(db: Queries, credential: string, now: number): Promise<SettingsError> {
  const row = await db.selectFrom('settingsAttempt').select('lockedUntil').where('id', '=', credential).executeTakeFirst();
  const seconds = Math.max(1, Math.ceil((moment(row?.lockedUntil ?? now) - now) / 1000));
  return new SettingsError('rate-limited', 'Too many wrong tries.', { retryAfter: seconds });
}
