import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32, randomBase62 } from '../../src/rules/bytes.js';
import { apiKeyPrefix, isApiKeySecret, newApiKeySecret } from '../../src/rules/api-key-format.js';
import { ADA_TOTP_SECRET, demoWorld, manyKeysWorld, mfaOnWorld, noKeysWorld } from '../../src/adapters/memory/index.js';
import { backendAt, codeOf, refusal, write } from './support.js';

const kinds = ['integration', 'data', 'product'] as const;
const environments = ['test', 'production'] as const;

describe('the format of keys', () => {
  it('has the prefix of kind and environment, 30 random characters and a checksum', () => {
    assert.deepEqual(
      kinds.flatMap((kind) => environments.map((environment) => apiKeyPrefix(kind, environment))),
      ['uf_int_test_', 'uf_int_live_', 'uf_dat_test_', 'uf_dat_live_', 'uf_prd_test_', 'uf_prd_live_'],
    );
    for (const kind of kinds) {
      for (const environment of environments) {
        const secret = newApiKeySecret(kind, environment);
        assert.match(secret, /^uf_(int|dat|prd)_(test|live)_[0-9A-Za-z]{36}$/);
        assert.ok(secret.startsWith(apiKeyPrefix(kind, environment)));
        assert.ok(isApiKeySecret(secret));
      }
    }
  });

  it('has a checksum that finds every single wrong character', () => {
    const secret = newApiKeySecret('integration', 'production');
    for (let index = secret.indexOf('live_') + 5; index < secret.length; index++) {
      const wrong = secret.slice(0, index) + (secret[index] === 'a' ? 'b' : 'a') + secret.slice(index + 1);
      assert.ok(!isApiKeySecret(wrong), `character ${index}`);
    }
    assert.ok(!isApiKeySecret(secret.replace('live', 'test')));
    assert.ok(!isApiKeySecret(secret.replace('int', 'dat')));
    assert.ok(!isApiKeySecret(` ${secret}`) && !isApiKeySecret(secret.slice(0, -1)) && !isApiKeySecret(''));
  });

  it('uses the CRC-32 of zip', () => {
    assert.equal(crc32('123456789'), 0xcbf43926);
    assert.equal(crc32(''), 0);
  });

  it('is random, and evenly so', () => {
    assert.equal(new Set(Array.from({ length: 1000 }, () => newApiKeySecret('data', 'test'))).size, 1000);
    const counts = new Map<string, number>();
    for (const character of randomBase62(62_000)) counts.set(character, (counts.get(character) ?? 0) + 1);
    assert.equal(counts.size, 62);
    // 1,000 of each are expected; 6 standard deviations are 190.
    for (const [character, count] of counts) assert.ok(count > 800 && count < 1200, `${character}: ${count}`);
  });
});

describe('the keys of the worlds', () => {
  it('have every kind in every environment, all three permissions, and good checksums', () => {
    const keys = demoWorld().organisations[0]?.keys ?? [];
    assert.equal(new Set(keys.map(({ kind, environment }) => `${kind} ${environment}`)).size, 6);
    assert.equal(new Set(keys.map(({ permission }) => permission)).size, 3);
    assert.ok(keys.some(({ addresses }) => addresses.length > 0));
    for (const { secret } of keys) assert.ok(isApiKeySecret(secret));
    assert.deepEqual(keys, demoWorld().organisations[0]?.keys);
  });

  it('are none where there are none', async () => {
    const page = await backendAt({ world: noKeysWorld() }).backend.connect().adapter.call('apiKeys.list', {});
    assert.deepEqual(page, { items: [], nextCursor: null, total: 0 });
  });

  it('come page by page where there are many', async () => {
    const { adapter } = backendAt({ world: manyKeysWorld(500) }).backend.connect();
    const ids = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: { items: { id: string }[]; nextCursor: string | null } = await adapter.call('apiKeys.list', { limit: 100, ...(cursor === null ? {} : { cursor }) });
      for (const { id } of page.items) ids.add(id);
      cursor = page.nextCursor;
    } while (cursor !== null);
    assert.equal(ids.size, 500);
  });
});

describe('apiKeys.update', () => {
  it('knows equal addresses however they are written', async () => {
    const { backend, clock } = backendAt({ world: mfaOnWorld() });
    const { adapter } = backend.connect();
    await write(adapter, 'auth.stepUp', { method: 'totp', code: codeOf(ADA_TOTP_SECRET, clock()) });
    const id = (await adapter.call('apiKeys.list', {})).items[0]?.id ?? '';
    const save = (...addresses: string[]): Promise<unknown> => write(adapter, 'apiKeys.update', { id, addresses: addresses.map((address) => ({ address, description: '' })) });
    for (const [one, other] of [['192.0.2.1', '192.0.2.1/32'], ['192.0.2.1', '::ffff:192.0.2.1'], ['2001:db8::/32', '2001:0DB8:0::/32']] as const) {
      assert.deepEqual((await refusal(save(one, other), 'invalid')).fields, { 'addresses.1.address': 'duplicate' });
    }
    assert.deepEqual((await refusal(save('::1', '::1', '::1'), 'invalid')).fields, { 'addresses.1.address': 'duplicate', 'addresses.2.address': 'duplicate' });
    // Near, and yet not the same.
    await save('10.0.0.0/8', '10.0.0.0/16', '10.0.0.0', '::a00:0', '::/0', '0.0.0.0/0');
  });

  it('is told by mail, without the secret', async () => {
    const { backend, clock } = backendAt({ world: mfaOnWorld() });
    const { adapter } = backend.connect();
    await write(adapter, 'auth.stepUp', { method: 'totp', code: codeOf(ADA_TOTP_SECRET, clock()) });
    const { secrets } = await write(adapter, 'apiKeys.reveal', {});
    await write(adapter, 'apiKeys.update', { id: secrets[0]?.id ?? '', addresses: [] });
    const mail = backend.outbox.mails.at(-1);
    assert.equal(mail?.to, 'ada@example.com');
    const everything = JSON.stringify(backend.outbox.mails);
    for (const { secret } of secrets) assert.ok(!everything.includes(secret));
  });
});
