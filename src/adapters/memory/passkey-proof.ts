import { SettingsError } from '../../contract/errors.js';
import type { Assertion, RequestOptions } from '../../contract/webauthn.js';
import { newPasskeyChallenge, passkeyRequest, PASSKEY_CHALLENGE_SECONDS, type RelyingParty } from '../../rules/passkeys.js';
import { assertMayTry, rightTry, wrongTry } from './attempts.js';
import type { Call } from './call.js';
import type { Transaction } from './database.js';
import type { PasskeyRow, Person } from './state.js';

/** What a challenge was made for: answered for something else it is worth nothing. */
type Purpose = 'add' | 'step-up';

export function passkeysOf(transaction: Transaction, personId: string): PasskeyRow[] {
  return [...transaction.all('passkeys')].filter((row) => row.personId === personId && row.removedAt === null);
}

/** A challenge of this session; the one before it is worth nothing any more. */
export function makeChallenge({ transaction, me, now }: Call, purpose: Purpose): string {
  for (const row of transaction.all('challenges')) if (row.expiresAt <= now) transaction.delete('challenges', row.id);
  const challenge = newPasskeyChallenge();
  transaction.put('challenges', { id: `${me.session.id} ${purpose}`, challenge, expiresAt: now + PASSKEY_CHALLENGE_SECONDS * 1000 });
  return challenge;
}

/** The challenge of this session that waits for its answer: taken away, whatever the answer is worth. */
export function takeChallenge({ transaction, me, now }: Call, purpose: Purpose): string | undefined {
  const id = `${me.session.id} ${purpose}`;
  const row = transaction.get('challenges', id);
  if (!row) return undefined;
  transaction.delete('challenges', id);
  return row.expiresAt > now ? row.challenge : undefined;
}

export function credentialOf({ credentialId, transports }: PasskeyRow): { id: string; transports: string[] } {
  return { id: credentialId, transports };
}

export function beginRequest(call: Call): RequestOptions {
  const { transaction, me, now, place } = call;
  const own = passkeysOf(transaction, me.person.id);
  if (own.length === 0) throw new SettingsError('not-found', 'This person has no passkey.');
  // Nobody is asked for a finger that would be refused.
  assertMayTry(transaction, `passkey:${me.person.id}`, now);
  return passkeyRequest(place.party, makeChallenge(call, 'step-up'), own.map(credentialOf));
}

/** What an answer is held against. */
interface Asked {
  challenge: string | undefined;
  party: RelyingParty;
  now: number;
}

/** Takes the answer of one of the person's passkeys, or counts a wrong try. */
async function useOwn(transaction: Transaction, personId: string, assertion: Assertion, { challenge, party, now }: Asked): Promise<void> {
  const credential = `passkey:${personId}`;
  const passkey = passkeysOf(transaction, personId).find(({ credentialId }) => credentialId === assertion.id);
  const { verifyAssertion } = await import('./webauthn.js');
  const used = challenge !== undefined && passkey && (await verifyAssertion(assertion, challenge, party, passkey));
  if (!used) throw wrongTry(transaction, credential, now);
  rightTry(transaction, credential);
  transaction.put('passkeys', { ...passkey, ...used, lastUsedAt: now });
}

/** To step up. */
export async function takeAssertion(call: Call, assertion: Assertion): Promise<void> {
  const { transaction, me, now, place } = call;
  assertMayTry(transaction, `passkey:${me.person.id}`, now);
  await useOwn(transaction, me.person.id, assertion, { challenge: takeChallenge(call, 'step-up'), party: place.party, now });
}

/** Whose passkey an answer names; nothing of it is verified here. */
export function passkeyOwner(transaction: Transaction, { id }: Assertion): Person | undefined {
  const passkey = transaction.find('passkeys', (row) => row.credentialId === id && row.removedAt === null);
  return passkey && transaction.get('people', passkey.personId);
}

/** To sign in. Who knows no passkey of anybody's tries no account. */
export async function signInByAssertion(transaction: Transaction, assertion: Assertion, asked: Asked): Promise<Person> {
  const person = passkeyOwner(transaction, assertion);
  if (!person) throw new SettingsError('wrong-credential', 'Nobody has this passkey.');
  assertMayTry(transaction, `passkey:${person.id}`, asked.now);
  await useOwn(transaction, person.id, assertion, asked);
  return person;
}
