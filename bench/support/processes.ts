import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { STEP_UP_SECONDS } from '@userflux/settings/rules';
import { startServer } from '../../server/src/reference/start.js';
import { placeOf } from '../../server/src/plugin/index.js';
import { signInAs } from '../../test/server/support/server-harness.js';
import { freePort } from '../../test/support/postgres.js';
import type { BenchWorld } from './world.js';

/** Where one server, or several, keep their data. */
export interface Place {
  databaseUrl: string | undefined;
  dataFolder: string;
}

/** Who a request comes from: a cookie is a session. */
export interface Visitor {
  cookie: string;
  size: number | undefined;
}

export const PUBLIC_URL = 'https://settings.bench.example';
/** Of this run only. */
const SECRETS = { BETTER_AUTH_SECRET: randomBytes(32).toString('base64'), SETTINGS_ENCRYPTION_KEY: randomBytes(32).toString('base64') };

/** Fills an empty database, and signs everybody in who has a part: with a step-up of this moment. */
export async function prepare(place: Place, { world, customers, teams }: BenchWorld): Promise<{ customers: Visitor[]; teams: Visitor[] }> {
  const server = await startServer({
    ...place,
    port: 0,
    production: true,
    publicUrl: PUBLIC_URL,
    secret: SECRETS.BETTER_AUTH_SECRET,
    encryptionKey: SECRETS.SETTINGS_ENCRYPTION_KEY,
    world,
  });
  try {
    const { store } = await placeOf(server.auth);
    const signIn = async ({ email, size }: { email: string; size?: number }): Promise<Visitor> => {
      const { cookie, sessionId } = await signInAs(server, email);
      await store.db
        .updateTable('session')
        .set({ stepUpMethod: 'totp', stepUpUntil: Date.now() + STEP_UP_SECONDS * 1000 })
        .where('id', '=', sessionId ?? '')
        .execute();
      return { cookie, size };
    };
    return { customers: await inTurn(customers, signIn), teams: await inTurn(teams, signIn) };
  } finally {
    await server.close();
  }
}

async function inTurn<Item, Answer>(items: readonly Item[], work: (item: Item) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const item of items) answers.push(await work(item));
  return answers;
}

export interface RunningServers {
  readonly ports: readonly number[];
  stop(): Promise<void>;
}

/** Reference servers as in production: each a process of its own, told by its environment. */
export async function startServers(place: Place, count: number): Promise<RunningServers> {
  const children: ChildProcess[] = [];
  const ports: number[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(endOf));
  };
  try {
    for (let index = 0; index < count; index++) {
      const port = await freePort();
      const child = fork(fileURLToPath(new URL('./server-process.ts', import.meta.url)), {
        execArgv: ['--import', 'tsx'],
        env: {
          PATH: process.env['PATH'],
          NODE_ENV: 'production',
          PORT: String(port),
          DATA_FOLDER: place.dataFolder,
          DATABASE_URL: place.databaseUrl,
          PUBLIC_URL,
          // Production asks for it; nothing that is measured sends mail.
          SMTP_URL: 'smtp://127.0.0.1:9',
          MAIL_FROM: 'bench@example.com',
          ...SECRETS,
        },
      });
      children.push(child);
      await says(child, 'ready');
      ports.push(port);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { ports, stop };
}

function says(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (message === word) resolve();
    });
    child.once('exit', (code) => {
      reject(new Error(`A process of the bench ended with ${String(code)}.`));
    });
  });
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => {
      resolve();
    });
    child.kill('SIGTERM');
  });
}
