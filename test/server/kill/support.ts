import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startServer, type ServerOptions } from '../../../server/src/reference/start.js';
import { conformanceWorld } from '../../contract/support/memory-harness.js';
import { signInAs, type Visitor } from '../support/server-harness.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The server as one file: it starts in a third of the time that the sources take, which counts when it is started twenty times. */
export async function bundleServer(): Promise<{ file: string; remove: () => void }> {
  // As deep below the root as the sources are, and where their packages are found.
  const parent = join(root, 'server/node_modules');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, '.kill-'));
  const file = join(folder, 'server.mjs');
  await build({ entryPoints: [join(root, 'test/server/kill/child.ts')], outfile: file, bundle: true, platform: 'node', format: 'esm', packages: 'external', tsconfig: join(root, 'tsconfig.json'), logLevel: 'silent' });
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
  const child = fork(file, [], { execArgv: [], env: { ...process.env, LAB: JSON.stringify(options) }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => {
      resolve((message as { url: string }).url);
    });
    void gone.then(() => {
      reject(new Error(`The server ended: ${said}`));
    });
  });
  return {
    url,
    process: child,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
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

