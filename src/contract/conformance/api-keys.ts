import type { SettingsAdapter } from '../adapter.js';
import type { ApiKey } from '../operations.js';
import { everyKey, expect, expectDistinct, expectEqual, expectRefusal, newKey, stepUp, write } from './expect.js';
import type { ConformanceCase } from './harness.js';

async function firstKey(adapter: SettingsAdapter): Promise<ApiKey> {
  const [key] = await everyKey(adapter);
  expect(key !== undefined, 'the world has keys');
  return key;
}

const office = { address: '203.0.113.0/24', description: 'Office' };

export const apiKeyCases: ConformanceCase[] = [
  {
    area: 'apiKeys',
    name: 'the list has every key, page by page',
    needs: ['apiKeys.list'],
    run: async (world) => {
      const owner = await world.as('owner');
      const all = (await everyKey(owner, { limit: 100 })).map(({ id }) => id);
      expect(all.length >= 3, 'the world has three keys');
      const paged = (await everyKey(owner, { limit: 1 })).map(({ id }) => id);
      expectDistinct(paged, 'a key');
      expectEqual([...paged].sort(), [...all].sort(), 'the keys page by page');
    },
  },
  {
    area: 'apiKeys',
    name: 'filters keep what they name',
    needs: ['apiKeys.list'],
    run: async (world) => {
      const owner = await world.as('owner');
      const all = await everyKey(owner);
      const kinds = new Set(all.map(({ kind }) => kind));
      expect(kinds.size > 1, 'the world has keys of two kinds');
      for (const kind of kinds) {
        expectEqual((await everyKey(owner, { kind })).map(({ id }) => id).sort(), all.filter((key) => key.kind === kind).map(({ id }) => id).sort(), `the keys of kind ${kind}`);
      }
      for (const environment of ['test', 'production'] as const) {
        expect((await everyKey(owner, { environment })).every((key) => key.environment === environment), 'a key of another environment');
      }
      for (const permission of ['read-only', 'write-only', 'read-write'] as const) {
        expect((await everyKey(owner, { permission })).every((key) => key.permission === permission), 'a key of another permission');
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
    name: 'who turned MFA off is asked to enrol',
    needs: ['apiKeys.reveal', 'mfa.disable', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      await write(owner, 'mfa.disable', undefined);
      await expectRefusal(write(owner, 'apiKeys.reveal', {}), 'enrolment-required');
    },
  },
  {
    area: 'apiKeys',
    name: 'keys of another organisation are not found',
    needs: ['apiKeys.reveal', 'apiKeys.update', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const theirs = await firstKey(await world.as('outsider'));
      const owner = await stepUp(world, 'owner');
      const ours = await everyKey(owner);
      expect(!ours.some(({ id }) => id === theirs.id), 'the list has a key of another organisation');
      await expectRefusal(write(owner, 'apiKeys.reveal', { ids: [...ours.slice(0, 1).map(({ id }) => id), theirs.id] }), 'not-found');
      await expectRefusal(write(owner, 'apiKeys.update', { id: theirs.id, addresses: [office] }, { ifMatch: theirs.version }), 'not-found');
      expectEqual(await firstKey(await world.as('outsider')), theirs, 'their key');
    },
  },
  {
    area: 'apiKeys',
    name: 'changing a key asks for a step-up first',
    needs: ['apiKeys.update', 'apiKeys.list'],
    run: async (world) => {
      const owner = await world.as('owner');
      const key = await firstKey(owner);
      await expectRefusal(write(owner, 'apiKeys.update', { id: key.id, addresses: [office] }, { ifMatch: key.version }), 'step-up-required');
      expectEqual(await firstKey(owner), key, 'the key after a refusal');
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
    name: 'a change on an old version is stale, and brings the current key',
    needs: ['apiKeys.update', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const key = await firstKey(owner);
      const current = await write(owner, 'apiKeys.update', { id: key.id, addresses: [office] }, { ifMatch: key.version });
      const error = await expectRefusal(write(owner, 'apiKeys.update', { id: key.id, addresses: [] }, { ifMatch: key.version }), 'stale');
      expectEqual(error.current, current, 'the current key');
      expectEqual(await firstKey(owner), current, 'the key after a stale write');
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
    name: 'a repeat of a change under its key answers the same and writes nothing',
    needs: ['apiKeys.update', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const key = await firstKey(owner);
      const options = { ifMatch: key.version, idempotencyKey: newKey() };
      const first = await write(owner, 'apiKeys.update', { id: key.id, addresses: [office] }, options);
      expectEqual(await write(owner, 'apiKeys.update', { id: key.id, addresses: [office] }, options), first, 'the repeated answer');
      expectEqual(await firstKey(owner), first, 'the key');
    },
  },
];
