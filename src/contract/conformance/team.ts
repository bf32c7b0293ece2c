import { teamSort } from '../team.js';
import type { TeamRow } from '../operations.js';
import { addressOf, atOnce, everyRow, expect, expectDistinct, expectEqual, expectRefusal, freshAddress, newestToken, newKey, outcomeOf, stepUp, write } from './expect.js';
import type { ConformanceCase, ConformanceWorld } from './harness.js';
import { inviteOne, inviteOutsider, memberRow, rowFor } from './recipes.js';

async function inviteMany(world: ConformanceWorld, count: number): Promise<TeamRow[]> {
  const invitations = Array.from({ length: count }, (_, index) => ({ email: freshAddress(`paging-${String(index).padStart(2, '0')}`), role: 'member' }));
  const { results } = await write(await world.as('owner'), 'team.invite', { invitations });
  return results.flatMap(({ row }) => (row ? [row] : []));
}

/** Reads a page that ends with the first of the invited, lets something happen before that end, and reads on: every row must come once. */
async function readDisturbed(world: ConformanceWorld, sort: 'date' | '-date' | 'name', invited: readonly TeamRow[], happens: (last: TeamRow) => Promise<void>): Promise<void> {
  const owner = await world.as('owner');
  const rows = await everyRow(owner, { limit: 100, sort });
  const end = rows.findIndex((row) => invited.some(({ id }) => id === row.id));
  const last = rows[end];
  expect(last !== undefined && end + 1 < rows.length, 'there is a page behind it');
  const seen = await everyRow(owner, { limit: end + 1, sort }, async (page) => {
    if (page === 1) await happens(last);
  });
  const ids = seen.map((row) => row.id);
  expectDistinct(ids, 'a row');
  expectEqual(rows.filter((row) => !ids.includes(row.id)).map((row) => row.email), [], `left out, sorted by ${sort}`);
}

export const teamCases: ConformanceCase[] = [
  {
    area: 'team',
    name: 'the list has everybody, and marks who asks',
    needs: ['team.list', 'auth.context'],
    run: async (world) => {
      for (const role of ['owner', 'admin', 'member'] as const) {
        const adapter = await world.as(role);
        const { user } = await adapter.call('auth.context', undefined);
        const rows = await everyRow(adapter);
        const self = rows.filter((row) => row.self);
        expectEqual(self.map((row) => [row.email, row.role, row.status, row.type]), [[user.email, role, 'accepted', 'member']], 'the row of who asks');
        for (const other of ['owner', 'admin', 'member'] as const) {
          const email = await addressOf(world, other);
          expect(rows.some((row) => row.email === email), `the ${other} is missing`);
        }
      }
    },
  },
  {
    area: 'team',
    name: 'nobody of another organisation is in the list',
    needs: ['team.list', 'auth.context'],
    run: async (world) => {
      const ours = new Set((await everyRow(await world.as('owner'))).map((row) => row.id));
      expect(!(await everyRow(await world.as('outsider'))).some((row) => ours.has(row.id)), 'the outsider reads our rows');
    },
  },
  {
    area: 'team',
    name: 'every order puts all rows in one order, page by page, and a minus turns it round',
    needs: ['team.list', 'team.invite'],
    run: async (world) => {
      const owner = await world.as('owner');
      await inviteMany(world, 7);
      const all = (await everyRow(owner, { limit: 100 })).map((row) => row.id).sort();
      const keyIn = (sort: string, row: TeamRow): string =>
        ({ name: row.name ?? row.email, role: row.role, status: row.status, date: row.joinedAt ?? row.invitedAt ?? '' })[sort.replace('-', '')] ?? '';
      const orders = new Map<string, string[]>();
      for (const sort of teamSort.options) {
        const whole = await everyRow(owner, { limit: 100, sort });
        expectEqual(whole.map((row) => row.id).sort(), all, `the rows sorted by ${sort}`);
        expectEqual((await everyRow(owner, { limit: 3, sort })).map((row) => row.id), whole.map((row) => row.id), `the rows by pages of three, sorted by ${sort}`);
        const sorted = whole.map((row) => keyIn(sort, row));
        // How names are compared is the backend's affair (accents, capitals); that equal ones stand together is not, nor which way dates run.
        expectDistinct(sorted.filter((key, index) => key !== sorted[index - 1]), `a ${sort.replace('-', '')}, not in one place,`);
        orders.set(sort, sorted);
      }
      for (const sort of ['name', 'role', 'status', 'date']) expectEqual(orders.get(`-${sort}`), [...(orders.get(sort) ?? [])].reverse(), `${sort} the other way round`);
      const dates = orders.get('date') ?? [];
      expectEqual(dates, [...dates].sort(), 'dates going up');
      const invited = (orders.get('name') ?? []).filter((name) => name.startsWith('conformance-paging-'));
      expectEqual(invited, [...invited].sort(), 'names going up');
    },
  },
  {
    area: 'team',
    name: 'rows taken away between two pages leave no gap',
    needs: ['team.list', 'team.invite', 'team.revoke'],
    run: async (world) => {
      const invited = await inviteMany(world, 9);
      for (const sort of ['date', '-date', 'name'] as const) {
        await readDisturbed(world, sort, invited, async ({ id }) => {
          await write(await world.as('owner'), 'team.revoke', { id });
        });
      }
    },
  },
  {
    area: 'team',
    name: 'rows written between two pages make no double',
    needs: ['team.list', 'team.invite'],
    run: async (world) => {
      const invited = await inviteMany(world, 4);
      await readDisturbed(world, 'name', invited, async () => {
        await inviteOne(await world.as('owner'), freshAddress('aaa-comes-first'));
      });
    },
  },
  {
    area: 'team',
    name: 'a page is as long as asked, and says where the next begins',
    needs: ['team.list'],
    run: async (world) => {
      const owner = await world.as('owner');
      const page = await owner.call('team.list', { limit: 2 });
      expectEqual(page.items.length, 2, 'rows on the page');
      expect(page.nextCursor !== null, 'there is a next page');
      const all = await everyRow(owner);
      if (page.total !== undefined) expectEqual(page.total, all.length, 'the total');
    },
  },
  {
    area: 'team',
    name: 'a cursor of another order is invalid at the cursor',
    needs: ['team.list'],
    harmless: true,
    run: async (world) => {
      const owner = await world.as('owner');
      const { nextCursor } = await owner.call('team.list', { limit: 1, sort: 'name' });
      expect(nextCursor !== null, 'there is a next page');
      for (const sort of ['-name', 'date'] as const) {
        const { fields } = await expectRefusal(owner.call('team.list', { limit: 1, sort, cursor: nextCursor }), 'invalid');
        expectEqual(fields, { cursor: 'invalid' }, `the problem of a cursor by name in the order ${sort}`);
      }
    },
  },
  {
    area: 'team',
    name: 'search finds part of a name or an address, whatever its case',
    needs: ['team.list', 'team.invite'],
    run: async (world) => {
      const owner = await world.as('owner');
      await inviteOne(owner, freshAddress('unmistakable.zebra'));
      const found = await everyRow(owner, { search: 'MISTAKABLE.Zeb' });
      expectEqual(found.map((row) => row.email), [freshAddress('unmistakable.zebra')], 'found');
      const self = (await everyRow(owner)).find((row) => row.self);
      const byName = await everyRow(owner, { search: (self?.name ?? '').toUpperCase() });
      expect(byName.some((row) => row.self), 'found by name');
      expectEqual(await everyRow(owner, { search: 'nobody is called this' }), [], 'found for nonsense');
    },
  },
  {
    area: 'team',
    name: 'filters by status and role keep what they name, all of it, page by page too',
    needs: ['team.list', 'team.invite'],
    run: async (world) => {
      const owner = await world.as('owner');
      await inviteMany(world, 2);
      const all = await everyRow(owner);
      const filters = [
        { query: { status: ['pending' as const] }, keeps: (row: TeamRow) => row.status === 'pending' },
        { query: { status: ['accepted' as const, 'expired' as const] }, keeps: (row: TeamRow) => row.status === 'accepted' || row.status === 'expired' },
        { query: { role: ['admin'] }, keeps: (row: TeamRow) => row.role === 'admin' },
        { query: { role: ['owner', 'member'], status: ['accepted' as const] }, keeps: (row: TeamRow) => row.role !== 'admin' && row.status === 'accepted' },
        { query: { search: 'CONFORMANCE-paging', role: ['member'] }, keeps: (row: TeamRow) => row.email.startsWith('conformance-paging') },
        { query: { role: ['no such role'] }, keeps: () => false },
      ];
      for (const { query, keeps } of filters) {
        const kept = all.filter(keeps).map((row) => row.id);
        expectEqual((await everyRow(owner, query)).map((row) => row.id), kept, `kept by ${JSON.stringify(query)}`);
        expectEqual((await everyRow(owner, { ...query, limit: 2 })).map((row) => row.id), kept, `kept by ${JSON.stringify(query)}, two by two`);
      }
    },
  },
  {
    area: 'team',
    name: 'an invitation is sent, listed as pending at once, and mailed',
    needs: ['team.invite', 'team.list'],
    run: async (world) => {
      const owner = await world.as('owner');
      const row = await inviteOne(owner, freshAddress('invited'));
      expectEqual([row.type, row.status, row.email, row.role], ['invitation', 'pending', freshAddress('invited'), 'member'], 'the row');
      expectEqual((await rowFor(owner, freshAddress('invited')))?.id, row.id, 'the row in the list');
      await newestToken(world, freshAddress('invited'));
    },
  },
  {
    area: 'team',
    name: 'each address has its own result, in the order given',
    needs: ['team.invite', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const member = await addressOf(world, 'member');
      await inviteOne(owner, freshAddress('earlier'));
      const { results } = await write(owner, 'team.invite', {
        invitations: [
          { email: member.toUpperCase(), role: 'member' },
          { email: freshAddress('Earlier').replace('example', 'Example'), role: 'member' },
          { email: freshAddress('one'), role: 'no such role' },
          { email: freshAddress('two'), role: 'member' },
          { email: freshAddress('TWO'), role: 'member' },
        ],
      });
      expectEqual(results.map(({ outcome }) => outcome), ['already-member', 'already-invited', 'invalid', 'sent', 'already-invited'], 'the outcomes');
      expectEqual((await world.mails(freshAddress('two'))).length, 1, 'mails to an address that was given twice');
    },
  },
  {
    area: 'team',
    name: 'nobody is invited to a role that the policy does not name',
    needs: ['team.invite', 'team.list', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { roles } = (await owner.call('auth.context', undefined)).policy.invitations;
      const others = ['owner', 'Member', 'admin,owner', '*'].filter((role) => !roles.includes(role));
      const invitations = others.map((role, index) => ({ email: freshAddress(`role-${String(index)}`), role }));
      const { results } = await write(owner, 'team.invite', { invitations });
      expectEqual(results.map(({ outcome }) => outcome), others.map(() => 'invalid'), 'the outcomes');
      expectEqual(await everyRow(owner, { search: 'conformance-role' }), [], 'rows');
      for (const { email } of invitations) expectEqual((await world.mails(email)).length, 0, 'mails');
      for (const role of roles) expectEqual((await inviteOne(owner, freshAddress(`as-${role}`), role)).role, role, 'the role of an invitation');
    },
  },
  {
    area: 'team',
    name: 'an invitation that is aborted under way and sent again under its key goes out once',
    needs: ['team.invite', 'team.list'],
    run: async (world) => {
      const owner = await world.as('owner');
      const email = freshAddress('invited');
      const input = { invitations: [{ email, role: 'member' }] };
      const idempotencyKey = newKey();
      const controller = new AbortController();
      const call = write(owner, 'team.invite', input, { idempotencyKey, signal: controller.signal });
      controller.abort();
      await expectRefusal(call, 'aborted');
      // It had no effect, or one, or is still having it ("in flight"): in the end it is one.
      for (let tries = 0; tries < 100; tries++) {
        const outcome = await outcomeOf(write(owner, 'team.invite', input, { idempotencyKey }));
        if ('answer' in outcome) break;
        expect(outcome.kind === 'conflict' && tries < 99, `the call that was sent again is ${outcome.kind}`);
      }
      expectEqual((await everyRow(owner, { search: email })).length, 1, 'rows');
      expectEqual((await world.mails(email)).length, 1, 'mails');
    },
  },
  {
    area: 'team',
    name: 'a member may not invite, send again or revoke',
    needs: ['team.invite', 'team.resend', 'team.revoke'],
    run: async (world) => {
      const { id } = await inviteOne(await world.as('owner'), freshAddress('invited'));
      const member = await world.as('member');
      await expectRefusal(write(member, 'team.invite', { invitations: [{ email: freshAddress('friend'), role: 'admin' }] }), 'forbidden');
      await expectRefusal(write(member, 'team.resend', { id }), 'forbidden');
      await expectRefusal(write(member, 'team.revoke', { id }), 'forbidden');
      expectEqual((await world.mails(freshAddress('friend'))).length, 0, 'mails');
    },
  },
  {
    area: 'team',
    name: 'an invitation that is sent again has a new link, and the earlier one is dead',
    needs: ['team.invite', 'team.resend', 'invitation.get'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { id } = await inviteOne(owner, freshAddress('invited'));
      const first = await newestToken(world, freshAddress('invited'));
      const row = await write(owner, 'team.resend', { id });
      expectEqual([row.id, row.status], [id, 'pending'], 'the row');
      const second = await newestToken(world, freshAddress('invited'));
      const visitor = await world.as('signedOut');
      await expectRefusal(visitor.call('invitation.get', { token: first }), 'not-found');
      expectEqual((await visitor.call('invitation.get', { token: second })).status, 'pending', 'the status by the new link');
    },
  },
  {
    area: 'team',
    name: 'a revoked invitation is gone, its link is dead, and revoking it again succeeds',
    needs: ['team.invite', 'team.revoke', 'team.list', 'invitation.get'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { id } = await inviteOne(owner, freshAddress('invited'));
      const token = await newestToken(world, freshAddress('invited'));
      await write(owner, 'team.revoke', { id });
      expectEqual(await rowFor(owner, freshAddress('invited')), undefined, 'the row in the list');
      await expectRefusal((await world.as('signedOut')).call('invitation.get', { token }), 'not-found');
      await write(owner, 'team.revoke', { id });
    },
  },
  {
    area: 'team',
    name: 'nobody gives more than they have, changes somebody above them, or raises themselves; another role than owner takes no proof',
    needs: ['team.list', 'team.changeRole', 'team.remove', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const admin = await world.as('admin');
      const [owner, self, member] = [await memberRow(world, 'owner', admin), await memberRow(world, 'admin', admin), await memberRow(world, 'member', admin)];
      expectEqual([owner.can.changeRole, owner.can.remove], [false, false], 'what an admin may do to the owner, as the row says');
      const raised = await write(admin, 'team.changeRole', { id: member.id, role: 'admin' }, { ifMatch: member.version });
      expectEqual([raised.id, raised.role], [member.id, 'admin'], 'the row of a member whom an admin made an admin');
      await stepUp(world, 'admin', admin);
      const team = await everyRow(admin);
      for (const { id, version } of [self, raised]) await expectRefusal(write(admin, 'team.changeRole', { id, role: 'owner' }, { ifMatch: version }), 'forbidden');
      await expectRefusal(write(admin, 'team.changeRole', { id: owner.id, role: 'member' }, { ifMatch: owner.version }), 'forbidden');
      await expectRefusal(write(admin, 'team.remove', { id: owner.id }, { ifMatch: owner.version }), 'forbidden');
      expectEqual(await everyRow(admin), team, 'the team after refusals');
    },
  },
  {
    area: 'team',
    name: 'a role that there is not is invalid at the role',
    needs: ['team.list', 'team.invite', 'team.changeRole', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const member = await memberRow(world, 'member');
      const invited = await inviteOne(owner, freshAddress('invited'));
      for (const [row, role] of [[member, 'no such role'], [member, 'Admin'], [member, 'member,owner'], [invited, 'no such role']] as const) {
        const { fields } = await expectRefusal(write(owner, 'team.changeRole', { id: row.id, role }, { ifMatch: row.version }), 'invalid');
        expectEqual(fields, { role: 'invalid' }, `the problem of the role "${role}"`);
      }
    },
  },
  {
    area: 'team',
    name: 'the last owner stays, and the row says why nothing can be done to it; with another owner it can',
    needs: ['team.list', 'team.changeRole', 'team.remove', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const self = await memberRow(world, 'owner');
      expectEqual([self.lastOwner, self.can.changeRole, self.can.remove], [true, false, false], 'what the row of the last owner says');
      await expectRefusal(write(owner, 'team.changeRole', { id: self.id, role: 'admin' }, { ifMatch: self.version }), 'conflict');
      await expectRefusal(write(owner, 'team.remove', { id: self.id }, { ifMatch: self.version }), 'conflict');
      expectEqual((await memberRow(world, 'owner')).role, 'owner', 'the role after refusals');
      const admin = await memberRow(world, 'admin');
      await write(owner, 'team.changeRole', { id: admin.id, role: 'owner' }, { ifMatch: admin.version });
      const free = await memberRow(world, 'owner');
      expectEqual([free.lastOwner ?? false, free.can.changeRole], [false, true], 'what the row says beside another owner');
      const after = await write(owner, 'team.changeRole', { id: free.id, role: 'member' }, { ifMatch: free.version });
      expectEqual([after.role, after.can.changeRole], ['member', false], 'the own row after one gave the role up');
      expectEqual((await owner.call('auth.context', undefined)).organisation?.role, 'member', 'the role in the context');
      await expectRefusal(write(owner, 'team.changeRole', { id: admin.id, role: 'admin' }, { ifMatch: '*' }), 'forbidden');
    },
  },
  {
    area: 'team',
    name: 'of owners who demote and remove each other at once, one is left',
    needs: ['team.list', 'team.changeRole', 'team.remove', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const admin = await memberRow(world, 'admin');
      await write(owner, 'team.changeRole', { id: admin.id, role: 'owner' }, { ifMatch: admin.version });
      const both = [
        { session: owner, other: await memberRow(world, 'admin') },
        { session: await world.as('admin'), other: await memberRow(world, 'owner') },
      ] as const;
      await atOnce(
        8,
        async (index) => {
          const { session, other } = both[index % 2 === 0 ? 0 : 1];
          const { id, version: ifMatch } = other;
          await (index < 4 ? write(session, 'team.changeRole', { id, role: 'member' }, { ifMatch }) : write(session, 'team.remove', { id }, { ifMatch }));
        },
        'forbidden',
        'conflict',
        'stale',
        // Who was removed a moment before has no role to change, or is in another organisation by now.
        'not-found',
      );
      const owners = await everyRow(await world.as('member'), { role: ['owner'] });
      expectEqual(owners.length, 1, 'owners');
    },
  },
  {
    area: 'team',
    name: 'who is removed is out at once, in a session that goes on; removing them again succeeds',
    needs: ['team.list', 'team.remove', 'company.get', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const member = await world.as('member');
      const ours = await member.call('company.get', undefined);
      const row = await memberRow(world, 'member');
      await write(owner, 'team.remove', { id: row.id }, { ifMatch: row.version });
      await expectRefusal(member.call('company.get', undefined), 'forbidden');
      await expectRefusal(member.call('team.list', {}), 'forbidden');
      const context = await member.call('auth.context', undefined);
      expect(context.organisation?.id !== ours.id && !context.organisations.some(({ id }) => id === ours.id), 'the context still has the organisation');
      await write(owner, 'team.remove', { id: row.id }, { ifMatch: row.version });
      expectEqual(await rowFor(owner, row.email), undefined, 'the row in the list');
    },
  },
  {
    area: 'team',
    name: 'removing on an old version is stale, brings the row as it is now, and removes nobody',
    needs: ['team.list', 'team.remove', 'team.changeRole', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { id, version } = await memberRow(world, 'member');
      const now = await write(owner, 'team.changeRole', { id, role: 'admin' }, { ifMatch: version });
      for (const ifMatch of [version, 'no such version']) {
        const error = await expectRefusal(write(owner, 'team.remove', { id }, { ifMatch }), 'stale');
        expectEqual(error.current, now, 'the current row that comes with it');
      }
      expectEqual((await memberRow(world, 'member')).role, 'admin', 'the row after stale calls');
    },
  },
  {
    area: 'team',
    name: 'an invitation whose role is changed is sent again: its earlier link is dead, and who joins has the new role',
    needs: ['team.invite', 'team.list', 'team.changeRole', 'invitation.get', 'invitation.accept', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const email = await addressOf(world, 'outsider');
      const invited = await inviteOne(owner, email);
      expect(invited.can.changeRole, 'the row says that its role cannot be changed');
      const first = await newestToken(world, email);
      const row = await write(owner, 'team.changeRole', { id: invited.id, role: 'admin' }, { ifMatch: invited.version });
      expectEqual([row.id, row.type, row.status, row.role], [invited.id, 'invitation', 'pending', 'admin'], 'the row');
      expectEqual((await world.mails(email)).length, 2, 'mails');
      await expectRefusal((await world.as('signedOut')).call('invitation.get', { token: first }), 'not-found');
      await write(await world.as('outsider'), 'invitation.accept', { token: await newestToken(world, email) });
      expectEqual((await memberRow(world, 'outsider')).role, 'admin', 'the role of who joined');
    },
  },
  {
    area: 'team',
    name: 'nobody becomes an owner by a changed invitation, and one that is not open any more is left as it is',
    needs: ['team.invite', 'team.list', 'team.changeRole', 'team.link', 'team.revoke', 'invitation.decline', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const email = freshAddress('invited');
      const row = await inviteOne(owner, email);
      const { roles } = (await owner.call('auth.context', undefined)).policy.invitations;
      if (!roles.includes('owner')) await expectRefusal(write(owner, 'team.changeRole', { id: row.id, role: 'owner' }, { ifMatch: row.version }), 'invalid');
      await write(await world.as('signedOut'), 'invitation.decline', { token: await newestToken(world, email) });
      const declined = await rowFor(owner, email);
      expectEqual([declined?.can.changeRole, declined?.can.copyLink], [false, false], 'what the row says');
      await expectRefusal(write(owner, 'team.changeRole', { id: row.id, role: 'admin' }, { ifMatch: declined?.version ?? '' }), 'conflict');
      await expectRefusal(write(owner, 'team.link', { id: row.id }), 'conflict');
      expectEqual(await rowFor(owner, email), declined, 'the row after refusals');
      await write(owner, 'team.revoke', { id: row.id });
      await expectRefusal(write(owner, 'team.changeRole', { id: row.id, role: 'admin' }, { ifMatch: row.version }), 'not-found');
      await expectRefusal(write(owner, 'team.link', { id: row.id }), 'not-found');
    },
  },
  {
    area: 'team',
    name: 'the link of an invitation opens it for its invitee alone, in the place of the one that was mailed',
    needs: ['team.invite', 'team.list', 'team.link', 'invitation.get', 'invitation.accept', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const email = await addressOf(world, 'outsider');
      const row = await inviteOne(owner, email);
      expect(row.can.copyLink, 'the row says that its link cannot be copied');
      const mailed = await newestToken(world, email);
      const { url } = await write(owner, 'team.link', { id: row.id });
      expectEqual((await world.mails(email)).length, 1, 'mails');
      const token = decodeURIComponent(/[=/]([^=/]+)$/.exec(url)?.[1] ?? '');
      expect(token !== '', 'the link does not end in its token');
      await expectRefusal((await world.as('signedOut')).call('invitation.get', { token: mailed }), 'not-found');
      await expectRefusal(write(await world.as('member'), 'invitation.accept', { token }), 'forbidden');
      await write(await world.as('outsider'), 'invitation.accept', { token });
      expectEqual((await rowFor(owner, email))?.type, 'member', 'the row of who joined');
    },
  },
];

export const invitationCases: ConformanceCase[] = [
  {
    area: 'invitation',
    name: 'its link shows the invitation to anybody who has it',
    needs: ['team.invite', 'invitation.get', 'company.get'],
    run: async (world) => {
      const owner = await world.as('owner');
      await inviteOne(owner, freshAddress('invited'));
      const token = await newestToken(world, freshAddress('invited'));
      const shown = await (await world.as('signedOut')).call('invitation.get', { token });
      const { name } = await owner.call('company.get', undefined);
      expectEqual([shown.organisationName, shown.email, shown.role, shown.status], [name, freshAddress('invited'), 'member', 'pending'], 'the invitation');
    },
  },
  {
    area: 'invitation',
    name: 'a link that nobody sent is not found',
    needs: ['invitation.get', 'invitation.accept', 'invitation.decline'],
    run: async (world) => {
      const token = 'no-such-token';
      await expectRefusal((await world.as('signedOut')).call('invitation.get', { token }), 'not-found');
      await expectRefusal(write(await world.as('outsider'), 'invitation.accept', { token }), 'not-found');
      await expectRefusal(write(await world.as('signedOut'), 'invitation.decline', { token }), 'not-found');
    },
  },
  {
    area: 'invitation',
    name: 'its invitee joins by it, once',
    needs: ['team.invite', 'team.list', 'invitation.accept', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const outsider = await world.as('outsider');
      const email = await addressOf(world, 'outsider');
      const ours = (await owner.call('auth.context', undefined)).organisation?.id ?? '';
      await inviteOne(owner, email);
      const token = await newestToken(world, email);
      const context = await write(outsider, 'invitation.accept', { token });
      expect(context.organisations.some(({ id, role }) => id === ours && role === 'member'), 'the context has the new organisation');
      const row = await rowFor(owner, email);
      expectEqual([row?.type, row?.status, row?.role], ['member', 'accepted', 'member'], 'the row in the list');
      await expectRefusal(write(outsider, 'invitation.accept', { token }), 'conflict', 'not-found');
    },
  },
  {
    area: 'invitation',
    name: 'nobody joins by the invitation of somebody else',
    needs: ['team.invite', 'team.list', 'invitation.accept'],
    run: async (world) => {
      const owner = await world.as('owner');
      await inviteOne(owner, freshAddress('invited'));
      const token = await newestToken(world, freshAddress('invited'));
      await expectRefusal(write(await world.as('outsider'), 'invitation.accept', { token }), 'forbidden');
      await expectRefusal(write(await world.as('signedOut'), 'invitation.accept', { token }), 'unauthenticated');
      expectEqual((await rowFor(owner, freshAddress('invited')))?.status, 'pending', 'the status after refusals');
    },
  },
  {
    area: 'invitation',
    name: 'a declined one says so, stays declined, and admits nobody',
    needs: ['team.invite', 'team.list', 'invitation.decline', 'invitation.accept', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const email = await addressOf(world, 'outsider');
      await inviteOne(owner, email);
      const token = await newestToken(world, email);
      const visitor = await world.as('signedOut');
      await write(visitor, 'invitation.decline', { token });
      expectEqual((await rowFor(owner, email))?.status, 'declined', 'the status in the list');
      await write(visitor, 'invitation.decline', { token });
      await expectRefusal(write(await world.as('outsider'), 'invitation.accept', { token }), 'conflict', 'not-found');
      const { results } = await write(owner, 'team.invite', { invitations: [{ email, role: 'member' }] });
      expectEqual(results[0]?.outcome, 'sent', 'inviting again');
    },
  },
  {
    area: 'invitation',
    name: 'an expired one says so, admits nobody, and can be sent again',
    needs: ['team.invite', 'team.list', 'invitation.accept', 'auth.context'],
    requires: ['advance'],
    run: async (world) => {
      const email = await addressOf(world, 'outsider');
      const { expiresIn } = (await (await world.as('owner')).call('auth.context', undefined)).policy.invitations;
      expect(expiresIn <= 7 * 24 * 3600, 'an invitation stands for longer than seven days');
      await inviteOne(await world.as('owner'), email);
      const token = await newestToken(world, email);
      await world.advance?.(expiresIn + 1);
      const owner = await world.reopen('owner');
      expectEqual((await rowFor(owner, email))?.status, 'expired', 'the status in the list');
      await expectRefusal(write(await world.reopen('outsider'), 'invitation.accept', { token }), 'conflict', 'not-found');
      const { results } = await write(owner, 'team.invite', { invitations: [{ email, role: 'member' }] });
      expectEqual(results[0]?.outcome, 'sent', 'inviting again');
    },
  },
  {
    area: 'invitation',
    name: 'of two sessions that accept at once, one joins, and there is one member',
    needs: ['team.invite', 'team.list', 'invitation.accept', 'auth.context'],
    run: async (world) => {
      const token = await inviteOutsider(world);
      const sessions = [await world.as('outsider'), await world.reopen('outsider')] as const;
      const joined = await atOnce(6, (index) => write(index % 2 === 0 ? sessions[0] : sessions[1], 'invitation.accept', { token }), 'conflict', 'not-found');
      expectEqual(joined.length, 1, 'calls that joined');
      const email = await addressOf(world, 'outsider');
      const rows = await everyRow(await world.as('owner'), { search: email });
      expectEqual(rows.map((row) => [row.type, row.status]), [['member', 'accepted']], 'rows of the new member');
      // Whose session joined before the other looks at it is the backend's affair; both are in both organisations now.
      for (const session of sessions) expectEqual((await session.call('auth.context', undefined)).organisations.length, 2, 'organisations');
    },
  },
  {
    area: 'invitation',
    name: 'who joins has the role of the invitation there, and no more rights',
    needs: ['team.invite', 'invitation.accept', 'auth.context', 'company.get', 'company.update'],
    run: async (world) => {
      const ours = await (await world.as('owner')).call('company.get', undefined);
      const outsider = await world.as('outsider');
      const theirs = await outsider.call('company.get', undefined);
      const context = await write(outsider, 'invitation.accept', { token: await inviteOutsider(world) });
      expectEqual(context.organisations.find(({ id }) => id === ours.id)?.role, 'member', 'the role');
      // Joining may or may not switch to the new organisation; the rights are those of where the session is.
      const company = await outsider.call('company.get', undefined);
      expectEqual(company, context.organisation?.id === ours.id ? ours : theirs, 'the company of the session');
      const read = await outsider.call('auth.context', undefined);
      expectEqual([read.organisation?.id, read.operations], [context.organisation?.id, context.operations], 'organisation and rights, read back');
      const member = (await (await world.as('member')).call('auth.context', undefined)).operations;
      if (company.id === ours.id) {
        expectEqual([...read.operations].sort(), [...member].sort(), 'the rights of a member');
        await expectRefusal(write(outsider, 'company.update', { name: 'Taken Over' }, { ifMatch: ours.version }), 'forbidden');
      } else await expectRefusal(write(outsider, 'company.update', { name: 'Taken Over' }, { ifMatch: ours.version }), 'stale');
      expectEqual(await (await world.as('owner')).call('company.get', undefined), ours, 'the company that was joined');
    },
  },
  {
    area: 'invitation',
    name: 'what was accepted can no more be sent again, revoked or declined, and its member stays',
    needs: ['team.invite', 'team.list', 'team.resend', 'team.revoke', 'invitation.accept', 'invitation.decline'],
    run: async (world) => {
      const owner = await world.as('owner');
      const email = await addressOf(world, 'outsider');
      const { id } = await inviteOne(owner, email);
      const token = await newestToken(world, email);
      await write(await world.as('outsider'), 'invitation.accept', { token });
      const joined = await rowFor(owner, email);
      expectEqual(joined?.status, 'accepted', 'the status');
      // "Revoked" would say that they are gone, while they are in the team.
      await expectRefusal(write(owner, 'team.revoke', { id }), 'conflict', 'not-found');
      await expectRefusal(write(owner, 'team.resend', { id }), 'conflict', 'not-found');
      await expectRefusal(write(await world.as('outsider'), 'invitation.decline', { token }), 'conflict', 'not-found');
      expectEqual(await rowFor(owner, email), joined, 'the row of the new member');
    },
  },
];
