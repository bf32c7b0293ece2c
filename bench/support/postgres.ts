import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './processes.js';

export interface BenchPostgres {
  readonly url: string;
  readonly version: string;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL of our own with the settings of a default installation: unlike that of the tests it waits for the disk (fsync and
 * synchronous_commit are on), or the figures of writes would be of a database that nobody runs. Undefined where there is none.
 */
export async function startDurablePostgres(): Promise<BenchPostgres | undefined> {
  const binaries = binaryFolder();
  if (binaries === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'settings-bench-postgres-'));
  // PostgreSQL does not run as root.
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = spawnSync(join(binaries, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], { ...user, cwd: folder, encoding: 'utf8', env: {} });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=on', 'synchronous_commit=on', 'full_page_writes=on'];
  const server = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], { ...user, cwd: folder, env: {}, stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const kill = (): void => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', kill);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const version = await untilItAnswers(url);
  return {
    url,
    version,
    stop: async () => {
      process.off('exit', kill);
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What autovacuum would have done an hour after a bulk load: statistics for the planner, and pages known to be visible to all. */
export async function vacuum(url: string): Promise<void> {
  await query(url, 'vacuum (analyze)');
}

/** Debian keeps them off the PATH, one folder a version. */
function binaryFolder(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((left, right) => Number(right) - Number(left)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(':').filter(Boolean)];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

function idOf(flag: '-u' | '-g'): number {
  const id = Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || Number.NaN);
  if (Number.isNaN(id)) throw new Error('PostgreSQL does not run as root, and there is no user "postgres" to run it as.');
  return id;
}

async function untilItAnswers(url: string): Promise<string> {
  for (const deadline = Date.now() + 30_000; ; ) {
    try {
      const [row] = await query(url, "select current_setting('server_version') as version");
      return String(row?.['version']);
    } catch (error) {
      if (Date.now() > deadline) throw new Error('PostgreSQL did not start.', { cause: error });
      await sleep(50);
    }
  }
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}
