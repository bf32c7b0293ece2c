import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assertProblem, call, countRows, field, onBoth, tally, type Lab, type Reply } from './support.js';

const ADA = 'ada@example.com';

async function invite(lab: Lab, ...emails: readonly string[]): Promise<Reply> {
  return call(lab.server, await lab.as(ADA), 'team.invite', { invitations: emails.map((email) => ({ email, role: 'member' })) });
}

const outcomes = (reply: Reply): string[] => (field(reply, 'results') as { outcome: string }[]).map(({ outcome }) => outcome);

onBoth('inviting many', (lab) => {
  it('500 go in one call: a result for each, a mail for each, all of it or nothing', async () => {
    const before = { mails: await countRows(lab(), 'settingsMail'), rows: await countRows(lab(), 'invitation') };
    const emails = Array.from({ length: 500 }, (_, index) => `person${String(index)}@example.net`);
    // One address twice and one's own: named for what they are, and no mail.
    const reply = await invite(lab(), ...emails.slice(0, 498), 'Person0@Example.net', ADA);
    assert.equal(reply.status, 200, reply.text.slice(0, 400));
    assert.deepEqual(tally(outcomes(reply), (outcome) => outcome), { sent: 498, 'already-invited': 1, 'already-member': 1 });
    assert.equal((await countRows(lab(), 'invitation')) - before.rows, 498);
    assert.equal((await countRows(lab(), 'settingsMail')) - before.mails, 498);
    assertProblem(await invite(lab(), ...emails, 'one.too.many@example.net'), 422, 'invalid');
  });

  it('nobody is invited, and nobody moves, to an address that Better Auth would not sign in', async () => {
    const refused = ['jürgen@example.net', 'ada@bücher.example', '用户@例子.广告', 'a!b@example.net', 'two..dots@example.net'];
    const reply = await invite(lab(), ...refused, 'plain+tag@example.net');
    assert.deepEqual(outcomes(reply), [...refused.map(() => 'invalid'), 'sent']);
    const ada = await lab().proven(ADA);
    for (const email of refused) {
      const { auth } = lab().server;
      await assert.rejects(auth.api.signInEmail({ body: { email, password: 'whatever it may be' } }), /Invalid email/i, email);
      const changed = await call(lab().server, ada, 'email.change', { email });
      assertProblem(changed, 422, 'invalid');
      assert.deepEqual(field(changed, 'fields'), { email: 'invalid' });
    }
    assert.equal((await call(lab().server, ada, 'email.change', { email: 'ada.lovelace@example.net' })).status, 200);
  });

  it('an organisation that has sent as many as a day allows waits until the first of them is a day old', async () => {
    lab().clock.advance(25 * 3600);
    await invite(lab(), 'first@example.net');
    lab().clock.advance(3600);
    const usual = lab().place.invitationsPerDay;
    Object.assign(lab().place, { invitationsPerDay: 2 });
    try {
      const mails = await countRows(lab(), 'settingsMail');
      const refused = await invite(lab(), 'second@example.net', 'third@example.net');
      assertProblem(refused, 429, 'rate-limited');
      assert.equal(refused.headers['retry-after'], String(23 * 3600));
      assert.equal(await countRows(lab(), 'settingsMail'), mails, 'none of them went out');
      assert.deepEqual(outcomes(await invite(lab(), 'second@example.net')), ['sent']);
      lab().clock.advance(23 * 3600 + 1);
      assert.deepEqual(outcomes(await invite(lab(), 'third@example.net')), ['sent']);
    } finally {
      Object.assign(lab().place, { invitationsPerDay: usual });
    }
  });
});
