import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { demoWorld } from '../../src/adapters/memory/index.js';
import { seed } from '../../src/adapters/memory/seed.js';
import { Database } from '../../src/adapters/memory/database.js';
import { backendAt, refusal, tokenFor, write } from './support.js';

const LUIGI = 'luigi.menabrea@example.com';
const account = { name: 'Luigi Menabrea', email: LUIGI, password: 'notes upon the memoir 1842' };

describe('signing up', () => {
  it('takes who has opened the link of an invitation, and lets them join', async () => {
    const { backend } = backendAt();
    await backend.ready;
    const visitor = backend.connect(null);
    const token = tokenFor(backend, LUIGI);
    const invitation = await visitor.adapter.call('invitation.get', { token });
    assert.deepEqual([invitation.organisationName, invitation.invitedBy, invitation.status], ['Analytical Engines Ltd', 'Ada Lovelace', 'pending']);
    await visitor.signUp({ ...account, email: ' Luigi.Menabrea@Example.com' });
    const alone = await visitor.adapter.call('auth.context', undefined);
    assert.deepEqual([alone.organisation, alone.organisations, alone.user.emailVerified], [null, [], true]);
    assert.ok(!alone.operations.includes('team.list') && alone.operations.includes('profile.update'));
    await refusal(visitor.adapter.call('company.get', undefined), 'forbidden');
    const joined = await write(visitor.adapter, 'invitation.accept', { token });
    assert.equal(joined.organisation?.name, 'Analytical Engines Ltd');
    assert.equal(joined.organisation.role, 'member');
    const [row] = (await backend.connect().adapter.call('team.list', { search: 'menabrea' })).items;
    assert.deepEqual([row?.name, row?.status, row?.type, row?.invitedBy], ['Luigi Menabrea', 'accepted', 'member', 'Ada Lovelace']);
    await refusal(write(backend.connect().adapter, 'team.revoke', { id: row?.id ?? '' }), 'conflict');
    await backend.connect(null).signIn({ email: LUIGI, password: account.password });
  });

  it('refuses every address alike without an opened link', async () => {
    const { backend } = backendAt();
    const errors = await Promise.all([LUIGI, 'nobody@example.com', 'ada@example.com'].map((email) => refusal(backend.connect(null).signUp({ ...account, email }), 'forbidden')));
    assert.equal(new Set(errors.map(({ message }) => message)).size, 1);
  });

  it('refuses another address, bad passwords, bad names, and a link that is dead by now', async () => {
    const { backend, clock } = backendAt();
    await backend.ready;
    const visitor = backend.connect(null);
    await visitor.adapter.call('invitation.get', { token: tokenFor(backend, LUIGI) });
    assert.deepEqual((await refusal(visitor.signUp({ ...account, email: 'other@example.com' }), 'invalid')).fields, { email: 'mismatch' });
    assert.deepEqual((await refusal(visitor.signUp({ ...account, password: 'too short' }), 'invalid')).fields, { password: 'too-short' });
    assert.deepEqual((await refusal(visitor.signUp({ ...account, password: 'Luigi-Menabrea-1842' }), 'invalid')).fields, { password: 'common' });
    assert.deepEqual((await refusal(visitor.signUp({ ...account, name: ' ', email: 'nonsense' }), 'invalid')).fields, { name: 'required', email: 'invalid' });
    clock.advance(7 * 86_400);
    await refusal(visitor.signUp(account), 'forbidden');
  });

  it('sends those who have an account to sign in', async () => {
    const { backend } = backendAt();
    await write(backend.connect('georg@example.org').adapter, 'team.invite', { invitations: [{ email: 'mary@example.com', role: 'admin' }] });
    const visitor = backend.connect(null);
    await visitor.adapter.call('invitation.get', { token: tokenFor(backend, 'mary@example.com') });
    await refusal(visitor.signUp({ ...account, email: 'mary@example.com' }), 'conflict');
  });
});

describe('an invitation', () => {
  it('lies nowhere in the state with its token', async () => {
    const links = { invitation: (token: string) => token, emailChange: (token: string) => token };
    const database = new Database((transaction) => seed(transaction, demoWorld(), Date.UTC(2026, 0), links), { changed: () => undefined });
    await database.ready;
    const tokens = database.rows('mails').map(({ link }) => link ?? '');
    assert.ok(tokens.length > 0);
    for (const token of tokens) {
      assert.match(token, /^[0-9A-Za-z]{22,}$/);
      assert.ok(!JSON.stringify(database.rows('invitations')).includes(token));
    }
  });

  it('is written the way the host wants it', async () => {
    const { backend } = backendAt({ links: { invitation: (token) => `https://app.example/join#${token}` } });
    await backend.ready;
    assert.match(backend.outbox.mails[0]?.link ?? '', /^https:\/\/app\.example\/join#\w+$/);
  });

  it('admits once, however many come at once', async () => {
    const { backend } = backendAt();
    const owner = backend.connect().adapter;
    await write(owner, 'team.invite', { invitations: [{ email: 'georg@example.org', role: 'member' }] });
    const token = tokenFor(backend, 'georg@example.org');
    const accepts = Array.from({ length: 20 }, () => write(backend.connect('georg@example.org').adapter, 'invitation.accept', { token }));
    assert.equal((await Promise.allSettled(accepts)).filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await owner.call('team.list', { search: 'georg@example.org' })).total, 1);
  });

  it('makes nobody an owner', async () => {
    const { results } = await write(backendAt().backend.connect().adapter, 'team.invite', { invitations: [{ email: 'friend@example.com', role: 'owner' }] });
    assert.equal(results[0]?.outcome, 'invalid');
  });

  it('is sent anew in its old place when it had expired, with the role given now', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    const before = (await adapter.call('team.list', { limit: 100 })).items;
    const { results } = await write(adapter, 'team.invite', { invitations: [{ email: 'George.Peacock@example.com', role: 'admin' }] });
    assert.equal(results[0]?.outcome, 'sent');
    const after = (await adapter.call('team.list', { limit: 100 })).items;
    assert.deepEqual(after.map(({ id }) => id), before.map(({ id }) => id));
    assert.deepEqual([results[0].row?.status, results[0].row?.role], ['pending', 'admin']);
  });

  it('that was revoked leaves the address free to be invited again', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    const [row] = (await adapter.call('team.list', { search: 'menabrea' })).items;
    await write(adapter, 'team.revoke', { id: row?.id ?? '' });
    const { results } = await write(adapter, 'team.invite', { invitations: [{ email: LUIGI, role: 'member' }] });
    assert.equal(results[0]?.outcome, 'sent');
    assert.notEqual(results[0].row?.id, row?.id);
    await refusal(write(adapter, 'team.resend', { id: row?.id ?? '' }), 'not-found');
  });

  it('reaches 500 addresses in one call', async () => {
    const { backend } = backendAt();
    const invitations = Array.from({ length: 500 }, (_, index) => ({ email: `n${index}@example.net`, role: 'member' }));
    const { results } = await write(backend.connect().adapter, 'team.invite', { invitations });
    assert.ok(results.every(({ outcome }) => outcome === 'sent'));
    assert.equal(backend.outbox.mails.filter(({ to }) => to.endsWith('@example.net')).length, 500);
  });
});
