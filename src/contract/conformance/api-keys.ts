import { keyEnvironment, keyKind, keyPermission } from '../api-keys.js';
import type { ApiKey } from '../operations.js';
import { atOnce, everyKey, expect, expectEqual, expectRefusal, newKey, stepUp, write } from './expect.js';
import type { ConformanceCase } from './harness.js';
import { firstKey } from './recipes.js';

const office = { address: '203.0.113.0/24', description: 'Office' };

export const apiKeyCases: ConformanceCase[] = [
  {
    area: 'apiKeys',
    name: 'filters and search keep what they name, all of it, page by page too',
    needs: ['apiKeys.list'],
    harmless: true,
    run: async (world) => {
      const owner = await world.as('owner');
      const all = await everyKey(owner);
      expect(all.length >= 3 && new Set(all.map(({ kind }) => kind)).size > 1, 'the world has three keys, of two kinds');
      const [first] = all;
      const searched = (first?.name ?? '').toUpperCase();
      const filters = [
        ...keyKind.options.map((kind) => ({ query: { kind }, keeps: (key: ApiKey) => key.kind === kind })),
        ...keyEnvironment.options.map((environment) => ({ query: { environment }, keeps: (key: ApiKey) => key.environment === environment })),
        ...keyPermission.options.map((permission) => ({ query: { permission }, keeps: (key: ApiKey) => key.permission === permission })),
        {
          query: { kind: first?.kind, environment: first?.environment, permission: first?.permission },
          keeps: (key: ApiKey) => key.kind === first?.kind && key.environment === first.environment && key.permission === first.permission,
        },
        { query: { search: searched }, keeps: (key: ApiKey) => key.name.toUpperCase().includes(searched) },
        { query: { search: 'no key is called this' }, keeps: () => false },
      ];
      for (const { query, keeps } of filters) {
        const kept = all.filter(keeps).map(({ id }) => id);
        expectEqual((await everyKey(owner, query)).map(({ id }) => id), kept, `kept by ${JSON.stringify(query)}`);
        expectEqual((await everyKey(owner, { ...query, limit: 1 })).map(({ id }) => id), kept, `kept by ${JSON.stringify(query)}, one by one`);
      }
    },
  },
  {
    area: 'apiKeys',
    name: 'a member reads, reveals and changes no keys',
    needs: ['apiKeys.list', 'apiKeys.reveal', 'apiKeys.update'],
    run: async (world) => {
      const { id } = await firstKey(await world.as('owner'));
      const member = await world.as('member');
      await expectRefusal(member.call('apiKeys.list', {}), 'forbidden');
      await expectRefusal(write(member, 'apiKeys.reveal', {}), 'forbidden');
      await expectRefusal(write(member, 'apiKeys.update', { id, addresses: [] }), 'forbidden');
    },
  },
  {
    area: 'apiKeys',
    name: 'revealing asks for a step-up, and the same call then goes through',
    needs: ['apiKeys.reveal', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await world.as('owner');
      const idempotencyKey = newKey();
      const error = await expectRefusal(write(owner, 'apiKeys.reveal', {}, { idempotencyKey }), 'step-up-required');
      expectEqual(error.challenge?.methods, ['totp'], 'the methods');
      expect((error.challenge?.maxAge ?? 0) > 0, 'the age is told');
      await stepUp(world, 'owner', owner);
      const { secrets } = await write(owner, 'apiKeys.reveal', {}, { idempotencyKey });
      const keys = await everyKey(owner);
      expectEqual(secrets.map(({ id }) => id).sort(), keys.map(({ id }) => id).sort(), 'the keys revealed');
      for (const { id, secret } of secrets) {
        const key = keys.find((one) => one.id === id);
        expect(key !== undefined && secret.startsWith(key.prefix) && secret.endsWith(key.last4), 'a secret does not fit its prefix and last four');
        expect(secret.length - key.prefix.length >= 22, 'a secret is shorter than 128 bit');
      }
    },
  },
  {
    area: 'apiKeys',
    name: 'a repeat of revealing under its key shows the same, and only while the step-up is fresh',
    needs: ['apiKeys.reveal', 'auth.stepUp', 'auth.endStepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const idempotencyKey = newKey();
      const first = await write(owner, 'apiKeys.reveal', {}, { idempotencyKey });
      expectEqual(await write(owner, 'apiKeys.reveal', {}, { idempotencyKey }), first, 'the repeated answer');
      await write(owner, 'auth.endStepUp', undefined);
      await expectRefusal(write(owner, 'apiKeys.reveal', {}, { idempotencyKey }), 'step-up-required');
    },
  },
  {
    area: 'apiKeys',
    name: 'only the keys that are named are revealed',
    needs: ['apiKeys.reveal', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const { id } = await firstKey(owner);
      expectEqual((await write(owner, 'apiKeys.reveal', { ids: [id] })).secrets.map((one) => one.id), [id], 'the keys revealed');
    },
  },
  {
    area: 'apiKeys',
    name: 'with one key of another organisation among ours, none is revealed',
    needs: ['apiKeys.reveal', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const theirs = await firstKey(await world.as('outsider'));
      const owner = await stepUp(world, 'owner');
      const ours = await everyKey(owner);
      expect(!ours.some(({ id }) => id === theirs.id), 'the list has a key of another organisation');
      await expectRefusal(write(owner, 'apiKeys.reveal', { ids: [...ours.map(({ id }) => id), theirs.id] }), 'not-found');
    },
  },
  {
    area: 'apiKeys',
    name: 'source addresses are saved, read back at once, and taken away again',
    needs: ['apiKeys.update', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const key = await firstKey(owner);
      const addresses = [office, { address: '2001:db8::/32', description: '' }];
      const limited = await write(owner, 'apiKeys.update', { id: key.id, addresses }, { ifMatch: key.version });
      expectEqual(limited.addresses, addresses, 'the addresses');
      expect(limited.version !== key.version, 'the version stays although the key changed');
      expectEqual(await firstKey(owner), limited, 'read back');
      expectEqual(await firstKey(await world.as('admin')).then((one) => one.addresses), addresses, 'as the admin reads it');
      const open = await write(owner, 'apiKeys.update', { id: key.id, addresses: [] }, { ifMatch: limited.version });
      expectEqual(open.addresses, [], 'the addresses once they are taken away');
    },
  },
  {
    area: 'apiKeys',
    name: 'an address that stands there twice is invalid at its place',
    needs: ['apiKeys.update', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const key = await firstKey(owner);
      const addresses = ['2001:db8::1', '198.51.100.7', '2001:DB8:0:0::1/128'].map((address) => ({ address, description: '' }));
      const error = await expectRefusal(write(owner, 'apiKeys.update', { id: key.id, addresses }, { ifMatch: key.version }), 'invalid');
      expectEqual(error.fields, { 'addresses.2.address': 'duplicate' }, 'the problems');
      expectEqual(await firstKey(owner), key, 'the key after a refusal');
    },
  },
  {
    area: 'apiKeys',
    name: 'an address that is none is invalid at its place',
    needs: ['apiKeys.update', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const key = await firstKey(owner);
      const addresses = [office, { address: '10.0.0.5/8', description: 'Host bits' }];
      const error = await expectRefusal(write(owner, 'apiKeys.update', { id: key.id, addresses }, { ifMatch: key.version }), 'invalid');
      expectEqual(error.fields, { 'addresses.1.address': 'invalid' }, 'the problems');
    },
  },
  {
    area: 'apiKeys',
    name: 'a key is made with what was asked, its secret belongs to it, and is the one that is revealed later',
    needs: ['apiKeys.create', 'apiKeys.list', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const expiresAt = '2031-01-01T00:00:00.000Z';
      const asked = { name: 'Made By The Suite', kind: 'data', environment: 'production', permission: 'write-only', addresses: [office] } as const;
      const { key, secret } = await write(owner, 'apiKeys.create', { ...asked, addresses: [office], expiresAt });
      expectEqual({ name: key.name, kind: key.kind, environment: key.environment, permission: key.permission, addresses: key.addresses }, asked, 'the key');
      expectEqual([Date.parse(key.expiresAt ?? ''), key.enabled, key.roll, key.lastUsedAt], [Date.parse(expiresAt), true, null, null], 'expiry, state, roll and last use');
      expect(secret.startsWith(key.prefix) && secret.endsWith(key.last4), 'the secret is another key');
      expectEqual((await everyKey(owner)).find(({ id }) => id === key.id), key, 'read back');
      const { policy } = await owner.call('auth.context', undefined);
      if (policy.apiKeys.reveal !== 'step-up' || !owner.operations.includes('apiKeys.reveal')) return;
      expectEqual((await write(owner, 'apiKeys.reveal', { ids: [key.id] })).secrets, [{ id: key.id, secret }], 'revealed');
    },
  },
  {
    area: 'apiKeys',
    name: 'a key that would have expired already is invalid at its expiry, made or changed',
    needs: ['apiKeys.create', 'apiKeys.update', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const before = await everyKey(owner);
      const expiresAt = '2020-01-01T00:00:00Z';
      const made = await expectRefusal(write(owner, 'apiKeys.create', { name: 'Late', kind: 'data', environment: 'test', permission: 'read-only', expiresAt, addresses: [] }), 'invalid');
      expectEqual(made.fields, { expiresAt: 'invalid' }, 'the problems of a new key');
      const { id, version } = await firstKey(owner);
      const changed = await expectRefusal(write(owner, 'apiKeys.update', { id, expiresAt }, { ifMatch: version }), 'invalid');
      expectEqual(changed.fields, { expiresAt: 'invalid' }, 'the problems of a change');
      expectEqual(await everyKey(owner), before, 'the keys after refusals');
    },
  },
  {
    area: 'apiKeys',
    name: 'name, expiry and state change each by itself, and keys are found by their state',
    needs: ['apiKeys.update', 'apiKeys.list', 'auth.stepUp'],
    requires: ['advance'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const key = await firstKey(owner);
      const named = await write(owner, 'apiKeys.update', { id: key.id, name: 'Another Name' }, { ifMatch: key.version });
      expectEqual([named.name, named.enabled, named.expiresAt], ['Another Name', key.enabled, key.expiresAt], 'after a new name');
      const off = await write(owner, 'apiKeys.update', { id: key.id, enabled: false }, { ifMatch: named.version });
      expectEqual([off.name, off.enabled], ['Another Name', false], 'after switching it off');
      const states = async (): Promise<boolean[]> =>
        Promise.all((['active', 'disabled', 'expired'] as const).map(async (state) => (await everyKey(owner, { state })).some(({ id }) => id === key.id)));
      expectEqual(await states(), [false, true, false], 'listed as active, disabled, expired when off');
      const on = await write(owner, 'apiKeys.update', { id: key.id, enabled: true }, { ifMatch: off.version });
      const now = Date.parse((await owner.call('auth.context', undefined)).stepUp.freshUntil ?? '');
      await write(owner, 'apiKeys.update', { id: key.id, expiresAt: new Date(now + 1000).toISOString() }, { ifMatch: on.version });
      expectEqual(await states(), [true, false, false], 'listed as active, disabled, expired when on');
      await world.advance?.(1200);
      expectEqual(await states(), [false, false, true], 'listed as active, disabled, expired when its time is over');
    },
  },
  {
    area: 'apiKeys',
    name: 'a key that is rolled goes on beside its successor, says until when, and ends by itself',
    needs: ['apiKeys.roll', 'apiKeys.list', 'auth.stepUp'],
    requires: ['advance'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const old = await firstKey(owner);
      const { key, secret, previous } = await write(owner, 'apiKeys.roll', { id: old.id, overlap: 3600 });
      expectEqual([key.name, key.kind, key.environment, key.permission, key.addresses], [old.name, old.kind, old.environment, old.permission, old.addresses], 'what the successor takes over');
      expect(key.id !== old.id && secret.endsWith(key.last4), 'the successor is a key of its own');
      expectEqual(key.roll?.replacesId, old.id, 'what it replaces');
      expectEqual(previous?.expiresAt, key.roll?.overlapEndsAt, 'when the old one ends');
      expectEqual((await everyKey(owner)).filter(({ id }) => id === old.id || id === key.id).length, 2, 'both listed');
      await world.advance?.(3601);
      const after = await everyKey(owner);
      expect(!after.some(({ id }) => id === old.id), 'the old key is listed after its end');
      expectEqual(after.find(({ id }) => id === key.id)?.roll, null, 'the roll once it is over');
    },
  },
  {
    area: 'apiKeys',
    name: 'a key that is rolled without overlap is gone at once',
    needs: ['apiKeys.roll', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const { id } = await firstKey(owner);
      const { key, previous } = await write(owner, 'apiKeys.roll', { id, overlap: 0 });
      expectEqual([key.roll, previous], [null, null], 'the roll and the previous key');
      expect(!(await everyKey(owner)).some((one) => one.id === id), 'the old key is listed');
    },
  },
  {
    area: 'apiKeys',
    name: 'a key is rolled once at a time, by an overlap that the policy names',
    needs: ['apiKeys.roll', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const { id } = await firstKey(owner);
      const error = await expectRefusal(write(owner, 'apiKeys.roll', { id, overlap: 12_345 }), 'invalid');
      expectEqual(error.fields, { overlap: 'invalid' }, 'the problems');
      const { key } = await write(owner, 'apiKeys.roll', { id, overlap: 3600 });
      await expectRefusal(write(owner, 'apiKeys.roll', { id, overlap: 3600 }), 'conflict');
      await expectRefusal(write(owner, 'apiKeys.roll', { id: key.id, overlap: 3600 }), 'conflict');
      expectEqual((await everyKey(owner)).filter(({ can }) => can.roll).some((one) => one.id === id || one.id === key.id), false, 'said to be possible');
    },
  },
  {
    area: 'apiKeys',
    name: 'a roll that is finished ends the old key at once; one that is cancelled ends the new one, and the old goes on as before',
    needs: ['apiKeys.roll', 'apiKeys.finishRoll', 'apiKeys.cancelRoll', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const [first, second] = await everyKey(owner);
      expect(first !== undefined && second !== undefined, 'the world has keys');
      const finished = await write(owner, 'apiKeys.roll', { id: first.id, overlap: 3600 });
      await write(owner, 'apiKeys.finishRoll', { id: first.id });
      await write(owner, 'apiKeys.finishRoll', { id: first.id });
      await expectRefusal(write(owner, 'apiKeys.cancelRoll', { id: first.id }), 'conflict');
      const cancelled = await write(owner, 'apiKeys.roll', { id: second.id, overlap: 3600 });
      const back = await write(owner, 'apiKeys.cancelRoll', { id: second.id });
      expectEqual([back.id, back.expiresAt, back.can.roll], [second.id, second.expiresAt, second.can.roll], 'the old key');
      const ids = (await everyKey(owner)).map(({ id }) => id);
      expectEqual([first.id, finished.key.id, second.id, cancelled.key.id].map((id) => ids.includes(id)), [false, true, true, false], 'listed');
      expectEqual((await everyKey(owner)).find(({ id }) => id === finished.key.id)?.roll, null, 'the finished roll');
    },
  },
  {
    area: 'apiKeys',
    name: 'keys are revoked all or none, for good; those that were gone are said to be',
    needs: ['apiKeys.revoke', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const [first, second] = await everyKey(owner);
      expect(first !== undefined && second !== undefined, 'the world has keys');
      await expectRefusal(write(owner, 'apiKeys.revoke', { ids: [first.id, 'nothing'] }), 'not-found');
      expect((await everyKey(owner)).some(({ id }) => id === first.id), 'a key ended although the call was refused');
      expectEqual((await write(owner, 'apiKeys.revoke', { ids: [first.id] })).results, [{ id: first.id, outcome: 'revoked' }], 'the first time');
      const { results } = await write(owner, 'apiKeys.revoke', { ids: [first.id, second.id] });
      expectEqual(results, [{ id: first.id, outcome: 'gone' }, { id: second.id, outcome: 'revoked' }], 'the second time');
      const ids = (await everyKey(owner)).map(({ id }) => id);
      expect(!ids.includes(first.id) && !ids.includes(second.id), 'a revoked key is listed');
      if (owner.operations.includes('apiKeys.reveal')) await expectRefusal(write(owner, 'apiKeys.reveal', { ids: [first.id] }), 'not-found');
      await expectRefusal(write(owner, 'apiKeys.update', { id: first.id, name: 'Back' }, { ifMatch: first.version }), 'not-found', 'stale');
    },
  },
  {
    area: 'apiKeys',
    name: 'of several rolls of one key at once, one is made',
    needs: ['apiKeys.roll', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const { id } = await firstKey(owner);
      const made = await atOnce(5, () => write(owner, 'apiKeys.roll', { id, overlap: 3600 }), 'conflict');
      expectEqual(made.length, 1, 'rolls that were made');
      expectEqual((await everyKey(owner)).filter(({ roll }) => roll?.replacesId === id).length, 1, 'successors');
    },
  },
  {
    area: 'apiKeys',
    name: 'what an overlap has ended stays ended: when its successor is revoked, and when that one is replaced itself',
    needs: ['apiKeys.roll', 'apiKeys.revoke', 'apiKeys.list', 'auth.stepUp'],
    requires: ['advance'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const [first, second, third] = await everyKey(owner);
      expect(first !== undefined && second !== undefined && third !== undefined, 'the world has three keys');
      const successors: ApiKey[] = [];
      for (const { id } of [first, second, third]) successors.push((await write(owner, 'apiKeys.roll', { id, overlap: 3600 })).key);
      await world.advance?.(3601);
      const again = await stepUp(world, 'owner', owner);
      const [revoked, replaced, rolled] = successors as [ApiKey, ApiKey, ApiKey];
      await write(again, 'apiKeys.revoke', { ids: [revoked.id] });
      await write(again, 'apiKeys.roll', { id: replaced.id, overlap: 0 });
      await write(again, 'apiKeys.roll', { id: rolled.id, overlap: 3600 });
      const keys = await everyKey(again);
      expect(![first, second, third].some(({ id }) => keys.some((key) => key.id === id)), 'an old key is back');
      expectEqual(keys.find(({ id }) => id === rolled.id)?.roll, null, 'the roll of a successor that is replaced itself');
      await write(again, 'apiKeys.cancelRoll', { id: rolled.id });
      expect(!(await everyKey(again)).some(({ id }) => id === third.id), 'the oldest key is back after its successor was kept');
    },
  },
  {
    area: 'apiKeys',
    name: 'the successor of a key is enabled, and lives as long as that one was made to live',
    needs: ['apiKeys.roll', 'apiKeys.create', 'apiKeys.update', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const now = Date.parse((await owner.call('auth.context', undefined)).stepUp.freshUntil ?? '');
      const expiresAt = new Date(now + 90 * 86_400_000).toISOString();
      const { key } = await write(owner, 'apiKeys.create', { name: 'Ends', kind: 'data', environment: 'test', permission: 'read-only', expiresAt, addresses: [] });
      const life = Date.parse(key.expiresAt ?? '') - Date.parse(key.createdAt);
      await write(owner, 'apiKeys.update', { id: key.id, enabled: false }, { ifMatch: key.version });
      const rolled = await write(owner, 'apiKeys.roll', { id: key.id, overlap: 0 });
      expectEqual(rolled.key.enabled, true, 'enabled');
      expectEqual(Date.parse(rolled.key.expiresAt ?? '') - Date.parse(rolled.key.createdAt), life, 'the life of the successor');
    },
  },
  {
    area: 'apiKeys',
    name: 'keys are found by part of their name, in any script and however it is written',
    needs: ['apiKeys.create', 'apiKeys.update', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const { key } = await write(owner, 'apiKeys.create', { name: 'Übersicht ΣΊΣΥΦΟΣ 100%', kind: 'data', environment: 'test', permission: 'read-only', expiresAt: null, addresses: [] });
      for (const search of ['Übersicht', 'übersicht', 'UBERSICHT', 'σίσυφος', '100%']) expectEqual((await everyKey(owner, { search })).map(({ id }) => id), [key.id], `found by ${search}`);
      await write(owner, 'apiKeys.update', { id: key.id, name: 'Émission' }, { ifMatch: key.version });
      expectEqual((await everyKey(owner, { search: 'émission' })).map(({ id }) => id), [key.id], 'found by the new name');
      expectEqual((await everyKey(owner, { search: 'übersicht' })).length, 0, 'found by the old name');
    },
  },
  {
    area: 'apiKeys',
    name: 'requests are told by UTC day: the last 30, each once, the oldest first; none of them for a new key',
    needs: ['apiKeys.list', 'apiKeys.create', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const { freshUntil } = (await owner.call('auth.context', undefined)).stepUp;
      const { key } = await write(owner, 'apiKeys.create', { name: 'New', kind: 'data', environment: 'test', permission: 'read-only', expiresAt: null, addresses: [] });
      for (const { usage = [], createdAt } of [key, ...(await everyKey(owner))]) {
        const days = usage.map(({ day }) => day);
        expectEqual(days, [...new Set(days)].sort(), 'the days');
        expect(usage.every(({ count }) => count > 0), 'a day without requests is told');
        const [last] = days.slice(-1);
        expect(days.length <= 30 && (last === undefined || (last <= (freshUntil ?? '').slice(0, 10) && last >= createdAt.slice(0, 10))), 'a day outside of the last 30');
      }
      expectEqual(key.usage ?? [], [], 'of the new key');
    },
  },
];
