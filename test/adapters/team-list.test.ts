import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryBackend, demoWorld, emptyTeamWorld, largeTeamWorld, longNamesWorld, rightToLeftWorld } from '../../src/adapters/memory/index.js';
import type { SettingsAdapter, TeamQuery, TeamRow } from '../../src/contract/index.js';
import { backendAt, refusal, write } from './support.js';

async function everyRow(adapter: SettingsAdapter, query: TeamQuery = {}, between?: (page: number) => Promise<void>): Promise<TeamRow[]> {
  const rows: TeamRow[] = [];
  let cursor: string | null = null;
  for (let page = 1; ; page++) {
    const answer: { items: TeamRow[]; nextCursor: string | null } = await adapter.call('team.list', { ...query, ...(cursor === null ? {} : { cursor }) });
    rows.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) return rows;
    await between?.(page);
  }
}

describe('the team of the demo world', () => {
  it('is the one in the picture', async () => {
    const page = await backendAt().backend.connect().adapter.call('team.list', {});
    assert.equal(page.total, 24);
    assert.deepEqual(
      page.items.map((row) => [row.name ?? row.email, row.role, row.status]),
      [
        ['Ada Lovelace', 'owner', 'accepted'],
        ['Charles Babbage', 'admin', 'accepted'],
        ['Mary Somerville', 'member', 'accepted'],
        ['luigi.menabrea@example.com', 'member', 'pending'],
        ['Augustus De Morgan', 'member', 'accepted'],
        ['george.peacock@example.com', 'member', 'expired'],
        ['John Herschel', 'admin', 'accepted'],
        ['Sophia Frend', 'member', 'accepted'],
      ],
    );
  });

  it('is found without accents, in any case, by name and address together', async () => {
    const { adapter } = backendAt().backend.connect();
    const found = async (search: string): Promise<string[]> => (await adapter.call('team.list', { search })).items.map(({ email }) => email);
    assert.deepEqual(await found('EMILIE chatelet'), ['emilie@example.com']);
    assert.deepEqual(await found('чебышев'), ['chebyshev@example.com']);
    assert.deepEqual(await found('boole mary'), ['mary.everest@example.com']);
    assert.deepEqual(await found('wheatstone@'), ['wheatstone@example.com']);
    assert.deepEqual(await found('.*'), []);
  });

  it('sorts by every column, both ways', async () => {
    const { adapter } = backendAt().backend.connect();
    const column = async (sort: NonNullable<TeamQuery['sort']>, value: (row: TeamRow) => string): Promise<string[]> => (await everyRow(adapter, { sort })).map(value);
    const names = await column('name', (row) => row.name ?? row.email);
    const collator = new Intl.Collator('en');
    assert.deepEqual(names, [...names].sort((left, right) => collator.compare(left, right)));
    assert.deepEqual(await column('-name', (row) => row.name ?? row.email), [...names].reverse());
    assert.deepEqual([...new Set(await column('role', (row) => row.role))], ['owner', 'admin', 'member']);
    assert.deepEqual([...new Set(await column('-role', (row) => row.role))], ['member', 'admin', 'owner']);
    assert.deepEqual([...new Set(await column('status', (row) => row.status))], ['accepted', 'pending', 'expired']);
    const dates = await column('-date', (row) => row.joinedAt ?? row.invitedAt ?? '');
    assert.deepEqual(dates, [...dates].sort().reverse());
  });

  it('hides from members who lacks a second factor', async () => {
    const rows = async (email: string): Promise<TeamRow[]> => (await backendAt().backend.connect(email).adapter.call('team.list', {})).items;
    assert.ok((await rows('mary@example.com')).every((row) => row.mfaEnabled === null && !row.can.resend && !row.can.revoke));
    assert.ok((await rows('charles@example.com')).some((row) => row.mfaEnabled === false));
  });
});

describe('pages', () => {
  it('refuse cursors of other orders, and nonsense', async () => {
    const { adapter } = backendAt().backend.connect();
    const { nextCursor } = await adapter.call('team.list', { sort: 'name' });
    assert.ok(nextCursor);
    for (const cursor of ['nonsense', '{}', '[]', '["team entered",null]', '["team entered",{"a":1}]', nextCursor]) {
      assert.deepEqual((await refusal(adapter.call('team.list', { cursor }), 'invalid')).fields, { cursor: 'invalid' });
    }
  });

  it('leave no gap and no double whatever joins, changes and goes meanwhile', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    for (const sort of ['name', '-name', 'date', '-date', undefined] as const) {
      const before = await everyRow(adapter, { limit: 100, ...(sort ? { sort } : {}) });
      const gone: string[] = [];
      const seen = await everyRow(adapter, { limit: 5, ...(sort ? { sort } : {}) }, async (page) => {
        const invitations = [`aaa${page}`, `mmm${page}`, `zzz${page}`].map((local) => ({ email: `${local}-${sort ?? 'entered'}@example.net`, role: 'member' }));
        await write(adapter, 'team.invite', { invitations });
        const victim = (await adapter.call('team.list', { search: `${sort ?? 'entered'}@example.net` })).items[0];
        if (victim) {
          gone.push(victim.id);
          await write(adapter, 'team.revoke', { id: victim.id });
        }
      });
      const ids = seen.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, 'no double');
      assert.deepEqual(before.filter(({ id }) => !ids.includes(id) && !gone.includes(id)), [], 'no gap');
    }
  });

  it('of rows that tie are complete', async () => {
    const world = demoWorld();
    for (const person of world.people) person.name = 'Same Name';
    for (const member of world.organisations[0]?.members ?? []) member.joinedAgo = 1000;
    const { adapter } = createMemoryBackend({ world }).connect();
    for (const sort of ['name', '-name', 'date', 'role', '-status'] as const) {
      assert.equal(new Set((await everyRow(adapter, { sort, limit: 1 })).map(({ id }) => id)).size, 24, sort);
    }
  });
});

describe('10,000 people', () => {
  const { adapter } = createMemoryBackend({ world: largeTeamWorld() }).connect();

  it('are all there, page by page, once each', async () => {
    const rows = await everyRow(adapter, { limit: 100, sort: 'name' });
    assert.equal(rows.length, 10_000);
    assert.equal(new Set(rows.map(({ id }) => id)).size, 10_000);
    assert.equal(new Set(rows.map(({ email }) => email)).size, 10_000);
  });

  it('are counted, searched and filtered', async () => {
    assert.equal((await adapter.call('team.list', {})).total, 10_000);
    assert.deepEqual((await adapter.call('team.list', { search: 'member00042@' })).items.map(({ email }) => email), ['member00042@example.com']);
    const declined = await adapter.call('team.list', { status: ['declined'], limit: 5 });
    assert.ok(declined.items.length === 5 && declined.items.every(({ status }) => status === 'declined'));
  });
});

describe('the other worlds', () => {
  it('are what they are called', async () => {
    const list = async (world: ReturnType<typeof demoWorld>): Promise<TeamRow[]> => (await createMemoryBackend({ world }).connect().adapter.call('team.list', { limit: 100 })).items;
    assert.deepEqual((await list(emptyTeamWorld())).map(({ name }) => name), ['Ada Lovelace']);
    assert.ok((await list(longNamesWorld())).some(({ name }) => (name ?? '').length > 110));
    assert.ok((await list(rightToLeftWorld())).filter(({ name }) => /\p{Script=Hebrew}|\p{Script=Arabic}/u.test(name ?? '')).length > 15);
    assert.equal((await list(largeTeamWorld(100))).length, 100);
  });

  it('keep to the limits of the contract', async () => {
    for (const world of [demoWorld(), longNamesWorld(), rightToLeftWorld()]) {
      const { adapter } = createMemoryBackend({ world }).connect();
      const { version, ...company } = await adapter.call('company.get', undefined);
      // What the backend shows can be saved back.
      await write(adapter, 'company.update', { name: company.name, country: company.country }, { ifMatch: version });
      const { user } = await adapter.call('auth.context', undefined);
      await write(adapter, 'profile.update', { name: user.name }, { ifMatch: user.version });
      for (const { email } of await everyRow(adapter)) assert.ok(email.length <= 254, email);
    }
  });
});
