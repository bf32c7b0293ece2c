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
    name: 'a save on an old version is stale, brings the current value and overwrites nothing',
    needs: ['company.get', 'company.update'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { version } = await owner.call('company.get', undefined);
      const current = await write(await world.as('admin'), 'company.update', { name: 'First Writer' }, { ifMatch: version });
      const error = await expectRefusal(write(owner, 'company.update', { name: 'Second Writer' }, { ifMatch: version }), 'stale');
      expectEqual(error.current, current, 'the current value');
      expectEqual(await owner.call('company.get', undefined), current, 'the company after a stale write');
    },
  },
  {
    area: 'company',
    name: 'of parallel saves on one version, one wins',
    needs: ['company.get', 'company.update'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { version } = await owner.call('company.get', undefined);
      const saves = Array.from({ length: 10 }, (_, index) => write(owner, 'company.update', { name: `Writer ${String(index)}` }, { ifMatch: version }));
      const saved = (await Promise.allSettled(saves)).filter(({ status }) => status === 'fulfilled').length;
      expectEqual(saved, 1, 'saves that won');
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
    name: 'a repeat under the same key answers the same and has no second effect',
    needs: ['company.get', 'company.update'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { version } = await owner.call('company.get', undefined);
      const options = { ifMatch: version, idempotencyKey: newKey() };
      const first = await write(owner, 'company.update', { name: 'Exactly Once' }, options);
      const later = await write(owner, 'company.update', { name: 'Written Since' }, { ifMatch: first.version });
      expectEqual(await write(owner, 'company.update', { name: 'Exactly Once' }, options), first, 'the repeated answer');
      expectEqual(await owner.call('company.get', undefined), later, 'the company after the repeat');
    },
  },
  {
    area: 'company',
    name: 'the same key with another input is a conflict',
    needs: ['company.get', 'company.update'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { version } = await owner.call('company.get', undefined);
      const idempotencyKey = newKey();
      const first = await write(owner, 'company.update', { name: 'First Input' }, { ifMatch: version, idempotencyKey });
      await expectRefusal(write(owner, 'company.update', { name: 'Second Input' }, { ifMatch: first.version, idempotencyKey }), 'conflict');
      expectEqual(await owner.call('company.get', undefined), first, 'the company after the conflict');
    },
  },
  {
    area: 'company',
    name: 'parallel calls under one key have one effect and one answer',
    needs: ['company.get', 'company.update'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { version } = await owner.call('company.get', undefined);
      const options = { ifMatch: version, idempotencyKey: newKey() };
      const settled = await Promise.allSettled(Array.from({ length: 10 }, () => write(owner, 'company.update', { name: 'Pressed Ten Times' }, options)));
      const current = await owner.call('company.get', undefined);
      for (const outcome of settled) {
        // While the first is under way a backend may also say "in flight" (conflict); what it may not do is to write again.
        if (outcome.status === 'fulfilled') expectEqual(outcome.value, current, 'an answer');
        else await expectRefusal(Promise.reject(outcome.reason as Error), 'conflict');
      }
      expect(settled.some(({ status }) => status === 'fulfilled'), 'none succeeded');
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
