import type { Server } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { demoWorld, type World } from '@userflux/settings/adapters/memory';
import { getMigrations } from 'better-auth/db/migration';
import { deliverMails, endEvents, settleKeyUses } from '../plugin/index.js';
import { createApp, type HostFacts } from './app.js';
import { createAuth, type Auth } from './auth.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { openDatabase, type OpenDatabase } from './database.js';
import { readDocs } from './docs.js';
import { openMailer } from './mail.js';
import { readPages } from './pages.js';
import { secretsOf } from './secrets.js';
import { seedWorld } from './seed.js';

export interface ServerOptions extends Partial<Config> {
  /** The folder of the built host page; absent: the API alone. */
  pages?: string | Promise<string>;
  /** What an empty database begins with, instead of the demo world. */
  world?: World;
  /** Milliseconds since 1970; tests move it. */
  clock?: () => number;
  /** Where lines for the operator go; standard error unless told. */
  log?: (line: string) => void;
}

export interface RunningServer {
  /** As people reach it; ends without a slash. */
  readonly url: string;
  /** The address and port of this process: another one where a proxy stands before it. */
  readonly listensAt: string;
  /** Where the data is, for people. */
  readonly where: string;
  readonly facts: HostFacts;
  readonly auth: Auth;
  readonly database: OpenDatabase;
  /** Takes no new requests, finishes those that came, closes the database. */
  close(): Promise<void>;
}

/** Milliseconds between two looks for what is left to do: mails whose process died, or that failed; keys and hints of yesterday. */
const TIDY_PAUSE = 30_000;
/** Milliseconds that requests have to end when the server stops. */
const GRACE = 10_000;

/**
 * Starts the reference server. What is not told is as with an empty environment: the embedded database, the outbox, the demo world.
 * @throws {ConfigError} when the port is taken or the database cannot be reached
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const config: Config = { ...readConfig({}), ...options };
  const log = options.log ?? ((line) => process.stderr.write(`${line}\n`));
  // The port first: its number is part of the links in mails, and when it is taken nothing else has to begin.
  let answer: (request: Request, env: HttpBindings) => Response | Promise<Response> = () => new Response('Starting\n', { status: 503, headers: { 'Retry-After': '1' } });
  const { server, port } = await listen((request, env) => answer(request, env), config);
  const closing: (() => void | Promise<void>)[] = [() => stopListening(server)];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0)) await step();
  };
  try {
    const publicUrl = config.publicUrl ?? `http://localhost:${String(port)}`;
    const { secret, encryptionKey } = secretsOf(config, config.dataFolder, log);
    const mailer = config.smtpUrl === undefined ? undefined : openMailer(config.smtpUrl, config.mailFrom ?? '');
    if (mailer) closing.push(mailer.close);
    const database = openDatabase({ databaseUrl: config.databaseUrl, dataFolder: config.dataFolder, log });
    let settle = (): Promise<void> => Promise.resolve();
    closing.push(() => settle(), database.close);
    const world = options.world ?? (config.seed === 'demo' ? demoWorld() : undefined);
    const { product, pageSize } = world ?? demoWorld();
    // On a desk a browser may be sent to the address as well as to the name.
    const trustedOrigins = config.publicUrl === undefined ? [...config.trustedOrigins, `http://127.0.0.1:${String(port)}`] : config.trustedOrigins;
    const auth = createAuth({ ...config, database, secret, encryptionKey, publicUrl, trustedOrigins, sendMail: mailer?.send, product, pageSize, clock: options.clock, log });
    closing.unshift(() => endEvents(auth));
    settle = () => settleKeyUses(auth);
    const showsMails = mailer === undefined && !config.production;
    await prepare(database, auth, async () => {
      if (world) await seedWorld({ database, auth, encryptionKey, reveal: config.reveal, publicUrl, mails: showsMails, now: (options.clock ?? Date.now)() }, world);
    });
    closing.unshift(keepTidy(auth, log));
    const facts: HostFacts = { outbox: showsMails, people: world && !config.production ? await peopleOf(database, world) : [] };
    const pages = options.pages === undefined ? new Map<string, never>() : readPages(await options.pages);
    const app = createApp({ auth, database, publicUrl, trustedOrigins: config.trustedOrigins, trustProxy: config.trustProxy, facts, pages, docs: readDocs(), log });
    answer = (request, env) => app.fetch(request, env);
    return { url: publicUrl, listensAt: `http://${config.host}:${String(port)}`, where: database.where, facts, auth, database, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Tables, and what an empty database begins with: by one process, while the others wait. */
async function prepare(database: OpenDatabase, auth: Auth, seed: () => Promise<void>): Promise<void> {
  try {
    await database.alone(async () => {
      const { runMigrations } = await getMigrations(auth.options);
      await runMigrations();
      await seed();
    });
  } catch (error) {
    throw inWords(error, database.where);
  }
}

const unreachable: Partial<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no machine has this name',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'it refuses this user or password',
  '28000': 'it refuses this user',
  '3D000': 'it has no database of this name',
};

function inWords(error: unknown, where: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = unreachable[code];
  return reason === undefined ? error : new ConfigError([`DATABASE_URL cannot be used (${where}): ${reason}.`]);
}

async function listen(fetch: (request: Request, env: HttpBindings) => Response | Promise<Response>, { port, host }: Config): Promise<{ server: Server; port: number }> {
  // HTTP/1.1 without TLS: what createAdaptorServer makes unless told otherwise. A proxy in front speaks the rest.
  const server = createAdaptorServer({ fetch: (request, env) => fetch(request, env as HttpBindings), serverOptions: { requestTimeout: 30_000, headersTimeout: 10_000 } }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new ConfigError([`PORT ${String(port)} is taken by another program. Choose another one, for example: PORT=${String(port + 1)} npm start`]) : error);
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return { server, port: address.port };
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // Connections that wait for a next request would keep the server up; those at work get their time.
    const idle = setInterval(() => {
      server.closeIdleConnections();
    }, 50);
    const late = setTimeout(() => {
      server.closeAllConnections();
    }, GRACE);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(late);
      resolve();
    });
  });
}

/** Answers what ends it: the timer, and the delivery that is under way. */
function keepTidy(auth: Auth, log: (line: string) => void): () => Promise<void> {
  let underWay: Promise<void> = Promise.resolve();
  const deliver = (): void => {
    underWay = deliverMails(auth).catch((error: unknown) => {
      log(`Tidying up failed: ${error instanceof Error ? error.message : 'unknown'}`);
    });
  };
  deliver();
  const timer = setInterval(deliver, TIDY_PAUSE);
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}

/** Whom the sign-in page offers to be: people of the seeded world whose password is no secret. Nobody where the database holds something else. */
async function peopleOf(database: OpenDatabase, world: World): Promise<HostFacts['people']> {
  const [organisation] = world.organisations;
  const seeded = await database.db.selectFrom('organization').select('id').where('id', '=', organisation?.id ?? '').executeTakeFirst();
  if (!seeded) return [];
  return world.people.flatMap(({ name, email, password }) => {
    const role = organisation?.members.find((member) => member.email === email)?.role;
    return password === null || role === undefined ? [] : [{ name, role, email, password }];
  });
}
