import { expect, expectEqual, expectRefusal, newKey, write } from './expect.js';
import type { ConformanceCase } from './harness.js';

export const companyCases: ConformanceCase[] = [
  {
    area: 'company',
    name: 'everybody in the organisation reads the same company',
    needs: ['company.get', 'auth.context'],
    run: async (world) => {
      const owner = await (await world.as('owner')).call('company.get', undefined);
      expectEqual(await (await world.as('member')).call('company.get', undefined), owner, 'as the member reads it');
      expectEqual((await (await world.as('owner')).call('auth.context', undefined)).organisation?.name, owner.name, 'the name in the context');
      expect((await (await world.as('outsider')).call('company.get', undefined)).id !== owner.id, 'another organisation reads this company');
    },
  },
  {
    area: 'company',
    name: 'saved details are read back at once, in every session',
    needs: ['company.get', 'company.update', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const reader = await world.as('member');
      const before = await reader.call('company.get', undefined);
      const after = await write(owner, 'company.update', { name: 'Renamed Engines', country: 'FR' }, { ifMatch: before.version });
      expectEqual([after.name, after.country], ['Renamed Engines', 'FR'], 'the answer');
      expect(after.version !== before.version, 'the version stays although the company changed');
      expectEqual(await owner.call('company.get', undefined), after, 'read back');
      expectEqual(await reader.call('company.get', undefined), after, 'read by another person');
      expectEqual((await owner.call('auth.context', undefined)).organisation?.name, 'Renamed Engines', 'the name in the context');
    },
  },
  {
    area: 'company',
    name: 'what is not given stays',
    needs: ['company.get', 'company.update'],
    run: async (world) => {
      const owner = await world.as('owner');
      const before = await owner.call('company.get', undefined);
      const named = await write(owner, 'company.update', { name: 'Only The Name' }, { ifMatch: before.version });
      expectEqual(named.country, before.country, 'the country');
      const placed = await write(owner, 'company.update', { country: null }, { ifMatch: named.version });
      expectEqual([placed.name, placed.country], ['Only The Name', null], 'name and country');
    },
  },
  {
    area: 'company',
    name: 'a member may not change the company',
    needs: ['company.get', 'company.update'],
    run: async (world) => {
      const member = await world.as('member');
      const before = await member.call('company.get', undefined);
      await expectRefusal(write(member, 'company.update', { name: 'Taken Over' }, { ifMatch: before.version }), 'forbidden');
      expectEqual(await member.call('company.get', undefined), before, 'the company after a refusal');
    },
  },
  {
    area: 'company',
    name: 'an empty name and an unknown country are invalid at their fields',
    needs: ['company.get', 'company.update'],
    run: async (world) => {
      const owner = await world.as('owner');
      const before = await owner.call('company.get', undefined);
      const options = { ifMatch: before.version };
      const name = await expectRefusal(write(owner, 'company.update', { name: ' ' }, options), 'invalid');
      expectEqual(name.fields, { name: 'required' }, 'the problems of an empty name');
      // XX has the form of a code and is none.
      const country = await expectRefusal(write(owner, 'company.update', { country: 'XX' }, options), 'invalid');
      expectEqual(country.fields, { country: 'invalid' }, 'the problems of an unknown country');
      expectEqual(await owner.call('company.get', undefined), before, 'the company after refusals');
    },
  },
  {
    area: 'company',
    name: 'a refused call may be sent again under its key, once what it lacked is there',
    needs: ['company.get', 'company.update'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { version } = await owner.call('company.get', undefined);
      const idempotencyKey = newKey();
      await expectRefusal(write(owner, 'company.update', { name: 'Third Time Lucky' }, { ifMatch: 'no such version', idempotencyKey }), 'stale');
      const after = await write(owner, 'company.update', { name: 'Third Time Lucky' }, { ifMatch: version, idempotencyKey });
      expectEqual(after.name, 'Third Time Lucky', 'the name');
    },
  },
  {
    area: 'company',
    name: 'a save that was aborted before it began has no effect',
    needs: ['company.get', 'company.update'],
    run: async (world) => {
      const owner = await world.as('owner');
      const before = await owner.call('company.get', undefined);
      const controller = new AbortController();
      controller.abort();
      await expectRefusal(write(owner, 'company.update', { name: 'Never Mind' }, { ifMatch: before.version, signal: controller.signal }), 'aborted');
      expectEqual(await (await world.reopen('owner')).call('company.get', undefined), before, 'the company after an abort');
    },
  },
];
