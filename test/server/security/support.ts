import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import type { World } from '@userflux/settings/adapters/memory';
import { randomToken } from '@userflux/settings/rules';
import { sql } from 'kysely';
import { placeOf } from '../../../server/src/plugin/index.js';
import type { Place } from '../../../server/src/plugin/call.js';
import { startServer, type RunningServer, type ServerOptions } from '../../../server/src/reference/start.js';
import { testClock, type TestClock } from '../../contract/support/clock.js';
import { codeOf, conformanceWorld, SECRETS } from '../../contract/support/memory-harness.js';
import { startPostgres, type TestPostgres } from '../../support/postgres.js';
import { BASE, signInAs, type Visitor } from '../support/server-harness.js';
import { hangUp, signedOut } from '../support/stranger.js';

export { BASE, codeOf, SECRETS, type Visitor };
export * from '../support/stranger.js';
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
  // Thousands of small writes: here nobody pulls the plug. The tests in test/server/kill do, with the server's own setting.
  if (databaseUrl === undefined) await sql`pragma synchronous = off`.execute(place.store.db);
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
  hangUp();
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
