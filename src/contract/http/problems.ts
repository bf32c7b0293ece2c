import type { SettingsError, SettingsErrorKind } from '../errors.js';
import type { Problem } from './problem-schema.js';
import { isKind, isTransport, type TransportCode } from './read-problem.js';

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

/** Refusals of the transport itself, which no well-behaved client meets. */
const transport: Record<TransportCode, { status: number; title: string }> = {
  'malformed-body': { status: 400, title: 'The body is not JSON' },
  'unsafe-text': { status: 400, title: 'The body has a NUL character or half a surrogate pair' },
  'too-deep': { status: 400, title: 'The body is nested too deeply' },
  'idempotency-key-missing': { status: 400, title: 'A write needs an Idempotency-Key' },
  'foreign-origin': { status: 403, title: 'Requests from this origin are not accepted' },
  'unknown-path': { status: 404, title: 'There is nothing at this path' },
  'method-not-allowed': { status: 405, title: 'This path does not take this method' },
  'idempotency-in-flight': { status: 409, title: 'The first request under this Idempotency-Key is still being worked on' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'media-type': { status: 415, title: 'This path does not take a body of this type' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key was used with another body' },
  'version-missing': { status: 428, title: 'This write needs the version that was read, as If-Match' },
};

export type ProblemCode = SettingsErrorKind | TransportCode;

/** Where a `type` leads: a page that says what the code means. Relative to the API's base URL. */
export const PROBLEM_TYPES = 'problems/';

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
