import { cleanCode, cleanEmail, operations, SettingsError, type EventAction } from '@userflux/settings/contract';
import { emailKey, noticeMail, passwordProblem, randomToken, recoveryCodeMail, sha256 } from '@userflux/settings/rules';
import { APIError, createAuthMiddleware, getSessionFromCtx, isAPIError } from 'better-auth/api';
import * as z from 'zod';
import { wordsAbout } from './account.js';
import { countTry, passkeyOf, passwordOf, type Try } from './attempts.js';
import { assertSafe } from './body.js';
import type { Place } from './call.js';
import { queueMail } from './mail.js';
import { workplaceOf } from './me.js';
import { originOf, recordEvent } from './records.js';
import { flagsOf } from './passkey-proof.js';
import { prepareRecoveryCode, takeRecoveryCode } from './recovery-codes.js';
import { prepareCode, takeCode } from './step-up.js';
import { byToken, statusOf } from './team.js';

/** The header in which a sign-up brings the token of its invitation: never a path or a query, which logs keep. */
export const INVITATION_TOKEN = 'invitation-token';

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

function text(context: Context, name: string): string {
  const body = context.body satisfies unknown as object | null | undefined;
  const value: unknown = new Map<string, unknown>(Object.entries(body ?? {})).get(name);
  return typeof value === 'string' ? value : '';
}

/** A refusal of ours in Better Auth's shape, for its own endpoints. */
function asApiError(error: SettingsError): APIError {
  const { kind, retryAfter, attemptsLeft } = error;
  const status = kind === 'rate-limited' ? 'TOO_MANY_REQUESTS' : kind === 'wrong-credential' ? 'UNAUTHORIZED' : kind === 'forbidden' ? 'FORBIDDEN' : 'BAD_REQUEST';
  const headers = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  return new APIError(status, { message: error.message, code: kind.toUpperCase().replaceAll('-', '_'), attemptsLeft, retryAfter }, headers);
}

/** A path of Better Auth's own. */
interface Matched {
  path?: string | undefined;
}
const at = (...paths: readonly string[]) => ({ path = '' }: Matched): boolean => paths.includes(path);

/** How one's second factor is proved at sign-in. */
const SECOND_FACTORS = ['/two-factor/verify-totp', '/two-factor/verify-backup-code'] as const;
/** Signing in by passkey alone: it is both factors, since it is only taken from a person whom the authenticator has verified. */
const BY_PASSKEY = '/passkey/verify-authentication';
/** Answers that hold a session token in JSON, where any script of the page could read what its cookie hides from it. */
const WITH_TOKEN = ['/get-session', '/sign-in/email', '/sign-in/social', '/sign-up/email', BY_PASSKEY, ...SECOND_FACTORS] as const;

/**
 * Better Auth signs people in; these hooks put the rules round it. Tries count per account and not only per address, the same count as inside
 * a live session (S4); a one-time code works once, whether here or in a step-up (S3); passwords follow S1 wherever one is set; what
 * became of it is written down (S14).
 * @param options.deliver sends the mails that were queued, behind the answer
 */
export function signInHooks(placeOf: () => Place, options: { signUp: 'open' | 'invited'; deliver: () => void }) {
  /** Tries under way, and who makes them, by the request they belong to. */
  const underWay = new WeakMap<object, { userId: string | null; attempt?: Try }>();
  const of = (context: Context): object => context.request ?? context.context;

  const record = async (context: Context, action: EventAction, userId: string | null, result = 'ok'): Promise<void> => {
    const { store, clock } = placeOf();
    await recordEvent(store.db, { now: clock(), userId, organizationId: await workplaceOf(store.db, userId), origin: originOf(context), action, targets: userId === null ? [] : [userId], result });
  };

  /** Does what may be refused before Better Auth begins, and writes down the refusal. @throws {APIError} */
  const refusable = async <Answer>(context: Context, action: EventAction, userId: string | null, work: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await work();
    } catch (error) {
      if (!SettingsError.is(error)) throw error;
      await record(context, action, userId, error.kind);
      throw asApiError(error);
    }
  };

  return {
    before: [
      {
        matcher: ({ path = '' }: Matched) => !path.startsWith('/settings/'),
        handler: createAuthMiddleware((context) => {
          if (!context.request) return Promise.resolve();
          const type = context.request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
          // A form of another site could send anything else without asking first (S8).
          if (type !== undefined && type !== '' && type !== 'application/json') throw new APIError('UNSUPPORTED_MEDIA_TYPE', { message: 'Send the body as application/json.', code: 'MEDIA_TYPE' });
          try {
            assertSafe(context.body, 0);
          } catch {
            throw new APIError('BAD_REQUEST', { message: 'A text has a NUL character or half a surrogate pair, or the body is nested too deeply.', code: 'UNSAFE_TEXT' });
          }
          return Promise.resolve();
        }),
      },
      {
        matcher: at('/sign-in/email'),
        handler: createAuthMiddleware(async (context) => {
          const { store, clock } = placeOf();
          const email = text(context, 'email');
          // No address at all: Better Auth says so.
          if (email === '') return;
          const { userId, name } = await accountOf(placeOf(), email);
          const attempt = await refusable(context, 'sign-in', userId, () => countTry(store.db, passwordOf(name), clock()));
          underWay.set(of(context), { userId, attempt });
        }),
      },
      {
        matcher: at(...SECOND_FACTORS),
        handler: createAuthMiddleware(async (context) => {
          const place = placeOf();
          const userId = await pendingUser(context);
          const typed = text(context, 'code');
          const code = await refusable(context, 'sign-in', userId, async () => {
            if (context.path === '/two-factor/verify-backup-code') return useRecoveryCode(place, userId, typed);
            const right = await prepareCode(place, userId, cleanCode(typed), place.clock());
            await place.store.transaction((db) => takeCode(db, right));
            return typed;
          });
          underWay.set(of(context), { userId });
          // A device that is trusted for a month would be a second factor that no list shows and nobody can take away.
          return { context: { body: { code, trustDevice: false } } };
        }),
      },
      {
        matcher: at(BY_PASSKEY),
        handler: createAuthMiddleware(async (context) => {
          const { store, clock } = placeOf();
          const { id, flags } = assertionIn(context);
          const row = await store.db.selectFrom('passkey').select('userId').where('credentialID', '=', id).executeTakeFirst();
          const userId = row?.userId ?? null;
          // Who knows no passkey of anybody's tries no account; the brake on addresses is enough for them.
          const attempt = userId === null ? undefined : await refusable(context, 'sign-in', userId, () => countTry(store.db, passkeyOf(userId), clock()));
          underWay.set(of(context), { userId, ...(attempt && { attempt }) });
          // Better Auth would take a touch alone. The flags are signed with the rest: who lies about them fails there.
          if (!flags.verified) {
            await record(context, 'sign-in', userId, 'wrong-credential');
            throw new APIError('UNAUTHORIZED', { message: 'The authenticator has to verify the person.', code: 'USER_VERIFICATION_REQUIRED' });
          }
        }),
      },
      {
        matcher: at('/sign-up/email'),
        handler: createAuthMiddleware(async (context) => {
          const place = placeOf();
          const email = text(context, 'email');
          const organisation = options.signUp === 'invited' ? await refusable(context, 'sign-up', null, () => invitedBy(place, context, email)) : undefined;
          const name = operations['profile.update'].input.safeParse({ name: text(context, 'name') });
          if (!name.success) throw new APIError('BAD_REQUEST', { message: 'The name will not do.', code: 'INVALID_NAME' });
          if (!['', 'https:'].includes(protocolOf(text(context, 'image')))) throw new APIError('BAD_REQUEST', { message: 'A picture has an address that begins with https.', code: 'INVALID_IMAGE' });
          assertPassword(text(context, 'password'), wordsAbout(place, name.data.name, email, organisation));
          return { context: { body: { name: name.data.name } } };
        }),
      },
      {
        matcher: at('/reset-password'),
        handler: createAuthMiddleware(async (context) => {
          const place = placeOf();
          const query = context.query satisfies unknown as { token?: unknown } | undefined;
          const token = text(context, 'token') || query?.token;
          const asked = typeof token !== 'string' || token === '' ? null : await context.context.internalAdapter.findVerificationValue(`reset-password:${token}`);
          const person = asked && (await place.store.db.selectFrom('user').select(['id', 'name', 'email']).where('id', '=', asked.value).executeTakeFirst());
          assertPassword(text(context, 'newPassword'), wordsAbout(place, person?.name, person?.email));
          underWay.set(of(context), { userId: person?.id ?? null });
        }),
      },
      {
        matcher: at('/sign-out'),
        handler: createAuthMiddleware(async (context) => {
          const session = await getSessionFromCtx(context, { disableCookieCache: true });
          if (session) await record(context, 'auth.signOut', session.user.id);
        }),
      },
    ],
    after: [
      {
        matcher: at('/sign-in/email', ...SECOND_FACTORS),
        handler: createAuthMiddleware(async (context) => {
          const { userId = null, attempt } = underWay.get(of(context)) ?? {};
          const failed = isAPIError(context.context.returned);
          if (!failed) await attempt?.right(placeOf().store.db);
          // With MFA on, a right password is half of a sign-in: the other half has a row of its own.
          await record(context, 'sign-in', userId, failed ? 'wrong-credential' : context.context.newSession ? 'ok' : 'step-up-required');
          // Whose recovery code it was reads of it now, not when the next timer is due.
          options.deliver();
        }),
      },
      {
        matcher: at(BY_PASSKEY),
        handler: createAuthMiddleware(async (context) => {
          const { userId = null, attempt } = underWay.get(of(context)) ?? {};
          const { store, clock } = placeOf();
          const failed = isAPIError(context.context.returned);
          if (!failed) {
            await attempt?.right(store.db);
            const { id, flags } = assertionIn(context);
            await store.db.updateTable('passkey').set({ lastUsedMoment: clock(), backedUp: store.boolean(flags.backedUp) }).where('credentialID', '=', id).execute();
          }
          await record(context, 'sign-in', userId, failed ? 'wrong-credential' : 'ok');
        }),
      },
      {
        matcher: at('/sign-up/email'),
        handler: createAuthMiddleware(async (context) => {
          if (isAPIError(context.context.returned)) return;
          const { store } = placeOf();
          const email = emailKey(text(context, 'email'));
          // The link came by mail to this address: it is theirs.
          if (options.signUp === 'invited') await store.db.updateTable('user').set({ emailVerified: store.boolean(true) }).where('email', '=', email).execute();
          await record(context, 'sign-up', (await accountOf(placeOf(), email)).userId);
        }),
      },
      {
        matcher: at('/reset-password'),
        handler: createAuthMiddleware(async (context) => {
          const { userId = null } = underWay.get(of(context)) ?? {};
          if (userId === null || isAPIError(context.context.returned)) return;
          const { store, clock } = placeOf();
          const person = await store.db.selectFrom('user').select('email').where('id', '=', userId).executeTakeFirst();
          // Whoever knew the old password may still be signed in somewhere.
          await store.db.deleteFrom('session').where('userId', '=', userId).execute();
          if (person) await queueMail(store.db, clock(), noticeMail(person.email, 'The password of your account was set anew by a link that was sent to you.'));
          await record(context, 'password.reset', userId);
          options.deliver();
        }),
      },
      {
        matcher: at(...WITH_TOKEN),
        handler: createAuthMiddleware((context) => {
          // Code of the server that calls `auth.api` gets what it always got.
          const answer = context.request && withoutToken(context.context.returned);
          return Promise.resolve(answer && context.json(answer));
        }),
      },
    ],
  };
}

/** An answer of Better Auth without the session's token; undefined where it has none. */
function withoutToken(returned: unknown): Record<string, unknown> | undefined {
  if (typeof returned !== 'object' || returned === null || isAPIError(returned)) return undefined;
  const { token, session, ...rest } = returned as Record<string, unknown>;
  if (typeof session === 'object' && session !== null && 'token' in session) {
    const { token: _token, ...left } = session;
    return { ...rest, session: left };
  }
  return typeof token === 'string' ? { ...rest, ...(session !== undefined && { session }) } : undefined;
}

/** Whom an address belongs to, and the name under which tries on it are counted: nothing tells whether somebody has it. */
async function accountOf({ store }: Place, email: string): Promise<{ userId: string | null; name: string }> {
  const key = emailKey(cleanEmail(email));
  const person = await store.db.selectFrom('user').select('id').where('email', '=', key).executeTakeFirst();
  // What nobody has may be anything that was typed, however long, a password among it: it is not kept.
  return person ? { userId: person.id, name: person.id } : { userId: null, name: await sha256(key) };
}

/** The passkey that a sign-in names, and what its authenticator says; nothing of it is verified here. */
function assertionIn(context: Context): { id: string; flags: ReturnType<typeof flagsOf> } {
  const body = context.body satisfies unknown as { response?: unknown } | null | undefined;
  const given = z.object({ id: z.string(), response: z.object({ authenticatorData: z.string() }) }).safeParse(body?.response);
  if (!given.success) throw new APIError('BAD_REQUEST', { message: 'This is no answer of a passkey.', code: 'NO_ASSERTION' });
  return { id: given.data.id, flags: flagsOf(given.data.response.authenticatorData) };
}

/** `https:`; empty for nothing. */
function protocolOf(url: string): string {
  if (url === '') return '';
  return URL.canParse(url) ? new URL(url).protocol : 'none';
}

/**
 * Who has given a right password and owes a code.
 * @throws {APIError} without such a sign-in. Inside a session, too: there these endpoints would check codes past the count of tries.
 */
async function pendingUser(context: Context): Promise<string> {
  const { createAuthCookie, secret, internalAdapter } = context.context;
  if (await getSessionFromCtx(context, { disableCookieCache: true })) throw new APIError('FORBIDDEN', { message: 'Use the settings API.', code: 'CLOSED' });
  const identifier = await context.getSignedCookie(createAuthCookie('two_factor').name, secret);
  const pending = identifier ? await internalAdapter.findVerificationValue(identifier) : null;
  if (!pending || pending.expiresAt < new Date()) throw new APIError('UNAUTHORIZED', { message: 'Sign in with the password first.', code: 'INVALID_TWO_FACTOR_COOKIE' });
  return pending.value;
}

function assertPassword(password: string, about: readonly string[]): void {
  const problem = passwordProblem(password, about, false);
  if (problem) throw new APIError('BAD_REQUEST', { message: 'The password will not do.', code: `PASSWORD_${problem.toUpperCase().replaceAll('-', '_')}` });
}

/**
 * Takes one of our recovery codes, which are hashes that Better Auth cannot read, and leaves in its place a word that it can: made now, good for this
 * request, known to nobody.
 * @returns the word
 * @throws {SettingsError}
 */
async function useRecoveryCode(place: Place, userId: string, typed: string): Promise<string> {
  const now = place.clock();
  const code = await prepareRecoveryCode(place, userId, typed, now);
  const word = randomToken();
  const backupCodes = await place.encrypt(JSON.stringify([word]));
  await place.store.transaction(async (db) => {
    const left = await takeRecoveryCode(db, code);
    const person = await db.selectFrom('user').select('email').where('id', '=', userId).executeTakeFirstOrThrow();
    await queueMail(db, now, recoveryCodeMail(person.email, left));
    await db.updateTable('twoFactor').set({ backupCodes }).where('userId', '=', userId).execute();
  });
  return word;
}

/** The name of the organisation that invited this address. @throws {SettingsError} */
async function invitedBy(place: Place, context: Context, email: string): Promise<string | undefined> {
  const token = context.headers?.get(INVITATION_TOKEN) ?? '';
  const invitation = token === '' ? undefined : await byToken(place.store.db, token).catch(() => undefined);
  if (!invitation || statusOf(invitation, place.clock()) !== 'pending') throw new SettingsError('forbidden', 'Only people who were invited can sign up.');
  if (emailKey(invitation.email) !== emailKey(cleanEmail(email))) throw new SettingsError('forbidden', 'This invitation is for another address.');
  const organisation = await place.store.db.selectFrom('organization').select('name').where('id', '=', invitation.organizationId).executeTakeFirst();
  return organisation?.name;
}

