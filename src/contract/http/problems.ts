import { stepUpMethod } from '../auth.js';
import { fieldProblems, SettingsError, type SettingsErrorKind } from '../errors.js';
import type { Problem } from './problem-schema.js';

/**
 * Errors on the wire: RFC 9457 problem details. One table says status and title of each kind; `type` and `code` are stable, `title`
 * and `detail` are for developers. People read the widgets' own words, chosen by kind.
 */
const kinds: Partial<Record<SettingsErrorKind, { status: number; title: string }>> = {
  unauthenticated: { status: 401, title: 'Nobody is signed in' },
  // RFC 9470: also says so in WWW-Authenticate.
  'step-up-required': { status: 401, title: 'A fresh proof of presence is needed' },
  'enrolment-required': { status: 403, title: 'A second factor has to be set up first' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  invalid: { status: 422, title: 'The input is not valid' },
  'wrong-credential': { status: 403, title: 'The code or password is wrong' },
  conflict: { status: 409, title: 'The state does not allow it' },
  stale: { status: 412, title: 'Changed meanwhile' },
  'rate-limited': { status: 429, title: 'Too many tries' },
  unsupported: { status: 501, title: 'This server does not do that' },
  unavailable: { status: 503, title: 'Not available at the moment' },
  unexpected: { status: 500, title: 'Something went wrong' },
};

/** Refusals of the transport itself: requests that no well-behaved client sends. They reach people as `kind`. */
const transport = {
  'malformed-body': { status: 400, kind: 'unexpected', title: 'The body is not JSON' },
  'unsafe-text': { status: 400, kind: 'invalid', title: 'The body has a NUL character or half a surrogate pair' },
  'too-deep': { status: 400, kind: 'unexpected', title: 'The body is nested too deeply' },
  'idempotency-key-missing': { status: 400, kind: 'unexpected', title: 'A write needs an Idempotency-Key' },
  'foreign-origin': { status: 403, kind: 'forbidden', title: 'Requests from this origin are not accepted' },
  'unknown-path': { status: 404, kind: 'unsupported', title: 'There is nothing at this path' },
  'method-not-allowed': { status: 405, kind: 'unsupported', title: 'This path does not take this method' },
  'idempotency-in-flight': { status: 409, kind: 'unavailable', title: 'The first request under this Idempotency-Key is still being worked on' },
  'body-too-large': { status: 413, kind: 'invalid', title: 'The body is too large' },
  'media-type': { status: 415, kind: 'unexpected', title: 'This path does not take a body of this type' },
  'idempotency-key-reused': { status: 422, kind: 'conflict', title: 'This Idempotency-Key was used with another body' },
  'version-missing': { status: 428, kind: 'unexpected', title: 'This write needs the version that was read, as If-Match' },
} as const satisfies Record<string, { status: number; kind: SettingsErrorKind; title: string }>;

export type TransportCode = keyof typeof transport;
export type ProblemCode = SettingsErrorKind | TransportCode;

/** Where a `type` leads: a page that says what the code means. Relative to the API's base URL. */
export const PROBLEM_TYPES = 'problems/';

/** Kinds that only a client knows (offline, aborted) are no codes: what a server says is never hidden as what the person did. */
const isKind = (code: string): code is SettingsErrorKind => Object.hasOwn(kinds, code);
const isTransport = (code: string): code is TransportCode => Object.hasOwn(transport, code);

export const problemCodes: readonly ProblemCode[] = [...Object.keys(kinds).filter(isKind), ...Object.keys(transport).filter(isTransport)];

/** Status and title of a code. Kinds that only a client knows (offline, aborted) count as unexpected. */
export function describeProblem(code: ProblemCode): { status: number; title: string } {
  if (isTransport(code)) return transport[code];
  return kinds[code] ?? { status: 500, title: 'Something went wrong' };
}

export interface WireProblem {
  status: number;
  headers: Record<string, string>;
  body: Problem;
}

/** What a server answers for an error; its message is the `detail`, so it must not repeat what the caller sent. */
export function writeProblem(error: SettingsError, code: ProblemCode = error.kind, base = ''): WireProblem {
  const { status, title } = describeProblem(code);
  const { fields, challenge, attemptsLeft, retryAfter, current } = error;
  const body: Problem = { type: `${base}${PROBLEM_TYPES}${code}`, title, status, detail: error.message, code };
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json' };
  if (fields) body.fields = fields;
  if (challenge) {
    body.methods = [...challenge.methods];
    body.maxAge = challenge.maxAge;
    // RFC 9470 section 3.
    headers['WWW-Authenticate'] = `Session error="insufficient_user_authentication", error_description="${title}", acr_values="${challenge.methods.join(' ')}", max_age=${String(challenge.maxAge)}`;
  } else if (status === 401) headers['WWW-Authenticate'] = 'Session';
  if (attemptsLeft !== undefined) body.attemptsLeft = attemptsLeft;
  if (retryAfter !== undefined) {
    body.retryAfter = retryAfter;
    headers['Retry-After'] = String(retryAfter);
  }
  if (current !== undefined) body.current = current;
  return { status, headers, body };
}

/** Seconds. A server that asks for more means "not today", and people shall not read of a wait of centuries. */
const LONGEST_WAIT = 86_400;

const byStatus: Readonly<Record<number, SettingsErrorKind>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  412: 'stale',
  422: 'invalid',
  429: 'rate-limited',
  501: 'unsupported',
};

function kindOf(status: number, code: string | undefined): SettingsErrorKind {
  if (code !== undefined && isKind(code)) return code;
  if (code !== undefined && isTransport(code)) return transport[code].kind;
  // A server of another hand, or a proxy before it: the status has to do.
  return byStatus[status] ?? (status >= 502 && status <= 504 ? 'unavailable' : 'unexpected');
}

type Members = Readonly<Record<string, unknown>>;
const membersOf = (value: unknown): Members | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined);
const wholeOf = (value: unknown): number | undefined => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined);

/**
 * The error that a status and a body stand for. Nothing of the body's own text is kept: it may be a proxy's page. Read member by member
 * and not by `problemSchema`, so that one that is wrong does not cost the others (and no page pays for a schema more).
 * @param body what came as JSON, of whatever shape
 * @param retryAfter seconds, where the caller has read them from the header
 */
export function readProblem(status: number, body: unknown, retryAfter?: number): SettingsError {
  const problem = membersOf(body) ?? {};
  const { code, methods, current } = problem;
  const kind = kindOf(status, typeof code === 'string' ? code : undefined);
  const known: readonly unknown[] = fieldProblems;
  const fields = membersOf(problem['fields']);
  const steps = (Array.isArray(methods) ? methods : []).flatMap((method) => {
    const step = stepUpMethod.safeParse(method);
    return step.success ? [step.data] : [];
  });
  const attemptsLeft = wholeOf(problem['attemptsLeft']);
  const wait = wholeOf(problem['retryAfter']) ?? retryAfter;
  return new SettingsError(kind, `The server answered ${String(status)}${code === undefined ? '' : ` (${kind})`}.`, {
    ...(fields && { fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, fieldProblems[known.indexOf(text)] ?? 'invalid'])) }),
    ...(steps.length > 0 && { challenge: { methods: steps, maxAge: wholeOf(problem['maxAge']) ?? 0 } }),
    ...(attemptsLeft !== undefined && { attemptsLeft }),
    ...(wait !== undefined && { retryAfter: Math.min(wait, LONGEST_WAIT) }),
    ...(current !== undefined && { current }),
  });
}
