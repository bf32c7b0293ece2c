/** The life of one key, from a real one-time code to its end, as a program that uses it meets it at the product's own API. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { call, codeOf, field, onBoth, SECRETS, send, type Reply } from '../security/support.js';

const ADA = 'ada@example.com';

onBoth(
  'The life of an API key',
  (lab) => {
    it('made with a code, used, replaced with an overlap, finished, switched off and on, held to its addresses, revoked', async () => {
      const [server, other] = lab().servers;
      const ada = await lab().as(ADA);
      /** How the product's API answers a program with this secret; a reason where it refuses. */
      const use = async (secret: string, address = '198.51.100.7'): Promise<string> => {
        const reply = await send(other, '/api/example/metrics', { headers: { authorization: `Bearer ${secret}`, 'x-forwarded-for': address } });
        return reply.status === 200 ? 'works' : String(field(reply, 'reason'));
      };
      const secretOf = (reply: Reply): string => String(field(reply, 'secret'));
      const keyOf = (reply: Reply): { id: string } => field(reply, 'key') as { id: string };

      const input = { name: 'Nightly export', kind: 'data', environment: 'production', permission: 'read-only', expiresAt: null, addresses: [] };
      assert.equal((await call(server, ada, 'apiKeys.create', input)).status, 401, 'without a code');
      assert.equal((await call(server, ada, 'auth.stepUp', { method: 'totp', code: codeOf(SECRETS.owner ?? '', lab().clock()) })).status, 200);
      const extras = { key: 'the-nightly-export-of-the-tests' };
      const made = await call(server, ada, 'apiKeys.create', input, extras);
      assert.equal(await use(secretOf(made)), 'works');
      // The answer was lost on its way: the same request again is the same key.
      assert.equal(keyOf(await call(other, ada, 'apiKeys.create', input, extras)).id, keyOf(made).id);

      const { id } = keyOf(made);
      const rolls = await Promise.all([1, 2].map(() => call(server, ada, 'apiKeys.roll', { id, overlap: 3600 }, { key: 'a-roll-that-was-pressed-twice-here' })));
      const [first, second] = rolls as [Reply, Reply];
      assert.equal(secretOf(first), secretOf(second), 'pressed twice, it is one successor');
      assert.equal((await call(other, ada, 'apiKeys.roll', { id, overlap: 3600 })).status, 409, 'in another tab');
      assert.deepEqual([await use(secretOf(made)), await use(secretOf(first))], ['works', 'works'], 'both go on');
      assert.equal((await call(server, ada, 'apiKeys.finishRoll', { id })).status, 204);
      assert.deepEqual([await use(secretOf(made)), await use(secretOf(first))], ['unknown', 'works'], 'the old one is over');

      const successor = keyOf(first).id;
      const change = async (changes: object): Promise<void> => {
        assert.equal((await call(server, ada, 'apiKeys.update', { id: successor, ...changes })).status, 200);
      };
      await change({ enabled: false });
      assert.equal(await use(secretOf(first)), 'disabled');
      await change({ enabled: true });
      assert.equal(await use(secretOf(first)), 'works');
      await change({ addresses: [{ address: '203.0.113.0/24', description: 'Office' }] });
      assert.deepEqual([await use(secretOf(first)), await use(secretOf(first), '203.0.113.9')], ['address-not-allowed', 'works']);

      // With an overlap that ends by itself, and then without one: what was over stays over.
      const third = await call(server, ada, 'apiKeys.roll', { id: successor, overlap: 3600 });
      lab().clock.advance(3600);
      assert.equal((await call(server, ada, 'auth.stepUp', { method: 'totp', code: codeOf(SECRETS.owner ?? '', lab().clock()) })).status, 200);
      assert.deepEqual([await use(secretOf(first), '203.0.113.9'), await use(secretOf(third), '203.0.113.9')], ['unknown', 'works'], 'the clock ends the old one');
      const revoked = await call(server, ada, 'apiKeys.revoke', { ids: [keyOf(third).id] });
      assert.deepEqual(field(revoked, 'results'), [{ id: keyOf(third).id, outcome: 'revoked' }]);
      for (const reply of [made, first, third]) assert.equal(await use(secretOf(reply), '203.0.113.9'), 'unknown', 'nothing of it opens anything');
    });
  },
  { trustProxy: 1 },
);
