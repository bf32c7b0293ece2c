import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commonPasswords } from '../../src/rules/common-passwords.js';
import { ADA_PASSWORD, ADA_TOTP_SECRET, mfaOnWorld } from '../../src/adapters/memory/index.js';
import { hashPassword, isPassword } from '../../src/adapters/memory/password-hash.js';
import { isCommonPassword, passwordProblem } from '../../src/rules/passwords.js';
import { backendAt, refusal, write } from '../adapters/support.js';

const about = ['UserFlux', 'Ada Lovelace', 'ada@example.com', 'Analytical Engines Ltd'];

describe('password rules', () => {
  it('count code points: 15, or 8 with MFA, and at least 64 are taken', () => {
    assert.equal(passwordProblem('violet umbrel9', about, false), 'too-short');
    assert.equal(passwordProblem('violet umbrel91', about, false), undefined);
    assert.equal(passwordProblem('vio umb', about, true), 'too-short');
    assert.equal(passwordProblem('vio umb9', about, true), undefined);
    assert.equal(passwordProblem('🦊🐻🐼🐨🐯🦁🐮', about, true), 'too-short');
    assert.equal(passwordProblem('🦊🐻🐼🐨🐯🦁🐮🐷', about, true), undefined);
    assert.equal(passwordProblem('seventeen violet umbrellas hum '.repeat(3).slice(0, 64), about, false), undefined);
    assert.equal(passwordProblem('seventeen violet umbrellas hum '.repeat(9), about, false), 'too-long');
  });

  it('ask for no mixture of characters', () => {
    for (const password of ['seventeen violet umbrellas', 'SEVENTEENVIOLETUMBRELLAS', '68420175936428015', 'фиалковый зонтик поёт']) {
      assert.equal(passwordProblem(password, about, false), undefined, password);
    }
  });

  for (const password of [
    'password', 'Password1!', 'P@ssw0rd2026', 'passwordpassword', 'PASSWORD-PASSWORD-1', 'qwertyuiopasdfghjkl', '1q2w3e4r5t6y7u8i9o0p', '123456789012345', '987654321098765',
    'aaaaaaaaaaaaaaa', 'abcabcabcabcabcabc', 'abcdefghijklmnop', 'correcthorsebatterystaple', 'correct horse battery staple', 'welcome-admin-2026!', 'letmeinletmein!!', 'iloveyou iloveyou',
    'userflux userflux', 'AdaLovelace1815!', 'lovelace-ada-1815', 'analytical engines ltd', 'ada@example.com', 'AnalyticalEngines1', 'UserFlux2026!!!!', 'ｐａｓｓｗｏｒｄ',
  ]) {
    it(`call ${password} common`, () => {
      assert.ok(isCommonPassword(password, about));
    });
  }

  for (const password of ['analytical-engine-1843', 'difference-engine-1822', 'my dog eats password managers', 'violet umbrellas hum', 'x7#Kp0!vQz2@mLw', 'adagio for strings op11', 'engineers love tea at noon']) {
    it(`have nothing against ${password}`, () => {
      assert.ok(!isCommonPassword(password, about));
    });
  }

  it('know a few hundred common passwords, none of which is too short to be chosen', () => {
    assert.ok(commonPasswords.size >= 300, `${commonPasswords.size}`);
    for (const password of commonPasswords) assert.ok(password.length >= 8 && password === password.toLowerCase(), password);
    for (const password of commonPasswords) assert.ok(isCommonPassword(password.toUpperCase()), password);
  });
});

describe('password hashes', () => {
  it('are salted, hold no password, and know it again', async () => {
    const [one, other] = await Promise.all([hashPassword('violet umbrellas'), hashPassword('violet umbrellas')]);
    assert.notEqual(one, other);
    assert.ok(!one.includes('violet'));
    assert.ok(await isPassword('violet umbrellas', one));
    assert.ok(!(await isPassword('violet umbrella', one)));
    assert.ok(!(await isPassword('', one)));
    assert.ok(!(await isPassword('violet umbrellas', null)));
  });

  it('are the same for letters that look the same', async () => {
    assert.ok(await isPassword('cafe\u0301 umbrellas', await hashPassword('caf\u00e9 umbrellas')));
  });
});

describe('password.change', () => {
  const change = (newPassword: string, currentPassword = ADA_PASSWORD): { currentPassword: string; newPassword: string; signOutOthers: boolean } => ({ currentPassword, newPassword, signOutOthers: false });

  it('says what is wrong with the new one, and takes shorter ones with MFA', async () => {
    const { adapter } = backendAt().backend.connect();
    for (const [password, problem] of [['vio umb9', 'too-short'], [ADA_PASSWORD, 'unchanged'], ['AdaLovelace1815!', 'common'], ['violet umbrellas '.repeat(20), 'too-long']] as const) {
      assert.deepEqual((await refusal(write(adapter, 'password.change', change(password)), 'invalid')).fields, { newPassword: problem });
    }
    const withMfa = backendAt({ world: mfaOnWorld() }).backend.connect().adapter;
    await write(withMfa, 'password.change', change('vio umb9'));
    assert.equal(ADA_TOTP_SECRET.length, 32);
  });

  it('lets five wrong current ones pass by, then waits, and says so to sign-in as well', async () => {
    const { backend, clock } = backendAt();
    const { adapter } = backend.connect();
    for (const left of [4, 3, 2, 1, 0]) {
      assert.equal((await refusal(write(adapter, 'password.change', change('seventeen violet umbrellas', 'wrong')), 'wrong-credential')).attemptsLeft, left);
    }
    assert.equal((await refusal(write(adapter, 'password.change', change('seventeen violet umbrellas')), 'rate-limited')).retryAfter, 900);
    await refusal(backend.connect(null).signIn({ email: 'ada@example.com', password: ADA_PASSWORD }), 'rate-limited');
    clock.advance(900);
    await write(adapter, 'password.change', change('seventeen violet umbrellas'));
    await backend.connect(null).signIn({ email: 'ADA@example.com ', password: 'seventeen violet umbrellas' });
  });

  it('is told by mail, without the password', async () => {
    const { backend } = backendAt();
    await write(backend.connect().adapter, 'password.change', change('seventeen violet umbrellas'));
    assert.equal(backend.outbox.mails.at(-1)?.to, 'ada@example.com');
    assert.ok(!JSON.stringify(backend.outbox.mails).includes('umbrellas'));
  });
});
