import { cleanCode, cleanEmail, SettingsError } from '@userflux/settings/contract';
import { emailKey, passwordProblem } from '@userflux/settings/rules';
import { APIError, createAuthMiddleware, isAPIError } from 'better-auth/api';
import { wordsAbout } from './account.js';
import { countTry, passwordOf, type Try } from './attempts.js';
import type { Place } from './call.js';
import { recordEvent } from './perform.js';
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

/** @throws {APIError} */
async function asApi<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    throw SettingsError.is(error) ? asApiError(error) : error;
  }
}

/**
 * Better Auth signs people in; these hooks put the rules round it. Tries count per account and not only per address, the same count as inside
 * a live session (S4); a one-time code works once, whether here or in a step-up (S3); passwords follow S1 wherever one is set.
 */
export function signInHooks(placeOf: () => Place, options: { signUp: 'open' | 'invited' }) {
  /** Tries under way, by the request they belong to. */
  const tries = new WeakMap<object, Try>();

  const accountOf = async (email: string): Promise<string> => {
    const key = emailKey(cleanEmail(email));
    const person = await placeOf().store.db.selectFrom('user').select('id').where('email', '=', key).executeTakeFirst();
    // An address that nobody has is counted like one that somebody has: nothing tells the two apart.
    return person?.id ?? key;
  };

  return {
    before: [
      {
        matcher: ({ path }: { path?: string | undefined }) => path === '/sign-in/email',
        handler: createAuthMiddleware(async (context) => {
          const { store, clock } = placeOf();
          const attempt = await asApi(accountOf(text(context, 'email')).then((account) => countTry(store.db, passwordOf(account), clock())));
          tries.set(context.request ?? context.context, attempt);
        }),
      },
      {
        matcher: ({ path }: { path?: string | undefined }) => path === '/two-factor/verify-totp',
        handler: createAuthMiddleware(async (context) => {
          const place = placeOf();
          const userId = await pendingUser(context);
          // Inside a session this endpoint would turn MFA on, past the rules of mfa.confirm.
          if (userId === undefined) throw new APIError('FORBIDDEN', { message: 'Use the settings API.', code: 'CLOSED' });
          const code = await asApi(prepareCode(place, userId, cleanCode(text(context, 'code')), place.clock()));
          await asApi(place.store.transaction((db) => takeCode(db, code)));
        }),
      },
      {
        matcher: ({ path }: { path?: string | undefined }) => path === '/sign-up/email',
        handler: createAuthMiddleware(async (context) => {
          const place = placeOf();
          const name = text(context, 'name');
          const email = text(context, 'email');
          const organisation = options.signUp === 'invited' ? await asApi(invitedBy(place, context, email)) : undefined;
          assertPassword(text(context, 'password'), wordsAbout(place, name, email, organisation));
        }),
      },
      {
        matcher: ({ path }: { path?: string | undefined }) => path === '/reset-password',
        handler: createAuthMiddleware((context) => {
          assertPassword(text(context, 'newPassword'), wordsAbout(placeOf()));
          return Promise.resolve();
        }),
      },
    ],
    after: [
      {
        matcher: ({ path }: { path?: string | undefined }) => path === '/sign-in/email',
        handler: createAuthMiddleware(async (context) => {
          const { store, clock } = placeOf();
          const failed = isAPIError(context.context.returned);
          const attempt = tries.get(context.request ?? context.context);
          if (!failed) await attempt?.right(store.db);
          const account = await accountOf(text(context, 'email'));
          const origin = { address: null, userAgent: context.headers?.get('user-agent') ?? null };
          await recordEvent(store.db, { now: clock(), me: undefined, origin, action: 'sign-in', targets: [account], result: failed ? 'wrong-credential' : 'ok' });
        }),
      },
      {
        matcher: ({ path }: { path?: string | undefined }) => path === '/sign-up/email',
        handler: createAuthMiddleware(async (context) => {
          if (options.signUp !== 'invited' || isAPIError(context.context.returned)) return;
          // The link came by mail to this address: it is theirs.
          const { store } = placeOf();
          await store.db.updateTable('user').set({ emailVerified: store.boolean(true) }).where('email', '=', emailKey(text(context, 'email'))).execute();
        }),
      },
    ],
  };
}

/** Who has given a right password and owes a code; undefined inside a session. */
async function pendingUser(context: Context): Promise<string | undefined> {
  const { createAuthCookie, secret, internalAdapter, authCookies } = context.context;
  if (await context.getSignedCookie(authCookies.sessionToken.name, secret)) return undefined;
  const identifier = await context.getSignedCookie(createAuthCookie('two_factor').name, secret);
  const pending = identifier ? await internalAdapter.findVerificationValue(identifier) : null;
  // Better Auth itself says what is wrong with a cookie that is missing or old.
  return pending?.value ?? '';
}

function assertPassword(password: string, about: readonly string[]): void {
  const problem = passwordProblem(password, about, false);
  if (problem) throw new APIError('BAD_REQUEST', { message: 'The password will not do.', code: `PASSWORD_${problem.toUpperCase().replaceAll('-', '_')}` });
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

