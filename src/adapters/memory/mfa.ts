import { SettingsError } from '../../contract/errors.js';
import { assertMayTry, rightTry, wrongTry } from './attempts.js';
import { stepUpSession } from './auth.js';
import { randomToken } from '../../rules/bytes.js';
import { record, type MemoryHandlers } from './call.js';
import { notice } from './mails.js';
import { ENROLMENT_SECONDS } from '../../rules/policy.js';
import { hashRecoveryCodes, newRecoveryCodes } from '../../rules/recovery-codes.js';
import { acceptedStep, enrolmentOf, newTotpSecret } from '../../rules/totp.js';

export const mfaHandlers = {
  'mfa.begin': (call) => {
    const { transaction, now, me, place } = call;
    if (me.person.totp) throw new SettingsError('conflict', 'MFA is on already.');
    const earlier = call.repeats === undefined ? undefined : transaction.get('enrolments', call.repeats);
    const standing = earlier && earlier.expiresAt > now ? earlier : undefined;
    if (call.repeats !== undefined && !standing) throw new SettingsError('not-found', 'This enrolment is over.');
    if (!standing) {
      // One enrolment at a time: the QR code shown last is the one that counts.
      for (const row of transaction.all('enrolments')) if (row.personId === me.person.id) transaction.delete('enrolments', row.id);
    }
    const enrolment =
      standing ??
      transaction.put('enrolments', { id: randomToken(), personId: me.person.id, secret: newTotpSecret(), expiresAt: now + ENROLMENT_SECONDS * 1000 });
    call.remember(enrolment.id);
    return enrolmentOf(enrolment, place.product, me.person.email);
  },

  'mfa.confirm': async (call, { enrolmentId, code }) => {
    const { transaction, now, me } = call;
    // The repeat of a confirmation that worked: of its recovery codes there are only hashes.
    if (call.repeats !== undefined) return { recoveryCodes: null };
    const enrolment = transaction.get('enrolments', enrolmentId);
    if (enrolment?.personId !== me.person.id || enrolment.expiresAt <= now) throw new SettingsError('not-found', 'This enrolment is over.');
    const credential = `totp:${me.person.id}`;
    assertMayTry(transaction, credential, now);
    const lastStep = await acceptedStep(enrolment.secret, code, now, 0);
    if (lastStep === undefined) throw wrongTry(transaction, credential, now);
    rightTry(transaction, credential);
    transaction.delete('enrolments', enrolment.id);
    const recoveryCodes = newRecoveryCodes();
    transaction.put('people', { ...me.person, totp: { secret: enrolment.secret, lastStep, recoveryCodes: await hashRecoveryCodes(recoveryCodes) } });
    stepUpSession(transaction, me.session, 'totp', now);
    record(call, 'mfa.confirm', [me.person.id]);
    notice(transaction, now, me.person.email, 'Multi-factor authentication was turned on for your account.');
    call.remember(enrolment.id);
    return { recoveryCodes };
  },

  'mfa.disable': (call) => {
    const { transaction, now, me } = call;
    transaction.put('people', { ...me.person, totp: null });
    record(call, 'mfa.disable', [me.person.id]);
    notice(transaction, now, me.person.email, 'Multi-factor authentication was turned off for your account.');
  },

  'recoveryCodes.regenerate': async (call) => {
    const { transaction, now, me } = call;
    if (!me.person.totp) throw new SettingsError('enrolment-required', 'No second factor.');
    if (call.repeats !== undefined) return { recoveryCodes: null };
    const recoveryCodes = newRecoveryCodes();
    transaction.put('people', { ...me.person, totp: { ...me.person.totp, recoveryCodes: await hashRecoveryCodes(recoveryCodes) } });
    record(call, 'recoveryCodes.regenerate', [me.person.id]);
    notice(transaction, now, me.person.email, 'New recovery codes were made for your account. The earlier ones stopped working.');
    call.remember(me.person.id);
    return { recoveryCodes };
  },
} satisfies Partial<MemoryHandlers>;
