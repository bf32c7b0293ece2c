import { keyEnvironment, keyKind, keyPermission } from '../api-keys.js';
import type { ApiKey } from '../operations.js';
import { everyKey, expect, expectEqual, expectRefusal, newKey, stepUp, write } from './expect.js';
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
];
