import { SettingsError, type Passkey } from '@userflux/settings/contract';
import { base64, noticeMail, passkeyCreation, PASSKEYS_MAX, sha256 } from '@userflux/settings/rules';
import type { Call, Handlers } from './call.js';
import { credentialOf, makeChallenge, passkeysOf, standingChallenge, takeChallenge, verifyRegistration, type PasskeyRow } from './passkey-proof.js';
import { iso, isoOrNull, millis, moment, truth, type Queries } from './store.js';

function passkeyOf(row: PasskeyRow): Passkey {
  // Better Auth lets them have no name.
  const name = row.name === null || row.name === '' ? 'Passkey' : row.name;
  return { id: row.id, name, createdAt: iso(moment(row.createdAt)), lastUsedAt: isoOrNull(millis(row.lastUsedMoment)), synced: truth(row.backedUp) };
}

/** One of the person's own. Those of others do not exist here. */
function ownPasskey({ db, me }: Call, id: string): Promise<PasskeyRow | undefined> {
  return db.selectFrom('passkey').selectAll().where('id', '=', id).where('userId', '=', me.person.id).executeTakeFirst();
}

/** Whether it is gone because this person removed it: the records know. */
async function wasRemoved({ db, me }: Call, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('settingsEvent')
    .select('id')
    .where('userId', '=', me.person.id)
    .where('action', '=', 'passkeys.remove')
    .where('targets', '=', JSON.stringify([id]))
    .where('result', '=', 'ok')
    .executeTakeFirst();
  return row !== undefined;
}

/** One of this person's calls at a time may add or remove. */
async function lockPasskeys({ db, me, place }: Call): Promise<PasskeyRow[]> {
  await place.store.locking(db.selectFrom('user').select('id').where('id', '=', me.person.id)).executeTakeFirst();
  return passkeysOf(db, me.person.id);
}

function assertRoom(own: readonly PasskeyRow[]): void {
  if (own.length >= PASSKEYS_MAX) throw new SettingsError('conflict', 'No more passkeys than these.');
}

async function isKnown(db: Queries, credentialID: string): Promise<boolean> {
  return (await db.selectFrom('passkey').select('id').where('credentialID', '=', credentialID).executeTakeFirst()) !== undefined;
}

export const passkeyHandlers = {
  'passkeys.list': async ({ db, me }) => {
    const rows = await passkeysOf(db, me.person.id);
    return { passkeys: rows.sort((left, right) => moment(right.createdAt) - moment(left.createdAt) || (left.id < right.id ? -1 : 1)).map(passkeyOf) };
  },

  'passkeys.begin': async (call) => {
    const { db, me, place } = call;
    const own = await passkeysOf(db, me.person.id);
    assertRoom(own);
    return passkeyCreation(place.party, me.person, await makeChallenge(call, 'add'), own.map(credentialOf));
  },

  'passkeys.finish': {
    prepare: async (before, { credential }) => {
      const { place, me } = before;
      const challenge = await standingChallenge(before, 'add');
      const made = challenge === undefined ? undefined : await verifyRegistration(place, credential, challenge);
      if (challenge !== undefined && !made) {
        // A challenge that was answered wrongly is over, although the call fails.
        await takeChallenge(place.store.db, me.session.id, 'add', challenge);
        throw new SettingsError('invalid', 'This is no answer to what was begun.', { fields: { credential: 'invalid' } });
      }
      return async (call, { name }) => {
        const { db, now } = call;
        if (!made || challenge === undefined || !(await takeChallenge(db, me.session.id, 'add', challenge))) throw new SettingsError('not-found', 'This is over: begin again.');
        assertRoom(await lockPasskeys(call));
        const known = new SettingsError('conflict', 'This passkey is known already.');
        if (await isKnown(db, credential.id)) throw known;
        const row: PasskeyRow = {
          // Of the credential: of two that add the same at once, one finds its place taken.
          id: (await sha256(`passkey ${credential.id}`)).replace(/\W/g, ''),
          name,
          userId: me.person.id,
          credentialID: credential.id,
          publicKey: base64(new Uint8Array(made.credential.publicKey)),
          counter: made.credential.counter,
          deviceType: made.credentialDeviceType,
          backedUp: place.store.boolean(made.credentialBackedUp),
          transports: (credential.response.transports ?? []).join(','),
          createdAt: place.store.date(now),
          aaguid: made.aaguid,
          lastUsedMoment: null,
        };
        const { numInsertedOrUpdatedRows } = await db.insertInto('passkey').values(row).onConflict((conflict) => conflict.column('id').doNothing()).executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) throw known;
        await call.record('passkeys.finish', [{ id: row.id, name }]);
        await call.mail(noticeMail(me.person.email, `The passkey “${name}” was added to your account.`));
        return passkeyOf(row);
      };
    },
  },

  'passkeys.rename': async (call, { id, name }) => {
    const row = await ownPasskey(call, id);
    if (!row) throw new SettingsError('not-found', 'No such passkey.');
    await call.db.updateTable('passkey').set({ name }).where('id', '=', id).execute();
    await call.record('passkeys.rename', [{ id, name }]);
    return passkeyOf({ ...row, name });
  },

  'passkeys.remove': async (call, { id }) => {
    const { db, me } = call;
    const own = await lockPasskeys(call);
    const row = own.find((one) => one.id === id);
    if (!row) {
      if (await wasRemoved(call, id)) return;
      throw new SettingsError('not-found', 'No such passkey.');
    }
    // With none of these, nobody could ever prove again that they are this person.
    if (own.length === 1 && !me.person.mfa && me.person.passwordHash === null) throw new SettingsError('conflict', 'It is the only proof of this person.');
    await db.deleteFrom('passkey').where('id', '=', id).execute();
    await call.record('passkeys.remove', [passkeyOf(row)]);
    await call.mail(noticeMail(me.person.email, `The passkey “${passkeyOf(row).name}” was removed from your account.`));
  },
} satisfies Partial<Handlers>;
