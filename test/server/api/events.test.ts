import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { SettingsAdapter } from '@userflux/settings/contract';
import { confirmEmailChange } from '../../../server/src/plugin/account.js';
import { placeOf } from '../../../server/src/plugin/index.js';
import { startServer } from '../../../server/src/reference/start.js';
import { adapterOf, BASE, signInAs, temporaryServer } from '../support/server-harness.js';

/** The next hint that names this read. Ends with the test runner's own limit when none comes. */
function hintOf(adapter: SettingsAdapter, read: string): Promise<void> {
  let stop = (): void => undefined;
  const came = new Promise<void>((resolve) => {
    stop = adapter.subscribe?.((reads) => {
      if (reads.some((name) => name === read)) resolve();
    }) ?? stop;
  });
  return came.finally(() => {
    stop();
  });
}

describe('server-sent events', () => {
  it('tell the pages of another process what to read again: those of the same organisation', { timeout: 30_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'settings-events-'));
    const options = { dataFolder: folder, port: 0, log: () => undefined };
    const first = await startServer(options);
    const second = await startServer(options);
    try {
      const ada = adapterOf(first, await signInAs(first, 'ada@example.com'));
      const mary = adapterOf(second, await signInAs(second, 'mary@example.com'));
      await mary.call('auth.context', undefined);
      const hint = hintOf(mary, 'company.get');
      // A write a moment until the stream stands and one is told: hints say "look again", so more of them do no harm.
      let written = 0;
      const told = new AbortController();
      void hint.then(() => {
        told.abort();
      });
      while (!told.signal.aborted) {
        written++;
        await ada.call('company.update', { name: `Engines ${String(written)}` }, { idempotencyKey: `events-${String(written)}` });
        await new Promise((resolve) => setImmediate(resolve));
      }
      await hint;
      assert.equal((await mary.call('company.get', undefined)).name.startsWith('Engines '), true);
      const { store } = await placeOf(first.auth);
      const rows = await store.db.selectFrom('settingsHint').selectAll().execute();
      assert.ok(rows.every(({ reads }) => !/Engines|ada@/.test(reads)), 'hints hold names of reads, never data');
    } finally {
      await first.close();
      await second.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('tell the page that asked, and the team, of a new address once its mailbox has confirmed it', async () => {
    const server = await temporaryServer();
    try {
      const ada = adapterOf(server, await signInAs(server, 'ada@example.com'));
      await ada.call('email.change', { email: 'countess@example.com' }, { idempotencyKey: 'email' });
      const place = await placeOf(server.auth);
      const { db } = place.store;
      await db.deleteFrom('settingsHint').execute();
      const { link } = await db.selectFrom('settingsMail').select('link').where('to', '=', 'countess@example.com').executeTakeFirstOrThrow();
      await confirmEmailChange(place, link?.split('=')[1] ?? '');
      assert.deepEqual(await db.selectFrom('settingsHint').select(['reads', 'userId', 'organizationId']).execute(), [
        { reads: 'auth.context team.list', userId: 'person-1', organizationId: 'org-analytical' },
      ]);
    } finally {
      await server.close();
    }
  });

  it('are for people who are signed in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'settings-events-'));
    const server = await startServer({ dataFolder: folder, port: 0, log: () => undefined });
    try {
      const response = await fetch(`${server.url}/api/auth/settings/events`);
      assert.equal(response.status, 401);
      assert.match(response.headers.get('Content-Type') ?? '', /^application\/problem\+json/);
    } finally {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('are twenty at most for one session: the oldest gives way, and only that', async () => {
    const server = await temporaryServer();
    try {
      const { cookie } = await signInAs(server, 'ada@example.com');
      const open = async (): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
        const { status, body } = await fetch(`${server.url}${BASE}/events`, { headers: { cookie } });
        assert.equal(status, 200);
        assert.ok(body);
        return body.getReader();
      };
      const streams: ReadableStreamDefaultReader<Uint8Array>[] = [];
      for (let opened = 0; opened < 21; opened++) {
        const stream = await open();
        assert.equal((await stream.read()).done, false);
        streams.push(stream);
      }
      const [oldest, ...others] = streams;
      assert.equal((await oldest?.read())?.done, true);
      await adapterOf(server, { cookie }).call('company.update', { name: 'Engines' }, { idempotencyKey: 'hint' });
      for (const { done, value } of await Promise.all(others.map((stream) => stream.read()))) {
        assert.equal(done, false);
        assert.match(new TextDecoder().decode(value), /company\.get/);
      }
      await Promise.all(others.map((stream) => stream.cancel()));
    } finally {
      await server.close();
    }
  });
});
