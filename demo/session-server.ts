/**
 * The reference server as the host page sees it: Better Auth's own endpoints to sign in and up, the settings API for the rest. The session is an
 * HttpOnly cookie; no token ever comes into the page. The widgets find the API by themselves: `<uf-provider base-url>` in the HTML.
 */
import * as z from 'zod/mini';
import { cleanCode, operations, SettingsError, type FieldProblem, type SettingsErrorKind } from '../src/contract/index.js';
import { readProblem } from '../src/contract/http/index.js';
import { askPasskey } from './passkey.js';
import type { Credentials, HostSession, Mail, Outbox } from './session.js';

const AUTH = '/api/auth';
const SETTINGS = `${AUTH}/settings`;
/** Milliseconds. Signing in hashes a password, which is slow on purpose. */
const TIME_LIMIT = 10_000;
const OUTBOX_PAUSE = 4000;

const hostSchema = z.object({
  outbox: z.boolean(),
  people: z.array(z.object({ name: z.string(), role: z.string(), email: z.string(), password: z.string() })),
});
const outboxSchema = z.object({
  mails: z.array(z.object({ id: z.string(), to: z.string(), subject: z.string(), text: z.string(), link: z.nullable(z.string()), at: z.string() })),
});
const passkeySchema = z.object({ challenge: z.string(), rpId: z.optional(z.string()), timeout: z.optional(z.number()) });
const signInSchema = z.object({ twoFactorRedirect: z.optional(z.boolean()) });
/** How Better Auth's own endpoints say no; the settings API answers problem details. */
const refusalSchema = z.object({ code: z.optional(z.string()), attemptsLeft: z.optional(z.number()) });

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: { Accept: 'application/json', ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIME_LIMIT),
    });
  } catch (cause) {
    throw new SettingsError(navigator.onLine ? 'unavailable' : 'offline', 'No answer came.', { cause });
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

const refusals: Partial<Record<string, { kind: SettingsErrorKind; password?: FieldProblem }>> = {
  INVALID_EMAIL_OR_PASSWORD: { kind: 'wrong-credential' },
  WRONG_CREDENTIAL: { kind: 'wrong-credential' },
  INVALID_CODE: { kind: 'wrong-credential' },
  PASSKEY_NOT_FOUND: { kind: 'wrong-credential' },
  AUTHENTICATION_FAILED: { kind: 'wrong-credential' },
  USER_VERIFICATION_REQUIRED: { kind: 'wrong-credential' },
  // The person took longer than the question lasts.
  CHALLENGE_NOT_FOUND: { kind: 'aborted' },
  USER_ALREADY_EXISTS: { kind: 'conflict' },
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: { kind: 'conflict' },
  PASSWORD_TOO_SHORT: { kind: 'invalid', password: 'too-short' },
  PASSWORD_TOO_LONG: { kind: 'invalid', password: 'too-long' },
  PASSWORD_COMMON: { kind: 'invalid', password: 'common' },
};

/** The password's part of a sign-in is over: it has to be given again before another code counts. */
const STALE_SIGN_IN = ['INVALID_TWO_FACTOR_COOKIE', 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE'];

function refusalOf(body: unknown): z.output<typeof refusalSchema> {
  const parsed = refusalSchema.safeParse(body);
  return parsed.success ? parsed.data : {};
}

function failureOf(response: Response, body: unknown): SettingsError {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const { code = '', attemptsLeft } = refusalOf(body);
  const refusal = refusals[code];
  if (!refusal) return readProblem(response.status, body, Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined);
  const { kind, password } = refusal;
  return new SettingsError(kind, 'The server refused.', { ...(attemptsLeft !== undefined && { attemptsLeft }), ...(password && { fields: { password } }) });
}

async function post(path: string, body: unknown, headers?: Record<string, string>): Promise<unknown> {
  const response = await send('POST', path, body, headers);
  const answer = response.status === 204 ? undefined : await readJson(response);
  if (!response.ok) throw failureOf(response, answer);
  return answer;
}

/** Email address and password. Answers whether a one-time code is needed as well. */
async function givePassword({ email, password }: Credentials): Promise<boolean> {
  const answer = signInSchema.safeParse(await post(`${AUTH}/sign-in/email`, { email, password }));
  return answer.success && answer.data.twoFactorRedirect === true;
}

async function giveCode(credentials: Credentials, code: string): Promise<void> {
  // Digits alone are a one-time code; what else may be one of the others, which are longer.
  const path = `${AUTH}/two-factor/verify-${/^\d{6,8}$/.test(cleanCode(code)) ? 'totp' : 'backup-code'}`;
  const response = await send('POST', path, { code });
  if (response.ok) return;
  const answer = await readJson(response);
  if (!STALE_SIGN_IN.includes(refusalOf(answer).code ?? '')) throw failureOf(response, answer);
  // The person took longer than the first step lasts; both are still in the form.
  if (await givePassword(credentials)) await post(path, { code });
}

/** Better Auth's own two steps: the question, whose challenge stands in a cookie, and the answer. The server takes it only from an authenticator that knows the person. */
async function givePasskey(): Promise<void> {
  const response = await send('GET', `${AUTH}/passkey/generate-authenticate-options`);
  const answer = await readJson(response);
  if (!response.ok) throw failureOf(response, answer);
  await post(`${AUTH}/passkey/verify-authentication`, { response: await askPasskey(passkeySchema.parse(answer)) });
}

async function whoIsSignedIn(): Promise<string | null> {
  const response = await send('GET', `${SETTINGS}/context`);
  if (response.status === 401) return null;
  return operations['auth.context'].output.parse(await readJson(response)).user.email;
}

async function hostFacts(): Promise<z.output<typeof hostSchema>> {
  return hostSchema.parse(await readJson(await send('GET', '/api/host')));
}

/** Looks for new mails after each change, and every few seconds while the page is seen: they come of other tabs, too. */
class ServerOutbox implements Outbox {
  readonly #listeners = new Set<() => void>();
  mails: readonly Mail[] = [];

  constructor() {
    const look = (): void => void this.#look();
    look();
    setInterval(look, OUTBOX_PAUSE);
    document.addEventListener('uf-change', look);
    document.addEventListener('visibilitychange', look);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  async #look(): Promise<void> {
    if (document.visibilityState === 'hidden') return;
    const answer = await send('GET', '/api/outbox').then(readJson, () => undefined);
    const parsed = outboxSchema.safeParse(answer);
    if (!parsed.success || (parsed.data.mails.length === this.mails.length && parsed.data.mails.at(-1)?.id === this.mails.at(-1)?.id)) return;
    this.mails = parsed.data.mails;
    for (const listener of this.#listeners) listener();
  }
}

// A server that does not answer now ends nobody's session: the page says so, and stands.
const [firstEmail, facts] = await Promise.all([whoIsSignedIn().catch(() => undefined), hostFacts().catch(() => ({ outbox: false, people: [] }))]);

export const session: HostSession = {
  connect: () => {
    // The provider's base-url has done it.
  },
  firstEmail,
  remember: () => {
    // The cookie does.
  },
  signIn: async (credentials) => {
    if (credentials.code !== undefined) {
      await giveCode(credentials, cleanCode(credentials.code));
    } else if (await givePassword(credentials)) {
      throw new SettingsError('step-up-required', 'A one-time code is needed.', { challenge: { methods: ['totp'], maxAge: 0 } });
    }
  },
  signInByPasskey: async () => {
    await givePasskey();
    const email = await whoIsSignedIn();
    if (email === null) throw new SettingsError('unexpected', 'The session did not begin.');
    return email;
  },
  signUp: async (account, invitation) => {
    await post(`${AUTH}/sign-up/email`, account, { 'Invitation-Token': invitation });
  },
  invitation: async (token) => operations['invitation.get'].output.parse(await post(`${SETTINGS}/invitations/lookup`, { token })),
  confirmEmail: async (token) => {
    await post(`${SETTINGS}/email-change/confirm`, { token });
  },
  outbox: facts.outbox ? new ServerOutbox() : null,
  people: facts.people,
  startOver: null,
};
