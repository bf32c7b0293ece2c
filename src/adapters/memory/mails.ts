import { randomToken } from '../../rules/bytes.js';
import { noticeMail, type MailText } from '../../rules/mails.js';
import type { Transaction } from './database.js';
import { iso, type Rows } from './state.js';

/** What a backend would send by mail; the page shows it instead. A link holds the token in clear, as the real mail does. */
export type Mail = Pick<Rows['mails'], 'id' | 'to' | 'subject' | 'text' | 'link' | 'at'>;

/** How the host page writes the links of mails. */
export interface Links {
  invitation: (token: string) => string;
  emailChange: (token: string) => string;
}

export function sendMail(transaction: Transaction, now: number, mail: MailText): void {
  let sequence = 0;
  for (const earlier of transaction.all('mails')) sequence = Math.max(sequence, earlier.sequence);
  transaction.put('mails', { ...mail, id: randomToken(), sequence: sequence + 1, at: iso(now) });
}

export function notice(transaction: Transaction, now: number, to: string, what: string): void {
  sendMail(transaction, now, noticeMail(to, what));
}
