import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import type { World } from '@userflux/settings/adapters/memory';
import { rowOf, type OperationName } from '@userflux/settings/contract';
import { pathFields, problemCodes, routeOf, writeQuery } from '@userflux/settings/http';
import { randomToken } from '@userflux/settings/rules';
import { sql } from 'kysely';
import { placeOf } from '../../../server/src/plugin/index.js';
import type { Place } from '../../../server/src/plugin/call.js';
import { startServer, type RunningServer, type ServerOptions } from '../../../server/src/reference/start.js';
import { testClock, type TestClock } from '../../contract/support/clock.js';
import { codeOf, conformanceWorld, EMAILS, SECRETS } from '../../contract/support/memory-harness.js';
import { startPostgres, type TestPostgres } from '../../support/postgres.js';
import { BASE, signInAs, type Visitor } from '../support/server-harness.js';

export { BASE, codeOf, EMAILS, SECRETS, signInAs, type Visitor };
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
  const { method, path } = routeOf(operation);
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
      ...extras.headers,
    },
    ...(method !== 'GET' && Object.keys(rest).length > 0 && { body: rest }),
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

/** A database with one server on it, or two that know nothing of each other. */
export interface Lab {
  readonly kind: 'sqlite' | 'postgres';
  /** The second one is another instance where the database takes two (PostgreSQL), else the same. */
  readonly servers: readonly [RunningServer, RunningServer];
  readonly server: RunningServer;
  readonly place: Place;
  readonly clock: TestClock;
  /** What the servers said to their operator. */
  readonly lines: string[];
  as(email: string | null): Promise<Visitor>;
  /** A session that has just proved a second factor. */
  proven(email: string): Promise<Visitor>;
  userId(email: string): Promise<string>;
  close(): Promise<void>;
}

export interface LabOptions extends ServerOptions {
  world?: World;
}

export async function openLab(postgres: TestPostgres | undefined, options: LabOptions = {}): Promise<Lab> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'settings-lab-'));
  const clock = testClock();
  const lines: string[] = [];
  const databaseUrl = postgres && (await postgres.createDatabase());
  const start = (port: number): Promise<RunningServer> =>
    startServer({ port, dataFolder, world: conformanceWorld(), clock, signInsPerMinute: 1_000_000, log: (line) => lines.push(line), ...(databaseUrl !== undefined && { databaseUrl }), ...options });
  const first = await start(0);
  const second = databaseUrl === undefined ? first : await start(0);
  const place = await placeOf(first.auth);
  const as = (email: string | null): Promise<Visitor> => (email === null ? Promise.resolve(signedOut) : signInAs(first, email, (options.clock ?? clock)()));
  return {
    kind: databaseUrl === undefined ? 'sqlite' : 'postgres',
    servers: [first, second],
    server: first,
    place,
    clock,
    lines,
    as,
    proven: async (email) => {
      const visitor = await as(email);
      await place.store.db
        .updateTable('session')
        .set({ stepUpMethod: 'totp', stepUpUntil: (options.clock ?? clock)() + 600_000 })
        .where('id', '=', visitor.sessionId ?? '')
        .execute();
      return visitor;
    },
    userId: async (email) => (await place.store.db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id,
    close: async () => {
      await first.close();
      if (second !== first) await second.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

const cluster = process.env['SECURITY_ONLY'] === 'sqlite' ? undefined : startPostgres();

/** The same tests on the embedded database and, where there is one, on PostgreSQL with two servers. */
export function onBoth(name: string, tests: (lab: () => Lab) => void, options: LabOptions | (() => LabOptions) = {}): void {
  const on = (kind: string, postgres: () => Promise<TestPostgres | undefined>, skip: string | false): void => {
    describe(`${name} (${kind})`, { skip }, () => {
      let lab: Lab | undefined;
      before(async () => {
        lab = await openLab(await postgres(), typeof options === 'function' ? options() : options);
      });
      after(async () => {
        await lab?.close();
      });
      tests(() => {
        if (!lab) throw new Error('The server did not start.');
        return lab;
      });
    });
  };
  on('SQLite', () => Promise.resolve(undefined), false);
  on('PostgreSQL, two servers', async () => cluster, hasPostgres ? false : 'no PostgreSQL here');
}

const hasPostgres = (await cluster) !== undefined;

after(async () => {
  agent.destroy();
  await (await cluster)?.stop();
});

/** Takes the brake off, so that what refuses is the rule under test and not the brake. */
export async function withoutBrake({ place }: Lab): Promise<void> {
  const { db, type } = place.store;
  if (type === 'sqlite') {
    await sql`create trigger "noBrake" after update on "settingsAttempt" when new."lockedUntil" > 0 begin update "settingsAttempt" set "lockedUntil" = 0 where "id" = new."id"; end`.execute(db);
  } else {
    await sql`create function no_brake() returns trigger language plpgsql as $$ begin new."lockedUntil" = 0; return new; end $$`.execute(db);
    await sql`create trigger no_brake before update on "settingsAttempt" for each row execute function no_brake()`.execute(db);
  }
}

export async function brakeAgain({ place }: Lab): Promise<void> {
  const { db, type } = place.store;
  await (type === 'sqlite' ? sql`drop trigger "noBrake"`.execute(db) : sql`drop function no_brake() cascade`.execute(db));
  await db.deleteFrom('settingsAttempt').execute();
}

/** Somebody who has just given a right password and owes a code, without the slow hash. */
export async function owingCode(lab: Lab, email: string): Promise<{ cookie: string }> {
  const { internalAdapter, secret, createAuthCookie } = await lab.server.auth.$context;
  const identifier = `2fa-${randomToken()}`;
  const expiresAt = new Date(Date.now() + 600_000);
  await internalAdapter.createVerificationValue({ value: await lab.userId(email), identifier, expiresAt });
  await internalAdapter.createVerificationValue({ value: '0', identifier: `2fa-attempts-${identifier}`, expiresAt });
  const signature = createHmac('sha256', secret).update(identifier).digest('base64');
  return { cookie: `${createAuthCookie('two_factor').name}=${encodeURIComponent(`${identifier}.${signature}`)}` };
}

/** Every text of every row, by table and column: what somebody who steals the database reads. */
export async function everythingAtRest({ place }: Lab): Promise<{ where: string; value: string }[]> {
  const { db } = place.store;
  const tables = await db.introspection.getTables();
  const found: { where: string; value: string }[] = [];
  for (const { name } of tables.filter(({ isView }) => !isView)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    for (const row of rows) for (const [column, value] of Object.entries(row)) if (value !== null) found.push({ where: `${name}.${column}`, value: typeof value === 'string' ? value : JSON.stringify(value) });
  }
  return found;
}

export async function countRows({ place }: Lab, table: 'settingsEvent' | 'settingsWrite' | 'settingsMail' | 'member' | 'session' | 'user' | 'invitation'): Promise<number> {
  const row = await place.store.db.selectFrom(table).select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow();
  return Number(row.count);
}

/** The rows that one piece of work adds to the records, in their order. */
export async function eventsOf({ place }: Lab, work: () => Promise<unknown>): Promise<{ action: string; userId: string | null; organizationId: string | null; targets: string; address: string | null; userAgent: string | null; result: string; at: number }[]> {
  const known = new Set((await place.store.db.selectFrom('settingsEvent').select('id').execute()).map(({ id }) => id));
  await work();
  const rows = await place.store.db.selectFrom('settingsEvent').selectAll().orderBy('at').execute();
  return rows.filter(({ id }) => !known.has(id)).map(({ id: _id, at, ...row }) => ({ ...row, at: Number(at) }));
}

/** The token in the newest mail to this address. */
export async function tokenFor({ place }: Lab, to: string): Promise<string> {
  const rows = await place.store.db.selectFrom('settingsMail').select(['to', 'link']).orderBy('at', 'desc').orderBy('id', 'desc').execute();
  const link = rows.find((mail) => mail.to.toLowerCase() === to.toLowerCase() && mail.link !== null)?.link;
  return decodeURIComponent(link?.split('=')[1] ?? '');
}
