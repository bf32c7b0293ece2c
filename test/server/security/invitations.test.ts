import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assertProblem, call, codeOfReply, everythingAtRest, field, onBoth, signedOut, tally, tokenFor, type Lab, type Reply } from './support.js';

const ADA = 'ada@example.com';

/** Somebody with an account who is in no organisation, and so can be invited. */
async function invitee(lab: Lab, email: string): Promise<{ cookie: string; sessionId: string | null }> {
  const { store } = lab.place;
  const id = `invitee-${email}`;
  const at = store.date(Date.now());
  const known = await store.db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst();
  if (!known) await store.db.insertInto('user').values({ id, name: email, email, emailVerified: store.boolean(true), image: null, createdAt: at, updatedAt: at, twoFactorEnabled: store.boolean(false), searchKey: email }).execute();
  return lab.as(email);
}

async function invite(lab: Lab, email: string, role = 'member'): Promise<{ id: string; token: string }> {
  const reply = await call(lab.server, await lab.as(ADA), 'team.invite', { invitations: [{ email, role }] });
  const [result] = field(reply, 'results') as { outcome: string; row: { id: string } }[];
  assert.equal(result?.outcome, 'sent');
  return { id: result.row.id, token: await tokenFor(lab, email) };
}

const membersWith = async ({ place: { store } }: Lab, email: string): Promise<{ role: string }[]> =>
  store.db.selectFrom('member').innerJoin('user', 'user.id', 'member.userId').select('member.role').where('user.email', '=', email).execute();

onBoth('invitations', (lab) => {
  const accept = (visitor: { cookie: string }, token: string, which: 0 | 1 = 0): Promise<Reply> => call(lab().servers[which], visitor, 'invitation.accept', { token });
  const look = (token: string): Promise<Reply> => call(lab().server, signedOut, 'invitation.get', { token });

  it('a token has at least 128 bit, stands in the mail alone, and works for seven days', async () => {
    const email = 'grace@example.net';
    const grace = await invitee(lab(), email);
    const { token } = await invite(lab(), email);
    assert.match(token, /^[0-9A-Za-z]{22,}$/);
    const found = (await everythingAtRest(lab())).filter(({ value }) => value.includes(token));
    assert.deepEqual(found.map(({ where }) => where), ['settingsMail.link']);
    const row = await look(token);
    assert.equal(Date.parse(String(field(row, 'expiresAt'))) - lab().clock(), 7 * 24 * 3600 * 1000);
    assert.deepEqual(Object.keys(row.body as object).sort(), ['email', 'expiresAt', 'invitedBy', 'organisationName', 'role', 'status']);
    lab().clock.advance(7 * 24 * 3600);
    assert.equal(field(await look(token), 'status'), 'expired');
    assertProblem(await accept(grace, token), 409, 'conflict');
    assert.deepEqual(await membersWith(lab(), email), []);
  });

  it('of 50 acceptances at once in two processes one joins; the token is used up', async () => {
    const email = 'joan@example.net';
    const sessions = await Promise.all([invitee(lab(), email), invitee(lab(), 'else@example.net')]).then(async ([joan]) => [joan, await lab().as(email), await lab().as(email)]);
    const { token } = await invite(lab(), email, 'admin');
    const replies = await Promise.all(Array.from({ length: 50 }, (_, index) => accept(sessions[index % 3] ?? signedOut, token, index % 2 === 0 ? 0 : 1)));
    assert.deepEqual(tally(replies, codeOfReply), { 200: 1, '409 conflict': 49 });
    assert.deepEqual(await membersWith(lab(), email), [{ role: 'admin' }]);
    assertProblem(await accept(sessions[0] ?? signedOut, token), 409, 'conflict');
    assertProblem(await call(lab().server, signedOut, 'invitation.decline', { token }), 409, 'conflict');
  });

  it('is bound to its address: nobody else joins by it, though they have the link', async () => {
    const { token } = await invite(lab(), 'bound@example.net');
    for (const email of ['mary@example.com', 'georg@example.org', 'else@example.net']) {
      await invitee(lab(), email);
      assertProblem(await accept(await lab().as(email), token), 403, 'forbidden');
    }
    assertProblem(await accept(signedOut, token), 401, 'unauthenticated');
    assert.equal(field(await look(token), 'status'), 'pending');
  });

  it('an old link is dead once it was sent again, revoked or declined', async () => {
    const email = 'dead@example.net';
    const person = await invitee(lab(), email);
    const { id, token } = await invite(lab(), email);
    const ada = await lab().as(ADA);
    assert.equal((await call(lab().server, ada, 'team.resend', { id })).status, 200);
    const next = await tokenFor(lab(), email);
    assert.notEqual(next, token);
    assertProblem(await look(token), 404, 'not-found');
    assertProblem(await accept(person, token), 404, 'not-found');
    assertProblem(await call(lab().server, signedOut, 'invitation.decline', { token }), 404, 'not-found');
    assert.equal((await call(lab().server, ada, 'team.revoke', { id })).status, 204);
    assertProblem(await look(next), 404, 'not-found');
    assertProblem(await accept(person, next), 404, 'not-found');
    const again = await invite(lab(), email);
    assert.equal((await call(lab().server, signedOut, 'invitation.decline', { token: again.token })).status, 204);
    assertProblem(await accept(person, again.token), 409, 'conflict');
    assert.deepEqual(await membersWith(lab(), email), []);
  });

  it('accepted and revoked at the same moment: one of them holds, and both sides know which', async () => {
    const ada = await lab().as(ADA);
    for (let round = 0; round < 8; round++) {
      const email = `race${String(round)}@example.net`;
      const person = await invitee(lab(), email);
      const { id, token } = await invite(lab(), email);
      const [accepted, revoked] = await Promise.all(round % 2 === 0 ? [accept(person, token), call(lab().servers[1], ada, 'team.revoke', { id })] : [accept(person, token, 1), call(lab().server, ada, 'team.revoke', { id })]);
      const joined = (await membersWith(lab(), email)).length;
      assert.ok(accepted.status < 500 && revoked.status < 500, `${accepted.text} ${revoked.text}`);
      assert.equal(joined, accepted.status === 200 ? 1 : 0);
      assert.equal(revoked.status === 204, joined === 0, `${codeOfReply(accepted)}, ${codeOfReply(revoked)}, ${String(joined)}`);
    }
  });

  it('accepted by the old link while it is sent again: who was told of a new link has one that works', async () => {
    const ada = await lab().as(ADA);
    for (let round = 0; round < 8; round++) {
      const email = `again${String(round)}@example.net`;
      const person = await invitee(lab(), email);
      const { id, token } = await invite(lab(), email);
      const [accepted, resent] = await Promise.all([accept(person, token), call(lab().servers[1], ada, 'team.resend', { id })]);
      assert.ok(accepted.status < 500 && resent.status < 500, `${accepted.text} ${resent.text}`);
      // Sent first, then by the old link: that one was dead. Joined first, then sent: "they have joined".
      assert.notEqual(accepted.status === 200, resent.status === 200, `${codeOfReply(accepted)}, ${codeOfReply(resent)}`);
    }
  });

  it('20 invitations of one address at once are one', async () => {
    const ada = await lab().as(ADA);
    const email = 'once@example.net';
    const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => call(lab().servers[index % 2 === 0 ? 0 : 1], ada, 'team.invite', { invitations: [{ email: index % 3 === 0 ? email.toUpperCase() : email, role: 'member' }] })));
    const outcomes = replies.map((reply) => (field(reply, 'results') as { outcome: string }[] | undefined)?.[0]?.outcome ?? codeOfReply(reply));
    assert.deepEqual(tally(outcomes, (outcome) => outcome), { sent: 1, 'already-invited': 19 });
  });

  it('nothing tells who has an account: an invitation, a change of address', async () => {
    const ada = await lab().as(ADA);
    const shape = (reply: Reply): string => reply.text.replace(/"(id|version|email|pendingEmail)":"[^"]*"/g, '"$1":"?"').replaceAll(/"[a-z.]+@example\.(org|net)"/g, '"?"');
    const known = await call(lab().server, ada, 'team.invite', { invitations: [{ email: 'edvard@example.org', role: 'member' }] });
    const unknown = await call(lab().server, ada, 'team.invite', { invitations: [{ email: 'nobody@example.net', role: 'member' }] });
    assert.equal(shape(known), shape(unknown));
    const mary = await lab().as('mary@example.com');
    const taken = await call(lab().server, mary, 'email.change', { email: 'georg@example.org' });
    const free = await call(lab().server, mary, 'email.change', { email: 'free@example.net' });
    assert.equal(taken.status, 200);
    assert.equal(shape(taken), shape(free));
    assert.equal(shape(await call(lab().server, mary, 'email.resend')), shape(free));
    // The owner of the address that is taken learns of it, with no link to follow; the old address hears each time.
    const mails = await lab().place.store.db.selectFrom('settingsMail').select(['to', 'subject', 'link']).execute();
    assert.deepEqual(mails.filter(({ to }) => to === 'georg@example.org'), [{ to: 'georg@example.org', subject: 'You already have an account', link: null }]);
    assert.equal(mails.filter(({ to, subject }) => to === 'mary@example.com' && subject === 'Your account was changed').length, 2);
    assert.equal(mails.filter(({ to, link }) => to === 'free@example.net' && link !== null).length, 2);
  });
});
