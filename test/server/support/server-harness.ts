import { createHmac } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConformanceHarness, ConformanceRole, ConformanceWorld } from '@userflux/settings/conformance';
import type { SettingsAdapter } from '@userflux/settings/contract';
import { STEP_UP_SECONDS, SESSION_SECONDS, randomToken } from '@userflux/settings/rules';
import { placeOf } from '../../../server/src/plugin/index.js';
import { confirmEmailChange } from '../../../server/src/plugin/account.js';
import { startServer, type RunningServer, type ServerOptions } from '../../../server/src/reference/start.js';
import { createHttpAdapter } from '../../../src/adapters/http/index.js';
import { testClock, type TestClock } from '../../contract/support/clock.js';
import { codeOf, conformanceWorld, EMAILS, SECRETS } from '../../contract/support/memory-harness.js';
import type { TestPostgres } from '../../support/postgres.js';

/** A server in a folder of its own, on a free port; nothing of it is left. */
export async function temporaryServer(options: ServerOptions = {}): Promise<RunningServer> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'settings-server-'));
  const server = await startServer({ port: 0, dataFolder, log: () => undefined, ...options });
  return {
    ...server,
    close: async () => {
      await server.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

export interface Visitor {
  /** The `Cookie` header of the session; empty for nobody. */
  cookie: string;
  sessionId: string | null;
}

/** A session as a sign-in of this moment makes it, without the slow hash. */
export async function signInAs(server: RunningServer, email: string, now: number = Date.now()): Promise<Visitor> {
  const { store } = await placeOf(server.auth);
  const context = await server.auth.$context;
  const person = await store.db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirstOrThrow();
  const id = randomToken();
  const token = randomToken();
  await store.db
    .insertInto('session')
    .values({
      id,
      token,
      userId: person.id,
      createdAt: store.date(Date.now()),
      updatedAt: store.date(Date.now()),
      expiresAt: store.date(Date.now() + SESSION_SECONDS * 1000),
      ipAddress: null,
      userAgent: null,
      activeOrganizationId: null,
      stepUpMethod: null,
      stepUpUntil: null,
      recentUntil: now + STEP_UP_SECONDS * 1000,
      lastSeenMoment: null,
    })
    .execute();
  const signature = createHmac('sha256', context.secret).update(token).digest('base64');
  return { sessionId: id, cookie: `${context.authCookies.sessionToken.name}=${encodeURIComponent(`${token}.${signature}`)}` };
}

export const BASE = '/api/auth/settings';

/** The adapter of a visitor, as a browser with that cookie has it. */
export function adapterOf({ url, listensAt }: Pick<RunningServer, 'url' | 'listensAt'>, { cookie }: Pick<Visitor, 'cookie'>): SettingsAdapter {
  return createHttpAdapter({ baseUrl: `${listensAt}${BASE}`, headers: { Origin: url, ...(cookie !== '' && { Cookie: cookie }) } });
}

/** A world on a server, and whose sessions its adapters are. */
export interface ServerWorld extends ConformanceWorld {
  visitor(role: ConformanceRole): Promise<Visitor>;
}

export async function openWorld(server: RunningServer, clock: TestClock, dispose: () => Promise<void>): Promise<ServerWorld> {
  const seed = conformanceWorld();
  const visitors = new Map<ConformanceRole, Visitor>();
  const sessions = new Map<ConformanceRole, SettingsAdapter>();
  const place = await placeOf(server.auth);
  let lastStep = 0;
  const signIn = (role: ConformanceRole): Promise<Visitor> => {
    const email = EMAILS[role];
    return email === null ? Promise.resolve({ cookie: '', sessionId: null }) : signInAs(server, email, clock());
  };
  const visitor = async (role: ConformanceRole): Promise<Visitor> => {
    const known = visitors.get(role) ?? (await signIn(role));
    visitors.set(role, known);
    return known;
  };
  return {
    visitor,
    as: async (role) => {
      const session = sessions.get(role) ?? adapterOf(server, await visitor(role));
      sessions.set(role, session);
      return session;
    },
    reopen: async (role) => adapterOf(server, await signIn(role)),
    code: (role, enrolment) => {
      if (Math.floor(clock() / 30_000) <= lastStep) clock.advance(30);
      lastStep = Math.floor(clock() / 30_000);
      return Promise.resolve(codeOf(enrolment?.secret ?? SECRETS[role] ?? '', clock()));
    },
    password: (role) => seed.people.find(({ email }) => email === EMAILS[role])?.password ?? '',
    mails: async (to) => {
      const rows = await place.store.db.selectFrom('settingsMail').select(['to', 'link']).orderBy('at').orderBy('id').execute();
      return rows.filter((mail) => mail.to.toLowerCase() === to.toLowerCase()).map(({ link }) => ({ token: link?.split('=')[1] ?? null }));
    },
    advance: (seconds) => {
      clock.advance(seconds);
      return Promise.resolve();
    },
    confirmEmail: (token) => confirmEmailChange(place, token),
    origin: server.url,
    dispose,
  };
}

/** Folders with the database of a conformance world, which was migrated and seeded once. */
export async function conformanceFolders(): Promise<{ copy: (name: string) => string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'settings-conformance-'));
  const template = join(folder, 'template');
  const first = await startServer({ port: 0, dataFolder: template, world: conformanceWorld(), clock: testClock(), log: () => undefined });
  await first.close();
  return {
    copy: (name) => {
      const dataFolder = join(folder, Buffer.from(name).toString('base64url').slice(0, 100) + randomToken().slice(0, 6));
      cpSync(template, dataFolder, { recursive: true });
      return dataFolder;
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The suite through HTTP, on the embedded database. */
export async function sqliteHarness(): Promise<ConformanceHarness & { stop(): void }> {
  const folders = await conformanceFolders();
  return {
    createWorld: async (seed) => {
      const dataFolder = folders.copy(seed);
      const clock = testClock();
      const server = await startServer({ port: 0, dataFolder, world: conformanceWorld(), clock, log: () => undefined });
      return openWorld(server, clock, async () => {
        await server.close();
        rmSync(dataFolder, { recursive: true, force: true });
      });
    },
    stop: folders.remove,
  };
}

/** The same on PostgreSQL: each world is a database made from a template. */
export async function postgresHarness(postgres: TestPostgres): Promise<ConformanceHarness & { stop(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'settings-conformance-'));
  const template = await postgres.createDatabase();
  const clock = testClock();
  const options = { port: 0, dataFolder: folder, world: conformanceWorld(), log: () => undefined };
  const first = await startServer({ ...options, databaseUrl: template, clock });
  await first.close();
  return {
    createWorld: async () => {
      const worldClock = testClock();
      const databaseUrl = await postgres.createDatabase(template);
      const server = await startServer({ ...options, databaseUrl, clock: worldClock });
      return openWorld(server, worldClock, () => server.close());
    },
    stop: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
