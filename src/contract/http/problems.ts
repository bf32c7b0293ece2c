import * as z from 'zod/mini';
import { stepUpMethod } from '../auth.js';
import { errorKinds, fieldProblems, SettingsError, type SettingsErrorKind } from '../errors.js';
import { seconds } from '../schema.js';

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
  'body-too-large': { status: 413, kind: 'invalid', title: 'The body is larger than 64 KB' },
  'media-type': { status: 415, kind: 'unexpected', title: 'The body has to be application/json' },
  'idempotency-key-reused': { status: 422, kind: 'conflict', title: 'This Idempotency-Key was used with another body' },
  'version-missing': { status: 428, kind: 'unexpected', title: 'This write needs the version that was read, as If-Match' },
} as const satisfies Record<string, { status: number; kind: SettingsErrorKind; title: string }>;

export type TransportCode = keyof typeof transport;
export type ProblemCode = SettingsErrorKind | TransportCode;

/** Where a `type` leads: a page that says what the code means. Relative to the API's base URL. */
export const PROBLEM_TYPES = 'problems/';

/** The members of a problem that this contract gives a meaning. Others are ignored (RFC 9457 3.2). */
export const problemSchema = z.object({
  type: z.optional(z.string()),
  title: z.optional(z.string()),
  status: z.optional(z.number()),
  detail: z.optional(z.string()),
  code: z.optional(z.string()),
  /** `invalid`: the problem of each field, by its path in the input. */
  fields: z.optional(z.record(z.string(), z.string())),
  /** `step-up-required`: what would do, and how many seconds old a proof may be. */
  methods: z.optional(z.array(z.string())),
  maxAge: z.optional(seconds),
  /** `wrong-credential`: tries left before a wait. */
  attemptsLeft: z.optional(seconds),
  /** Seconds to wait; the same as Retry-After. */
  retryAfter: z.optional(seconds),
  /** `stale`: the value as it is now. */
  current: z.optional(z.unknown()),
  /** Of a failure inside the server: what its log knows it by. */
  requestId: z.optional(z.string()),
});
export type Problem = z.output<typeof problemSchema>;

const isKind = (code: string): code is SettingsErrorKind => (errorKinds as readonly string[]).includes(code);
const isTransport = (code: string): code is TransportCode => Object.hasOwn(transport, code);

export const problemCodes: readonly ProblemCode[] = [...errorKinds.filter((kind) => kinds[kind]), ...Object.keys(transport).filter(isTransport)];

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

/**
 * The error that a status and a body stand for. Nothing of the body's own text is kept: it may be a proxy's page.
 * @param body what came as JSON, of whatever shape
 * @param retryAfter seconds, where the caller has read them from the header
 */
export function readProblem(status: number, body: unknown, retryAfter?: number): SettingsError {
  const parsed = problemSchema.safeParse(body);
  const problem: Problem = parsed.success ? parsed.data : {};
  const kind = kindOf(status, problem.code);
  const known: readonly string[] = fieldProblems;
  const fields = problem.fields && Object.fromEntries(Object.entries(problem.fields).map(([name, text]) => [name, fieldProblems[known.indexOf(text)] ?? 'invalid']));
  const methods = problem.methods?.flatMap((method) => {
    const step = stepUpMethod.safeParse(method);
    return step.success ? [step.data] : [];
  });
  const wait = problem.retryAfter ?? retryAfter;
  return new SettingsError(kind, `The server answered ${String(status)}${problem.code === undefined ? '' : ` (${kind})`}.`, {
    ...(fields && { fields }),
    ...(methods && methods.length > 0 && { challenge: { methods, maxAge: problem.maxAge ?? 0 } }),
    ...(problem.attemptsLeft !== undefined && { attemptsLeft: problem.attemptsLeft }),
    ...(wait !== undefined && { retryAfter: Math.min(wait, LONGEST_WAIT) }),
    ...(problem.current !== undefined && { current: problem.current }),
  });
}
