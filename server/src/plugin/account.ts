import { SettingsError } from '@userflux/settings/contract';
import { addressTakenMail, confirmationMail, EMAIL_CHANGE_SECONDS, emailKey, folded, noticeMail, passwordProblem, randomToken, sha256 } from '@userflux/settings/rules';
import { canSignIn } from './addresses.js';
import { confirmationsOf, countTry } from './attempts.js';
import { checkPassword, profileVersion, userOf } from './auth.js';
import { assertCurrent, type Call, type Handlers, type Origin, type Person, type Place } from './call.js';
import { announce } from './events.js';
import { queueMail } from './mail.js';
import { workplaceOf } from './me.js';
import { recordEvent } from './records.js';
import { isTwice, moment, type Queries } from './store.js';

/** How people are searched and sorted in lists. */
export function searchKeyOf(name: string, email: string): string {
  return folded(`${name} ${email}`);
}

/** The teams of a person find and sort them by their name and address of now. */
export async function keepSearchKeys(db: Queries, userId: string, searchKey: string): Promise<void> {
  await db.updateTable('member').set({ searchKey }).where('userId', '=', userId).execute();
}

/** Words about a person that make a password guessable. */
export function wordsAbout(place: Place, ...texts: readonly (string | undefined)[]): string[] {
  return [place.product, ...texts.filter((text) => text !== undefined)];
}

/** The row of the caller, kept from others until the transaction ends. */
async function ownPerson(call: Call): Promise<Person> {
  const row = await call.place.store
    .locking(call.db.selectFrom('user').select(['name', 'email']).where('id', '=', call.me.person.id))
    .executeTakeFirst();
  if (!row) throw new SettingsError('unauthenticated', 'Nobody is signed in.');
  return { ...call.me.person, ...row };
}

async function isTaken(db: Queries, email: string): Promise<boolean> {
  return (await db.selectFrom('user').select('id').where('email', '=', emailKey(email)).executeTakeFirst()) !== undefined;
}

/**
 * Makes the change pending and writes to the new address. Where that address has an account already, everything looks the
 * same from here; only its owner learns of it, by mail (no enumeration, S11).
 */
async function sendConfirmation(call: Call, email: string): Promise<void> {
  const { db, me, now, place } = call;
  // Nobody fills somebody else's mailbox from here.
  await countTry(db, confirmationsOf(me.person.id), now);
  const token = randomToken();
  const pending = { email, tokenHash: await sha256(token), expiresAt: now + EMAIL_CHANGE_SECONDS * 1000 };
  await db
    .insertInto('settingsEmailChange')
    .values({ id: randomToken(), userId: me.person.id, ...pending })
    .onConflict((conflict) => conflict.column('userId').doUpdateSet(pending))
    .execute();
  const { product, links } = place;
  await call.mail((await isTaken(db, email)) ? addressTakenMail(email, { product }) : confirmationMail(email, { product, link: links.emailChange(token) }));
}

export const accountHandlers = {
  'profile.update': async (call, { name }) => {
    const person = await ownPerson(call);
    const current = await userOf(call.db, person, call.now);
    assertCurrent(call, await profileVersion(person), () => current);
    if (name === undefined || name === person.name) return current;
    await call.record('profile.update', [person.id]);
    const searchKey = searchKeyOf(name, person.email);
    await call.db.updateTable('user').set({ name, searchKey, updatedAt: call.place.store.date(call.now) }).where('id', '=', person.id).execute();
    await keepSearchKeys(call.db, person.id, searchKey);
    return userOf(call.db, { ...person, name }, call.now);
  },

  'email.change': async (call, { email }) => {
    const { me } = call;
    if (emailKey(email) === emailKey(me.person.email)) throw new SettingsError('invalid', 'That is the address already.', { fields: { email: 'unchanged' } });
    if (!canSignIn(email)) throw new SettingsError('invalid', 'Nobody can sign in here by this address.', { fields: { email: 'invalid' } });
    await call.mail(noticeMail(me.person.email, 'Somebody asked to change the email address of your account.'));
    await call.record('email.change', [me.person.id]);
    await sendConfirmation(call, email);
    return userOf(call.db, me.person, call.now);
  },

  'email.resend': async (call) => {
    const { db, me, now } = call;
    const pending = await db.selectFrom('settingsEmailChange').select('email').where('userId', '=', me.person.id).where('expiresAt', '>', now).executeTakeFirst();
    if (!pending) throw new SettingsError('not-found', 'No change of address is pending.');
    await sendConfirmation(call, pending.email);
    return userOf(db, me.person, now);
  },

  'email.cancel': async ({ db, me, now, record }) => {
    const { numDeletedRows } = await db.deleteFrom('settingsEmailChange').where('userId', '=', me.person.id).executeTakeFirst();
    if (numDeletedRows > 0n) await record('email.cancel', [me.person.id]);
    return userOf(db, me.person, now);
  },

  'password.change': {
    prepare: async (before, { currentPassword, newPassword, signOutOthers }) => {
      const { me, place } = before;
      const attempt = await checkPassword(before, currentPassword);
      await attempt.right(place.store.db);
      const about = wordsAbout(place, me.person.name, me.person.email, me.organisation?.name);
      const unchanged = newPassword.normalize('NFKC') === currentPassword.normalize('NFKC');
      const problem = passwordProblem(newPassword, about, me.person.mfa) ?? (unchanged ? 'unchanged' : undefined);
      if (problem) throw new SettingsError('invalid', 'The new password will not do.', { fields: { newPassword: problem } });
      const password = await place.hashPassword(newPassword);
      return async (call) => {
        const { db, now } = call;
        // The password that was checked is still the password: another change in the meantime wins.
        const { numUpdatedRows } = await db
          .updateTable('account')
          .set({ password, updatedAt: place.store.date(now) })
          .where('userId', '=', me.person.id)
          .where('providerId', '=', 'credential')
          .where('password', '=', me.person.passwordHash)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) throw attempt.wrong();
        if (signOutOthers) {
          await db.deleteFrom('session').where('userId', '=', me.person.id).where('id', '!=', me.session.id).execute();
          // Their pages look, and find that they are signed out.
          await announce(db, now, { reads: ['auth.context'], userId: me.person.id, organizationIds: [] });
        }
        await call.record('password.change', [me.person.id]);
        await call.mail(noticeMail(me.person.email, 'The password of your account was changed.'));
      };
    },
  },
} satisfies Partial<Handlers>;

/**
 * The link of the confirmation mail was followed; it may be opened anywhere, so there is no session. It works once, until it
 * expires, is sent again or cancelled.
 * @throws {SettingsError} `not-found`; `conflict` where the address was taken since (who holds this link owns the mailbox and may know)
 */
export async function confirmEmailChange(place: Place, token: string, origin: Origin = { address: null, userAgent: null }): Promise<void> {
  const now = place.clock();
  const tokenHash = await sha256(token);
  await place.store.transaction(async (db) => {
    const pending = await db.deleteFrom('settingsEmailChange').where('tokenHash', '=', tokenHash).returningAll().executeTakeFirst();
    if (!pending || moment(pending.expiresAt) <= now) throw new SettingsError('not-found', 'This link does not work (any more).');
    const person = await place.store.locking(db.selectFrom('user').select(['name', 'email']).where('id', '=', pending.userId)).executeTakeFirst();
    if (!person) throw new SettingsError('not-found', 'This link does not work (any more).');
    await db.deleteFrom('settingsAttempt').where('id', '=', confirmationsOf(pending.userId)).execute();
    if (await isTaken(db, pending.email)) throw new SettingsError('conflict', 'This address has an account.');
    const searchKey = searchKeyOf(person.name, pending.email);
    await db
      .updateTable('user')
      .set({ email: emailKey(pending.email), emailVerified: place.store.boolean(true), searchKey, updatedAt: place.store.date(now) })
      .where('id', '=', pending.userId)
      .execute()
      .catch((error: unknown) => {
        // Somebody else confirmed the same address at this moment.
        throw isTwice(error) ? new SettingsError('conflict', 'This address has an account.') : error;
      });
    await keepSearchKeys(db, pending.userId, searchKey);
    // The page that asked waits for it, and the team shows addresses.
    const memberships = await db.selectFrom('member').select('organizationId').where('userId', '=', pending.userId).execute();
    await announce(db, now, { reads: ['auth.context', 'team.list'], userId: pending.userId, organizationIds: memberships.map(({ organizationId }) => organizationId) });
    await recordEvent(db, { now, userId: pending.userId, organizationId: await workplaceOf(db, pending.userId), origin, action: 'email.confirm', targets: [pending.userId], result: 'ok' });
    await queueMail(db, now, noticeMail(person.email, 'The email address of your account was changed.'));
    await queueMail(db, now, noticeMail(pending.email, 'This is now the email address of your account.'));
  });
}
