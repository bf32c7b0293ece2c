import { SettingsError } from '@userflux/settings/contract';
import { ENROLMENT_SECONDS, enrolmentOf, newTotpSecret, noticeMail, randomToken } from '@userflux/settings/rules';
import { codeOf, countTry } from './attempts.js';
import type { Before, Call, Handlers } from './call.js';
import { forgetRecoveryCodes, makeRecoveryCodes } from './recovery-codes.js';
import { closeTotpSecret, openTotpSecret, recordProof, stepOfCode } from './step-up.js';
import { moment, truth, type Queries } from './store.js';

interface Enrolment {
  readonly id: string;
  readonly secret: string;
  readonly expiresAt: number;
}

/** An enrolment of this person that still waits for its code. */
async function standing(db: Queries, { place, me, now }: Before, id: string): Promise<Enrolment> {
  const row = await db.selectFrom('settingsEnrolment').selectAll().where('id', '=', id).where('userId', '=', me.person.id).executeTakeFirst();
  const secret = row && moment(row.expiresAt) > now ? await openTotpSecret(place, row.secret) : undefined;
  if (!row || secret === undefined) throw new SettingsError('not-found', 'This enrolment is over.');
  return { id: row.id, secret, expiresAt: moment(row.expiresAt) };
}

/** One of this person's calls at a time may change their factor. @throws {SettingsError} `conflict` when one is on */
async function lockFactor({ db, me, place }: Call): Promise<void> {
  const row = await place.store.locking(db.selectFrom('user').select('twoFactorEnabled').where('id', '=', me.person.id)).executeTakeFirst();
  if (row && truth(row.twoFactorEnabled)) throw new SettingsError('conflict', 'MFA is on already.');
}

async function enrol(call: Call): Promise<Enrolment> {
  const { db, me, now, place } = call;
  await lockFactor(call);
  const enrolment = { id: randomToken(), secret: newTotpSecret(), expiresAt: now + ENROLMENT_SECONDS * 1000 };
  // One enrolment at a time: the QR code shown last is the one that counts.
  await db.deleteFrom('settingsEnrolment').where('userId', '=', me.person.id).execute();
  await db
    .insertInto('settingsEnrolment')
    .values({ id: enrolment.id, userId: me.person.id, secret: await closeTotpSecret(place, enrolment.secret), expiresAt: enrolment.expiresAt })
    .execute();
  return enrolment;
}

export const mfaHandlers = {
  'mfa.begin': async (call) => {
    const { me, place } = call;
    if (me.person.mfa) throw new SettingsError('conflict', 'MFA is on already.');
    const enrolment = call.repeats === undefined ? await enrol(call) : await standing(call.db, call, call.repeats);
    call.remember(enrolment.id);
    return enrolmentOf(enrolment, place.product, me.person.email);
  },

  'mfa.confirm': {
    prepare: async (before, { enrolmentId, code }) => {
      const { place, me, now } = before;
      // The repeat of a confirmation that worked: of its recovery codes there are only hashes.
      const again = { recoveryCodes: null };
      if (before.repeats !== undefined) return () => Promise.resolve(again);
      const enrolment = await standing(place.store.db, before, enrolmentId);
      const attempt = await countTry(place.store.db, codeOf(me.person.id), now);
      const step = await stepOfCode(enrolment.secret, code, now);
      if (step === undefined) throw attempt.wrong();
      const { codes, keep } = await makeRecoveryCodes();
      return async (call) => {
        const { db } = call;
        if (call.repeats !== undefined) return again;
        // An enrolment that was begun before must not take the place of a factor that is on.
        await lockFactor(call);
        // Of several at once with the same code, one finds the enrolment still there.
        const taken = await db.deleteFrom('settingsEnrolment').where('id', '=', enrolment.id).executeTakeFirst();
        if (taken.numDeletedRows !== 1n) throw new SettingsError('not-found', 'This enrolment is over.');
        await db.deleteFrom('settingsEnrolment').where('userId', '=', me.person.id).execute();
        await attempt.right(db);
        await db.deleteFrom('twoFactor').where('userId', '=', me.person.id).execute();
        await db
          .insertInto('twoFactor')
          .values({
            id: randomToken(),
            userId: me.person.id,
            secret: await closeTotpSecret(place, enrolment.secret),
            backupCodes: await place.encrypt('[]'),
            verified: place.store.boolean(true),
            lastStep: step,
          })
          .execute();
        await keep(db, me.person.id);
        await db.updateTable('user').set({ twoFactorEnabled: place.store.boolean(true) }).where('id', '=', me.person.id).execute();
        await recordProof(call, 'totp');
        await call.record('mfa.confirm', [me.person.id]);
        await call.mail(noticeMail(me.person.email, 'Multi-factor authentication was turned on for your account.'));
        call.remember(enrolment.id);
        return { recoveryCodes: codes };
      };
    },
  },

  'mfa.disable': async (call) => {
    const { db, me, place } = call;
    await db.deleteFrom('twoFactor').where('userId', '=', me.person.id).execute();
    await forgetRecoveryCodes(db, me.person.id);
    await db.updateTable('user').set({ twoFactorEnabled: place.store.boolean(false) }).where('id', '=', me.person.id).execute();
    await call.record('mfa.disable', [me.person.id]);
    await call.mail(noticeMail(me.person.email, 'Multi-factor authentication was turned off for your account.'));
  },

  'recoveryCodes.regenerate': {
    prepare: async ({ repeats }) => {
      // The repeat of a call that worked: of its codes there are only hashes.
      const again = { recoveryCodes: null };
      if (repeats !== undefined) return () => Promise.resolve(again);
      const { codes, keep } = await makeRecoveryCodes();
      return async (call) => {
        const { db, me, place } = call;
        if (call.repeats !== undefined) return again;
        // One at a time, and only beside a factor that is on.
        const factor = await place.store.locking(db.selectFrom('twoFactor').select('id').where('userId', '=', me.person.id)).executeTakeFirst();
        if (!factor) throw new SettingsError('enrolment-required', 'No second factor.');
        await keep(db, me.person.id);
        await call.record('recoveryCodes.regenerate', [me.person.id]);
        await call.mail(noticeMail(me.person.email, 'New recovery codes were made for your account. The earlier ones stopped working.'));
        call.remember(me.person.id);
        return { recoveryCodes: codes };
      };
    },
  },
} satisfies Partial<Handlers>;
