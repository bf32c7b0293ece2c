import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADA_PASSWORD, ADA_RECOVERY_CODES, ADA_TOTP_SECRET, createMemoryAdapter, memberWorld, mfaOnWorld, type MemorySession } from '../../src/adapters/memory/index.js';
import { SoftwareAuthenticator } from '../../src/contract/conformance/authenticator.js';
import { addPasskey, callSample } from '../../src/contract/conformance/expect.js';
import { operationNames, SettingsError, type OperationName } from '../../src/contract/index.js';
import { backendAt, codeOf, refusal, tokenFor, write } from './support.js';

/** The hints that a session gets, as they come. */
function hintsOf(session: MemorySession): OperationName[][] {
  const hints: OperationName[][] = [];
  session.adapter.subscribe?.((changed) => hints.push([...changed]));
  return hints;
}

describe('signing in', () => {
  it('refuses an unknown address as it refuses a wrong password, waits included', async () => {
    const { backend } = backendAt();
    const errors = async (email: string): Promise<unknown[]> => {
      const seen: unknown[] = [];
      for (let tries = 0; tries < 6; tries++) {
        const error = await refusal(backend.connect(null).signIn({ email, password: 'wrong' }), tries < 5 ? 'wrong-credential' : 'rate-limited');
        seen.push([error.message, error.attemptsLeft, error.retryAfter]);
      }
      return seen;
    };
    assert.deepEqual(await errors('nobody@example.com'), await errors('charles@example.com'));
  });

  it('makes the session recent, and tells its own listeners', async () => {
    const { backend } = backendAt();
    const session = backend.connect(null);
    const hints = hintsOf(session);
    await refusal(session.adapter.call('auth.context', undefined), 'unauthenticated');
    await session.signIn({ email: 'ada@example.com', password: ADA_PASSWORD });
    assert.deepEqual(hints, [['auth.context']]);
    assert.equal((await session.adapter.call('auth.context', undefined)).user.email, 'ada@example.com');
    await write(session.adapter, 'email.change', { email: 'new@example.com' });
  });

  it('by passkey alone takes each answer once, from the passkey of a person, for as long as that has it', async () => {
    const { backend } = backendAt({ world: mfaOnWorld(), origin: 'https://product.example' });
    const ada = backend.connect('ada@example.com').adapter;
    await write(ada, 'auth.stepUp', { method: 'recovery-code', code: ADA_RECOVERY_CODES[0] ?? '' });
    const device = new SoftwareAuthenticator('https://product.example');
    const passkey = await addPasskey(ada, device);

    const session = backend.connect(null);
    const hints = hintsOf(session);
    const answer = await device.get(session.askPasskey());
    assert.equal(await session.signInByPasskey(answer), 'ada@example.com');
    assert.deepEqual(hints, [['auth.context']]);
    assert.equal((await session.adapter.call('auth.context', undefined)).stepUp.freshUntil, null, 'a sign-in is no step-up');
    assert.notEqual((await ada.call('passkeys.list', undefined)).passkeys[0]?.lastUsedAt, null);

    const stranger = backend.connect(null);
    await refusal(stranger.signInByPasskey(answer), 'wrong-credential');
    const before = await device.get(stranger.askPasskey());
    stranger.askPasskey();
    await refusal(stranger.signInByPasskey(before), 'wrong-credential');
    await write(ada, 'passkeys.remove', { id: passkey.id });
    const unknown = await refusal(stranger.signInByPasskey(await device.get(stranger.askPasskey())), 'wrong-credential');
    assert.equal(unknown.attemptsLeft, undefined, 'nobody’s tries are counted');
    await refusal(stranger.adapter.call('auth.context', undefined), 'unauthenticated');
  });

  it('as somebody nobody knows makes a signed-out session', async () => {
    await refusal(backendAt().backend.connect('nobody@example.com').adapter.call('auth.context', undefined), 'unauthenticated');
  });

  it('is done by connect() for whom the world names', async () => {
    assert.equal((await createMemoryAdapter({ world: memberWorld() }).call('auth.context', undefined)).user.name, 'Mary Somerville');
  });
});

describe('a session', () => {
  it('ends from elsewhere: the next call is unauthenticated, and its listeners hear of it', async () => {
    const { backend } = backendAt();
    const session = backend.connect();
    const other = backend.connect();
    await session.adapter.call('auth.context', undefined);
    const hints = hintsOf(session);
    session.end();
    await refusal(session.adapter.call('company.get', undefined), 'unauthenticated');
    assert.deepEqual(hints, [['auth.context']]);
    await other.adapter.call('company.get', undefined);
  });

  it('ends by itself after 30 days', async () => {
    const { backend, clock } = backendAt();
    const session = backend.connect();
    const { session: shown } = await session.adapter.call('auth.context', undefined);
    const hints = hintsOf(session);
    assert.equal(Date.parse(shown.expiresAt ?? ''), clock() + 30 * 86_400_000);
    clock.advance(30 * 86_400);
    await refusal(session.adapter.call('auth.context', undefined), 'unauthenticated');
    await refusal(session.adapter.call('auth.context', undefined), 'unauthenticated');
    assert.deepEqual(hints, [['auth.context']]);
  });

  it('signs out once and again', async () => {
    const { adapter } = backendAt().backend.connect();
    await write(adapter, 'auth.signOut', undefined);
    await write(adapter, 'auth.signOut', undefined);
    await refusal(adapter.call('auth.context', undefined), 'unauthenticated');
  });

  it('asks for a recent sign-in after ten minutes, by code or by password', async () => {
    const { backend, clock } = backendAt({ world: mfaOnWorld() });
    const ada = backend.connect().adapter;
    const charles = backend.connect('charles@example.com').adapter;
    await Promise.all([ada, charles].map((adapter) => adapter.call('auth.context', undefined)));
    clock.advance(599);
    await write(charles, 'email.change', { email: 'c@example.com' });
    clock.advance(1);
    assert.deepEqual((await refusal(write(charles, 'email.change', { email: 'd@example.com' }), 'step-up-required')).challenge, { methods: ['password'], maxAge: 600 });
    assert.deepEqual((await refusal(write(ada, 'email.change', { email: 'd@example.com' }), 'step-up-required')).challenge, { methods: ['totp', 'recovery-code'], maxAge: 600 });
    await write(charles, 'auth.stepUp', { method: 'password', password: 'difference-engine-1822' });
    await write(charles, 'email.change', { email: 'd@example.com' });
    await write(ada, 'auth.stepUp', { method: 'totp', code: codeOf(ADA_TOTP_SECRET, clock()) });
    await write(ada, 'email.change', { email: 'e@example.com' });
    clock.advance(600);
    await refusal(write(ada, 'email.change', { email: 'f@example.com' }), 'step-up-required');
  });
});

describe('rights', () => {
  const company: OperationName[] = ['company.get', 'team.list'];
  const running: OperationName[] = ['company.update', 'logo.set', 'logo.remove', 'team.invite', 'team.resend', 'team.revoke', 'team.link', 'team.changeRole', 'team.remove', 'apiKeys.list', 'apiKeys.reveal', 'apiKeys.create', 'apiKeys.update', 'apiKeys.roll', 'apiKeys.finishRoll', 'apiKeys.cancelRoll', 'apiKeys.revoke', 'audit.list'];
  const owners: OperationName[] = ['organisation.transfer', 'organisation.delete'];
  const personal = operationNames.filter((operation) => ![...company, ...running, ...owners].includes(operation));

  for (const [role, email, allowed] of [
    ['owner', 'ada@example.com', operationNames],
    ['admin', 'charles@example.com', [...personal, ...company, ...running]],
    ['member', 'mary@example.com', [...personal, ...company]],
    ['owner of another organisation', 'georg@example.org', operationNames],
  ] as const) {
    it(`of ${role} are those of the contract, shown and kept`, async () => {
      const { backend } = backendAt();
      const session = backend.connect(email);
      assert.deepEqual([...(await session.adapter.call('auth.context', undefined)).operations].sort(), [...allowed].sort());
      for (const operation of operationNames) {
        // What ends the place or the session has cases of its own.
        if (operation === 'auth.signOut' || operation === 'organisation.leave') continue;
        const outcome = await callSample(session.adapter, operation).then(
          () => 'fulfilled',
          (error: unknown) => (SettingsError.is(error) ? error.kind : 'thrown'),
        );
        assert.equal(outcome === 'forbidden', !allowed.includes(operation), `${operation}: ${outcome}`);
      }
    });
  }
});

describe('hints', () => {
  it('go to the sessions that a change concerns, not to the one that made it', async () => {
    const { backend } = backendAt();
    const [author, colleague, stranger] = [backend.connect(), backend.connect('mary@example.com'), backend.connect('georg@example.org')];
    await Promise.all([author, colleague, stranger].map((session) => session.adapter.call('auth.context', undefined)));
    const [own, theirs, strange] = [hintsOf(author), hintsOf(colleague), hintsOf(stranger)];
    await write(author.adapter, 'company.update', { name: 'Renamed' });
    await author.adapter.call('company.get', undefined);
    assert.deepEqual([own, theirs, strange], [[], [['company.get', 'auth.context']], []]);
  });

  it('are not given for a call that failed', async () => {
    const { backend } = backendAt();
    const colleague = backend.connect('mary@example.com');
    const author = backend.connect().adapter;
    await colleague.adapter.call('auth.context', undefined);
    const hints = hintsOf(colleague);
    await refusal(write(author, 'company.update', { name: 'Renamed' }, { ifMatch: 'old' }), 'stale');
    await colleague.adapter.call('auth.context', undefined);
    assert.deepEqual(hints, []);
  });

  it('stop when they are unsubscribed', async () => {
    const { backend } = backendAt();
    const colleague = backend.connect('mary@example.com');
    await colleague.adapter.call('auth.context', undefined);
    let count = 0;
    const stop = colleague.adapter.subscribe?.(() => count++);
    stop?.();
    await write(backend.connect().adapter, 'company.update', { name: 'Renamed' });
    assert.equal(count, 0);
  });
});

describe('a change of address', () => {
  it('counts once its link was followed, and the link works once', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    await write(adapter, 'email.change', { email: 'countess@example.com' });
    const token = tokenFor(backend, 'countess@example.com');
    await backend.confirmEmail(token);
    const { user } = await adapter.call('auth.context', undefined);
    assert.deepEqual([user.email, user.pendingEmail, user.emailVerified], ['countess@example.com', null, true]);
    assert.deepEqual(backend.outbox.mails.slice(-2).map(({ to }) => to), ['ada@example.com', 'countess@example.com']);
    await refusal(backend.confirmEmail(token), 'not-found');
    await backend.connect(null).signIn({ email: 'countess@example.com', password: ADA_PASSWORD });
    await refusal(backend.connect(null).signIn({ email: 'ada@example.com', password: ADA_PASSWORD }), 'wrong-credential');
    // The demo still finds its people.
    assert.equal((await backend.connect('ada@example.com').adapter.call('auth.context', undefined)).user.name, 'Ada Lovelace');
  });

  it('does not count after a day, a second sending or a cancel', async () => {
    const { backend, clock } = backendAt();
    const { adapter } = backend.connect();
    await write(adapter, 'email.change', { email: 'countess@example.com' });
    const first = tokenFor(backend, 'countess@example.com');
    await write(adapter, 'email.resend', undefined);
    await refusal(backend.confirmEmail(first), 'not-found');
    const second = tokenFor(backend, 'countess@example.com');
    await write(adapter, 'email.cancel', undefined);
    await refusal(backend.confirmEmail(second), 'not-found');
    await write(adapter, 'email.change', { email: 'countess@example.com' });
    clock.advance(86_400);
    await refusal(backend.confirmEmail(tokenFor(backend, 'countess@example.com')), 'not-found');
    assert.equal((await adapter.call('auth.context', undefined)).user.pendingEmail, null);
  });

  it('to an address that somebody has looks the same from outside, and only its owner learns of it', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    const free = await write(adapter, 'email.change', { email: 'free@example.com' });
    const taken = await write(adapter, 'email.change', { email: 'Georg@example.org' });
    assert.deepEqual({ ...taken, pendingEmail: null }, { ...free, pendingEmail: null });
    assert.equal(taken.pendingEmail, 'Georg@example.org');
    const mail = backend.outbox.mails.at(-1);
    assert.deepEqual([mail?.to, mail?.link, mail?.subject], ['Georg@example.org', null, 'You already have an account']);
  });
});
