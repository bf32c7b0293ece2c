import { SettingsError, type OperationName, type StepUpChallenge, type StepUpMethod } from '@userflux/settings/contract';
import { base32, fromBase32, hotp, proofFor, sameText, STEP_UP_SECONDS, timeStep, utf8 } from '@userflux/settings/rules';
import { codeOf, countTry, type Try } from './attempts.js';
import type { Call, Me, Place } from './call.js';
import type { Queries } from './store.js';

export function methodsOf(me: Pick<Me, 'person'>): StepUpMethod[] {
  if (me.person.mfa) return ['totp'];
  return me.person.passwordHash === null ? [] : ['password'];
}

export function challengeFor(me: Pick<Me, 'person'>): StepUpChallenge {
  return { methods: methodsOf(me), maxAge: STEP_UP_SECONDS };
}

/** Until when the session's proof counts: with MFA on, one by password that is left from before does not. */
export function freshUntil(me: Me, now: number): number | null {
  const { stepUp } = me.session;
  return stepUp && stepUp.until > now && methodsOf(me).some((method) => method === stepUp.method) ? stepUp.until : null;
}

/** Asks for the proof that the operations table wants for this operation. */
export function assertSteppedUp(operation: OperationName, input: unknown, me: Me, now: number): void {
  const wanted = proofFor(operation, input);
  if (wanted === 'mfa' && !me.person.mfa) throw new SettingsError('enrolment-required', 'This needs a second factor.');
  if (wanted === undefined || freshUntil(me, now) !== null) return;
  if (wanted === 'recent' && me.session.recentUntil > now) return;
  throw new SettingsError('step-up-required', 'This needs a fresh proof of presence.', { challenge: challengeFor(me) });
}

/** Records a proof on the session, so that it counts in every process and for this session alone. */
export async function recordProof(call: Call, method: StepUpMethod): Promise<number> {
  const until = call.now + STEP_UP_SECONDS * 1000;
  await call.db.updateTable('session').set({ stepUpMethod: method, stepUpUntil: until }).where('id', '=', call.me.session.id).execute();
  return until;
}

/** The time step that a code belongs to: the current one or the one before (people are slow, clocks drift); undefined: neither. */
export async function stepOfCode(secret: string, code: string, now: number): Promise<number | undefined> {
  const key = fromBase32(secret);
  const current = timeStep(now);
  for (const step of [current, current - 1]) if (sameText(await hotp(key, step), code)) return step;
  return undefined;
}

/** What {@link prepareCode} found: whether the code is one of now, before it is known whether it is still unused. */
export interface CodeInHand {
  readonly userId: string;
  readonly step: number | undefined;
  readonly attempt: Try;
}

/** Better Auth marks secrets that came from elsewhere, or from us, as base32; the characters of its own are the key. */
const BASE32 = 'base32:';

/** In base32, whoever made it: people who set up their authenticator before this plugin was there keep it. */
export async function openTotpSecret(place: Place, encrypted: string): Promise<string> {
  const secret = await place.decrypt(encrypted);
  return secret.startsWith(BASE32) ? secret.slice(BASE32.length).toUpperCase() : base32(utf8(secret));
}

export function closeTotpSecret(place: Place, secret: string): Promise<string> {
  return place.encrypt(BASE32 + secret);
}

/** Counts the try and computes, outside any transaction. @throws {SettingsError} `rate-limited` */
export async function prepareCode(place: Place, userId: string, code: string, now: number): Promise<CodeInHand> {
  const attempt = await countTry(place.store.db, codeOf(userId), now);
  const factor = await place.store.db.selectFrom('twoFactor').select('secret').where('userId', '=', userId).executeTakeFirst();
  const secret = factor && (await openTotpSecret(place, factor.secret));
  return { userId, attempt, step: secret === undefined ? undefined : await stepOfCode(secret, code, now) };
}

/**
 * Takes the code, once: the step of the last one is compared and set in one statement, so that of a thousand calls with one code,
 * in however many processes, one passes (RFC 6238 section 5.2).
 * @throws {SettingsError} `wrong-credential`
 */
export async function takeCode(db: Queries, { userId, step, attempt }: CodeInHand): Promise<void> {
  if (step === undefined) throw attempt.wrong();
  const { numUpdatedRows } = await db.updateTable('twoFactor').set({ lastStep: step }).where('userId', '=', userId).where('lastStep', '<', step).executeTakeFirst();
  if (numUpdatedRows !== 1n) throw attempt.wrong();
  await attempt.right(db);
}
