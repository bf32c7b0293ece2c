/** The reference server as a command: what an operator sees, and what happens when several of it run. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startPostgres, type TestPostgres } from '../../support/postgres.js';
import { ADA, afterAll, emailOf, json, temporaryFolder, until, Visitor } from './support.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Command {
  readonly process: ChildProcess;
  /** Settles with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
  /** All that it wrote, to the screen of an operator. */
  said(): string;
  /** Settles with the URL once it can be used. */
  ready(): Promise<string>;
}

function start(env: Record<string, string>): Command {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/reference/main.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', SIGN_INS_PER_MINUTE: '10000', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString()));
  child.stderr.on('data', (part: Buffer) => (text += part.toString()));
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(code ?? signal);
    });
  });
  afterAll(() => child.kill('SIGKILL'));
  return {
    process: child,
    ended,
    said: () => text,
    ready: () =>
      until(() => {
        if (child.exitCode !== null) throw new Error(`It ended: ${text}`);
        return /in the page of a product: {2}(http:\/\/\S+)\//.exec(text)?.[1];
      }, 'the server is up'),
  };
}

describe('The command', () => {
  it('says where the page is, whom to be, where the mails and the data are', async () => {
    const folder = temporaryFolder();
    const server = start({ DATA_FOLDER: folder });
    const url = await server.ready();
    await until(() => (server.said().includes('Data:') ? true : undefined), 'all lines');
    assert.match(server.said(), /Sign in as Ada Lovelace: {2}ada@example\.com {2}analytical-engine-1843/);
    assert.ok(server.said().includes(`${url}/outbox`));
    assert.ok(server.said().includes(`${folder}/settings.db`));
    assert.match(await (await fetch(`${url}/`)).text(), /<uf-provider base-url=/);
  });

  it('says all that is wrong with its configuration and ends', async () => {
    const server = start({ DATA_FOLDER: temporaryFolder(), PORT: 'x', SMTP_URL: 'x' });
    assert.equal(await server.ended, 1);
    assert.match(server.said(), /PORT has to be[\s\S]*SMTP_URL has to be/);
    assert.doesNotMatch(server.said(), /\n\s+at /, 'a sentence, not a stack');
  });

  it('says that its port is taken, and by which command another one is', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    afterAll(() => other.close());
    const address = other.address();
    assert.ok(typeof address === 'object' && address !== null);
    const server = start({ DATA_FOLDER: temporaryFolder(), PORT: String(address.port) });
    assert.equal(await server.ended, 1);
    assert.match(server.said(), new RegExp(`PORT ${String(address.port)} is taken[^\\n]*PORT=${String(address.port + 1)} npm start`));
  });

  it('says that its database cannot be reached, without the password', async () => {
    const server = start({ DATA_FOLDER: temporaryFolder(), DATABASE_URL: 'postgres://settings:hunter2@127.0.0.1:1/settings' });
    assert.equal(await server.ended, 1);
    assert.match(server.said(), /DATABASE_URL cannot be used \(PostgreSQL at 127\.0\.0\.1:1\/settings\): nothing listens there/);
    assert.doesNotMatch(server.said(), /hunter2/);
  });

  it('finishes what it was asked before it stops, takes nothing new, and ends with 0', async () => {
    const server = start({ DATA_FOLDER: temporaryFolder() });
    const url = await server.ready();
    const { hostname, port } = new URL(url);
    const body = JSON.stringify(ADA);
    const asked = request({ hostname, port, method: 'POST', path: '/api/auth/sign-in/email', headers: { 'Content-Type': 'application/json', 'Content-Length': body.length, Expect: '100-continue' } });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      asked.once('response', (response) => {
        resolve(response.resume().statusCode);
      });
      asked.once('error', reject);
    });
    asked.flushHeaders();
    // The server has read so far: it is in the middle of this request when the signal comes.
    await new Promise((resolve) => asked.once('continue', resolve));
    const began = Date.now();
    server.process.kill('SIGTERM');
    await until(async () => fetch(`${url}/healthz`).then(() => undefined, () => true), 'nothing new is taken');
    asked.end(body);
    assert.equal(await answered, 200);
    assert.equal(await server.ended, 0);
    assert.ok(Date.now() - began < 9000, 'it does not wait for connections that nobody uses');
  });

  it('is not held up by pages that listen for changes', async () => {
    const server = start({ DATA_FOLDER: temporaryFolder() });
    const url = await server.ready();
    const ada = new Visitor(url);
    await ada.signIn(ADA);
    const stream = await ada.get('/api/auth/settings/events');
    assert.equal(stream.status, 200);
    const began = Date.now();
    server.process.kill('SIGINT');
    assert.equal(await server.ended, 0);
    assert.ok(Date.now() - began < 5000);
    await stream.text().catch(() => undefined);
  });
});

/** What every process of one installation has to agree on. */
async function workTogether(commands: readonly Command[]): Promise<void> {
  const urls = await Promise.all(commands.map((command) => command.ready()));
  const visitors = urls.map((url) => new Visitor(url));
  const [first, second] = visitors;
  assert.ok(first && second);
  await first.signIn(ADA);
  const { total } = await json(await first.get('/api/auth/settings/team'));
  assert.equal(total, 24, 'the demo world stands there once');
  assert.match(await (await second.get('/api/outbox')).text(), /luigi\.menabrea/);
  // The session that one of them made, the other knows; what one of them wrote, the other reads.
  first.url = urls[1] ?? '';
  assert.equal(await emailOf(first), ADA.email);
  const change = await first.request('PATCH', '/api/auth/settings/me', { name: 'Ada King' }, { 'Idempotency-Key': 'once', 'If-Match': '*' });
  assert.equal(change.status, 200);
  first.url = urls[0] ?? '';
  assert.match(await (await first.get('/api/auth/settings/context')).text(), /Ada King/);
}

describe('Several processes', () => {
  it('that start at once on one SQLite file make one database, one seed and one pair of secrets', async () => {
    const folder = temporaryFolder();
    await workTogether([start({ DATA_FOLDER: folder }), start({ DATA_FOLDER: folder }), start({ DATA_FOLDER: folder })]);
  });

  describe('on PostgreSQL', () => {
    let postgres: TestPostgres | undefined;
    before(async () => {
      postgres = await startPostgres();
    });
    after(async () => {
      await postgres?.stop();
    });

    it('that start at once on an empty database make its tables and fill them once', async (test) => {
      if (!postgres) {
        test.skip('no PostgreSQL');
        return;
      }
      const env = { DATABASE_URL: await postgres.createDatabase(), BETTER_AUTH_SECRET: 's'.repeat(32), SETTINGS_ENCRYPTION_KEY: 'k'.repeat(32) };
      const commands = [start({ ...env, DATA_FOLDER: temporaryFolder() }), start({ ...env, DATA_FOLDER: temporaryFolder() }), start({ ...env, DATA_FOLDER: temporaryFolder() })];
      await workTogether(commands);
      for (const command of commands) command.process.kill('SIGTERM');
      assert.deepEqual(await Promise.all(commands.map(({ ended }) => ended)), [0, 0, 0]);
    });
  });
});
