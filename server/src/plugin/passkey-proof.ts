import { SettingsError, type Assertion, type Registration, type RequestOptions } from '@userflux/settings/contract';
import { fromBase64, newPasskeyChallenge, passkeyRequest, PASSKEY_ALGORITHMS, PASSKEY_CHALLENGE_SECONDS, type Credential, type RelyingParty } from '@userflux/settings/rules';
import { verifyAuthenticationResponse, verifyRegistrationResponse, type VerifiedRegistrationResponse } from '@simplewebauthn/server';
import type { BetterAuthOptions } from 'better-auth';
import type { Selectable } from 'kysely';
import { assertMayTry, countTry, passkeyOf } from './attempts.js';
import type { Before, Call, Place } from './call.js';
import { recordProof } from './step-up.js';
import { iso, moment, type Queries, type Tables } from './store.js';

export type PasskeyRow = Selectable<Tables['passkey']>;

/** What a challenge was made for: answered for something else it is worth nothing. */
type Purpose = 'add' | 'step-up';

const idOf = (sessionId: string, purpose: Purpose): string => `${sessionId} ${purpose}`;

/** As Better Auth's passkey plugin is told, which signs in with the same passkeys; the same defaults, but never whatever origin a request names. */
export function relyingPartyOf({ options, baseURL }: { options: BetterAuthOptions; baseURL: string }, product: string): RelyingParty {
  const plugin = options.plugins?.find(({ id }) => id === 'passkey') as { options?: { rpID?: string; rpName?: string; origin?: string | string[] | null } } | undefined;
  const { origin, hostname } = new URL(baseURL);
  const told = plugin?.options ?? {};
  return { id: told.rpID ?? hostname, name: told.rpName ?? product, origins: [told.origin ?? origin].flat() };
}

export function passkeysOf(db: Queries, userId: string): Promise<PasskeyRow[]> {
  return db.selectFrom('passkey').selectAll().where('userId', '=', userId).execute();
}

function transportsOf({ transports }: Pick<PasskeyRow, 'transports'>): string[] {
  return (transports ?? '').split(',').filter(Boolean);
}

export function credentialOf(row: PasskeyRow): Credential {
  return { id: row.credentialID, transports: transportsOf(row) };
}

/** What an authenticator says of the person and of itself (WebAuthn 6.1); nothing is verified here. */
export function flagsOf(authenticatorData: string): { verified: boolean; backedUp: boolean } {
  const flags = Buffer.from(authenticatorData, 'base64url')[32] ?? 0;
  return { verified: (flags & 4) !== 0, backedUp: (flags & 16) !== 0 };
}

/** A challenge of this session; the one before it is worth nothing any more. */
export async function makeChallenge({ db, me, now }: Call, purpose: Purpose): Promise<string> {
  const challenge = newPasskeyChallenge();
  const row = { challenge, expiresAt: now + PASSKEY_CHALLENGE_SECONDS * 1000 };
  await db.insertInto('settingsChallenge').values({ id: idOf(me.session.id, purpose), ...row }).onConflict((conflict) => conflict.column('id').doUpdateSet(row)).execute();
  return challenge;
}

/** The challenge of this session that waits for its answer. */
export async function standingChallenge({ place, me, now }: Before, purpose: Purpose): Promise<string | undefined> {
  const row = await place.store.db.selectFrom('settingsChallenge').selectAll().where('id', '=', idOf(me.session.id, purpose)).executeTakeFirst();
  return row && moment(row.expiresAt) > now ? row.challenge : undefined;
}

/** Takes it away: of several answers at once, one finds it still there. */
export async function takeChallenge(db: Queries, sessionId: string, purpose: Purpose, challenge: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('settingsChallenge').where('id', '=', idOf(sessionId, purpose)).where('challenge', '=', challenge).executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Forgets what waits for an answer in the sessions of this person; called before these sessions end. */
export async function dropChallenges(db: Queries, userId: string): Promise<void> {
  const sessions = await db.selectFrom('session').select('id').where('userId', '=', userId).execute();
  for (const { id } of sessions) await db.deleteFrom('settingsChallenge').where('id', 'in', [idOf(id, 'add'), idOf(id, 'step-up')]).execute();
}

/** Forgets challenges that nobody answered. */
export async function sweepChallenges(db: Queries, now: number): Promise<void> {
  await db.deleteFrom('settingsChallenge').where('expiresAt', '<=', now).execute();
}

/** What was made by this call; nothing where it was not, or cannot be read. */
export async function verifyRegistration({ party }: Place, credential: Registration, challenge: string): Promise<VerifiedRegistrationResponse['registrationInfo']> {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { ...credential, rawId: credential.id, clientExtensionResults: {}, response: { clientDataJSON: credential.response.clientDataJSON, attestationObject: credential.response.attestationObject } },
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...PASSKEY_ALGORITHMS],
    });
    // The library takes the id of the answer for granted.
    return registrationInfo?.credential.id === credential.id ? registrationInfo : undefined;
  } catch {
    // Whatever it says of bytes from outside: they are no answer.
    return undefined;
  }
}

/** What its use has changed; nothing where it is not this passkey's answer to this challenge. */
async function verifyAssertion({ party }: Place, assertion: Assertion, challenge: string, row: PasskeyRow): Promise<{ counter: number; backedUp: boolean } | undefined> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...assertion, rawId: assertion.id, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: party.id,
      credential: { id: row.credentialID, publicKey: fromBase64(row.publicKey), counter: row.counter },
      requireUserVerification: true,
    });
    return verified && authenticationInfo.credentialDeviceType === row.deviceType ? { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp } : undefined;
  } catch {
    return undefined;
  }
}

export async function beginRequest(call: Call): Promise<RequestOptions> {
  const { db, me, place, now } = call;
  const own = await passkeysOf(db, me.person.id);
  if (own.length === 0) throw new SettingsError('not-found', 'This person has no passkey.');
  // Nobody is asked for a finger that would be refused.
  await assertMayTry(db, passkeyOf(me.person.id), now);
  return passkeyRequest(place.party, await makeChallenge(call, 'step-up'), own.map(credentialOf));
}

/** Counts the try and verifies, outside any transaction; the proof is recorded inside. @throws {SettingsError} `wrong-credential`, `rate-limited` */
export async function prepareAssertion(before: Before, assertion: Assertion): Promise<(call: Call) => Promise<{ freshUntil: string }>> {
  const { place, me, now } = before;
  const { db } = place.store;
  const attempt = await countTry(db, passkeyOf(me.person.id), now);
  const challenge = await standingChallenge(before, 'step-up');
  const row = (await passkeysOf(db, me.person.id)).find(({ credentialID }) => credentialID === assertion.id);
  const used = challenge !== undefined && row && (await verifyAssertion(place, assertion, challenge, row));
  if (challenge !== undefined && !used) {
    // A challenge that was answered wrongly is over, although the call fails.
    await takeChallenge(db, me.session.id, 'step-up', challenge);
    throw attempt.wrong();
  }
  return async (call) => {
    if (!used || !(await takeChallenge(call.db, me.session.id, 'step-up', challenge))) throw attempt.wrong();
    const { numUpdatedRows } = await call.db
      .updateTable('passkey')
      .set({ counter: used.counter, backedUp: place.store.boolean(used.backedUp), lastUsedMoment: now })
      .where('id', '=', row.id)
      .where('counter', '=', row.counter)
      .executeTakeFirst();
    // Removed in the meantime, or its counter has gone on: then it was another device's answer.
    if (numUpdatedRows !== 1n) throw attempt.wrong();
    await attempt.right(call.db);
    await call.record('auth.stepUp', [me.person.id]);
    return { freshUntil: iso(await recordProof(call, 'passkey')) };
  };
}
