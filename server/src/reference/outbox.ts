import { iso, moment } from '../plugin/store.js';
import type { OpenDatabase } from './database.js';

/** A mail as the host page shows it. */
export interface OutboxMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  link: string | null;
  at: string;
}

/** More than anybody reads; the newest count. */
const SHOWN = 200;

/** The mails that wait for somebody to send them, the oldest first. Without SMTP nobody does: on a desk they are read here. */
export async function readOutbox(db: OpenDatabase['db']): Promise<OutboxMail[]> {
  const rows = await db.selectFrom('settingsMail').select(['id', 'to', 'subject', 'text', 'link', 'at']).orderBy('at', 'desc').orderBy('id', 'desc').limit(SHOWN).execute();
  return rows.map(({ at, ...mail }) => ({ ...mail, at: iso(moment(at)) })).reverse();
}
