import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { demoWorld, type WorldKey } from '@userflux/settings/adapters/memory';
import { newApiKeySecret } from '@userflux/settings/rules';
import { placeOf, settleKeyUses } from '../../../server/src/plugin/index.js';
import type { RunningServer } from '../../../server/src/reference/start.js';
import { adapterOf, signInAs, temporaryServer } from '../support/server-harness.js';

const world = demoWorld();
const keys = world.organisations[0]?.keys ?? [];

/** A key of the demo world that may be used from here. */
function keyFor(kind: WorldKey['kind'], permissions: readonly WorldKey['permission'][]): WorldKey {
  const key = keys.find((one) => one.kind === kind && permissions.includes(one.permission) && one.addresses.length === 0);
  assert.ok(key, `the demo world has a ${kind} key with ${permissions.join(' or ')}`);
  return key;
}

describe('the example API', () => {
  let server: RunningServer;
  before(async () => {
    server = await temporaryServer();
  });
  after(() => server.close());

  const send = async (path: string, secret?: string, method = 'GET'): Promise<{ status: number; body: { reason?: string; environment?: string }; challenge: string | null }> => {
    const response = await fetch(`${server.url}/api/example${path}`, { method, headers: secret === undefined ? {} : { Authorization: `Bearer ${secret}` } });
    return { status: response.status, body: (await response.json()) as { reason?: string; environment?: string }, challenge: response.headers.get('WWW-Authenticate') };
  };

  it('answers a key of the right kind and permission, and notes when and from where it was used', async () => {
    const key = keyFor('data', ['read-only', 'read-write']);
    const answer = await send('/metrics', key.secret);
    assert.deepEqual([answer.status, answer.body.environment], [200, key.environment]);
    await settleKeyUses(server.auth);
    const ada = adapterOf(server, await signInAs(server, 'ada@example.com'));
    const { items } = await ada.call('apiKeys.list', { limit: 100 });
    const listed = items.find(({ name, last4 }) => name === key.name && last4 === key.secret.slice(-4));
    assert.ok(listed?.lastUsedAt && Date.now() - Date.parse(listed.lastUsedAt) < 60_000);
    assert.match(listed.lastUsedFrom ?? '', /127\.0\.0\.1|::1/);
  });

  it('refuses with the reason: none, nonsense, unknown, wrong kind, wrong permission', async () => {
    const reader = keyFor('product', ['read-write']);
    const { store } = await placeOf(server.auth);
    await store.db.updateTable('apikey').set({ permission: 'read-only' }).where('last4', '=', reader.secret.slice(-4)).execute();
    const cases: [string, string | undefined, string, number, string][] = [
      ['/metrics', undefined, 'GET', 401, 'missing'],
      ['/metrics', 'uf_dat_live_nonsense', 'GET', 401, 'malformed'],
      ['/metrics', newApiKeySecret('data', 'test'), 'GET', 401, 'unknown'],
      ['/metrics', reader.secret, 'GET', 403, 'wrong-kind'],
      ['/products', reader.secret, 'PUT', 403, 'wrong-permission'],
    ];
    for (const [path, secret, method, status, reason] of cases) {
      const answer = await send(path, secret, method);
      assert.deepEqual([answer.status, answer.body.reason], [status, reason]);
      assert.match(answer.challenge ?? '', /^Bearer/);
    }
  });

  it('holds a key to its source addresses, and lets it pass when they are opened again', async () => {
    const key = keyFor('data', ['read-only', 'read-write']);
    const { store } = await placeOf(server.auth);
    const limit = async (address: string | null): Promise<void> => {
      const addresses = address === null ? [] : [{ address, description: 'office' }];
      await store.db.updateTable('apikey').set({ addresses: JSON.stringify(addresses) }).where('last4', '=', key.secret.slice(-4)).execute();
    };
    await limit('203.0.113.0/24');
    assert.deepEqual((await send('/metrics', key.secret)).body.reason, 'address-not-allowed');
    await limit('127.0.0.0/8');
    assert.equal((await send('/metrics', key.secret)).status, 200);
    await limit(null);
    assert.equal((await send('/metrics', key.secret)).status, 200);
  });

  it('takes no key that is disabled or expired', async () => {
    const key = keyFor('integration', ['write-only', 'read-write']);
    const { store } = await placeOf(server.auth);
    const row = store.db.updateTable('apikey').where('last4', '=', key.secret.slice(-4));
    await row.set({ enabled: store.boolean(false) }).execute();
    assert.equal((await send('/events', key.secret, 'POST')).body.reason, 'disabled');
    await row.set({ enabled: store.boolean(true), expiresAt: store.date(Date.now() - 1000) }).execute();
    assert.equal((await send('/events', key.secret, 'POST')).body.reason, 'expired');
    await row.set({ expiresAt: null }).execute();
    assert.equal((await send('/events', key.secret, 'POST')).status, 200);
  });
});
