import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A PostgreSQL for tests: databases that nobody else has, and no trace afterwards. */
export interface TestPostgres {
  /** An empty database, or a copy of another one, which nobody may be connected to. Answers its URL. */
  createDatabase(template?: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * The server that TEST_DATABASE_URL names (its user must be allowed to create databases), else one of our own: thrown away
 * afterwards, on a free port, in a temporary folder, without fsync. Says aloud where neither can be had, and answers undefined.
 * @param options.durable one of our own that waits for the disk, as those do that people run: for figures
 */
export async function startPostgres({ durable = false } = {}): Promise<TestPostgres | undefined> {
  const url = process.env['TEST_DATABASE_URL'];
  if (url && !durable) return databasesOf(url, () => Promise.resolve());
  const folder = binaries();
  const user = unprivileged();
  if (folder !== undefined && user !== undefined) return startCluster(folder, user, durable ? DURABLE : HASTY);
  skipped(folder === undefined ? 'there is none on this machine (Debian: apt-get install postgresql)' : 'it does not run as root, and there is no user "postgres" to run it as');
  return undefined;
}

function skipped(why: string): void {
  console.log(`\n*** skipped: what runs on PostgreSQL, since ${why}. Or set TEST_DATABASE_URL. ***\n`);
}

/** The folder of initdb and postgres: Debian keeps them off the PATH, one folder a version. */
function binaries(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((left, right) => Number(right) - Number(left)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(':').filter(Boolean)];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

interface User {
  uid: number;
  gid: number;
}

/** Whom the server runs as: us, or `postgres` where we are root, which it refuses. */
function unprivileged(): User | undefined {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) return undefined;
  if (uid !== 0) return { uid, gid };
  const idOf = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || Number.NaN);
  const found = { uid: idOf('-u'), gid: idOf('-g') };
  return Number.isNaN(found.uid) || Number.isNaN(found.gid) ? undefined : found;
}

const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' };

async function startCluster(binaryFolder: string, user: User, promises: Record<string, string>): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'settings-postgres-'));
  chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = spawnSync(join(binaryFolder, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], { ...user, cwd: folder, encoding: 'utf8', env: {} });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', ...promises };
  const server = spawn(join(binaryFolder, 'postgres'), ['-D', data, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
    ...user,
    cwd: folder,
    env: {},
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => {
      resolve();
    });
  });
  const guard = watchOver(server.pid ?? 0, folder);
  const url = `postgres://postgres@127.0.0.1:${String(port)}/postgres`;
  await untilItAnswers(url, () => server.exitCode === null);
  return databasesOf(url, async () => {
    // Fast shutdown: connections that are left do not hold it up.
    server.kill('SIGINT');
    await ended;
    guard.kill();
    rmSync(folder, { recursive: true, force: true });
  });
}

/**
 * A test that is killed must not leave a server behind, and gets no chance to say so: another process waits for the end of a pipe, which
 * comes however this one ends.
 */
function watchOver(pid: number, folder: string): ChildProcessByStdio<Writable, null, null> {
  const wait = `process.stdin.resume().on('end', () => {
    try { process.kill(${String(pid)}, 'SIGQUIT'); } catch {}
    setTimeout(() => require('node:fs').rmSync(${JSON.stringify(folder)}, { recursive: true, force: true, maxRetries: 10 }), 500);
  })`;
  // Detached: what a terminal sends to stop the tests is not for the one that tidies up after them.
  const guard = spawn(process.execPath, ['-e', wait], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return guard;
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('No free port.');
  return address.port;
}

async function untilItAnswers(url: string, lives: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 30_000; ; ) {
    try {
      await query(url, 'select 1');
      return;
    } catch (error) {
      if (!lives() || Date.now() > deadline) throw new Error('The PostgreSQL of the tests did not start.', { cause: error });
      await sleep(50);
    }
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

function databasesOf(url: string, end: () => Promise<void>): TestPostgres {
  const made: string[] = [];
  return {
    createDatabase: async (template) => {
      const name = `settings_${randomBytes(8).toString('hex')}`;
      const from = template === undefined ? 'template0' : new URL(template).pathname.slice(1);
      await query(url, `create database "${name}" template "${from}"`);
      made.push(name);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return own.href;
    },
    stop: async () => {
      for (const name of made.splice(0)) await query(url, `drop database if exists "${name}" with (force)`);
      await end();
    },
  };
}
