import { randomToken, type MailText } from '@userflux/settings/rules';
import { sql } from 'kysely';
import type { Place } from './call.js';
import { announce } from './events.js';
import type { Queries } from './store.js';

/** Milliseconds for which the process that took a mail has it to itself. */
const CLAIM = 60_000;
/** The wait after a failure doubles, up to an hour. */
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 3_600_000;
/** Then it is given up; the row stays for whoever looks, without its link, which is a secret. */
const TRIES = 12;

let sequence = 0;

/** Mails of one moment keep their order: moment, count of this process, and what makes it unique among processes. */
function mailId(now: number): string {
  sequence++;
  return `${String(now).padStart(15, '0')}.${String(sequence).padStart(9, '0')}.${randomToken()}`;
}

/** For `sendMail` to throw: the other side takes no mail for this address, now or later. It is not tried again, and its invitation says so. */
export class MailRefused extends Error {
  override name = 'MailRefused';
}

/** Puts a mail beside the effect it speaks of, in the same transaction. */
export async function queueMail(db: Queries, now: number, mail: MailText, invitationHash: string | null = null): Promise<void> {
  await db.insertInto('settingsMail').values({ id: mailId(now), at: now, ...mail, invitationHash, tries: 0, dueAt: now }).execute();
}

/** Rows that one statement takes: databases count the values of a statement. */
const AT_ONCE = 200;

/** The same for many at once. */
export async function queueMails(db: Queries, now: number, mails: readonly MailText[]): Promise<void> {
  for (let start = 0; start < mails.length; start += AT_ONCE) {
    await db
      .insertInto('settingsMail')
      .values(mails.slice(start, start + AT_ONCE).map((mail) => ({ id: mailId(now), at: now, ...mail, invitationHash: null, tries: 0, dueAt: now })))
      .execute();
  }
}

/**
 * Sends what waits. Each mail is claimed by one process at a time; one that was sent is deleted, since its link is a secret; one that
 * failed waits and is tried again. A process that dies between sending and deleting sends it twice: better than never.
 */
export async function deliverQueuedMails({ store, log, clock }: Pick<Place, 'store' | 'log' | 'clock'>, send: (mail: MailText) => Promise<void>): Promise<void> {
  const now = clock();
  for (;;) {
    const due = await store.db.selectFrom('settingsMail').select('id').where('dueAt', '<=', now).where('tries', '<', TRIES).orderBy('at').limit(20).execute();
    if (due.length === 0) return;
    for (const { id } of due) {
      const mail = await store.db
        .updateTable('settingsMail')
        .set({ dueAt: now + CLAIM, tries: sql<number>`"tries" + 1` })
        .where('id', '=', id)
        .where('dueAt', '<=', now)
        .returning(['to', 'subject', 'text', 'link', 'invitationHash', 'tries'])
        .executeTakeFirst();
      if (!mail) continue;
      const { tries, invitationHash, ...text } = mail;
      try {
        await send(text);
        await store.db.deleteFrom('settingsMail').where('id', '=', id).execute();
        await noteDelivery(store.db, now, invitationHash, 'sent');
      } catch (error) {
        const refused = error instanceof Error && error.name === 'MailRefused';
        // The transport's words may hold the address, never the link: the text is not logged.
        log(`A mail could not be sent (try ${String(tries)} of ${String(TRIES)}${refused ? ', refused for good' : ''}): ${error instanceof Error ? error.message : 'unknown'}`);
        const givenUp = refused || tries >= TRIES;
        const later = givenUp ? { tries: TRIES, link: null } : { dueAt: now + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries) };
        await store.db.updateTable('settingsMail').set(later).where('id', '=', id).execute();
        if (givenUp) await noteDelivery(store.db, now, invitationHash, 'bounced');
      }
    }
  }
}

/** Tells the invitation what became of its mail, unless it was sent again since; pages that show it look again where that is news. */
async function noteDelivery(db: Queries, now: number, invitationHash: string | null, delivery: 'sent' | 'bounced'): Promise<void> {
  if (invitationHash === null) return;
  const invitation = await db.updateTable('invitation').set({ delivery }).where('tokenHash', '=', invitationHash).returning('organizationId').executeTakeFirst();
  if (invitation && delivery === 'bounced') await announce(db, now, { reads: ['team.list'], userId: null, organizationIds: [invitation.organizationId] });
}
