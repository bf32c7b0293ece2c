import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startServer, type ServerOptions } from '../../../server/src/reference/start.js';
import { conformanceWorld } from '../../contract/support/memory-harness.js';
import { signInAs, type Visitor } from '../support/server-harness.js';
import type { BrinkMessage, BrinkOptions } from './brink.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A process with servers as one file: it starts in a third of the time that the sources take, which counts when it is started twenty times. */
export async function bundleServer(source: 'child.ts' | 'brink.ts' = 'child.ts'): Promise<{ file: string; remove: () => void }> {
  // As deep below the root as the sources are, and where their packages are found.
  const parent = join(root, 'server/node_modules');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, '.kill-'));
  const file = join(folder, 'server.mjs');
  await build({ entryPoints: [join(root, 'test/server/kill', source)], outfile: file, bundle: true, platform: 'node', format: 'esm', packages: 'external', tsconfig: join(root, 'tsconfig.json'), logLevel: 'silent' });
  return {
    file,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Child {
  readonly url: string;
  readonly process: ChildProcess;
  /** SIGKILL: no handler, no last word. Answers when it is gone. */
  kill(): Promise<void>;
}

export async function startChild(file: string, options: ServerOptions): Promise<Child> {
  const { child, first, kill } = start(file, options);
  const { url } = (await first) as { url: string };
  return { url, process: child, kill };
}

/** The servers of one process, which stop on their way. */
export interface Servers {
  /** Where they listen, in the order of their options. */
  readonly urls: readonly string[];
  /** One that answered will not stop. */
  count(): void;
  /** So many of them have stopped, or were counted. */
  stopped(howMany: number): Promise<void>;
  kill(): Promise<void>;
}

export async function startBrink(file: string, options: BrinkOptions): Promise<Servers> {
  const { child, first, gone, kill } = start(file, options);
  let stops = 0;
  let look = (): void => undefined;
  const count = (): void => {
    stops++;
    look();
  };
  child.on('message', (message: BrinkMessage) => {
    if (message === 'stopped') count();
  });
  const { listening } = (await first) as Exclude<BrinkMessage, 'stopped'>;
  return {
    urls: listening,
    count,
    stopped: (howMany) =>
      new Promise((resolve, reject) => {
        look = () => {
          if (stops >= howMany) resolve();
        };
        look();
        gone.catch(reject);
      }),
    kill,
  };
}

/** @returns what it said first, and what fails when it ends by itself */
function start(file: string, options: unknown): { child: ChildProcess; first: Promise<unknown>; gone: Promise<never>; kill: () => Promise<void> } {
  const child = fork(file, [], { execArgv: [], env: { ...process.env, LAB: JSON.stringify(options) }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const exit = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const gone = exit.then((): never => {
    throw new Error(`The server ended: ${said}`);
  });
  gone.catch(() => undefined);
  const first = new Promise<unknown>((resolve) => child.once('message', resolve));
  return {
    child,
    first: Promise.race([first, gone]),
    gone,
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/** A seeded database in a folder of its own, and sessions of these people. */
export async function seededFolder(emails: readonly string[], prefix = 'settings-kill-'): Promise<{ folder: string; visitors: Visitor[]; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const server = await startServer({ port: 0, dataFolder: folder, world: conformanceWorld(), log: () => undefined });
  const visitors: Visitor[] = [];
  for (const email of emails) visitors.push(await signInAs(server, email));
  await server.close();
  return {
    folder,
    visitors,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

