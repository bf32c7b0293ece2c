import type { CallOptions, SettingsAdapter } from '../../src/contract/adapter.js';
import { SettingsError } from '../../src/contract/errors.js';
import { locationOf, matchRoute, ORGANISATION_HEADER, readQuery, routeOf, writeProblem, type ProblemCode } from '../../src/contract/http/index.js';
import { rowOf, type Input, type OperationName } from '../../src/contract/operations.js';

/** A refusal of the transport itself, as the contract codes it. */
class Refusal extends Error {
  constructor(readonly code: ProblemCode, readonly headers: Record<string, string> = {}) {
    super(code);
  }
}

/**
 * The settings HTTP API in front of any adapter, in the words of the web platform: behind node:http in tests of Node, instead of `fetch` in
 * tests in a browser. What it knows of operations and routes it reads from the tables.
 * @param base the path that the API stands at
 * @param adapterOf the backend of the session that a request belongs to
 */
export function httpBridge(base: string, adapterOf: (request: Request) => SettingsAdapter): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const adapter = adapterOf(request);
      const url = new URL(request.url);
      const path = url.pathname.slice(base.length);
      if (path === '/events' && request.method === 'GET') return events(adapter);
      const match = matchRoute(request.method, path);
      if (!match) throw new Refusal('unknown-path');
      if ('allow' in match) throw new Refusal('method-not-allowed', { Allow: match.allow.join(', ') });
      const { operation, fields } = match;
      const given: unknown = request.method === 'GET' ? readQuery(operation, url.searchParams) : routeOf(operation).picture ? { type: request.headers.get('Content-Type'), bytes: new Uint8Array(await request.arrayBuffer()) } : await bodyOf(request);
      const whole: unknown = Object.keys(fields).length === 0 && isNothing(operation) ? undefined : { ...(given ?? {}), ...fields };
      return answer(operation, await adapter.call(operation, whole as Input<typeof operation>, optionsOf(operation, request)));
    } catch (error) {
      const code = error instanceof Refusal ? error.code : undefined;
      const problem = writeProblem(SettingsError.is(error) ? error : new SettingsError('unexpected', 'Refused.'), code);
      return new Response(JSON.stringify(problem.body), { status: problem.status, headers: { ...problem.headers, ...(error instanceof Refusal && error.headers) } });
    }
  };
}

const isNothing = (operation: OperationName): boolean => rowOf(operation).input._zod.def.type === 'void';

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === '') return undefined;
  if (request.headers.get('Content-Type') !== 'application/json') throw new Refusal('media-type');
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('malformed-body');
  }
}

function optionsOf(operation: OperationName, request: Request): CallOptions {
  const organisation = request.headers.get(ORGANISATION_HEADER);
  const options: CallOptions = { signal: request.signal, ...(organisation !== null && { organisation: decodeURIComponent(organisation) }) };
  const row = rowOf(operation);
  if (row.effect === 'read') return options;
  const key = request.headers.get('Idempotency-Key');
  if (!key) throw new Refusal('idempotency-key-missing');
  options.idempotencyKey = key;
  if (!row.versioned) return options;
  const version = request.headers.get('If-Match');
  if (version === null) throw new Refusal('version-missing');
  if (version !== '*') options.ifMatch = /^"(.*)"$/.exec(version)?.[1] ?? 'not an entity tag';
  return options;
}

function answer(operation: OperationName, output: unknown): Response {
  const { status } = routeOf(operation);
  const location = locationOf(operation, output);
  if (output === undefined) return new Response(null, { status: 204 });
  const values = Object(output) as Record<string, unknown>;
  const headers: Record<string, string> = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  if (typeof values['version'] === 'string') headers['ETag'] = `"${values['version']}"`;
  if (location !== undefined) headers['Location'] = location;
  return new Response(JSON.stringify(output), { status: status ?? 200, headers });
}

function events(adapter: SettingsAdapter): Response {
  let stop: (() => void) | undefined;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(encoder.encode(': here\n\n'));
      stop = adapter.subscribe?.((reads) => { controller.enqueue(encoder.encode(`data: ${JSON.stringify({ reads })}\n\n`)); });
    },
    cancel: () => stop?.(),
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
}
