import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assertProblem, brakeAgain, call, codeOf, codeOfReply, everythingAtRest, eventsOf, field, native, onBoth, owingCode, SECRETS, tally, withoutBrake, type Lab, type Reply } from './support.js';

const ADA = 'ada@example.com';

const atSignIn = (lab: Lab, which: 0 | 1, { cookie }: { cookie: string }, code: string): Promise<Reply> => native(lab.servers[which], '/two-factor/verify-backup-code', { code }, { cookie });
const stepUp = (lab: Lab, which: 0 | 1, visitor: { cookie: string }, code: string): Promise<Reply> => call(lab.servers[which], visitor, 'auth.stepUp', { method: 'recovery-code', code });
const turn = (index: number): 0 | 1 => (index % 2 === 0 ? 0 : 1);

async function newCodes(lab: Lab): Promise<string[]> {
  const reply = await call(lab.server, await lab.proven(ADA), 'recoveryCodes.regenerate');
  assert.equal(reply.status, 201, reply.text);
  assert.equal(reply.headers['cache-control'], 'no-store');
  return field(reply, 'recoveryCodes') as string[];
}

async function left(lab: Lab): Promise<unknown> {
  const user = field(await call(lab.server, await lab.as(ADA), 'auth.context'), 'user') as { mfa: { recoveryCodesLeft: number } };
  return user.mfa.recoveryCodesLeft;
}

const mailsAboutUse = async ({ place }: Lab): Promise<string[]> =>
  (await place.store.db.selectFrom('settingsMail').select('text').where('subject', '=', 'A recovery code was used').orderBy('at').orderBy('id').execute()).map(({ text }) => text);

onBoth('recovery codes', (lab) => {
  it('sign in once in place of a one-time code, however they are typed; a mail says so, and how many are left', async () => {
    const [first = '', second = ''] = await newCodes(lab());
    const signIn = await atSignIn(lab(), 0, await owingCode(lab(), ADA), ` ${first.toLowerCase().replaceAll('-', ' ')} `);
    assert.equal(signIn.status, 200, signIn.text);
    const [cookie = ''] = (signIn.headers['set-cookie'] ?? []).filter((one) => one.includes('session_token='));
    assert.notEqual(cookie, '');
    assert.equal(field(signIn, 'token'), undefined);
    assert.equal((await call(lab().server, { cookie: cookie.split(';')[0] ?? '' }, 'auth.context')).status, 200);
    assert.match((await mailsAboutUse(lab())).at(-1) ?? '', / 9 are left\. /);
    assert.equal((await atSignIn(lab(), 1, await owingCode(lab(), ADA), first)).status, 401);
    assert.equal((await stepUp(lab(), 1, await lab().as(ADA), first)).status, 403);
    assert.equal((await stepUp(lab(), 0, await lab().as(ADA), second)).status, 200);
    assert.match((await mailsAboutUse(lab())).at(-1) ?? '', / 8 are left\. /);
    assert.equal(await left(lab()), 8);
  });

  it('of 60 steps up and 40 sign-ins at once with one code, in both processes, one passes', async () => {
    const [code = ''] = await newCodes(lab());
    const sessions = [await lab().as(ADA), await lab().as(ADA)] as const;
    const owing = await Promise.all(Array.from({ length: 20 }, () => owingCode(lab(), ADA)));
    await withoutBrake(lab());
    const mails = (await mailsAboutUse(lab())).length;
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        index < 60 ? stepUp(lab(), turn(index), sessions[turn(index >> 1)], code) : atSignIn(lab(), turn(index), owing[index % owing.length] ?? { cookie: '' }, code),
      ),
    );
    const counts = tally(replies, ({ status }) => String(status));
    assert.equal(counts['200'], 1, JSON.stringify(counts));
    assert.deepEqual(Object.keys(counts).filter((status) => !['200', '401', '403'].includes(status)), []);
    assert.equal(await left(lab()), 9);
    assert.equal((await mailsAboutUse(lab())).length, mails + 1);
    await brakeAgain(lab());
  });

  it('stand nowhere in the database, nor does what opens them', async () => {
    const codes = await newCodes(lab());
    assert.equal(codes.length, 10);
    for (const code of codes) assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    const rest = await everythingAtRest(lab());
    for (const code of codes) {
      for (const written of [code, code.replaceAll('-', ''), code.toLowerCase()]) assert.deepEqual(rest.filter(({ value }) => value.includes(written)).map(({ where }) => where), []);
    }
    assert.equal(rest.filter(({ where }) => where === 'settingsRecoveryCode.hash').length, 10);
  });

  it('new ones made twenty times at once are ten in the end, and one set of them', async () => {
    const ada = await lab().proven(ADA);
    const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => call(lab().servers[turn(index)], ada, 'recoveryCodes.regenerate')));
    const made = replies.filter(({ status }) => status === 201);
    assert.ok(made.length > 0, JSON.stringify(tally(replies, codeOfReply)));
    assert.equal(await left(lab()), 10);
    const rows = await lab().place.store.db.selectFrom('settingsRecoveryCode').select('salt').execute();
    assert.equal(new Set(rows.map(({ salt }) => salt)).size, 1);
  });

  it('share their tries with one-time codes, at sign-in and in a session', async () => {
    const [right = ''] = await newCodes(lab());
    await brakeAgainAt(lab());
    const ada = await lab().as(ADA);
    for (let tried = 0; tried < 5; tried++) {
      const reply = tried % 2 === 0 ? await stepUp(lab(), 0, ada, 'AAAA-AAAA-AAAA') : await atSignIn(lab(), 1, await owingCode(lab(), ADA), 'AAAA-AAAA-AAAA');
      assert.ok([401, 403].includes(reply.status), reply.text);
    }
    assertProblem(await stepUp(lab(), 0, ada, right), 429, 'rate-limited');
    assert.equal((await atSignIn(lab(), 1, await owingCode(lab(), ADA), right)).status, 429);
    assertProblem(await call(lab().server, ada, 'auth.stepUp', { method: 'totp', code: codeOf(SECRETS.owner ?? '', lab().clock()) }), 429, 'rate-limited');
    await brakeAgainAt(lab());
    assert.equal(await left(lab()), 10);
  });

  it('are written down when they are used or refused at sign-in, never themselves', async () => {
    const [right = ''] = await newCodes(lab());
    const events = await eventsOf(lab(), async () => {
      await atSignIn(lab(), 0, await owingCode(lab(), ADA), 'AAAA-AAAA-AAAA');
      await atSignIn(lab(), 0, await owingCode(lab(), ADA), right);
    });
    assert.deepEqual(events.map(({ action, result }) => `${action} ${result}`), ['sign-in wrong-credential', 'sign-in ok']);
    assert.ok(!JSON.stringify(events).includes(right));
  });
});

async function brakeAgainAt({ place }: Lab): Promise<void> {
  await place.store.db.deleteFrom('settingsAttempt').execute();
}
