import { randomToken } from './bytes.js';
import type { Transaction } from './database.js';
import { iso, type InvitationRow, type Rows } from './state.js';

/** What a backend would send by mail; the page shows it instead. A link holds the token in clear, as the real mail does. */
export type Mail = Pick<Rows['mails'], 'id' | 'to' | 'subject' | 'text' | 'link' | 'at'>;

/** How the host page writes the links of mails. */
export interface Links {
  invitation: (token: string) => string;
  emailChange: (token: string) => string;
}

export function sendMail(transaction: Transaction, now: number, mail: { to: string; subject: string; text: string; link?: string }): void {
  let sequence = 0;
  for (const earlier of transaction.all('mails')) sequence = Math.max(sequence, earlier.sequence);
  transaction.put('mails', { link: null, ...mail, id: randomToken(), sequence: sequence + 1, at: iso(now) });
}

export function invitationMail(transaction: Transaction, now: number, invitation: InvitationRow, organisationName: string, token: string, links: Links): void {
  const inviter = invitation.invitedBy ?? 'Somebody';
  sendMail(transaction, now, {
    to: invitation.email,
    subject: `Join ${organisationName}`,
    text: `${inviter} invited you to join ${organisationName}. The link works until ${iso(invitation.expiresAt).slice(0, 10)}. If you did not expect this, ignore it.`,
    link: links.invitation(token),
  });
}

/** A word to the owner of an account about a change that an attacker would like to make in silence. */
export function notice(transaction: Transaction, now: number, to: string, what: string): void {
  sendMail(transaction, now, { to, subject: 'Your account was changed', text: `${what} If this was not you, change your password and tell your administrator.` });
}
