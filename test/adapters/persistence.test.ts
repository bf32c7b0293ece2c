import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeBackend } from '../../src/adapters/memory/backend.js';
import type { Change, DurableStore } from '../../src/adapters/memory/database.js';
import { ADA_PASSWORD, ADA_TOTP_SECRET, mfaOnWorld, passkeysWorld } from '../../src/adapters/memory/index.js';
import { codeOf, refusal, testClock, tokenFor, write } from './support.js';

/** What IndexedDB does, in a Map: rows as structured clones, compare-and-set of the revision. */
class FakeDisk implements DurableStore {
  revision: string | null = null;
  rows = new Map<string, { table: string; id: string; row: unknown }>();
  writes = 0;

  read(known: string | null): ReturnType<DurableStore['read']> {
    if (this.revision === null) return Promise.resolve(null);
    return Promise.resolve(this.revision === known ? undefined : { revision: this.revision, rows: structuredClone([...this.rows.values()]) });
  }

  write(expected: string | null, revision: string, changes: readonly Change[]): Promise<boolean> {
    if (this.revision !== expected) return Promise.resolve(false);
    this.writes++;
    this.#put(revision, changes);
    return Promise.resolve(true);
  }

  replace(revision: string, changes: readonly Change[]): Promise<void> {
    this.rows.clear();
    this.#put(revision, changes);
    return Promise.resolve();
  }

  #put(revision: string, changes: readonly Change[]): void {
    this.revision = revision;
    for (const { table, id, row } of changes) {
      if (row) this.rows.set(`${table}/${id}`, structuredClone({ table, id, row }));
      else this.rows.delete(`${table}/${id}`);
    }
  }
}

describe('a state that outlives the page', () => {
  it('is there after a reload, down to used codes and sent mail', async () => {
    const disk = new FakeDisk();
    const clock = testClock();
    const before = makeBackend({ world: mfaOnWorld(), clock }, disk);
    const first = before.connect().adapter;
    const code = codeOf(ADA_TOTP_SECRET, clock());
    await write(first, 'auth.stepUp', { method: 'totp', code });
    await write(first, 'company.update', { name: 'Kept Engines' });
    await write(first, 'team.invite', { invitations: [{ email: 'kept@example.com', role: 'member' }] });

    const after = makeBackend({ world: mfaOnWorld(), clock }, disk);
    const second = after.connect().adapter;
    assert.equal((await second.call('company.get', undefined)).name, 'Kept Engines');
    assert.equal((await second.call('team.list', { search: 'kept@' })).total, 1);
    await refusal(write(second, 'auth.stepUp', { method: 'totp', code }), 'wrong-credential');
    assert.equal((await second.call('invitation.get', { token: tokenFor(after, 'kept@example.com') })).email, 'kept@example.com');
    assert.deepEqual(after.outbox.mails, before.outbox.mails);
  });

  it('holds no passkey, challenge or session of a deleted account, and those of others', async () => {
    const disk = new FakeDisk();
    const world = passkeysWorld();
    const [ada, mary] = ['ada@example.com', 'mary@example.com'].map((email) => world.people.find((person) => person.email === email));
    assert.ok(ada?.passkeys && mary);
    mary.passkeys = ada.passkeys.slice(0, 1);
    for (const { members } of world.organisations) for (const member of members) if (member.email === 'charles@example.com') member.role = 'owner';
    const clock = testClock();
    const backend = makeBackend({ world, clock }, disk);
    const [leaving, other, staying] = [backend.connect().adapter, backend.connect().adapter, backend.connect('mary@example.com').adapter];
    await write(leaving, 'auth.stepUp', { method: 'totp', code: codeOf(ADA_TOTP_SECRET, clock()) });
    await write(leaving, 'passkeys.begin', undefined);
    for (const adapter of [leaving, other, staying]) await write(adapter, 'auth.passkeyOptions', undefined);
    const count = (table: string): number => [...disk.rows.values()].filter((row) => row.table === table).length;
    const counts = (): number[] => ['passkeys', 'challenges', 'sessions'].map(count);
    // Ada has two more sessions elsewhere.
    assert.deepEqual(counts(), [4, 4, 5]);
    await write(leaving, 'account.delete', { confirmation: 'ada@example.com' });
    assert.deepEqual(counts(), [1, 1, 1]);
    assert.equal((await staying.call('passkeys.list', undefined)).passkeys.length, 1);
  });

  it('stores the rows that changed, and nothing for a read', async () => {
    const disk = new FakeDisk();
    const { adapter } = makeBackend({}, disk).connect();
    await adapter.call('auth.context', undefined);
    const { writes } = disk;
    await adapter.call('team.list', {});
    await adapter.call('company.get', undefined);
    assert.equal(disk.writes, writes);
    await write(adapter, 'company.update', { name: 'Renamed' });
    assert.equal(disk.writes, writes + 1);
  });

  it('holds no password in clear', async () => {
    const disk = new FakeDisk();
    const { adapter } = makeBackend({}, disk).connect();
    await write(adapter, 'password.change', { currentPassword: ADA_PASSWORD, newPassword: 'seventeen violet umbrellas', signOutOthers: true });
    const everything = JSON.stringify([...disk.rows.values()]);
    assert.ok(!everything.includes(ADA_PASSWORD) && !everything.includes('umbrellas'));
  });

  it('is shared by tabs: each reads what the other wrote, at once', async () => {
    const disk = new FakeDisk();
    const [one, other] = [makeBackend({}, disk).connect().adapter, makeBackend({}, disk).connect().adapter];
    const { version } = await other.call('company.get', undefined);
    await write(one, 'company.update', { name: 'By One' }, { ifMatch: version });
    assert.equal((await other.call('company.get', undefined)).name, 'By One');
    await refusal(write(other, 'company.update', { name: 'By Other' }, { ifMatch: version }), 'stale');
  });

  it('lets one of two tabs win that write at once', async () => {
    const disk = new FakeDisk();
    const clock = testClock();
    const tabs = [makeBackend({ world: mfaOnWorld(), clock }, disk).connect().adapter, makeBackend({ world: mfaOnWorld(), clock }, disk).connect().adapter];
    const code = codeOf(ADA_TOTP_SECRET, clock());
    const [first] = tabs;
    assert.ok(first);
    const { version } = await first.call('company.get', undefined);
    const proofs = await Promise.allSettled(tabs.map((tab) => write(tab, 'auth.stepUp', { method: 'totp', code })));
    assert.equal(proofs.filter(({ status }) => status === 'fulfilled').length, 1);
    const saves = await Promise.allSettled(tabs.map((tab, index) => write(tab, 'company.update', { name: `Tab ${index}` }, { ifMatch: version })));
    assert.equal(saves.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('is dropped by a reset, which ends every session', async () => {
    const disk = new FakeDisk();
    const backend = makeBackend({}, disk);
    const { adapter } = backend.connect();
    await write(adapter, 'company.update', { name: 'Gone Soon' });
    await backend.reset();
    await refusal(adapter.call('company.get', undefined), 'unauthenticated');
    assert.equal((await backend.connect().adapter.call('company.get', undefined)).name, 'Analytical Engines Ltd');
    assert.equal((await makeBackend({}, disk).connect().adapter.call('company.get', undefined)).name, 'Analytical Engines Ltd');
  });

  it('of another format makes way for a new one', async () => {
    const disk = new FakeDisk();
    await write(makeBackend({}, disk).connect().adapter, 'company.update', { name: 'Old Format' });
    for (const entry of disk.rows.values()) if (entry.table === 'organisations') entry.row = { id: entry.id, title: 'Old Format' };
    assert.equal((await makeBackend({}, disk).connect().adapter.call('company.get', undefined)).name, 'Analytical Engines Ltd');
  });

  it('that is denied lives in the page instead', async () => {
    const denied: DurableStore = {
      read: () => Promise.reject(new DOMException('Denied', 'SecurityError')),
      write: () => assert.fail('nothing can be written'),
      replace: () => assert.fail('nothing can be written'),
    };
    const { adapter } = makeBackend({}, denied).connect();
    await write(adapter, 'company.update', { name: 'In The Page' });
    assert.equal((await adapter.call('company.get', undefined)).name, 'In The Page');
  });
});
