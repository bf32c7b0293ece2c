import { stepUpMethod } from '../auth.js';
import { errorKinds, fieldProblems, SettingsError, type SettingsErrorKind } from '../errors.js';

// A file of its own: a page reads problems, and does not pay for the words of a server that writes them (problems.ts).

/** Refusals of the transport itself: requests that no well-behaved client sends. They reach people as one of the kinds. */
const transport = {
  'malformed-body': 'unexpected',
  'unsafe-text': 'invalid',
  'too-deep': 'unexpected',
  'idempotency-key-missing': 'unexpected',
  'foreign-origin': 'forbidden',
  'unknown-path': 'unsupported',
  'method-not-allowed': 'unsupported',
  'idempotency-in-flight': 'unavailable',
  'body-too-large': 'invalid',
  'media-type': 'unexpected',
  'idempotency-key-reused': 'conflict',
  'version-missing': 'unexpected',
} as const satisfies Record<string, SettingsErrorKind>;

export type TransportCode = keyof typeof transport;

const kinds: readonly string[] = errorKinds;

/** Kinds that only a client knows (offline, aborted) are no codes: what a server says is never hidden as what the person did. */
export const isKind = (code: string): code is SettingsErrorKind => kinds.includes(code) && code !== 'offline' && code !== 'aborted';
export const isTransport = (code: string): code is TransportCode => Object.hasOwn(transport, code);

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
  if (code !== undefined && isTransport(code)) return transport[code];
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
