import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Action, createIdempotencyKey, SettingsClient } from '../../src/client/index.js';
import { errorKinds, SettingsError, type SettingsErrorKind } from '../../src/contract/index.js';
import { company, deferred, recording } from './support.js';

/** An action on a backend that fails as it is told, and the keys that the backend has seen. */
function scripted(...answers: (SettingsErrorKind | 'ok')[]): { action: Action<'company.update'>; send: (name?: string) => Promise<string>; keys: () => (string | undefined)[] } {
  const { adapter, of } = recording({
    'company.update': ({ name }) => {
      const answer = answers.shift() ?? 'ok';
      return answer === 'ok' ? Promise.resolve(company(name ?? '')) : Promise.reject(new SettingsError(answer));
    },
  });
  const client = SettingsClient.of(adapter);
  const action = new Action('company.update');
  return {
    action,
    send: (name = 'A') => action.run(client, { name }).then(() => 'ok', (error: unknown) => (SettingsError.is(error) ? error.kind : 'no SettingsError')),
    keys: () => of('company.update').map(({ options }) => options.idempotencyKey),
  };
}

describe('Action', () => {
  for (const kind of ['unavailable', 'unexpected', 'offline', 'aborted'] as const) {
    it(`sends the next try under the same key after "${kind}": the write may have happened`, async () => {
      const { send, keys } = scripted(kind, kind, 'ok', 'ok');
      assert.deepEqual([await send(), await send(), await send(), await send()], [kind, kind, 'ok', 'ok']);
      const [first, second, third, fourth] = keys();
      assert.match(first ?? '', /^[\da-f]{32}$/);
      assert.deepEqual([second, third], [first, first]);
      assert.notEqual(fourth, first, 'a new write once the outcome is known');
    });
  }

  for (const kind of errorKinds.filter((one) => !['unavailable', 'unexpected', 'offline', 'aborted'].includes(one))) {
    it(`takes a new key after "${kind}": it is known that nothing happened`, async () => {
      const { send, keys } = scripted(kind, 'ok');
      await send();
      await send();
      const [first, second] = keys();
      assert.ok(first && second);
      assert.notEqual(first, second);
    });
  }

  it('takes a new key when the input differs', async () => {
    const { action, send, keys } = scripted('unavailable', 'ok');
    await send('A');
    action.reset();
    await send('B');
    const [first, second] = keys();
    assert.notEqual(first, second);
  });

  it('is busy while its call is under way, and keeps its key when something is typed meanwhile', async () => {
    const gate = deferred<undefined>();
    const { adapter, of } = recording({
      'company.update': async ({ name }) => {
        await gate.promise;
        return company(name ?? '');
      },
    });
    const client = SettingsClient.of(adapter);
    const action = new Action('company.update');
    assert.equal(action.busy, false);
    const run = action.run(client, { name: 'A' });
    assert.equal(action.busy, true);
    action.reset();
    gate.resolve(undefined);
    await run;
    assert.equal(action.busy, false);
    assert.equal(of('company.update').length, 1);
  });

  it('is free again after a failure', async () => {
    const { action, send } = scripted('forbidden');
    await send();
    assert.equal(action.busy, false);
  });
});

describe('createIdempotencyKey', () => {
  it('is 128 random bits, never twice the same', () => {
    const keys = Array.from({ length: 1000 }, createIdempotencyKey);
    assert.ok(keys.every((key) => /^[\da-f]{32}$/.test(key)));
    assert.equal(new Set(keys).size, 1000);
  });
});
