import { SettingsError, type StepUpChallenge, type StepUpMethod } from '../../contract/errors.js';
import { type AuthContext, type OperationName, type User } from '../../contract/operations.js';
import { assertMayTry, rightTry, wrongTry } from './attempts.js';
import { sendMail } from './mails.js';
import { randomToken, sha256 } from '../../rules/bytes.js';
import { record, type Call, type Me, type MemoryHandlers, type SessionHandle } from './call.js';
import type { Transaction } from './database.js';
import { beginRequest, passkeysOf, takeAssertion } from './passkey-proof.js';
import { isPassword } from './password-hash.js';
import { browser, sweepEvents } from './records.js';
import { isShut, operationsOf, policy, proofFor, SESSION_SECONDS, STEP_UP_SECONDS, type Door } from '../../rules/policy.js';
import { iso, isoOrNull, type Member, type Organisation, type Person, type SessionRow } from './state.js';
import { recoveryCodeMail } from '../../rules/mails.js';
import { findRecoveryCode } from '../../rules/recovery-codes.js';
import { acceptedStep } from '../../rules/totp.js';

/** Makes a session for this person and points the handle at it; the handle's earlier session ends. */
export function beginSession(transaction: Transaction, handle: SessionHandle, person: Person, now: number): void {
  const member = transaction.find('members', (row) => row.personId === person.id);
  const session = transaction.put('sessions', {
    id: randomToken(),
    personId: person.id,
    organisationId: member?.organisationId ?? null,
    createdAt: now,
    expiresAt: now + SESSION_SECONDS * 1000,
    recentUntil: now + STEP_UP_SECONDS * 1000,
    stepUp: null,
    userAgent: browser(),
    address: null,
    place: null,
    lastActiveAt: now,
  });
  if (handle.sessionId !== null) transaction.delete('sessions', handle.sessionId);
  for (const row of transaction.all('sessions')) if (row.expiresAt <= now) transaction.delete('sessions', row.id);
  sweepEvents(transaction, now);
  if (member) transaction.put('members', { ...member, lastActiveAt: now });
  transaction.afterCommit(() => {
    pointAt(handle, session);
  });
}

export function pointAt(handle: SessionHandle, session: SessionRow | null): void {
  handle.sessionId = session?.id ?? null;
  handle.personId = session?.personId ?? null;
  handle.organisationId = session?.organisationId ?? null;
}

/** Who this handle is now, read anew at each call: rights end the moment they are taken away. */
export function whoIs(transaction: Transaction, handle: SessionHandle, now: number): Me | undefined {
  const session = handle.sessionId === null ? undefined : transaction.get('sessions', handle.sessionId);
  const person = session && session.expiresAt > now ? transaction.get('people', session.personId) : undefined;
  if (!session || !person) return undefined;
  // Where the session's organisation is gone, or they are gone from it: the next one of theirs.
  const own = (row: Member): boolean => row.personId === person.id;
  const member = transaction.find('members', (row) => own(row) && row.organisationId === session.organisationId) ?? transaction.find('members', own);
  return { session, person, passkeys: passkeysOf(transaction, person.id).length, member, organisation: member && transaction.get('organisations', member.organisationId) };
}

type Prover = Pick<Me, 'person' | 'passkeys'>;

/** What proves presence, the quickest first. */
export function methodsOf({ person, passkeys }: Prover): StepUpMethod[] {
  const methods: StepUpMethod[] = passkeys > 0 ? ['passkey'] : [];
  if (person.totp) methods.push('totp');
  else if (person.passwordHash !== null) methods.push('password');
  if (person.totp && person.totp.recoveryCodes.hashes.length > 0) methods.push('recovery-code');
  return methods;
}

export function challengeFor(prover: Prover): StepUpChallenge {
  return { methods: methodsOf(prover), maxAge: STEP_UP_SECONDS };
}

/** With MFA on, a proof by password that is left from before proves too little; with MFA off, or no passkey, the factor of a proof is gone. The last recovery code goes on counting. */
const counts = ({ person, passkeys }: Prover, method: StepUpMethod): boolean => (method === 'passkey' ? passkeys > 0 : (person.totp === null) === (method === 'password'));

/** Until when the session's proof counts. */
function freshUntil(me: Me, now: number): number | null {
  const { stepUp } = me.session;
  return stepUp && stepUp.until > now && counts(me, stepUp.method) ? stepUp.until : null;
}

/** Asks for the proof that the operations table wants for this operation. */
export function assertSteppedUp(operation: OperationName, input: unknown, me: Me, now: number): void {
  const wanted = proofFor(operation, input);
  if (wanted === 'mfa' && !me.person.totp) throw new SettingsError('enrolment-required', `${operation} needs a second factor.`);
  if (wanted === undefined || freshUntil(me, now) !== null) return;
  const recentIsEnough = wanted === 'recent' || (wanted === 'strongest' && !me.person.totp);
  if (recentIsEnough && me.session.recentUntil > now) return;
  throw new SettingsError('step-up-required', `${operation} needs a step-up.`, { challenge: challengeFor(me) });
}

/** Takes a one-time code of somebody with MFA, or counts a wrong try. */
export async function takeCode(transaction: Transaction, person: Person, code: string, now: number): Promise<void> {
  if (!person.totp) throw new SettingsError('enrolment-required', 'No second factor.');
  const credential = `totp:${person.id}`;
  assertMayTry(transaction, credential, now);
  const lastStep = await acceptedStep(person.totp.secret, code, now, person.totp.lastStep);
  if (lastStep === undefined) throw wrongTry(transaction, credential, now);
  rightTry(transaction, credential);
  transaction.put('people', { ...person, totp: { ...person.totp, lastStep } });
}

/** Takes a recovery code, which is gone then, and tells its owner; or counts a wrong try, as of a one-time code. */
export async function takeRecoveryCode(transaction: Transaction, person: Person, code: string, now: number): Promise<void> {
  if (!person.totp) throw new SettingsError('enrolment-required', 'No second factor.');
  const credential = `totp:${person.id}`;
  assertMayTry(transaction, credential, now);
  const { salt, hashes } = person.totp.recoveryCodes;
  const used = await findRecoveryCode({ salt, hashes }, code);
  if (used === undefined) throw wrongTry(transaction, credential, now);
  rightTry(transaction, credential);
  const left = hashes.filter((hash) => hash !== used);
  transaction.put('people', { ...person, totp: { ...person.totp, recoveryCodes: { salt, hashes: left } } });
  sendMail(transaction, now, recoveryCodeMail(person.email, left.length));
}

/** Takes the password of a person, or counts a wrong try. */
export async function takePassword(transaction: Transaction, person: Person, password: string, now: number): Promise<void> {
  const credential = `password:${person.id}`;
  assertMayTry(transaction, credential, now);
  if (!(await isPassword(password, person.passwordHash))) throw wrongTry(transaction, credential, now);
  rightTry(transaction, credential);
}

export function stepUpSession(transaction: Transaction, session: SessionRow, method: StepUpMethod, now: number): number {
  const until = now + STEP_UP_SECONDS * 1000;
  transaction.put('sessions', { ...session, stepUp: { method, until } });
  return until;
}

export function userOf(person: Person, now: number): User {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    emailVerified: person.emailVerified,
    pendingEmail: person.pendingEmail && person.pendingEmail.expiresAt > now ? person.pendingEmail.email : null,
    avatarUrl: person.avatar ?? null,
    hasPassword: person.passwordHash !== null,
    mfa: { enabled: person.totp !== null, recoveryCodesLeft: person.totp?.recoveryCodes.hashes.length ?? null },
    timeZone: person.timeZone ?? null,
    language: person.language ?? null,
    version: String(person.revision),
  };
}

/** Whether the organisation has no other owner than this member. */
export function isOnlyOwner(transaction: Transaction, { id, role, organisationId }: Member): boolean {
  return role === 'owner' && !transaction.find('members', (row) => row.organisationId === organisationId && row.role === 'owner' && row.id !== id);
}

export function doorOf(person: Person, { id, mfaRequiredFrom = null }: Pick<Organisation, 'id'> & { mfaRequiredFrom?: number | null | undefined }): Door {
  return { id, mfaRequiredFrom, mfa: person.totp !== null };
}

/** The context of this session as it is in the transaction, what the call itself has changed included. */
export async function contextOf(call: Call<Me | undefined>): Promise<AuthContext> {
  const { transaction, now, place, handle } = call;
  const me = call.me && whoIs(transaction, { ...handle, sessionId: call.me.session.id }, now);
  if (!me) throw new SettingsError('unauthenticated', 'Nobody is signed in.');
  const { session, person, member, organisation: current } = me;
  const organisations: AuthContext['organisations'] = [];
  for (const own of transaction.all('members')) {
    const row = own.personId === person.id ? transaction.get('organisations', own.organisationId) : undefined;
    if (row) organisations.push({ id: row.id, name: row.name, role: own.role, onlyOwner: isOnlyOwner(transaction, own) });
  }
  const fresh = freshUntil(me, now);
  const context = {
    user: userOf(person, now),
    organisation: current && member ? { id: current.id, name: current.name, country: current.country, logoUrl: current.logo ?? null, role: member.role, mfaRequiredFrom: isoOrNull(current.mfaRequiredFrom ?? null) } : null,
    organisations,
    session: { id: session.id, expiresAt: iso(session.expiresAt) },
    stepUp: { ...challengeFor(me), methods: methodsOf(me), freshUntil: fresh === null ? null : iso(fresh) },
    operations: operationsOf(member?.role, current && isShut(doorOf(person, current), now)),
    policy: policy(place.pageSize, me.member?.role),
  };
  return { ...context, version: await sha256(JSON.stringify(context)) };
}

export const authHandlers = {
  'auth.context': (call) => contextOf(call),

  'auth.stepUp': async (call, proof) => {
    const { transaction, now, me } = call;
    switch (proof.method) {
      case 'passkey':
        await takeAssertion(call, proof.assertion);
        break;
      case 'totp':
        await takeCode(transaction, me.person, proof.code, now);
        break;
      case 'recovery-code':
        await takeRecoveryCode(transaction, me.person, proof.code, now);
        break;
      case 'password':
        // With MFA on, a password alone proves too little; say what would do.
        if (me.person.totp) throw new SettingsError('step-up-required', 'A password is not enough.', { challenge: challengeFor(me) });
        await takePassword(transaction, me.person, proof.password, now);
    }
    record(call, 'auth.stepUp', [me.person.id]);
    return { freshUntil: iso(stepUpSession(transaction, me.session, proof.method, now)) };
  },

  'auth.passkeyOptions': beginRequest,

  'auth.endStepUp': (call) => {
    const { transaction, me } = call;
    // "Lock now" means all of it: a sign-in of a minute ago must not open what was just locked.
    transaction.put('sessions', { ...me.session, stepUp: null, recentUntil: 0 });
    record(call, 'auth.endStepUp', [me.person.id]);
  },

  'auth.signOut': (call) => {
    const { transaction, handle, me } = call;
    if (!me) return;
    record(call, 'auth.signOut', [me.person.id]);
    transaction.delete('sessions', me.session.id);
    transaction.afterCommit(() => {
      pointAt(handle, null);
    });
  },
} satisfies Partial<MemoryHandlers>;
