import type { SettingsAdapter } from '../adapter.js';
import type { TeamRow } from '../operations.js';
import { addressOf, everyRow, expect, expectDistinct, expectEqual, expectRefusal, newestToken, newKey, write } from './expect.js';
import type { ConformanceCase, ConformanceWorld } from './harness.js';

async function inviteOne(adapter: SettingsAdapter, email: string): Promise<TeamRow> {
  const { results } = await write(adapter, 'team.invite', { invitations: [{ email, role: 'member' }] });
  const [result] = results;
  expect(result?.outcome === 'sent' && result.row !== undefined, `the invitation was not sent: ${result?.outcome ?? 'no result'}`);
  return result.row;
}

async function inviteMany(world: ConformanceWorld, count: number): Promise<TeamRow[]> {
  const invitations = Array.from({ length: count }, (_, index) => ({ email: `paging-${String(index).padStart(2, '0')}@example.com`, role: 'member' }));
  const { results } = await write(await world.as('owner'), 'team.invite', { invitations });
  return results.flatMap(({ row }) => (row ? [row] : []));
}

async function rowFor(adapter: SettingsAdapter, email: string): Promise<TeamRow | undefined> {
  return (await everyRow(adapter, { search: email })).find((row) => row.email === email);
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
    name: 'pages have no gaps and no doubles in any order',
    needs: ['team.list', 'team.invite'],
    run: async (world) => {
      const owner = await world.as('owner');
      await inviteMany(world, 7);
      const all = (await everyRow(owner, { limit: 100 })).map((row) => row.id).sort();
      for (const sort of [undefined, 'name', '-name', 'role', '-role', 'status', '-status', 'date', '-date'] as const) {
        const paged = (await everyRow(owner, { limit: 3, ...(sort ? { sort } : {}) })).map((row) => row.id).sort();
        expectEqual(paged, all, `the rows page by page, sorted by ${sort ?? 'nothing'}`);
      }
    },
  },
  {
    area: 'team',
    name: 'rows written and taken away between two pages leave no gap and no double',
    needs: ['team.list', 'team.invite', 'team.revoke'],
    run: async (world) => {
      const owner = await world.as('owner');
      const before = await inviteMany(world, 9);
      for (const sort of ['date', '-date', 'name'] as const) {
        const rows = await everyRow(owner, { limit: 100, sort });
        const invited = new Set(before.map(({ id }) => id));
        const victims = rows.filter((row) => invited.has(row.id)).slice(0, 1);
        const victimIndex = rows.findIndex((row) => row.id === victims[0]?.id);
        // The victim goes once its page has been read: an offset would then skip one of the next page.
        const limit = Math.max(1, Math.min(victimIndex + 1, rows.length - 2));
        const seen = await everyRow(owner, { limit, sort }, async (page) => {
          if (page !== 1) return;
          for (const { id } of victims) {
            before.splice(before.findIndex((row) => row.id === id), 1);
            await write(owner, 'team.revoke', { id });
          }
          await inviteOne(owner, `aaa-between-${sort}@example.com`);
        });
        const ids = seen.map((row) => row.id);
        expectDistinct(ids, 'a row');
        const missing = rows.filter((row) => !ids.includes(row.id) && row.id !== victims[0]?.id).map((row) => row.email);
        expectEqual(missing, [], `left out, sorted by ${sort}`);
      }
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
    name: 'search finds part of a name or an address, whatever its case',
    needs: ['team.list', 'team.invite'],
    run: async (world) => {
      const owner = await world.as('owner');
      await inviteOne(owner, 'unmistakable.zebra@example.com');
      const found = await everyRow(owner, { search: 'MISTAKABLE.Zeb' });
      expectEqual(found.map((row) => row.email), ['unmistakable.zebra@example.com'], 'found');
      const self = (await everyRow(owner)).find((row) => row.self);
      const byName = await everyRow(owner, { search: (self?.name ?? '').toUpperCase() });
      expect(byName.some((row) => row.self), 'found by name');
      expectEqual(await everyRow(owner, { search: 'nobody is called this' }), [], 'found for nonsense');
    },
  },
  {
    area: 'team',
    name: 'filters by status and role keep what they name',
    needs: ['team.list', 'team.invite'],
    run: async (world) => {
      const owner = await world.as('owner');
      await inviteOne(owner, 'filtered@example.com');
      const pending = await everyRow(owner, { status: ['pending'] });
      expect(pending.some((row) => row.email === 'filtered@example.com'), 'the pending one is missing');
      expect(pending.every((row) => row.status === 'pending'), 'a row of another status');
      const admins = await everyRow(owner, { role: ['admin'] });
      expect(admins.length > 0 && admins.every((row) => row.role === 'admin'), 'rows of another role');
    },
  },
  {
    area: 'team',
    name: 'dates sort both ways',
    needs: ['team.list', 'team.invite'],
    run: async (world) => {
      const owner = await world.as('owner');
      const dates = async (sort: 'date' | '-date'): Promise<string[]> => (await everyRow(owner, { sort })).map((row) => row.joinedAt ?? row.invitedAt ?? '');
      const up = await dates('date');
      expectEqual(up, [...up].sort(), 'dates going up');
      const down = await dates('-date');
      expectEqual(down, [...down].sort().reverse(), 'dates going down');
    },
  },
  {
    area: 'team',
    name: 'an invitation is sent, listed as pending at once, and mailed',
    needs: ['team.invite', 'team.list'],
    run: async (world) => {
      const owner = await world.as('owner');
      const row = await inviteOne(owner, 'invited@example.com');
      expectEqual([row.type, row.status, row.email, row.role], ['invitation', 'pending', 'invited@example.com', 'member'], 'the row');
      expectEqual((await rowFor(owner, 'invited@example.com'))?.id, row.id, 'the row in the list');
      await newestToken(world, 'invited@example.com');
    },
  },
  {
    area: 'team',
    name: 'each address has its own result, in the order given',
    needs: ['team.invite', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const member = await addressOf(world, 'member');
      await inviteOne(owner, 'earlier@example.com');
      const { results } = await write(owner, 'team.invite', {
        invitations: [
          { email: member.toUpperCase(), role: 'member' },
          { email: 'Earlier@Example.com', role: 'member' },
          { email: 'one@example.com', role: 'no such role' },
          { email: 'two@example.com', role: 'member' },
          { email: 'TWO@example.com', role: 'member' },
        ],
      });
      expectEqual(results.map(({ outcome }) => outcome), ['already-member', 'already-invited', 'invalid', 'sent', 'already-invited'], 'the outcomes');
      expectEqual((await world.mails('two@example.com')).length, 1, 'mails to an address that was given twice');
    },
  },
  {
    area: 'team',
    name: 'a repeat of an invitation under its key sends no second mail',
    needs: ['team.invite', 'team.list'],
    run: async (world) => {
      const owner = await world.as('owner');
      const input = { invitations: [{ email: 'once@example.com', role: 'member' }] };
      const idempotencyKey = newKey();
      const first = await write(owner, 'team.invite', input, { idempotencyKey });
      expectEqual(await write(owner, 'team.invite', input, { idempotencyKey }), first, 'the repeated answer');
      expectEqual((await world.mails('once@example.com')).length, 1, 'mails');
    },
  },
  {
    area: 'team',
    name: 'a member may not invite, send again or revoke',
    needs: ['team.invite', 'team.resend', 'team.revoke'],
    run: async (world) => {
      const { id } = await inviteOne(await world.as('owner'), 'invited@example.com');
      const member = await world.as('member');
      await expectRefusal(write(member, 'team.invite', { invitations: [{ email: 'friend@example.com', role: 'admin' }] }), 'forbidden');
      await expectRefusal(write(member, 'team.resend', { id }), 'forbidden');
      await expectRefusal(write(member, 'team.revoke', { id }), 'forbidden');
      expectEqual((await world.mails('friend@example.com')).length, 0, 'mails');
    },
  },
  {
    area: 'team',
    name: 'an invitation that is sent again has a new link, and the earlier one is dead',
    needs: ['team.invite', 'team.resend', 'invitation.get'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { id } = await inviteOne(owner, 'invited@example.com');
      const first = await newestToken(world, 'invited@example.com');
      const row = await write(owner, 'team.resend', { id });
      expectEqual([row.id, row.status], [id, 'pending'], 'the row');
      const second = await newestToken(world, 'invited@example.com');
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
      const { id } = await inviteOne(owner, 'invited@example.com');
      const token = await newestToken(world, 'invited@example.com');
      await write(owner, 'team.revoke', { id });
      expectEqual(await rowFor(owner, 'invited@example.com'), undefined, 'the row in the list');
      await expectRefusal((await world.as('signedOut')).call('invitation.get', { token }), 'not-found');
      await write(owner, 'team.revoke', { id });
    },
  },
  {
    area: 'team',
    name: 'invitations of another organisation are not found',
    needs: ['team.list', 'team.resend', 'team.revoke'],
    run: async (world) => {
      const theirs = (await everyRow(await world.as('outsider'))).find((row) => row.type === 'invitation');
      expect(theirs !== undefined, 'the world of the outsider has an invitation');
      const owner = await world.as('owner');
      await expectRefusal(write(owner, 'team.resend', { id: theirs.id }), 'not-found');
      await expectRefusal(write(owner, 'team.revoke', { id: theirs.id }), 'not-found');
      expect((await everyRow(await world.as('outsider'))).some((row) => row.id === theirs.id), 'their invitation is gone');
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
      await inviteOne(owner, 'invited@example.com');
      const token = await newestToken(world, 'invited@example.com');
      const shown = await (await world.as('signedOut')).call('invitation.get', { token });
      const { name } = await owner.call('company.get', undefined);
      expectEqual([shown.organisationName, shown.email, shown.role, shown.status], [name, 'invited@example.com', 'member', 'pending'], 'the invitation');
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
      await inviteOne(owner, 'invited@example.com');
      const token = await newestToken(world, 'invited@example.com');
      await expectRefusal(write(await world.as('outsider'), 'invitation.accept', { token }), 'forbidden');
      await expectRefusal(write(await world.as('signedOut'), 'invitation.accept', { token }), 'unauthenticated');
      expectEqual((await rowFor(owner, 'invited@example.com'))?.status, 'pending', 'the status after refusals');
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
];
