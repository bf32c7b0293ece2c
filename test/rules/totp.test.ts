import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { URI } from 'otpauth';
import { base32, fromBase32, utf8 } from '../../src/rules/bytes.js';
import { ADA_TOTP_SECRET, demoWorld, mfaOnWorld } from '../../src/adapters/memory/index.js';
import { acceptedStep, hotp, newTotpSecret, otpauthUri, timeStep } from '../../src/rules/totp.js';
import { backendAt, codeOf, refusal, write } from '../adapters/support.js';

describe('codes', () => {
  const key = utf8('12345678901234567890');

  for (const [seconds, code] of [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ] as const) {
    it(`are those of RFC 6238, appendix B, at ${seconds}`, async () => {
      assert.equal(await hotp(key, timeStep(seconds * 1000), 8), code);
      assert.equal(await hotp(key, timeStep(seconds * 1000)), code.slice(2));
    });
  }

  it('are those of RFC 4226, appendix D', async () => {
    const codes = await Promise.all(Array.from({ length: 10 }, (_, counter) => hotp(key, counter)));
    assert.deepEqual(codes, ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']);
  });
});

describe('base32', () => {
  it('is that of RFC 4648, section 10, without padding', () => {
    for (const [text, encoded] of [['f', 'MY'], ['fo', 'MZXQ'], ['foo', 'MZXW6'], ['foob', 'MZXW6YQ'], ['fooba', 'MZXW6YTB'], ['foobar', 'MZXW6YTBOI']] as const) {
      assert.equal(base32(utf8(text)), encoded);
      assert.deepEqual(fromBase32(encoded), utf8(text));
    }
  });

  it('makes secrets of 160 bit, another each time', () => {
    const secrets = new Set(Array.from({ length: 50 }, newTotpSecret));
    assert.equal(secrets.size, 50);
    for (const secret of secrets) assert.equal(fromBase32(secret).length, 20);
  });
});

describe('acceptedStep', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const now = 1_700_000_010_000;
  const step = timeStep(now);

  it('takes the current step and the one before, nothing else', async () => {
    for (const [offset, accepted] of [[-2, undefined], [-1, step - 1], [0, step], [1, undefined]] as const) {
      assert.equal(await acceptedStep(secret, codeOf(secret, now + offset * 30_000), now, 0), accepted, `offset ${offset}`);
    }
  });

  it('takes no step at or before the last one', async () => {
    assert.equal(await acceptedStep(secret, codeOf(secret, now), now, step), undefined);
    assert.equal(await acceptedStep(secret, codeOf(secret, now - 30_000), now, step), undefined);
    assert.equal(await acceptedStep(secret, codeOf(secret, now - 30_000), now, step - 1), undefined);
    assert.equal(await acceptedStep(secret, codeOf(secret, now), now, step - 1), step);
  });

  it('takes no text that is not the code', async () => {
    for (const text of ['', '12345', `0${codeOf(secret, now)}`, `${codeOf(secret, now)} `]) assert.equal(await acceptedStep(secret, text, now, 0), undefined);
  });
});

describe('the otpauth URI', () => {
  for (const [issuer, account] of [
    ['UserFlux', 'ada@example.com'],
    ['Analytical Engines + Sons', 'ada+test@example.com'],
    ['A: B & C = D?#%', 'o\'neill@example.com'],
    ['מנועים אנליטיים', '用户@例え.jp'],
    ['👩‍💻 Ltd', 'ünï@example.com'],
  ] as const) {
    it(`brings ${issuer} and ${account} to the app as they are`, () => {
      const uri = otpauthUri('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', issuer, account);
      assert.ok(!uri.includes('+'));
      const label = new URL(uri).pathname.replace(/^\/+(totp\/)?/, '');
      const [labelIssuer = '', labelAccount = ''] = label.split(':');
      assert.deepEqual([decodeURIComponent(labelIssuer), decodeURIComponent(labelAccount)], [issuer, account]);
      assert.equal(new URL(uri).searchParams.get('issuer'), issuer);
    });
  }

  it('is read by somebody else\'s parser', () => {
    const totp = URI.parse(otpauthUri('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 'User Flux', 'ada@example.com'));
    assert.deepEqual([totp.issuer, totp.label, totp.secret.base32], ['User Flux', 'ada@example.com', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ']);
  });

  it('survives half a surrogate pair', () => {
    assert.ok(otpauthUri('A', 'cut \ud83d', 'a@b.c').includes('%EF%BF%BD'));
  });
});

describe('a code works once', () => {
  it('of 1,000 parallel replays none is accepted', async () => {
    const { backend, clock } = backendAt({ world: mfaOnWorld() });
    const sessions = Array.from({ length: 10 }, () => backend.connect().adapter);
    const code = codeOf(ADA_TOTP_SECRET, clock());
    const attempts = Array.from({ length: 1001 }, (_, index) => {
      const session = sessions[index % sessions.length];
      assert.ok(session);
      return write(session, 'auth.stepUp', { method: 'totp', code });
    });
    const accepted = (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled');
    assert.equal(accepted.length, 1);
    const fresh = await Promise.all(sessions.map(async (session) => (await session.call('auth.context', undefined)).stepUp.freshUntil !== null));
    assert.equal(fresh.filter(Boolean).length, 1);
  });

  it('across sign-in and step-up', async () => {
    const { backend, clock } = backendAt({ world: mfaOnWorld() });
    const session = backend.connect(null);
    const credentials = { email: 'ada@example.com', password: 'analytical-engine-1843' };
    const code = codeOf(ADA_TOTP_SECRET, clock());
    assert.deepEqual((await refusal(session.signIn(credentials), 'step-up-required')).challenge?.methods, ['totp', 'recovery-code']);
    await session.signIn({ ...credentials, code: ` ${code.slice(0, 3)} ${code.slice(3)} ` });
    await refusal(write(session.adapter, 'auth.stepUp', { method: 'totp', code }), 'wrong-credential');
    await refusal(backend.connect(null).signIn({ ...credentials, code }), 'wrong-credential');
    clock.advance(30);
    await write(session.adapter, 'auth.stepUp', { method: 'totp', code: codeOf(ADA_TOTP_SECRET, clock()) });
  });

  it('the earlier of two codes is dead once the later was used', async () => {
    const { backend, clock } = backendAt({ world: mfaOnWorld() });
    const { adapter } = backend.connect();
    const earlier = codeOf(ADA_TOTP_SECRET, clock());
    clock.advance(30);
    await write(adapter, 'auth.stepUp', { method: 'totp', code: codeOf(ADA_TOTP_SECRET, clock()) });
    await refusal(write(adapter, 'auth.stepUp', { method: 'totp', code: earlier }), 'wrong-credential');
  });
});

describe('wrong codes', () => {
  it('cost tries: five, then 15 minutes, then 30, and a right code clears the count', async () => {
    const { backend, clock } = backendAt({ world: mfaOnWorld() });
    const { adapter } = backend.connect();
    const enter = (code: string): Promise<unknown> => write(adapter, 'auth.stepUp', { method: 'totp', code });
    const wrong = (): string => String((Number(codeOf(ADA_TOTP_SECRET, clock())) + 1) % 1_000_000).padStart(6, '0');
    for (const wait of [900, 1800, 3600]) {
      for (const left of [4, 3, 2, 1]) assert.equal((await refusal(enter(wrong()), 'wrong-credential')).attemptsLeft, left);
      const last = await refusal(enter(wrong()), 'wrong-credential');
      assert.deepEqual([last.attemptsLeft, last.retryAfter], [0, wait]);
      assert.equal((await refusal(enter(codeOf(ADA_TOTP_SECRET, clock())), 'rate-limited')).retryAfter, wait);
      clock.advance(wait - 1);
      assert.equal((await refusal(enter(codeOf(ADA_TOTP_SECRET, clock())), 'rate-limited')).retryAfter, 1);
      clock.advance(1);
    }
    await enter(codeOf(ADA_TOTP_SECRET, clock()));
    assert.equal((await refusal(enter(wrong()), 'wrong-credential')).attemptsLeft, 4);
  });

  it('count during enrolment too', async () => {
    const { backend, clock } = backendAt({ world: demoWorld() });
    const { adapter } = backend.connect();
    const { enrolmentId, secret } = await write(adapter, 'mfa.begin', undefined);
    const code = codeOf(secret, clock());
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    for (let tries = 0; tries < 5; tries++) await refusal(write(adapter, 'mfa.confirm', { enrolmentId, code: wrong }), 'wrong-credential');
    await refusal(write(adapter, 'mfa.confirm', { enrolmentId, code }), 'rate-limited');
  });
});
