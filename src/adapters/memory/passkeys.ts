import { SettingsError } from '../../contract/errors.js';
import type { Passkey } from '../../contract/operations.js';
import { randomToken } from '../../rules/bytes.js';
import { passkeyCreation, PASSKEYS_MAX } from '../../rules/passkeys.js';
import { record, type Call, type MemoryHandlers } from './call.js';
import { RecordedRefusal } from './database.js';
import { notice } from './mails.js';
import { credentialOf, makeChallenge, passkeysOf, takeChallenge } from './passkey-proof.js';
import { iso, isoOrNull, type PasskeyRow } from './state.js';

function passkeyOf(row: PasskeyRow): Passkey {
  return { id: row.id, name: row.name, createdAt: iso(row.createdAt), lastUsedAt: isoOrNull(row.lastUsedAt), synced: row.backedUp };
}

/** One of the person's own, gone or not. Those of others do not exist here. */
function ownPasskey({ transaction, me }: Call, id: string): PasskeyRow {
  const row = transaction.get('passkeys', id);
  if (row?.personId !== me.person.id) throw new SettingsError('not-found', 'No such passkey.');
  return row;
}

function assertRoom(own: readonly PasskeyRow[]): void {
  if (own.length >= PASSKEYS_MAX) throw new SettingsError('conflict', 'No more passkeys than these.');
}

export const passkeyHandlers = {
  'passkeys.list': ({ transaction, me }) => ({
    passkeys: passkeysOf(transaction, me.person.id)
      .sort((left, right) => right.createdAt - left.createdAt || (left.id < right.id ? -1 : 1))
      .map(passkeyOf),
  }),

  'passkeys.begin': (call) => {
    const { transaction, me, place } = call;
    const own = passkeysOf(transaction, me.person.id);
    assertRoom(own);
    return passkeyCreation(place.party, me.person, makeChallenge(call, 'add'), own.map(credentialOf));
  },

  'passkeys.finish': async (call, { name, credential }) => {
    const { transaction, me, now, place } = call;
    const challenge = takeChallenge(call, 'add');
    if (challenge === undefined) throw new SettingsError('not-found', 'This is over: begin again.');
    const { verifyRegistration } = await import('./webauthn.js');
    const made = await verifyRegistration(credential, challenge, place.party);
    // Recorded: a challenge that was answered wrongly is gone as well.
    if (!made) throw new RecordedRefusal(new SettingsError('invalid', 'This is no answer to what was begun.', { fields: { credential: 'invalid' } }));
    if (transaction.find('passkeys', (row) => row.credentialId === made.credentialId && row.removedAt === null)) throw new RecordedRefusal(new SettingsError('conflict', 'This passkey is known already.'));
    assertRoom(passkeysOf(transaction, me.person.id));
    const row = transaction.put('passkeys', { id: randomToken(), personId: me.person.id, name, ...made, transports: credential.response.transports ?? [], createdAt: now, lastUsedAt: null, removedAt: null });
    record(call, 'passkeys.finish', [{ name }]);
    notice(transaction, now, me.person.email, `The passkey “${name}” was added to your account.`);
    return passkeyOf(row);
  },

  'passkeys.rename': (call, { id, name }) => {
    const row = ownPasskey(call, id);
    if (row.removedAt !== null) throw new SettingsError('not-found', 'No such passkey.');
    record(call, 'passkeys.rename', [{ name }]);
    return passkeyOf(call.transaction.put('passkeys', { ...row, name }));
  },

  'passkeys.remove': (call, { id }) => {
    const { transaction, me, now } = call;
    const row = ownPasskey(call, id);
    if (row.removedAt !== null) return;
    // With none of these, nobody could ever prove again that they are this person.
    if (me.passkeys === 1 && !me.person.totp && me.person.passwordHash === null) throw new SettingsError('conflict', 'It is the only proof of this person.');
    transaction.put('passkeys', { ...row, removedAt: now });
    record(call, 'passkeys.remove', [row]);
    notice(transaction, now, me.person.email, `The passkey “${row.name}” was removed from your account.`);
  },
} satisfies Partial<MemoryHandlers>;
