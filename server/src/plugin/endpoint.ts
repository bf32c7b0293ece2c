import { randomUUID } from 'node:crypto';
import { problemsOf, rowOf, SettingsError, type OperationName } from '@userflux/settings/contract';
import { locationOf, matchRoute, ORGANISATION_HEADER, readQuery, routeOf, writeProblem, type ProblemCode } from '@userflux/settings/http';
import { assertText, readBody, readPicture, TransportError } from './body.js';
import type { Origin, Place } from './call.js';
import { confirmEmailChange } from './account.js';
import type { Events } from './events.js';
import { whoIs } from './me.js';
import { pictureId, servePicture } from './pictures.js';
import { isLockTimeout, perform, ReusedKey } from './perform.js';

/** What a request comes with beside itself. */
export interface Arrival {
  /** The id of the session behind its cookie or token; asked only when the operation needs it. */
  sessionId: () => Promise<string | null>;
  events: Events;
  origin: Origin;
}

/** Header of the reply of every request, whatever became of it (S9). */
const NEVER_STORED = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

/**
 * One request of the settings API: route, body, schema, call, answer; every failure is a problem of RFC 9457.
 * @param path below the API's base URL
 */
export async function answer(place: Place, request: Request, path: string, arrival: Arrival): Promise<Response> {
  try {
    if (path === CONFIRM_EMAIL) return await confirmEmail(place, request, arrival);
    const picture = pictureId(path);
    if (picture !== undefined) return await answerPicture(place, request, picture);
    return path === EVENTS ? await follow(place, request, arrival) : await answerOperation(place, request, path, arrival);
  } catch (error) {
    return refuse(place, error, request, path);
  }
}

/** Where the host's page sends the token of a confirmation link: the one request that is no operation of a settings screen. */
const CONFIRM_EMAIL = '/email-change/confirm';

/** Hints at what to read again, for as long as a page is open. */
const EVENTS = '/events';

async function follow(place: Place, request: Request, { sessionId, events }: Arrival): Promise<Response> {
  if (request.method !== 'GET') throw notAllowed(['GET']);
  const id = await sessionId();
  const me = id === null ? undefined : await whoIs(place.store.db, place, id, place.clock());
  if (!me) throw new SettingsError('unauthenticated', 'Nobody is signed in.');
  return events.open(me, request.signal);
}

async function answerPicture(place: Place, request: Request, id: string): Promise<Response> {
  if (request.method !== 'GET') throw notAllowed(['GET']);
  return servePicture(place, id);
}

async function confirmEmail(place: Place, request: Request, { origin }: Arrival): Promise<Response> {
  if (request.method !== 'POST') throw notAllowed(['POST']);
  const body = await readBody(request);
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  if (typeof token !== 'string') throw new SettingsError('invalid', 'Send the token of the link as { "token": "..." }.', { fields: { token: 'required' } });
  await confirmEmailChange(place, token, origin);
  return new Response(null, { status: 204, headers: NEVER_STORED });
}

/** Refuses a request by its method or path alone. */
export function refuseRoute(place: Place, request: Request, path: string): Response {
  const allow = path === EVENTS || pictureId(path) !== undefined ? ['GET'] : path === CONFIRM_EMAIL ? ['POST'] : undefined;
  const match = allow ? { allow } : matchRoute(request.method, path);
  return refuse(place, match && 'allow' in match ? notAllowed(match.allow) : new TransportError('unknown-path', NOTHING_HERE), request, path);
}

const NOTHING_HERE = 'There is nothing at this path. See the OpenAPI document.';

async function answerOperation(place: Place, request: Request, path: string, { sessionId, origin }: Arrival): Promise<Response> {
  const match = matchRoute(request.method, path);
  if (!match) throw new TransportError('unknown-path', NOTHING_HERE);
  if ('allow' in match) throw notAllowed(match.allow);
  const { operation, fields } = match;
  const row = rowOf(operation);
  const given = await readInput(request, operation, fields);
  const session = await sessionId();
  const parsed = row.input.safeParse(given);
  // Who is not signed in learns that first: what a form of theirs lacks is no help to them.
  if (!parsed.success && (session !== null || row.public === true)) {
    throw new SettingsError('invalid', 'The input does not fit the schema of this operation.', { fields: problemsOf(parsed.error) });
  }
  const idempotencyKey = row.effect === 'write' ? readIdempotencyKey(request) : undefined;
  const ifMatch = row.versioned ? readVersion(request, session) : undefined;
  const output = await perform(place, { operation, input: parsed.data, sessionId: session, organisation: readOrganisation(request), ifMatch, idempotencyKey, origin });
  return succeed(operation, output, request, path);
}

async function readInput(request: Request, operation: OperationName, fields: Record<string, string>): Promise<unknown> {
  if (request.method === 'GET') {
    const { searchParams } = new URL(request.url);
    for (const value of searchParams.values()) assertText(value);
    for (const value of Object.values(fields)) assertText(value);
    const query = { ...readQuery(operation, searchParams), ...fields };
    return takesNothing(operation) ? undefined : query;
  }
  if (routeOf(operation).picture) return readPicture(request);
  const body = await readBody(request);
  for (const value of Object.values(fields)) assertText(value);
  if (takesNothing(operation)) return undefined;
  // What is no object fails its schema; the path says more than the body.
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body, ...fields } : body === undefined ? fields : body;
}

function takesNothing(operation: OperationName): boolean {
  return rowOf(operation).input.safeParse(undefined).success;
}

/** One key a press of a button; also what no form of another site can send without asking first (S8). */
function readIdempotencyKey(request: Request): string {
  const key = request.headers.get('idempotency-key')?.trim() ?? '';
  if (key === '' || key.length > 255) throw new TransportError('idempotency-key-missing', 'Send an Idempotency-Key of 1 to 255 characters, a new one for each write.');
  return key;
}

/** Which organisation the page shows that sends this: ids may have any characters, headers may not. */
function readOrganisation(request: Request): string | undefined {
  const header = request.headers.get(ORGANISATION_HEADER);
  if (header === null) return undefined;
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}

/** RFC 9110 13.1.1: `"version"`, or `*` for "whatever it is now". */
function readVersion(request: Request, session: string | null): string | undefined {
  const header = request.headers.get('if-match')?.trim();
  if (header === '*' || session === null) return undefined;
  const version = /^(?:W\/)?"([^"]*)"$/.exec(header ?? '')?.[1];
  if (version === undefined) throw new TransportError('version-missing', 'Send the version that was read as If-Match: "version", or If-Match: * to overwrite.');
  return version;
}

function succeed(operation: OperationName, output: unknown, request: Request, path: string): Response {
  const headers = new Headers(NEVER_STORED);
  if (output === undefined) return new Response(null, { status: 204, headers });
  if (typeof output === 'object' && output !== null && 'version' in output && typeof output.version === 'string') headers.set('ETag', `"${output.version}"`);
  const location = locationOf(operation, output);
  if (location !== undefined) {
    const { pathname } = new URL(request.url);
    headers.set('Location', pathname.slice(0, pathname.length - path.length) + location);
  }
  headers.set('Content-Type', 'application/json');
  return new Response(JSON.stringify(output), { status: routeOf(operation).status ?? 200, headers });
}

class NotAllowed extends TransportError {
  constructor(readonly allow: readonly string[]) {
    super('method-not-allowed', `This path takes ${allow.join(', ')}.`);
  }
}

function notAllowed(allow: readonly string[]): NotAllowed {
  return new NotAllowed([...new Set(allow)]);
}

function codeOf(error: SettingsError): ProblemCode {
  if (error instanceof TransportError) return error.code;
  return error instanceof ReusedKey ? 'idempotency-key-reused' : error.kind;
}

/** Any failure as a problem. What is no error of the contract is our own: its words go to the log, under an id that the reply names. */
export function refuse({ log }: Place, thrown: unknown, request: Request, path: string): Response {
  let error = SettingsError.is(thrown) ? thrown : undefined;
  let code: ProblemCode | undefined = error && codeOf(error);
  let requestId: string | undefined;
  if (isLockTimeout(thrown)) {
    error = new SettingsError('unavailable', 'Another request holds what this one needs. Send it again.', { retryAfter: 1 });
    code = 'idempotency-in-flight';
  }
  if (!error) {
    requestId = randomUUID();
    // The path has ids in it, never a secret; the body is not logged.
    log(`${requestId} ${request.method} ${path} ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'threw no Error'}`);
    error = new SettingsError('unexpected', 'The server failed. Its log has more under the requestId.');
  }
  const url = new URL(request.url);
  const { status, headers, body } = writeProblem(error, code, `${url.pathname.slice(0, url.pathname.length - path.length)}/`);
  const all = new Headers({ ...headers, ...NEVER_STORED });
  if (thrown instanceof NotAllowed) all.set('Allow', thrown.allow.join(', '));
  return new Response(JSON.stringify(requestId === undefined ? body : { ...body, requestId }), { status, headers: all });
}
