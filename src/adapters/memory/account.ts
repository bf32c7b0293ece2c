import { SettingsError } from '../../contract/errors.js';
import type { User } from '../../contract/operations.js';
import { takePassword, userOf } from './auth.js';
import { randomToken, sha256 } from '../../rules/bytes.js';
import { assertCurrent, record, type Call, type MemoryHandlers, type Place } from './call.js';
import type { Transaction } from './database.js';
import { notice, sendMail } from './mails.js';
import { addressTakenMail, confirmationMail } from '../../rules/mails.js';
import { hashPassword, isPassword } from './password-hash.js';
import { passwordProblem } from '../../rules/passwords.js';
import { EMAIL_CHANGE_SECONDS } from '../../rules/policy.js';
import { organisationIdOf, recordEvent } from './records.js';
import { emailKey } from '../../rules/text.js';
import type { Person } from './state.js';

/** Words about a person that make a password guessable. */
export function wordsAbout(place: Place, ...texts: readonly (string | undefined)[]): string[] {
  return [place.product, ...texts.filter((text) => text !== undefined)];
}

/**
 * Makes the change pending and writes to the new address. Where that address has an account already, everything looks the
 * same from here; only its owner learns of it, by mail (no enumeration, S11).
 */
async function sendConfirmation(call: Call, email: string): Promise<User> {
  const { transaction, now, place, me } = call;
  const token = randomToken();
  const taken = transaction.find('people', (person) => person.emailKey === emailKey(email)) !== undefined;
  if (taken) {
    sendMail(transaction, now, addressTakenMail(email, place));
  } else {
    sendMail(transaction, now, confirmationMail(email, { product: place.product, link: place.links.emailChange(token) }));
  }
  const pendingEmail = { email, tokenHash: await sha256(token), expiresAt: now + EMAIL_CHANGE_SECONDS * 1000 };
  return userOf(transaction.put('people', { ...me.person, pendingEmail }), now);
}

/** The link of the confirmation mail was followed. It works once, until it expires, is sent again or cancelled. */
export async function confirmEmailChange(transaction: Transaction, token: string, now: number): Promise<Person> {
  const tokenHash = await sha256(token);
  const person = transaction.find('people', (row) => row.pendingEmail?.tokenHash === tokenHash && row.pendingEmail.expiresAt > now);
  if (!person?.pendingEmail) throw new SettingsError('not-found', 'This link does not work (any more).');
  const { email } = person.pendingEmail;
  const key = emailKey(email);
  // Taken since the mail was sent. The holder of this link owns the mailbox, so they may know.
  if (transaction.find('people', (row) => row.emailKey === key && row.id !== person.id)) throw new SettingsError('conflict', 'This address has an account.');
  recordEvent(transaction, { now, personId: person.id, organisationId: organisationIdOf(transaction, person.id), action: 'email.confirm' });
  notice(transaction, now, person.email, 'The email address of your account was changed.');
  notice(transaction, now, email, 'This is now the email address of your account.');
  return transaction.put('people', { ...person, email, emailKey: key, emailVerified: true, pendingEmail: null });
}

export const accountHandlers = {
  'profile.update': (call, { name }) => {
    const { transaction, now, me } = call;
    assertCurrent(call, String(me.person.revision), () => userOf(me.person, now));
    if (name === undefined || name === me.person.name) return userOf(me.person, now);
    record(call, 'profile.update', [me.person.id]);
    return userOf(transaction.put('people', { ...me.person, name, revision: me.person.revision + 1 }), now);
  },

  'email.change': async (call, { email }) => {
    const { transaction, now, me } = call;
    if (emailKey(email) === me.person.emailKey) {
      throw new SettingsError('invalid', 'That is the address already.', { fields: { email: 'unchanged' } });
    }
    notice(transaction, now, me.person.email, 'Somebody asked to change the email address of your account.');
    record(call, 'email.change', [me.person.id]);
    return sendConfirmation(call, email);
  },

  'email.resend': (call) => {
    const pending = call.me.person.pendingEmail;
    if (!pending || pending.expiresAt <= call.now) throw new SettingsError('not-found', 'No change of address is pending.');
    return sendConfirmation(call, pending.email);
  },

  'email.cancel': (call) => {
    const { transaction, now, me } = call;
    if (me.person.pendingEmail) record(call, 'email.cancel', [me.person.id]);
    return userOf(transaction.put('people', { ...me.person, pendingEmail: null }), now);
  },

  'password.change': async (call, { currentPassword, newPassword, signOutOthers }) => {
    const { transaction, now, me, place } = call;
    await takePassword(transaction, me.person, currentPassword, now);
    const about = wordsAbout(place, me.person.name, me.person.email, me.organisation?.name);
    const problem =
      passwordProblem(newPassword, about, me.person.totp !== null) ??
      ((await isPassword(newPassword, me.person.passwordHash)) ? ('unchanged' as const) : undefined);
    if (problem) throw new SettingsError('invalid', 'The new password will not do.', { fields: { newPassword: problem } });
    transaction.put('people', { ...me.person, passwordHash: await hashPassword(newPassword) });
    if (signOutOthers) {
      for (const session of transaction.all('sessions')) {
        if (session.personId === me.person.id && session.id !== me.session.id) transaction.delete('sessions', session.id);
      }
    }
    record(call, 'password.change', [me.person.id]);
    notice(transaction, now, me.person.email, 'The password of your account was changed.');
  },
} satisfies Partial<MemoryHandlers>;
