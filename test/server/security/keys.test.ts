import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isApiKeySecret } from '@userflux/settings/rules';
import { deliverMails, settleKeyUses, verifyApiKey } from '../../../server/src/plugin/index.js';
import { assertProblem, call, codeOfReply, eventsOf, everythingAtRest, field, onBoth, type Reply } from './support.js';

const ADA = 'ada@example.com';
const FORM = /uf_(int|dat|prd)_(test|live)_[0-9A-Za-z]{36}/;

interface Secret {
  id: string;
  secret: string;
}
const secretsOf = (reply: Reply): Secret[] => field(reply, 'secrets') as Secret[];

onBoth('API keys', (lab) => {
  it('have a form that scanners find and a checksum; more than 128 bit stay unknown beside what the list shows', async () => {
    const ada = await lab().proven(ADA);
    const secrets = secretsOf(await call(lab().server, ada, 'apiKeys.reveal'));
    assert.equal(secrets.length, 7);
    const list = await call(lab().server, ada, 'apiKeys.list', { limit: 100 });
    const items = field(list, 'items') as { id: string; prefix: string; last4: string }[];
    for (const { id, secret } of secrets) {
      assert.match(secret, new RegExp(`^${FORM.source}$`));
      assert.ok(isApiKeySecret(secret));
      assert.ok(!isApiKeySecret(secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0')));
      const item = items.find((each) => each.id === id);
      assert.equal(item?.last4, secret.slice(-4));
      const unknown = secret.slice(item.prefix.length, -4);
      // The last four are of the checksum, and tell at most their own 24 bit about the 30 random characters.
      assert.ok((unknown.length - 2) * Math.log2(62) - 24 >= 128);
      assert.ok(!list.text.includes(unknown));
    }
    assert.equal(new Set(secrets.map(({ secret }) => secret)).size, 7);
  });

  it('no answer but that of the reveal holds a secret, and nothing at rest does', async () => {
    const ada = await lab().proven(ADA);
    const secrets = secretsOf(await call(lab().server, ada, 'apiKeys.reveal'));
    const replies = [
      await call(lab().server, ada, 'auth.context'),
      await call(lab().server, ada, 'apiKeys.list', { limit: 100 }),
      await call(lab().server, ada, 'apiKeys.update', { id: 'org-analytical.key-1', addresses: [{ address: '192.0.2.1', description: 'x' }] }),
      await call(lab().server, ada, 'apiKeys.update', { id: 'org-analytical.key-1', addresses: [] }, { ifMatch: '"old"' }),
      await call(lab().server, ada, 'team.list'),
    ];
    for (const { text } of replies) assert.doesNotMatch(text, FORM);
    const rest = await everythingAtRest(lab());
    for (const { secret } of secrets) assert.deepEqual(rest.filter(({ value }) => value.includes(secret.slice(12, 36))).map(({ where }) => where), []);
  });

  it('a sealed secret that was moved to another row does not open, nor one that was touched; the reveal says no word of it', async () => {
    const { db } = lab().place.store;
    const ada = await lab().proven(ADA);
    const row = async (id: string): Promise<string> => (await db.selectFrom('apikey').select('sealed').where('id', '=', id).executeTakeFirstOrThrow()).sealed ?? '';
    const [own, other] = [await row('org-analytical.key-1'), await row('org-analytical.key-2')];
    const [version = '', wrapped = '', sealed = ''] = own.split('.');
    const [, otherWrapped = '', otherSealed = ''] = other.split('.');
    const flip = (text: string): string => `${text.slice(0, 30)}${text[30] === 'A' ? 'B' : 'A'}${text.slice(31)}`;
    const touched = [other, await row('org-difference.key-1'), [version, otherWrapped, sealed].join('.'), [version, wrapped, otherSealed].join('.'), [version, flip(wrapped), sealed].join('.'), [version, wrapped, flip(sealed)].join('.'), ['s2', wrapped, sealed].join('.'), [version, wrapped].join('.'), '', 'x'];
    for (const text of touched) {
      await db.updateTable('apikey').set({ sealed: text }).where('id', '=', 'org-analytical.key-1').execute();
      const reply = await call(lab().server, ada, 'apiKeys.reveal', { ids: ['org-analytical.key-1'] });
      assertProblem(reply, 500, 'unexpected');
      assert.doesNotMatch(reply.text, FORM);
    }
    await db.updateTable('apikey').set({ sealed: own }).where('id', '=', 'org-analytical.key-1').execute();
    assert.equal(secretsOf(await call(lab().server, ada, 'apiKeys.reveal', { ids: ['org-analytical.key-1'] })).length, 1);
    assert.doesNotMatch(lab().lines.join('\n'), FORM);
  });

  it('each reveal is recorded, with the keys that were shown; one that is refused, as refused', async () => {
    const ada = await lab().proven(ADA);
    const events = await eventsOf(lab(), async () => {
      await call(lab().server, ada, 'apiKeys.reveal', { ids: ['org-analytical.key-2', 'org-analytical.key-3'] }, { headers: { 'user-agent': 'a thief' } });
    });
    assert.equal(events.length, 1);
    const [event] = events;
    assert.deepEqual([event?.action, event?.userId, event?.organizationId, event?.result, event?.userAgent], ['apiKeys.reveal', await lab().userId(ADA), 'org-analytical', 'ok', 'a thief']);
    assert.deepEqual((JSON.parse(event?.targets ?? '[]') as string[]).sort(), ['org-analytical.key-2', 'org-analytical.key-3']);
    assert.match(event?.address ?? '', /127\.0\.0\.1|::1/);
    const refused = await eventsOf(lab(), async () => {
      await call(lab().server, await lab().as('mary@example.com'), 'apiKeys.reveal', { ids: ['org-analytical.key-2'] });
    });
    assert.deepEqual(refused.map(({ action, result, userId }) => [action, result, userId]), [['apiKeys.reveal', 'forbidden', await lab().userId('mary@example.com')]]);
  });

  it('the addresses that a key may be used from hold when it is verified, whatever form they have', async () => {
    const ada = await lab().proven(ADA);
    const [{ id, secret } = { id: '', secret: '' }] = secretsOf(await call(lab().server, ada, 'apiKeys.reveal', { ids: ['org-analytical.key-2'] }));
    const allow = (...addresses: string[]): Promise<Reply> => call(lab().server, ada, 'apiKeys.update', { id, addresses: addresses.map((address) => ({ address, description: '' })) });
    const from = async (address: string | null): Promise<string> => {
      const check = await verifyApiKey(lab().servers[1].auth, secret, { kind: 'integration', access: 'read', address });
      return check.ok ? 'ok' : check.reason;
    };
    assert.equal((await allow('192.0.2.0/24', '2001:db8::/32')).status, 200);
    for (const address of ['192.0.2.1', '::ffff:192.0.2.255', '2001:db8::1', '2001:DB8:0:0::1']) assert.equal(await from(address), 'ok', address);
    for (const address of ['192.0.3.1', '::ffff:192.0.3.1', '2001:db9::1', '::192.0.2.1', '0300.0.2.1', '192.0.2.1, 10.0.0.1', '', 'localhost', null]) assert.equal(await from(address), 'address-not-allowed', String(address));
    assert.equal(codeOfReply(await allow()), '200');
    assert.equal(await from(null), 'ok', 'an empty list means anywhere');
    for (const kind of ['data', 'product'] as const) assert.deepEqual(await verifyApiKey(lab().server.auth, secret, { kind, access: 'read', address: null }), { ok: false, reason: 'wrong-kind' });
  });

  it('changes of a key and its successor that meet, from two servers, wait for each other and not for ever; at most one key of the two goes on', async () => {
    const { servers, place } = lab();
    const ada = await lab().proven(ADA);
    const input = { name: 'Meeting', kind: 'data', environment: 'test', permission: 'read-only', expiresAt: null, addresses: [] };
    for (let round = 0; round < 12; round++) {
      const old = field(await call(lab().server, ada, 'apiKeys.create', input), 'key') as { id: string };
      const successor = field(await call(lab().server, ada, 'apiKeys.roll', { id: old.id, overlap: 3600 }), 'key') as { id: string };
      const ways = [
        ['apiKeys.finishRoll', { id: old.id }],
        ['apiKeys.cancelRoll', { id: old.id }],
        ['apiKeys.revoke', { ids: [successor.id] }],
        ['apiKeys.revoke', { ids: [successor.id, old.id] }],
        ['apiKeys.revoke', { ids: [old.id] }],
        ['apiKeys.update', { id: successor.id, name: 'Met' }],
      ] as const;
      const replies = await Promise.all(ways.map(([operation, given], index) => call(servers[(index + round) % 2] ?? servers[0], ada, operation, given)));
      for (const reply of replies) assert.ok([200, 204, 404, 409].includes(reply.status), `${codeOfReply(reply)} in round ${String(round)}`);
      const left = await place.store.db.selectFrom('apikey').select(['id', 'replacesId', 'replacedById', 'overlapEndsMoment']).where('id', 'in', [old.id, successor.id]).where('revokedMoment', 'is', null).execute();
      assert.deepEqual(left, [], 'both were revoked by somebody');
    }
  });

  it('what an overlap has ended keeps no secret, sealed or hashed, once the server has tidied up', async () => {
    const { db } = lab().place.store;
    const ada = await lab().proven(ADA);
    const made = await call(lab().server, ada, 'apiKeys.create', { name: 'Ends', kind: 'data', environment: 'test', permission: 'read-only', expiresAt: null, addresses: [] });
    const { id } = field(made, 'key') as { id: string };
    await call(lab().server, ada, 'apiKeys.roll', { id, overlap: 3600 });
    const check = () => verifyApiKey(lab().servers[1].auth, String(field(made, 'secret')), { kind: 'data', access: 'read', address: null });
    assert.equal((await check()).ok, true);
    await deliverMails(lab().server.auth);
    assert.equal((await check()).ok, true, 'tidying up ends nothing before its time');
    lab().clock.advance(3600);
    assert.deepEqual(await check(), { ok: false, reason: 'unknown' });
    await deliverMails(lab().server.auth);
    const row = await db.selectFrom('apikey').select(['key', 'sealed', 'revokedMoment']).where('id', '=', id).executeTakeFirstOrThrow();
    assert.deepEqual([row.key, row.sealed], [`revoked:${id}`, null]);
    assert.equal(Number(row.revokedMoment), lab().clock());
  });

  it('requests are counted by UTC day, on both servers together, without those that were refused; after thirty days nobody knows of them', async () => {
    const { db } = lab().place.store;
    const ada = await lab().proven(ADA);
    const made = await call(lab().server, ada, 'apiKeys.create', { name: 'Counted', kind: 'product', environment: 'test', permission: 'read-only', expiresAt: null, addresses: [] });
    const { id } = field(made, 'key') as { id: string };
    const use = async (times: number, access: 'read' | 'write' = 'read'): Promise<void> => {
      for (const { auth } of lab().servers) await Promise.all(Array.from({ length: times }, () => verifyApiKey(auth, String(field(made, 'secret')), { kind: 'product', access, address: '192.0.2.9' })));
      for (const { auth } of lab().servers) await settleKeyUses(auth);
    };
    const usage = async (): Promise<unknown> => {
      const reply = await call(lab().server, ada, 'apiKeys.list', { limit: 100 });
      return (field(reply, 'items') as { id: string; usage?: unknown }[]).find((key) => key.id === id)?.usage;
    };
    const today = new Date(lab().clock()).toISOString().slice(0, 10);
    await use(25);
    await use(5, 'write');
    assert.deepEqual(await usage(), [{ day: today, count: 50 }]);
    lab().clock.advance(86_400);
    await use(1);
    const tomorrow = new Date(lab().clock()).toISOString().slice(0, 10);
    assert.deepEqual(await usage(), [{ day: today, count: 50 }, { day: tomorrow, count: 2 }]);
    lab().clock.advance(29 * 86_400);
    const late = await lab().proven(ADA);
    const reply = await call(lab().server, late, 'apiKeys.list', { limit: 100 });
    assert.deepEqual((field(reply, 'items') as { id: string; usage?: unknown }[]).find((key) => key.id === id)?.usage, [{ day: tomorrow, count: 2 }]);
    await deliverMails(lab().server.auth);
    assert.deepEqual((await db.selectFrom('settingsKeyUse').select(['day']).where('keyId', '=', id).execute()), [{ day: tomorrow }]);
  });
});

onBoth(
  'a server that shows keys at their creation only',
  (lab) => {
    it('a creation whose answer was lost is repeated with a secret that works, until the key was used', async () => {
      const ada = await lab().proven(ADA);
      const input = { name: 'Lost', kind: 'data', environment: 'test', permission: 'read-only', expiresAt: null, addresses: [] };
      const extras = { key: 'a-creation-whose-answer-was-lost' };
      const first = await call(lab().server, ada, 'apiKeys.create', input, extras);
      const second = await call(lab().servers[1], ada, 'apiKeys.create', input, extras);
      const [one, other] = [first, second].map((reply) => field(reply, 'key') as { id: string; last4: string });
      assert.equal(one?.id, other?.id, 'it is one key');
      const check = (reply: Reply) => verifyApiKey(lab().server.auth, String(field(reply, 'secret')), { kind: 'data', access: 'read', address: null });
      assert.equal((await check(second)).ok, true);
      assert.equal(other?.last4, String(field(second, 'secret')).slice(-4));
      assert.deepEqual(await check(first), { ok: false, reason: 'unknown' });
      await settleKeyUses(lab().server.auth);
      assertProblem(await call(lab().server, ada, 'apiKeys.create', input, extras), 404, 'not-found');
      assert.equal((await check(second)).ok, true);
    });

    it('keeps nothing to reveal, does not offer it, and refuses it', async () => {
      const ada = await lab().proven(ADA);
      const sealed = await lab().place.store.db.selectFrom('apikey').select('sealed').execute();
      assert.ok(sealed.length > 5 && sealed.every((row) => row.sealed === null));
      const context = await call(lab().server, ada, 'auth.context');
      assert.ok(!(field(context, 'operations') as string[]).includes('apiKeys.reveal'));
      assert.ok((field(context, 'operations') as string[]).includes('apiKeys.update'));
      assert.equal((field(context, 'policy') as { apiKeys: { reveal: string } }).apiKeys.reveal, 'creation-only');
      assert.ok((field(await call(lab().server, ada, 'apiKeys.list'), 'items') as { revealable: boolean }[]).every(({ revealable }) => !revealable));
      for (const input of [{}, { ids: ['org-analytical.key-1'] }]) assertProblem(await call(lab().server, ada, 'apiKeys.reveal', input), 501, 'unsupported');
    });
  },
  { reveal: 'creation-only' },
);
