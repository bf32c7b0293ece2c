import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sha256 } from '@userflux/settings/rules';
import { sql } from 'kysely';
import { assertProblem, call, codeOfReply, countRows, field, onBoth, SECRETS, codeOf, tally, type Reply } from './support.js';

const ADA = 'ada@example.com';

onBoth('writes', (lab) => {
  it('a versioned write without a version is 428, with an old one 412 and the value as it is now, and one of two at once wins', async () => {
    const ada = await lab().proven(ADA);
    for (const [operation, input] of [['company.update', { name: 'X' }], ['profile.update', { name: 'X' }], ['apiKeys.update', { id: 'org-analytical.key-1', addresses: [] }]] as const) {
      for (const ifMatch of [null, '', 'x', '"a", "b"', 'W/', '"']) assertProblem(await call(lab().server, ada, operation, input, { ifMatch }), 428, 'version-missing');
      const stale = await call(lab().server, ada, operation, input, { ifMatch: '"old"' });
      assertProblem(stale, 412, 'stale');
      assert.ok((field(stale, 'current') as { version: string }).version.length > 10);
    }
    const now = await call(lab().server, ada, 'company.get');
    const ifMatch = now.headers.etag ?? '';
    assert.equal(ifMatch, `"${String(field(now, 'version'))}"`);
    const names = Array.from({ length: 20 }, (_, index) => `Engines ${String(index)}`);
    const replies = await Promise.all(names.map((name, index) => call(lab().servers[index % 2 === 0 ? 0 : 1], ada, 'company.update', { name }, { ifMatch })));
    assert.deepEqual(tally(replies, codeOfReply), { 200: 1, '412 stale': 19 });
    const winner = field(replies.find(({ status }) => status === 200) ?? { body: {} }, 'name');
    assert.equal(field(await call(lab().servers[1], ada, 'company.get'), 'name'), winner);
    for (const reply of replies.filter(({ status }) => status === 412)) assert.equal((field(reply, 'current') as { name: string }).name, winner);
  });

  it('of 50 repeats of one key at once in two processes one has an effect, and all have its answer', async () => {
    const ada = await lab().as(ADA);
    const [invitations, mails] = [await countRows(lab(), 'invitation'), await countRows(lab(), 'settingsMail')];
    const send = (key: string, email = 'once@example.net'): Promise<Reply>[] => Array.from({ length: 50 }, (_, index) => call(lab().servers[index % 2 === 0 ? 0 : 1], ada, 'team.invite', { invitations: [{ email, role: 'member' }] }, { key }));
    const replies = await Promise.all(send('one-key'));
    assert.deepEqual(tally(replies, codeOfReply), { 200: 50 });
    assert.equal(new Set(replies.map(({ text }) => text)).size, 1);
    assert.equal((field(replies[0] ?? { body: {} }, 'results') as { outcome: string }[])[0]?.outcome, 'sent');
    assert.equal(await countRows(lab(), 'invitation'), invitations + 1);
    assert.equal(await countRows(lab(), 'settingsMail'), mails + 1);
    // The key with another body, or for another operation, is refused; for another person it is another key.
    assertProblem(await call(lab().server, ada, 'team.invite', { invitations: [{ email: 'other@example.net', role: 'member' }] }, { key: 'one-key' }), 422, 'idempotency-key-reused');
    assertProblem(await call(lab().server, ada, 'company.update', { name: 'Evil' }, { key: 'one-key' }), 422, 'idempotency-key-reused');
    const charles = await lab().as('charles@example.com');
    assert.equal((field(await call(lab().server, charles, 'team.invite', { invitations: [{ email: 'once@example.net', role: 'member' }] }, { key: 'one-key' }), 'results') as { outcome: string }[])[0]?.outcome, 'already-invited');
    assert.equal(await countRows(lab(), 'invitation'), invitations + 1);
  });

  it('of four confirmations of one enrolment under one key at once one turns MFA on, and nobody hears that it is over', async () => {
    const mary = await lab().as('mary@example.com');
    const { servers } = lab();
    const begun = await call(servers[0], mary, 'mfa.begin');
    assert.equal(begun.status, 201, begun.text);
    const input = { enrolmentId: String(field(begun, 'enrolmentId')), code: codeOf(String(field(begun, 'secret')), lab().clock()) };
    const mails = await countRows(lab(), 'settingsMail');
    const replies = await Promise.all(Array.from({ length: 4 }, (_, index) => call(servers[index % 2 === 0 ? 0 : 1], mary, 'mfa.confirm', input, { key: 'confirm' })));
    assert.deepEqual(tally(replies, codeOfReply), { 200: 4 });
    assert.equal(replies.filter((reply) => field(reply, 'recoveryCodes') !== null).length, 1, 'the codes are shown once');
    assert.equal(await countRows(lab(), 'settingsMail'), mails + 1);
  });

  it('a key is kept for 24 hours', async () => {
    const ada = await lab().as(ADA);
    const rename = (name: string, key: string): Promise<Reply> => call(lab().server, ada, 'company.update', { name }, { key });
    assert.equal((await rename('First Ltd', 'a-day')).status, 200);
    assert.equal((await rename('Second Ltd', 'other')).status, 200);
    lab().clock.advance(24 * 3600);
    assert.equal(field(await rename('First Ltd', 'a-day'), 'name'), 'First Ltd');
    assert.equal(field(await call(lab().server, ada, 'company.get'), 'name'), 'Second Ltd', 'a repeat has no effect');
    lab().clock.advance(1);
    assert.equal(field(await rename('First Ltd', 'a-day'), 'name'), 'First Ltd');
    assert.equal(field(await call(lab().server, ada, 'company.get'), 'name'), 'First Ltd', 'the key is forgotten, and is a new one');
  });

  it('a write that is refused or fails leaves neither a row of its key nor any part of its effect; the key may be used again', async () => {
    const ada = await lab().as(ADA);
    const { db } = lab().place.store;
    const counts = async (): Promise<number[]> => [await countRows(lab(), 'settingsWrite'), await countRows(lab(), 'invitation'), await countRows(lab(), 'settingsMail')];
    const before = await counts();
    for (const [operation, input, ifMatch] of [
      ['company.update', { name: 'X', country: 'XX' }, '*'],
      ['company.update', { name: 'X' }, '"old"'],
      ['team.resend', { id: 'nothing' }, '*'],
      ['auth.stepUp', { method: 'totp', code: '000000' }, '*'],
      ['mfa.begin', {}, '*'],
      ['team.revoke', { id: 'org-difference.invitation-1' }, '*'],
      ['apiKeys.reveal', {}, '*'],
    ] as const)
      assert.ok((await call(lab().server, ada, operation, input, { key: 'refused', ifMatch })).status >= 400, operation);
    assert.deepEqual(await counts(), before);
    // The last thing that the transaction writes fails: nothing of it stands.
    if (lab().kind === 'sqlite') await sql`create trigger "noMail" before insert on "settingsMail" begin select raise(abort, 'no mail today'); end`.execute(db);
    else {
      await sql`create function no_mail() returns trigger language plpgsql as $$ begin raise exception 'no mail today'; end $$`.execute(db);
      await sql`create trigger no_mail before insert on "settingsMail" for each row execute function no_mail()`.execute(db);
    }
    const invite = (): Promise<Reply> => call(lab().server, ada, 'team.invite', { invitations: [{ email: 'failed@example.net', role: 'member' }] }, { key: 'failed' });
    assertProblem(await invite(), 500, 'unexpected');
    assert.deepEqual(await counts(), before);
    await (lab().kind === 'sqlite' ? sql`drop trigger "noMail"`.execute(db) : sql`drop function no_mail() cascade`.execute(db));
    assert.equal((field(await invite(), 'results') as { outcome: string }[])[0]?.outcome, 'sent');
    assert.deepEqual(await counts(), before.map((count) => count + 1));
  });

  it('a repeat shows secrets again without keeping them, and only to who has the proof still', async () => {
    const ada = await lab().proven(ADA);
    const reveal = (): Promise<Reply> => call(lab().server, ada, 'apiKeys.reveal', { ids: ['org-analytical.key-1'] }, { key: 'reveal' });
    const first = await reveal();
    assert.deepEqual((await reveal()).body, first.body);
    const kept = await lab().place.store.db.selectFrom('settingsWrite').selectAll().execute();
    assert.doesNotMatch(JSON.stringify(kept), /uf_(int|dat|prd)_/);
    lab().clock.advance(601);
    assertProblem(await reveal(), 401, 'step-up-required');
    assert.equal((await call(lab().server, ada, 'auth.stepUp', { method: 'totp', code: codeOf(SECRETS.owner ?? '', lab().clock()) })).status, 200);
    assert.deepEqual((await reveal()).body, first.body);
  });

  it('a second request while the first one is under way is told so, and to come again', async (context) => {
    if (lab().kind === 'sqlite') {
      context.skip('SQLite writes one after another: the second waits, as the 50 at once have shown');
      return;
    }
    const ada = await lab().as(ADA);
    const id = await sha256(JSON.stringify([await lab().userId(ADA), 'held']));
    const { db } = lab().place.store;
    const rename = (): Promise<Reply> => call(lab().servers[1], ada, 'company.update', { name: 'Held Ltd' }, { key: 'held' });
    await db
      .transaction()
      .execute(async (held) => {
        await held.insertInto('settingsWrite').values({ id, fingerprint: 'x', answer: null, reference: null, at: lab().clock() }).execute();
        const reply = await rename();
        assertProblem(reply, 409, 'idempotency-in-flight');
        assert.equal(reply.headers['retry-after'], '1');
        throw new Error('never committed');
      })
      .catch((error: unknown) => {
        if (!(error instanceof Error && error.message === 'never committed')) throw error;
      });
    assert.equal((await rename()).status, 200);
  });
});
