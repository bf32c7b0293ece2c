import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { Action, SettingsClient, type StepUpRequest } from '../../src/client/index.js';
import { SettingsError, type OperationName } from '../../src/contract/index.js';
import { createMemoryBackend, mfaOnWorld, ADA_TOTP_SECRET } from '../../src/adapters/memory/index.js';
import { codeAt } from '../support/authenticator.js';
import { company, context, deferred, recording, settled } from './support.js';

const kindOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'ok', (error: unknown) => (SettingsError.is(error) ? error.kind : `no SettingsError: ${String(error)}`));

describe('The client of an adapter', () => {
  it('is one for each adapter object, whether defined or plain', () => {
    const { adapter } = recording({});
    assert.equal(SettingsClient.of(adapter), SettingsClient.of(adapter));
    const plain = { name: 'plain', operations: {} };
    assert.equal(SettingsClient.of(plain), SettingsClient.of(plain));
    assert.notEqual(SettingsClient.of(plain), SettingsClient.of({ ...plain }));
  });
});

describe('Reads', () => {
  it('that are equal are one resource, sent once', async () => {
    const { adapter, of } = recording({ 'team.list': () => Promise.resolve({ items: [], nextCursor: null, total: 0 }) });
    const client = SettingsClient.of(adapter);
    const first = client.resource('team.list', { search: 'ada' });
    first.subscribe(() => undefined);
    client.resource('team.list', { search: 'ada' }).subscribe(() => undefined);
    await settled();
    assert.equal(first, client.resource('team.list', { search: 'ada' }));
    assert.notEqual(first, client.resource('team.list', { search: 'bob' }));
    assert.equal(of('team.list').length, 1);
  });

  it('that hold a secret in their question are neither kept nor shared', async () => {
    const { adapter, of } = recording({ 'invitation.get': () => Promise.reject(new SettingsError('not-found')) });
    const client = SettingsClient.of(adapter);
    assert.equal(await kindOf(client.read('invitation.get', { token: 'secret' })), 'not-found');
    assert.equal(await kindOf(client.read('invitation.get', { token: 'secret' })), 'not-found');
    assert.equal(of('invitation.get').length, 2);
  });
});

describe('Writes', () => {
  it('carry the version that was read, and an idempotency key of their own', async () => {
    const { adapter, of } = recording({ 'company.update': ({ name }) => Promise.resolve(company(name ?? '', '2')) });
    const client = SettingsClient.of(adapter);
    await client.run('company.update', { name: 'A' }, { ifMatch: '1' });
    await client.run('company.update', { name: 'B' }, { ifMatch: '2' });
    const [first, second] = of('company.update').map(({ options }) => options);
    assert.deepEqual([first?.ifMatch, second?.ifMatch], ['1', '2']);
    assert.match(first?.idempotencyKey ?? '', /^[\da-f]{32}$/);
    assert.notEqual(first?.idempotencyKey, second?.idempotencyKey);
  });

  it('begun before another one of this page about other fields carry what that one made; all others carry what they were begun from', async () => {
    let version = 1;
    const { adapter, of } = recording({ 'company.update': ({ name }) => Promise.resolve(company(name ?? 'Before', String(++version))) });
    const client = SettingsClient.of(adapter);
    const carried = async (input: { name?: string; country?: string }, ifMatch: string): Promise<string | undefined> => {
      await client.run('company.update', input, { ifMatch });
      return of('company.update').at(-1)?.options.ifMatch;
    };
    assert.equal(await carried({ country: 'FR' }, '1'), '1');
    assert.equal(await carried({ name: 'Beside it' }, '1'), '2', 'another card of this page');
    assert.equal(await carried({ name: 'Another name' }, '1'), '2', 'the name of 3 is not what this one began from: it is asked');
    assert.equal(await carried({ country: 'SE' }, '1'), '1', 'the country, too');
    assert.equal(await carried({ country: 'SE' }, '9'), '9', 'what somebody else made');
  });

  it('about one thing say nothing of the versions of another, nor of those of another organisation or person', async () => {
    const { adapter, of } = recording({
      'auth.context': () => context(),
      'company.update': () => Promise.resolve(company('A', '2')),
      'profile.update': () => context().then(({ user }) => user),
    });
    const client = SettingsClient.of(adapter);
    await client.run('company.update', { country: 'FR' }, { ifMatch: '1' });
    await client.run('profile.update', { name: 'Ada' }, { ifMatch: '1' });
    assert.equal(of('profile.update').at(-1)?.options.ifMatch, '1');
    await client.signOut().catch(() => undefined);
    await client.run('company.update', { name: 'B' }, { ifMatch: '1' });
    assert.equal(of('company.update').at(-1)?.options.ifMatch, '1');
  });

  it('put their answer in the place of the read that it is', async () => {
    const { adapter, of } = recording({
      'company.get': () => Promise.resolve(company('Before')),
      'company.update': ({ name }) => Promise.resolve(company(name ?? '', '2')),
    });
    const client = SettingsClient.of(adapter);
    const resource = client.resource('company.get', undefined);
    resource.subscribe(() => undefined);
    await settled();
    await client.run('company.update', { name: 'After' });
    assert.equal(resource.data?.name, 'After');
    assert.equal(of('company.get').length, 1, 'no second read');
  });

  it('win over a read that was sent before them and is answered after them', async () => {
    const late = deferred<ReturnType<typeof company>>();
    const { adapter } = recording({ 'company.get': () => late.promise, 'company.update': ({ name }) => Promise.resolve(company(name ?? '', '2')) });
    const client = SettingsClient.of(adapter);
    const resource = client.resource('company.get', undefined);
    resource.subscribe(() => undefined);
    await client.run('company.update', { name: 'After' });
    late.resolve(company('Before'));
    await settled();
    assert.equal(resource.data?.name, 'After');
  });

  it('refetch what they changed where somebody looks at it, and forget it where nobody does', async () => {
    const { adapter, of } = recording({ 'team.list': () => Promise.resolve({ items: [], nextCursor: null }), 'team.revoke': () => Promise.resolve() });
    const client = SettingsClient.of(adapter);
    client.resource('team.list', { search: 'looked at' }).subscribe(() => undefined);
    const left = client.resource('team.list', { search: 'left' });
    left.subscribe(() => undefined)();
    await settled();
    const before = of('team.list').length;
    await client.run('team.revoke', { id: 'x' });
    await settled();
    assert.equal(of('team.list').length, before + 1);
    assert.notEqual(client.resource('team.list', { search: 'left' }), left);
  });

  it('that are stale bring the current value in front of the person', async () => {
    const { adapter } = recording({
      'company.get': () => Promise.resolve(company('Before')),
      'company.update': () => Promise.reject(new SettingsError('stale', 'stale', { current: company('Theirs', '2') })),
    });
    const client = SettingsClient.of(adapter);
    const resource = client.resource('company.get', undefined);
    resource.subscribe(() => undefined);
    await settled();
    assert.equal(await kindOf(client.run('company.update', { name: 'Mine' }, { ifMatch: '1' })), 'stale');
    assert.equal(resource.data?.name, 'Theirs');
    assert.equal(resource.data.version, '2');
  });

  for (const current of [undefined, { name: 'half a company' }, 'nonsense']) {
    it(`that are stale read anew when the backend brought ${current === undefined ? 'nothing' : JSON.stringify(current)}`, async () => {
      let name = 'Before';
      const { adapter } = recording({
        'company.get': () => Promise.resolve(company(name)),
        'company.update': () => Promise.reject(new SettingsError('stale', 'stale', { current })),
      });
      const client = SettingsClient.of(adapter);
      const resource = client.resource('company.get', undefined);
      resource.subscribe(() => undefined);
      await settled();
      name = 'Theirs';
      await kindOf(client.run('company.update', { name: 'Mine' }));
      await settled();
      assert.equal(resource.data?.name, 'Theirs');
    });
  }

  it('that answer a person change the auth context at once', async () => {
    const ada = await context();
    const { adapter, of } = recording({
      'auth.context': () => Promise.resolve(ada),
      'profile.update': ({ name }) => Promise.resolve({ ...ada.user, name: name ?? '', version: '2' }),
    });
    const client = SettingsClient.of(adapter);
    client.auth.subscribe(() => undefined);
    await settled();
    const saving = client.run('profile.update', { name: 'Ada King' });
    await saving;
    assert.equal(client.auth.user?.name, 'Ada King');
    assert.ok(of('auth.context').length >= 1);
  });
});

describe('Step-up', () => {
  const challenge = { methods: ['totp'] as const, maxAge: 600 };

  /** A backend that wants proof before it reveals. */
  function guarded(): ReturnType<typeof recording> & { client: SettingsClient } {
    let fresh = false;
    const made = recording({
      'auth.stepUp': (proof) => {
        if (proof.method !== 'totp' || proof.code !== '123456') return Promise.reject(new SettingsError('wrong-credential', 'wrong', { attemptsLeft: 4 }));
        fresh = true;
        return Promise.resolve({ freshUntil: '2030-01-01T00:00:00Z' });
      },
      'apiKeys.reveal': () => (fresh ? Promise.resolve({ secrets: [{ id: 'k', secret: 's' }] }) : Promise.reject(new SettingsError('step-up-required', 'prove it', { challenge }))),
    });
    return { ...made, client: SettingsClient.of(made.adapter) };
  }

  it('asks, stays open at a wrong code, and then runs the same call once more under the same key', async () => {
    const { client, of } = guarded();
    let request: StepUpRequest | undefined;
    const revealed = client.run('apiKeys.reveal', { ids: ['k'] }, { prompt: (asked) => { request = asked; }, idempotencyKey: 'one', ifMatch: 'v' });
    await settled();
    assert.equal(request?.operation, 'apiKeys.reveal');
    assert.deepEqual(request.challenge, challenge);
    assert.equal(await kindOf(request.prove({ method: 'totp', code: '000000' })), 'wrong-credential');
    assert.equal(of('apiKeys.reveal').length, 1);
    await request.prove({ method: 'totp', code: '123456' });
    assert.deepEqual(await revealed, { secrets: [{ id: 'k', secret: 's' }] });
    const calls = of('apiKeys.reveal');
    assert.equal(calls.length, 2);
    assert.deepEqual(calls.map(({ input, options }) => [input, options.idempotencyKey, options.ifMatch]), [[{ ids: ['k'] }, 'one', 'v'], [{ ids: ['k'] }, 'one', 'v']]);
  });

  it('sends each proof under a key of its own', async () => {
    const { client, of } = guarded();
    let request: StepUpRequest | undefined;
    const revealed = client.run('apiKeys.reveal', {}, { prompt: (asked) => { request = asked; } });
    await settled();
    await kindOf(request?.prove({ method: 'totp', code: '000000' }) ?? Promise.resolve());
    await request?.prove({ method: 'totp', code: '123456' });
    await revealed;
    const keys = of('auth.stepUp').map(({ options }) => options.idempotencyKey);
    assert.equal(new Set(keys).size, 2);
  });

  it('is aborted when the person closes the question, and nothing is sent again', async () => {
    const { client, of } = guarded();
    const revealed = client.run('apiKeys.reveal', {}, { prompt: (request) => { request.cancel(); } });
    assert.equal(await kindOf(revealed), 'aborted');
    assert.equal(of('apiKeys.reveal').length, 1);
  });

  it('fails with step-up-required where nobody can ask', async () => {
    const { client } = guarded();
    assert.equal(await kindOf(client.run('apiKeys.reveal', {})), 'step-up-required');
  });

  it('asks once only: a backend that is never content ends in an error', async () => {
    const { adapter, of } = recording({
      'auth.stepUp': () => Promise.resolve({ freshUntil: '2030-01-01T00:00:00Z' }),
      'apiKeys.reveal': () => Promise.reject(new SettingsError('step-up-required', 'again', { challenge })),
    });
    let asked = 0;
    const revealed = SettingsClient.of(adapter).run('apiKeys.reveal', {}, { prompt: (request) => {
      asked += 1;
      void request.prove({ method: 'totp', code: '123456' });
    } });
    assert.equal(await kindOf(revealed), 'step-up-required');
    assert.equal(asked, 1);
    assert.equal(of('apiKeys.reveal').length, 2);
  });

  it('fails when the backend does not say what would do', async () => {
    const { adapter } = recording({ 'apiKeys.reveal': () => Promise.reject(new SettingsError('step-up-required')) });
    let asked = 0;
    assert.equal(await kindOf(SettingsClient.of(adapter).run('apiKeys.reveal', {}, { prompt: () => { asked += 1; } })), 'step-up-required');
    assert.equal(asked, 0);
  });

  it('works against the memory backend with a code of a real authenticator', async () => {
    const client = SettingsClient.of(createMemoryBackend({ world: mfaOnWorld() }).connect().adapter);
    const { secrets } = await client.run('apiKeys.reveal', {}, { prompt: (request) => void request.prove({ method: 'totp', code: codeAt(ADA_TOTP_SECRET, Date.now()) }) });
    assert.equal(secrets.length, 7);
  });
});

describe('Signing out', () => {
  it('forgets who was signed in and all that was read, whatever the backend answers', async () => {
    const ada = await context();
    const { adapter } = recording({
      'auth.context': () => Promise.resolve(ada),
      'company.get': () => Promise.resolve(company('Hers')),
      'auth.signOut': () => Promise.reject(new SettingsError('unavailable')),
    });
    const client = SettingsClient.of(adapter);
    client.auth.subscribe(() => undefined);
    const resource = client.resource('company.get', undefined);
    resource.subscribe(() => undefined);
    await settled();
    assert.equal(resource.data?.name, 'Hers');
    assert.equal(await kindOf(client.signOut()), 'unavailable');
    assert.equal(client.auth.data, undefined);
    assert.equal(client.auth.signedOut, true);
    assert.equal(client.auth.left, true);
    assert.equal(resource.data, undefined);
    assert.equal(client.auth.can('company.get'), false);
  });

  it('is noticed by any call that is answered with unauthenticated; then what was typed may stay', async () => {
    const ada = await context();
    const { adapter } = recording({ 'auth.context': () => Promise.resolve(ada), 'company.update': () => Promise.reject(new SettingsError('unauthenticated')) });
    const client = SettingsClient.of(adapter);
    client.auth.subscribe(() => undefined);
    await settled();
    await kindOf(client.run('company.update', { name: 'A' }));
    assert.equal(client.auth.signedOut, true);
    assert.equal(client.auth.left, false);
  });

  it('is not what a refusal means: then the person’s rights are read anew', async () => {
    const [ada, mary] = [await context(), await context('mary@example.com')];
    let operations = ada.operations;
    const { adapter } = recording({
      'auth.context': () => Promise.resolve({ ...ada, operations }),
      'apiKeys.list': () => Promise.reject(new SettingsError('forbidden')),
      'company.update': () => Promise.reject(new SettingsError('forbidden')),
    });
    const client = SettingsClient.of(adapter);
    client.auth.subscribe(() => undefined);
    await settled();
    assert.equal(client.auth.can('company.update'), true);
    operations = mary.operations;
    await kindOf(client.run('company.update', { name: 'A' }));
    await settled();
    assert.equal(client.auth.can('company.update'), false);
    assert.equal(client.auth.signedOut, false);
  });

  it('of one person and return of another drops all that the first had read', async () => {
    const [ada, charles] = [await context(), await context('charles@example.com')];
    let who = ada;
    const { adapter, of } = recording({ 'auth.context': () => Promise.resolve(who), 'company.get': () => Promise.resolve(company(`read by ${who.user.name}`)) });
    const client = SettingsClient.of(adapter);
    client.auth.subscribe(() => undefined);
    const looked = client.resource('company.get', undefined);
    const names: (string | undefined)[] = [];
    looked.subscribe(() => {
      names.push(looked.data?.name);
    });
    await settled();
    who = charles;
    await client.auth.reload();
    await settled();
    assert.equal(client.auth.user?.name, 'Charles Babbage');
    assert.equal(client.resource('company.get', undefined).data?.name, 'read by Charles Babbage');
    assert.ok(names.includes(undefined), 'the first person’s data went before the second’s came');
    assert.equal(of('company.get').length, 2);
  });

  it('and back in as the same person reads again what had failed meanwhile', async () => {
    const ada = await context();
    let signedIn = false;
    const refuse = (): Promise<never> => Promise.reject(new SettingsError('unauthenticated'));
    const { adapter } = recording({ 'auth.context': () => (signedIn ? Promise.resolve(ada) : refuse()), 'company.get': () => (signedIn ? Promise.resolve(company('Hers')) : refuse()) });
    const client = SettingsClient.of(adapter);
    client.auth.subscribe(() => undefined);
    const resource = client.resource('company.get', undefined);
    resource.subscribe(() => undefined);
    await settled();
    assert.equal(resource.state.error?.kind, 'unauthenticated');
    signedIn = true;
    await client.auth.reload();
    await settled();
    assert.equal(resource.data?.name, 'Hers');
  });
});

describe('Hints of the backend', () => {
  it('refetch what somebody looks at', async () => {
    let hint: (changed: readonly OperationName[]) => void = () => undefined;
    let name = 'Before';
    const { adapter, of } = recording({ 'company.get': () => Promise.resolve(company(name)) }, (listener) => {
      hint = listener;
      return () => undefined;
    });
    const client = SettingsClient.of(adapter);
    const resource = client.resource('company.get', undefined);
    resource.subscribe(() => undefined);
    await settled();
    name = 'After';
    hint(['company.get', 'team.list']);
    await settled();
    assert.equal(resource.data?.name, 'After');
    assert.equal(of('company.get').length, 2);
  });

  it('load nothing that nobody looks at', async () => {
    let hint: (changed: readonly OperationName[]) => void = () => undefined;
    const ada = await context();
    const { adapter, received } = recording({ 'auth.context': () => Promise.resolve(ada), 'company.get': () => Promise.resolve(company('A')) }, (listener) => {
      hint = listener;
      return () => undefined;
    });
    SettingsClient.of(adapter);
    hint(['auth.context', 'company.get']);
    await settled();
    assert.deepEqual(received, []);
  });
});

describe('The time limit', () => {
  afterEach(() => {
    mock.timers.reset();
  });

  it('makes "unavailable" of a call that does not answer within nine seconds, and aborts it', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const { adapter, of } = recording({ 'company.update': () => new Promise<never>(() => undefined) });
    const saving = kindOf(SettingsClient.of(adapter).run('company.update', { name: 'A' }));
    await settled();
    mock.timers.tick(8999);
    await settled();
    assert.equal(of('company.update')[0]?.options.signal?.aborted, false);
    mock.timers.tick(1);
    assert.equal(await saving, 'unavailable');
    assert.equal(of('company.update')[0]?.options.signal?.aborted, true);
  });

  it('holds for reads, which then say so and can be tried again', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    let hangs = true;
    const { adapter } = recording({ 'company.get': () => (hangs ? new Promise<never>(() => undefined) : Promise.resolve(company('A'))) });
    const resource = SettingsClient.of(adapter).resource('company.get', undefined);
    resource.subscribe(() => undefined);
    await settled();
    mock.timers.tick(9000);
    await settled();
    assert.equal(resource.state.error?.kind, 'unavailable');
    assert.equal(resource.state.loading, false);
    hangs = false;
    await resource.reload();
    assert.equal(resource.data?.name, 'A');
  });

  it('holds for each call, not for the time that a person takes to find a code', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    let fresh = false;
    const { adapter } = recording({
      'auth.stepUp': () => {
        fresh = true;
        return Promise.resolve({ freshUntil: '2030-01-01T00:00:00Z' });
      },
      'apiKeys.reveal': () => (fresh ? Promise.resolve({ secrets: [] }) : Promise.reject(new SettingsError('step-up-required', 'prove it', { challenge: { methods: ['totp'], maxAge: 600 } }))),
    });
    let request: StepUpRequest | undefined;
    const revealed = kindOf(SettingsClient.of(adapter).run('apiKeys.reveal', {}, { prompt: (asked) => { request = asked; } }));
    await settled();
    mock.timers.tick(60_000);
    await request?.prove({ method: 'totp', code: '123456' });
    assert.equal(await revealed, 'ok');
  });

  it('leaves nothing behind: a hung call does not spoil the next', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    let calls = 0;
    const { adapter, of } = recording({
      'company.update': ({ name }) => {
        calls += 1;
        return calls === 1 ? new Promise<never>(() => undefined) : Promise.resolve(company(name ?? ''));
      },
    });
    const client = SettingsClient.of(adapter);
    const action = new Action('company.update');
    const first = kindOf(action.run(client, { name: 'A' }));
    await settled();
    mock.timers.tick(9000);
    assert.equal(await first, 'unavailable');
    assert.equal(await kindOf(action.run(client, { name: 'A' })), 'ok');
    const [one, two] = of('company.update').map(({ options }) => options.idempotencyKey);
    assert.equal(one, two, 'the hung call may have happened: the same key');
  });
});

describe('Offline', () => {
  const usual = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  afterEach(() => {
    if (usual) Object.defineProperty(globalThis, 'navigator', usual);
    else Reflect.deleteProperty(globalThis, 'navigator');
  });

  it('sends nothing and says so', async () => {
    Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { onLine: false } });
    const { adapter, received } = recording({ 'company.update': () => Promise.resolve(company('A')), 'company.get': () => Promise.resolve(company('A')) });
    const client = SettingsClient.of(adapter);
    assert.equal(await kindOf(client.run('company.update', { name: 'A' })), 'offline');
    const resource = client.resource('company.get', undefined);
    resource.subscribe(() => undefined);
    await settled();
    assert.equal(resource.state.error?.kind, 'offline');
    assert.deepEqual(received, []);
  });
});

describe('Aborting', () => {
  it('ends a call at once, before or while it is under way', async () => {
    const { adapter, received } = recording({ 'company.update': () => new Promise<never>(() => undefined) });
    const client = SettingsClient.of(adapter);
    const controller = new AbortController();
    const running = kindOf(client.run('company.update', { name: 'A' }, { signal: controller.signal }));
    await settled();
    controller.abort();
    assert.equal(await running, 'aborted');
    assert.equal(await kindOf(client.run('company.update', { name: 'A' }, { signal: AbortSignal.abort() })), 'aborted');
    assert.ok(received.length <= 2);
  });
});
