import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SettingsError } from '../../src/contract/index.js';
import { backendAt, refusal, write } from './support.js';

describe('injected faults', () => {
  it('fail an operation so often, and no other', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    backend.faults.fail('company.get', 'unavailable', { times: 2 });
    await refusal(adapter.call('company.get', undefined), 'unavailable');
    await adapter.call('auth.context', undefined);
    await refusal(adapter.call('company.get', undefined), 'unavailable');
    await adapter.call('company.get', undefined);
  });

  it('fail every operation until they are cleared', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    backend.faults.fail('*', 'rate-limited');
    assert.ok((await refusal(adapter.call('company.get', undefined), 'rate-limited')).retryAfter);
    await refusal(adapter.call('team.list', {}), 'rate-limited');
    backend.faults.clear();
    await adapter.call('team.list', {});
  });

  it('throw what they are told to', async () => {
    const { backend } = backendAt();
    backend.faults.fail('company.get', () => {
      throw new SettingsError('stale', 'Old.', { current: 7 });
    });
    assert.equal((await refusal(backend.connect().adapter.call('company.get', undefined), 'stale')).current, 7);
  });

  it('lose the answer after the effect, which the same key then finds', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    const { version } = await adapter.call('company.get', undefined);
    const options = { ifMatch: version, idempotencyKey: 'lost' };
    backend.faults.fail('company.update', 'offline', { committed: true, times: 1 });
    await refusal(adapter.call('company.update', { name: 'Kept' }, options), 'offline');
    assert.equal((await adapter.call('company.get', undefined)).name, 'Kept');
    assert.equal((await adapter.call('company.update', { name: 'Kept' }, options)).name, 'Kept');
  });

  it('without "committed" happen before the effect', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    backend.faults.fail('company.update', 'unavailable', { times: 1 });
    await refusal(write(adapter, 'company.update', { name: 'Lost' }), 'unavailable');
    assert.equal((await adapter.call('company.get', undefined)).name, 'Analytical Engines Ltd');
  });

  it('cut the wire', async () => {
    const { backend } = backendAt();
    const session = backend.connect();
    backend.faults.offline = true;
    await refusal(session.adapter.call('company.get', undefined), 'offline');
    await refusal(session.signIn({ email: 'ada@example.com', password: 'analytical-engine-1843' }), 'offline');
    backend.faults.offline = false;
    await session.adapter.call('company.get', undefined);
  });

  it('hang until aborted, without effect', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    backend.faults.hang('company.update');
    const controller = new AbortController();
    const call = adapter.call('company.update', { name: 'Never' }, { signal: controller.signal });
    assert.equal((await adapter.call('company.get', undefined)).name, 'Analytical Engines Ltd');
    controller.abort();
    await refusal(call, 'aborted');
    backend.faults.clear();
    assert.equal((await adapter.call('company.get', undefined)).name, 'Analytical Engines Ltd');
  });

  it('hang until cleared, and then go on', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    backend.faults.hang('*');
    const call = adapter.call('company.get', undefined);
    const first = await Promise.race([call, new Promise((resolve) => setImmediate(resolve, 'hangs'))]);
    assert.equal(first, 'hangs');
    backend.faults.clear();
    assert.equal((await call).name, 'Analytical Engines Ltd');
  });

  it('answer nonsense, which nobody gets to see', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    backend.faults.answer('company.get', '<html>Sign in</html>');
    const error = await refusal(adapter.call('company.get', undefined), 'unexpected');
    assert.ok(!error.message.includes('html'));
  });

  it('add latency that an abort cuts short', async () => {
    const { backend } = backendAt({ latency: 3_600_000 });
    const controller = new AbortController();
    const call = backend.connect().adapter.call('company.get', undefined, { signal: controller.signal });
    await Promise.resolve();
    controller.abort();
    await refusal(call, 'aborted');
    backend.faults.latency = 0;
    await backend.connect().adapter.call('company.get', undefined);
    backend.faults.clear();
    assert.equal(backend.faults.latency, 3_600_000);
  });
});

describe('an abort', () => {
  it('while the backend works on it has either no effect or the whole one', async () => {
    const { backend } = backendAt();
    const { adapter } = backend.connect();
    const password = 'seventeen violet umbrellas';
    const controller = new AbortController();
    const call = write(adapter, 'password.change', { currentPassword: 'analytical-engine-1843', newPassword: password, signOutOthers: false }, { signal: controller.signal });
    // The hashes take longer than this turn: the call is under way.
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await refusal(call, 'aborted');
    await write(adapter, 'auth.stepUp', { method: 'password', password: 'analytical-engine-1843' });
    assert.ok(!backend.outbox.mails.some(({ subject }) => subject === 'Your account was changed'));
  });
});
