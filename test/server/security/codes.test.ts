import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { base32, utf8 } from '@userflux/settings/rules';
import { openTotpSecret, stepOfCode } from '../../../server/src/plugin/step-up.js';
import { movableClock } from '../../support/authenticator.js';
import { assertProblem, brakeAgain, call, codeOf, codeOfReply, field, native, onBoth, owingCode, SECRETS, tally, withoutBrake, type Lab, type Reply } from './support.js';

const ADA = 'ada@example.com';
const CHARLES = 'charles@example.com';
const ADA_SECRET = SECRETS.owner ?? '';
const CHARLES_SECRET = SECRETS.admin ?? '';

/** RFC 6238 appendix B, SHA-1: seconds and the last six of the eight digits. */
const VECTORS: readonly [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
];
const RFC_SECRET = base32(utf8('12345678901234567890'));

describe('the check of one-time codes', () => {
  for (const [seconds, code] of VECTORS) {
    it(`takes the code of RFC 6238 appendix B at ${String(seconds)} s, in its step and the next, not before and not later`, async () => {
      const step = Math.floor(seconds / 30);
      const at = (offset: number): Promise<number | undefined> => stepOfCode(RFC_SECRET, code, (step + offset) * 30_000);
      assert.deepEqual(await Promise.all([-2, -1, 0, 1, 2].map(at)), [undefined, undefined, step, step, undefined]);
      assert.equal(await stepOfCode(RFC_SECRET, code, (step + 2) * 30_000 - 1), step);
    });
  }

  it('takes nothing that only looks like the code', async () => {
    for (const code of ['', '28708', '2870820', '287082 ', ' 287082', '287083', '94287082', '0287082']) assert.equal(await stepOfCode(RFC_SECRET, code, 59_000), undefined, code);
  });
});

const stepUp = (lab: Lab, which: 0 | 1, visitor: { cookie: string }, code: string): Promise<Reply> => call(lab.servers[which], visitor, 'auth.stepUp', { method: 'totp', code });
const atSignIn = (lab: Lab, which: 0 | 1, { cookie }: { cookie: string }, code: string, extra: object = {}): Promise<Reply> => native(lab.servers[which], '/two-factor/verify-totp', { code, ...extra }, { cookie });

const each = <Item>(count: number, make: (index: number) => Promise<Item>): Promise<Item[]> => Promise.all(Array.from({ length: count }, (_, index) => make(index)));
const turn = (index: number): 0 | 1 => (index % 2 === 0 ? 0 : 1);

/** Better Auth looks at the machine's clock, so this one runs with it. */
const clock = movableClock();

onBoth(
  'a one-time code is good once',
  (lab) => {
    it('of 200 steps up at once with one code, one passes; of 200 sign-ins, one; then 1,000 replays, 200 at once, in every place that takes a code and in both processes: none', async () => {
      const sessions = [await lab().as(ADA), await lab().as(ADA)] as const;
      const code = codeOf(ADA_SECRET, clock());
      await withoutBrake(lab());
      const first = await each(200, (index) => stepUp(lab(), turn(index), sessions[turn(index >> 1)], code));
      assert.deepEqual(tally(first, codeOfReply), { 200: 1, '403 wrong-credential': 199 });

      const owing = await Promise.all(Array.from({ length: 20 }, () => owingCode(lab(), CHARLES)));
      const signInCode = codeOf(CHARLES_SECRET, clock());
      const signIns = await each(200, (index) => atSignIn(lab(), turn(index), owing[index % owing.length] ?? { cookie: '' }, signInCode));
      assert.deepEqual(tally(signIns, ({ status }) => String(status)), { 200: 1, 401: 199 });
      assert.equal(signIns.filter(({ headers }) => headers['set-cookie']?.some((cookie) => cookie.includes('session_token='))).length, 1);

      const mary = await lab().as('mary@example.com');
      const begun = await call(lab().server, mary, 'mfa.begin');
      const [secret, enrolmentId] = [String(field(begun, 'secret')), String(field(begun, 'enrolmentId'))];
      const confirmCode = codeOf(secret, clock());
      assert.equal((await call(lab().server, mary, 'mfa.confirm', { enrolmentId, code: confirmCode })).status, 200);

      const charles = await lab().as(CHARLES);
      const [adaOwes, charlesOwes, maryOwes] = [await owingCode(lab(), ADA), await owingCode(lab(), CHARLES), await owingCode(lab(), 'mary@example.com')];
      const written = [code, `${code.slice(0, 3)} ${code.slice(3)}`, `${code.slice(0, 3)}-${code.slice(3)}`, code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))];
      const ways: ((index: number) => Promise<Reply>)[] = [
        (index) => stepUp(lab(), turn(index), sessions[turn(index >> 1)], written[index % written.length] ?? code),
        (index) => atSignIn(lab(), turn(index), adaOwes, written[index % written.length] ?? code),
        (index) => atSignIn(lab(), turn(index), charlesOwes, signInCode),
        (index) => stepUp(lab(), turn(index), charles, signInCode),
        (index) => call(lab().servers[turn(index)], mary, 'mfa.confirm', { enrolmentId, code: confirmCode }),
        (index) => stepUp(lab(), turn(index), mary, confirmCode),
        (index) => atSignIn(lab(), turn(index), maryOwes, confirmCode),
      ];
      const replays: Reply[] = [];
      for (let wave = 0; wave < 5; wave++) replays.push(...(await each(200, (index) => ways[index % ways.length]?.(index >> 2) ?? Promise.reject(new Error('No such way.')))));
      const counts = tally(replays, ({ status }) => String(status));
      assert.deepEqual(Object.keys(counts).sort(), ['401', '403', '404'], JSON.stringify(counts));
      assert.equal(replays.length, 1000);
      assert.ok(replays.every(({ headers }) => headers['set-cookie'] === undefined));
      await brakeAgain(lab());
    });

    it('no sign-in makes a device that needs no code next time', async () => {
      await lab().place.store.db.updateTable('twoFactor').set({ lastStep: 0 }).execute();
      const pending = await owingCode(lab(), CHARLES);
      const reply = await atSignIn(lab(), 0, pending, codeOf(CHARLES_SECRET, clock()), { trustDevice: true });
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual(reply.headers['set-cookie']?.filter((cookie) => cookie.includes('trust_device')), []);
    });

    it('a code at sign-in without a pending sign-in counts against nobody', async () => {
      const before = await lab().place.store.db.selectFrom('settingsAttempt').selectAll().execute();
      for (let index = 0; index < 7; index++) assert.equal((await native(lab().server, '/two-factor/verify-totp', { code: '123456' })).status, 401);
      assert.deepEqual(await lab().place.store.db.selectFrom('settingsAttempt').selectAll().execute(), before);
    });
  },
  { clock },
);

onBoth('turning the second factor on', (lab) => {
  it('of 60 confirmations at once with one code, one passes, and the code is used up; window: current and one back, not the next', async () => {
    const mary = await lab().as('mary@example.com');
    const begun = await call(lab().server, mary, 'mfa.begin');
    assert.equal(begun.status, 201, begun.text);
    const secret = String(field(begun, 'secret'));
    assert.match(secret, /^[A-Z2-7]{32}$/); // 160 bit
    const enrolmentId = String(field(begun, 'enrolmentId'));
    await withoutBrake(lab());
    const confirm = (which: 0 | 1, code: string): Promise<Reply> => call(lab().servers[which], mary, 'mfa.confirm', { enrolmentId, code });
    assertProblem(await confirm(0, codeOf(secret, lab().clock() + 30_000)), 403, 'wrong-credential');
    assertProblem(await confirm(0, codeOf(secret, lab().clock() - 60_000)), 403, 'wrong-credential');
    const code = codeOf(secret, lab().clock() - 30_000);
    const replies = await each(60, (index) => confirm(turn(index), code));
    const counts = tally(replies, codeOfReply);
    assert.equal(counts['200'], 1);
    assert.equal(replies.filter(({ status }) => status < 500).length, 60, JSON.stringify(counts));
    const steps = await each(40, (index) => stepUp(lab(), turn(index), mary, code));
    assert.deepEqual(tally(steps, codeOfReply), { '403 wrong-credential': 40 });
    assertProblem(await stepUp(lab(), 0, mary, codeOf(secret, lab().clock() + 30_000)), 403, 'wrong-credential');
    assert.equal((await stepUp(lab(), 0, mary, codeOf(secret, lab().clock()))).status, 200);
    // What is older than the last accepted step stays shut, though it lies in the window.
    assertProblem(await stepUp(lab(), 1, mary, codeOf(secret, lab().clock() - 30_000)), 403, 'wrong-credential');
    await brakeAgain(lab());
  });

  it('a second enrolment cannot replace a factor that is on: neither one begun at the same moment, nor one left over', async () => {
    const email = 'john@example.com';
    const john = await lab().as(email);
    const begun = await each(20, (index) => call(lab().servers[turn(index)], john, 'mfa.begin'));
    const confirmed = [];
    for (const reply of begun) {
      if (reply.status !== 201) continue;
      const code = codeOf(String(field(reply, 'secret')), lab().clock());
      confirmed.push(await call(lab().server, john, 'mfa.confirm', { enrolmentId: field(reply, 'enrolmentId'), code }));
    }
    assert.equal(confirmed.filter(({ status }) => status === 200).length, 1, JSON.stringify(tally(confirmed, codeOfReply)));
    // An enrolment that some other way has left beside a factor that is on.
    const { store } = lab().place;
    const factor = await store.db.selectFrom('twoFactor').select('secret').where('userId', '=', await lab().userId(email)).executeTakeFirstOrThrow();
    await store.db.insertInto('settingsEnrolment').values({ id: 'left-over', userId: await lab().userId(email), secret: factor.secret, expiresAt: lab().clock() + 600_000 }).execute();
    lab().clock.advance(60);
    const secret = await openTotpSecret(lab().place, factor.secret);
    assertProblem(await call(lab().server, john, 'mfa.confirm', { enrolmentId: 'left-over', code: codeOf(secret, lab().clock()) }), 409, 'conflict');
    assert.equal((await store.db.selectFrom('twoFactor').select('secret').where('userId', '=', await lab().userId(email)).execute()).length, 1);
  });

  it('takes the codes of an authenticator that Better Auth itself set up before the plugin was there', async () => {
    const email = 'sophia@example.com';
    const { db, boolean } = { db: lab().place.store.db, boolean: (value: boolean) => lab().place.store.boolean(value) };
    const userId = await lab().userId(email);
    const own = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hL'; // 32 characters, used as they are: how Better Auth 1.7 makes them
    await db.insertInto('twoFactor').values({ id: 'native-factor', userId, secret: await lab().place.encrypt(own), backupCodes: await lab().place.encrypt('[]'), verified: boolean(true), lastStep: 0 }).execute();
    await db.updateTable('user').set({ twoFactorEnabled: boolean(true) }).where('id', '=', userId).execute();
    const sophia = await lab().as(email);
    const reply = await stepUp(lab(), 0, sophia, codeOf(base32(utf8(own)), lab().clock()));
    assert.equal(reply.status, 200, reply.text);
  });
});
