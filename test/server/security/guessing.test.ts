import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assertProblem, call, codeOf, codeOfReply, field, native, onBoth, owingCode, SECRETS, tally, type Lab, type Reply } from './support.js';

const ADA = 'ada@example.com';
const CHARLES = 'charles@example.com';
const MARY = 'mary@example.com';
const WRONG = 'not-the-right-password';

/** From another address of the internet each time. */
let addresses = 0;
const elsewhere = (): Record<string, string> => ({ 'x-forwarded-for': `198.51.${String(addresses >> 8)}.${String(addresses++ & 255)}` });

const signIn = (lab: Lab, email: string, password: string, which: 0 | 1 = 0): Promise<Reply> => native(lab.servers[which], '/sign-in/email', { email, password }, { headers: elsewhere() });
const wrongCode = (lab: Lab, email: string): string => {
  const near = [-1, 0, 1].map((step) => codeOf(email === ADA ? (SECRETS.owner ?? '') : (SECRETS.admin ?? ''), lab.clock() + step * 30_000));
  return ['000001', '000002', '000003', '000004'].find((code) => !near.includes(code)) ?? '';
};

async function fresh(lab: Lab): Promise<void> {
  await lab.place.store.db.deleteFrom('settingsAttempt').execute();
}

onBoth(
  'guessing',
  (lab) => {
    it('five wrong passwords from five addresses, then 429 and a wait that doubles; the right password has to wait as well', async () => {
      await fresh(lab());
      for (const wait of [900, 1800, 3600]) {
        for (let tried = 0; tried < 5; tried++) assert.equal((await signIn(lab(), MARY, WRONG)).status, 401);
        for (const password of [WRONG, 'physical-sciences-1834']) {
          const reply = await signIn(lab(), MARY, password);
          assert.equal(reply.status, 429);
          assert.equal(reply.headers['retry-after'], String(wait));
        }
        lab().clock.advance(wait - 1);
        assert.equal((await signIn(lab(), MARY, 'physical-sciences-1834')).status, 429);
        lab().clock.advance(1);
      }
      assert.equal((await signIn(lab(), MARY, 'physical-sciences-1834')).status, 200);
      // A right one begins anew.
      for (let tried = 0; tried < 5; tried++) assert.equal((await signIn(lab(), MARY, WRONG)).status, 401);
      assert.equal((await signIn(lab(), MARY, WRONG)).headers['retry-after'], '900');
    });

    it('an address that nobody has behaves the same: status, body and wait', async () => {
      await fresh(lab());
      const replies: Reply[][] = [[], []];
      for (const [index, email] of [MARY, 'nobody-at-all@example.com'].entries()) for (let tried = 0; tried < 7; tried++) replies[index]?.push(await signIn(lab(), email, WRONG));
      const shown = (list: Reply[] = []) => list.map(({ status, text, headers }) => ({ status, text, wait: headers['retry-after'], names: Object.keys(headers).sort() }));
      assert.deepEqual(shown(replies[0]), shown(replies[1]));
      assert.deepEqual(replies[0]?.map(({ status }) => status), [401, 401, 401, 401, 401, 429, 429]);
      // What was typed into the field is not kept: it may have been a password.
      const kept = JSON.stringify([await lab().place.store.db.selectFrom('settingsAttempt').selectAll().execute(), await lab().place.store.db.selectFrom('settingsEvent').selectAll().execute()]);
      assert.ok(!kept.includes('nobody-at-all'));
    });

    it('sign-in, step-up and the password form share one count, also inside a live session; other calls do not reset it', async () => {
      await fresh(lab());
      const mary = await lab().as(MARY);
      await signIn(lab(), MARY, WRONG);
      assert.equal(field(await call(lab().server, mary, 'auth.stepUp', { method: 'password', password: WRONG }), 'attemptsLeft'), 3);
      await signIn(lab(), MARY.toUpperCase(), WRONG);
      assert.equal((await call(lab().server, mary, 'profile.update', { name: 'Mary S.' })).status, 200);
      assert.equal((await call(lab().server, mary, 'auth.endStepUp')).status, 204);
      assert.equal((await call(lab().server, await lab().as(MARY), 'email.change', { email: 'mary2@example.com' })).status, 200);
      const change = (currentPassword: string): Promise<Reply> => call(lab().server, mary, 'password.change', { currentPassword, newPassword: 'on-molecular-science-1869', signOutOthers: false });
      assert.equal(field(await change(WRONG), 'attemptsLeft'), 1);
      const last = await change(WRONG);
      assertProblem(last, 403, 'wrong-credential');
      assert.equal(field(last, 'attemptsLeft'), 0);
      assert.equal(last.headers['retry-after'], '900');
      for (const reply of [await change('physical-sciences-1834'), await call(lab().server, mary, 'auth.stepUp', { method: 'password', password: 'physical-sciences-1834' })]) {
        assertProblem(reply, 429, 'rate-limited');
        assert.equal(reply.headers['retry-after'], '900');
      }
      assert.equal((await signIn(lab(), MARY, 'physical-sciences-1834')).status, 429);
    });

    it('codes have a count of their own that a right password does not reset, shared by sign-in and session; waits end at a day', async () => {
      await fresh(lab());
      const ada = await lab().as(ADA);
      const owing = await owingCode(lab(), ADA);
      const guess = (): Promise<Reply> => call(lab().server, ada, 'auth.stepUp', { method: 'totp', code: wrongCode(lab(), ADA) });
      for (let tried = 0; tried < 2; tried++) assertProblem(await guess(), 403, 'wrong-credential');
      for (let tried = 0; tried < 2; tried++) assert.equal((await native(lab().server, '/two-factor/verify-totp', { code: wrongCode(lab(), ADA) }, { ...owing, headers: elsewhere() })).status, 401);
      assert.equal((await signIn(lab(), ADA, 'analytical-engine-1843')).status, 200);
      assertProblem(await call(lab().server, ada, 'mfa.begin'), 409, 'conflict');
      const fifth = await native(lab().server, '/two-factor/verify-backup-code', { code: 'AAAAA-BBBBB' }, { ...owing, headers: elsewhere() });
      assert.equal(fifth.status, 401, fifth.text);
      const waits: number[] = [];
      for (let round = 0; round < 10; round++) {
        const reply = await call(lab().server, ada, 'auth.stepUp', { method: 'totp', code: codeOf(SECRETS.owner ?? '', lab().clock()) });
        assertProblem(reply, 429, 'rate-limited');
        assert.equal((await native(lab().server, '/two-factor/verify-totp', { code: codeOf(SECRETS.owner ?? '', lab().clock()) }, { ...owing, headers: elsewhere() })).status, 429);
        const wait = Number(reply.headers['retry-after']);
        assert.equal(field(reply, 'retryAfter'), wait);
        waits.push(wait);
        lab().clock.advance(wait);
        for (let tried = 0; tried < 5; tried++) assertProblem(await guess(), 403, 'wrong-credential');
      }
      assert.deepEqual(waits, [900, 1800, 3600, 7200, 14_400, 28_800, 57_600, 86_400, 86_400, 86_400]);
    });

    it('a hundred guesses at once get no more tries than five, in two processes', async () => {
      await fresh(lab());
      const charles = await lab().as(CHARLES);
      const code = wrongCode(lab(), CHARLES);
      const codes = await Promise.all(Array.from({ length: 100 }, (_, index) => call(lab().servers[index % 2 === 0 ? 0 : 1], charles, 'auth.stepUp', { method: 'totp', code })));
      assert.deepEqual(tally(codes, codeOfReply), { '403 wrong-credential': 5, '429 rate-limited': 95 });
      const passwords = await Promise.all(Array.from({ length: 60 }, (_, index) => signIn(lab(), MARY, `${WRONG}-${String(index)}`, index % 2 === 0 ? 0 : 1)));
      assert.deepEqual(tally(passwords, ({ status }) => String(status)), { 401: 5, 429: 55 });
      const unknown = await Promise.all(Array.from({ length: 60 }, (_, index) => signIn(lab(), 'nobody-here@example.com', WRONG, index % 2 === 0 ? 0 : 1)));
      assert.deepEqual(tally(unknown, ({ status }) => String(status)), { 401: 5, 429: 55 });
    });

    it('a step-up counts for its session alone, for ten minutes, and says what it asks for as RFC 9470 does', async () => {
      await fresh(lab());
      const one = await lab().as(CHARLES);
      const other = await lab().as(CHARLES);
      const reveal = (visitor: { cookie: string }, which: 0 | 1 = 0): Promise<Reply> => call(lab().servers[which], visitor, 'apiKeys.reveal', { ids: ['org-analytical.key-1'] });
      const asked = await reveal(one);
      assertProblem(asked, 401, 'step-up-required');
      assert.match(asked.headers['www-authenticate'] ?? '', /error="insufficient_user_authentication".*acr_values="totp".*max_age=600/);
      assert.deepEqual([field(asked, 'methods'), field(asked, 'maxAge')], [['totp'], 600]);
      lab().clock.advance(30);
      assert.equal((await call(lab().server, one, 'auth.stepUp', { method: 'totp', code: codeOf(SECRETS.admin ?? '', lab().clock()) })).status, 200);
      assert.equal((await reveal(one, 1)).status, 200, 'in every process');
      assertProblem(await reveal(other, 1), 401, 'step-up-required');
      lab().clock.advance(599);
      assert.equal((await reveal(one)).status, 200);
      lab().clock.advance(1);
      assertProblem(await reveal(one), 401, 'step-up-required');
      // Nor does a proof by password, left from before MFA was on, open what MFA guards.
      await lab().place.store.db.updateTable('session').set({ stepUpMethod: 'password', stepUpUntil: lab().clock() + 600_000 }).where('id', '=', one.sessionId ?? '').execute();
      assertProblem(await reveal(one), 401, 'step-up-required');
    });

    it('every operation that the table guards asks for the proof, once the sign-in is old', async () => {
      await fresh(lab());
      const ada = await lab().as(ADA);
      lab().clock.advance(601);
      for (const [operation, input] of [
        ['apiKeys.reveal', { ids: ['org-analytical.key-1'] }],
        ['apiKeys.update', { id: 'org-analytical.key-1', addresses: [] }],
        ['email.change', { email: 'countess@example.com' }],
        ['mfa.disable', {}],
        ['mfa.begin', {}],
      ] as const) {
        assertProblem(await call(lab().server, ada, operation, input), 401, 'step-up-required');
      }
      const mary = await lab().as(MARY);
      lab().clock.advance(601);
      const begun = await call(lab().server, mary, 'mfa.begin');
      assertProblem(begun, 401, 'step-up-required');
      assert.match(begun.headers['www-authenticate'] ?? '', /acr_values="password"/);
      assertProblem(await call(lab().server, mary, 'mfa.disable'), 403, 'enrolment-required');
    });
  },
  { trustProxy: 1 },
);
