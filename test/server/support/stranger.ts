import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { rowOf, type OperationName } from '@userflux/settings/contract';
import { pathFields, problemCodes, routeOf, writeQuery } from '@userflux/settings/http';
import type { RunningServer } from '../../../server/src/reference/start.js';
import { BASE, type Visitor } from './server-harness.js';

/** Requests as a stranger's tools send them, and what every answer has to be like. */

export const NATIVE = '/api/auth';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** What the body says as JSON; undefined where it is none. */
  body: unknown;
}

export interface Sending {
  method?: string;
  headers?: Record<string, string | string[]>;
  /** An object goes as JSON; texts and bytes as they are. */
  body?: unknown;
  /** Without a Content-Length. */
  chunked?: boolean;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One request as a stranger's tool sends it: the path is not tidied up, any method, any header, any bytes. */
export function send(server: Pick<RunningServer, 'url'>, path: string, { method = 'GET', headers = {}, body, chunked = false }: Sending = {}): Promise<Reply> {
  const { hostname, port } = new URL(server.url);
  const isBytes = typeof body === 'string' || Buffer.isBuffer(body);
  const bytes = body === undefined ? undefined : Buffer.from(isBytes ? body : JSON.stringify(body));
  const all: Record<string, string | string[]> = {
    ...(bytes && !isBytes && { 'content-type': 'application/json' }),
    ...(bytes && !chunked && { 'content-length': String(bytes.length) }),
    ...(bytes && chunked && { 'transfer-encoding': 'chunked' }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const asked = request({ agent, host: hostname === 'localhost' ? '127.0.0.1' : hostname, port, path, method, headers: { host: `${hostname}:${port}`, ...all } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          parsed = undefined;
        }
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed });
      });
    });
    asked.on('error', reject);
    asked.end(bytes);
  });
}

export interface CallExtras {
  key?: string;
  ifMatch?: string | null;
  headers?: Record<string, string>;
}

/** One operation over HTTP, as a browser of this visitor sends it. */
export function call(server: Pick<RunningServer, 'url'>, { cookie }: Pick<Visitor, 'cookie'>, operation: OperationName, input: Record<string, unknown> = {}, extras: CallExtras = {}): Promise<Reply> {
  const { method, path, picture = false } = routeOf(operation);
  const row = rowOf(operation);
  const names = pathFields(path);
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const query = method === 'GET' ? writeQuery(rest).toString() : '';
  const ifMatch = extras.ifMatch === undefined ? '*' : extras.ifMatch;
  return send(server, `${BASE}${filled}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: {
      origin: server.url,
      ...(cookie !== '' && { cookie }),
      ...(row.effect === 'write' && { 'idempotency-key': extras.key ?? randomUUID() }),
      ...(row.versioned && ifMatch !== null && { 'if-match': ifMatch }),
      ...(picture && { 'content-type': String(input['type']) }),
      ...extras.headers,
    },
    ...(method !== 'GET' && Object.keys(rest).length > 0 && { body: picture ? Buffer.from(input['bytes'] as Uint8Array) : rest }),
  });
}

/** One of Better Auth's own endpoints, as the host page calls it. */
export function native(server: Pick<RunningServer, 'url'>, path: string, body?: unknown, { cookie = '', headers = {} }: { cookie?: string; headers?: Record<string, string> } = {}): Promise<Reply> {
  return send(server, NATIVE + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { origin: server.url, ...(cookie !== '' && { cookie }), ...headers },
    ...(body !== undefined && { body }),
  });
}

export const signedOut: Visitor = { cookie: '', sessionId: null };

/** A member of an answer, where the answer has it. */
export function field(reply: { body: unknown }, name: string): unknown {
  return typeof reply.body === 'object' && reply.body !== null ? (reply.body as Record<string, unknown>)[name] : undefined;
}

export function codeOfReply(reply: Reply): string {
  const code = field(reply, 'code');
  return typeof code === 'string' ? `${String(reply.status)} ${code}` : String(reply.status);
}

/** Every refusal has this form (S13), and says nothing of what is inside the server. */
export function assertProblem(reply: Reply, status: number, code: string): void {
  assert.equal(codeOfReply(reply), `${String(status)} ${code}`, reply.text.slice(0, 300));
  assert.match(reply.headers['content-type'] ?? '', /^application\/problem\+json/);
  assert.equal(field(reply, 'status'), status);
  assert.equal(field(reply, 'type'), `${BASE}/problems/${code}`);
  assert.ok(problemCodes.some((known) => known === code), `${code} is a code of the contract`);
  assertTellsNothing(reply);
}

/** No stack, no SQL, no path of the machine in what goes out; nothing that a cache may keep. */
export function assertTellsNothing(reply: Reply): void {
  assert.doesNotMatch(reply.text, /\bat .+:\d+:\d+|node_modules|\/work\/|select .+ from|insert into|update "|SQLITE|syntax error|violates|libsql|kysely/i);
  assert.match(reply.headers['cache-control'] ?? '', /no-store/);
  assert.equal(reply.headers['x-content-type-options'], 'nosniff');
}

export function tally<Item>(items: readonly Item[], name: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[name(item)] = (counts[name(item)] ?? 0) + 1;
  return counts;
}

/** Ends the connections that wait for a next request. */
export function hangUp(): void {
  agent.destroy();
}
