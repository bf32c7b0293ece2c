import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineAdapter, isAdapter, SettingsError, type Handlers, type SettingsErrorKind } from '../../src/contract/index.js';

const company = { id: 'c1', name: 'Engines', country: 'GB', logoUrl: null, mfaRequiredFrom: null, version: '1' };

/** Handlers that a real backend could turn out to have, whatever the types say. */
function lying(handlers: Record<string, unknown>): Handlers {
  return handlers;
}

async function kindOf(call: Promise<unknown>): Promise<SettingsErrorKind> {
  const error: unknown = await call.then(
    () => assert.fail('the call succeeded'),
    (thrown: unknown) => thrown,
  );
  assert.ok(SettingsError.is(error));
  return error.kind;
}

describe('defineAdapter', () => {
  it('answers what the handler answers', async () => {
    const adapter = defineAdapter({ name: 'small', operations: { 'company.get': () => Promise.resolve(company) } });
    assert.deepEqual(await adapter.call('company.get', undefined), company);
    assert.deepEqual(adapter.operations, ['company.get']);
    assert.ok(isAdapter(adapter));
    assert.ok(!isAdapter({ name: 'small', operations: [], call: () => undefined }));
  });

  it('refuses names that the contract does not have, those of Object.prototype too', () => {
    for (const name of ['company.read', 'toString', 'constructor', '']) {
      assert.throws(() => defineAdapter({ name: 'small', operations: lying({ [name]: () => Promise.resolve() }) }), TypeError);
    }
  });

  it('lacks operations that are not there, or undefined', async () => {
    const adapter = defineAdapter({ name: 'small', operations: lying({ 'company.get': undefined }) });
    assert.deepEqual(adapter.operations, []);
    assert.equal(await kindOf(adapter.call('company.get', undefined)), 'unsupported');
    assert.equal(await kindOf(adapter.call('team.list', {})), 'unsupported');
  });

  it('makes one kind of error of all that is thrown, and says nothing of it', async () => {
    const throwing = [
      () => {
        throw new Error('secret in the text');
      },
      () => Promise.reject(new TypeError('secret in the text')),
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- an adapter may reject with anything
      () => Promise.reject('secret in the text'),
    ];
    for (const handler of throwing) {
      const adapter = defineAdapter({ name: 'small', operations: lying({ 'company.get': handler }) });
      const error: unknown = await adapter.call('company.get', undefined).catch((thrown: unknown) => thrown);
      assert.ok(SettingsError.is(error));
      assert.equal(error.kind, 'unexpected');
      assert.ok(!error.message.includes('secret'));
    }
  });

  it('passes its own errors on as they are', async () => {
    const own = new SettingsError('stale', 'Old.', { current: company });
    const adapter = defineAdapter({ name: 'small', operations: { 'company.get': () => Promise.reject(own) } });
    await assert.rejects(adapter.call('company.get', undefined), (thrown) => thrown === own);
  });

  it('calls nonsense unexpected, names the place and not the content', async () => {
    const answers = [undefined, null, '', '<html>Sign in, hunter2</html>', 42, [], {}, { ...company, name: 7 }, { ...company, version: '' }, { error: 'hunter2' }, [company]];
    for (const answer of answers) {
      const adapter = defineAdapter({ name: 'small', operations: lying({ 'company.get': () => Promise.resolve(answer) }) });
      const error: unknown = await adapter.call('company.get', undefined).catch((thrown: unknown) => thrown);
      assert.ok(SettingsError.is(error), JSON.stringify(answer));
      assert.equal(error.kind, 'unexpected');
      assert.ok(!error.message.includes('hunter2'));
    }
  });

  it('drops fields it does not know, __proto__ among them', async () => {
    const answer: unknown = JSON.parse(`{ "__proto__": { "polluted": true }, "constructor": 1, "extra": 2, ${JSON.stringify(company).slice(1)}`);
    const adapter = defineAdapter({ name: 'small', operations: lying({ 'company.get': () => Promise.resolve(answer) }) });
    const read = await adapter.call('company.get', undefined);
    assert.deepEqual(Object.keys(read).sort(), Object.keys(company).sort());
    assert.equal(Object.getPrototypeOf(read), Object.prototype);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
    assert.equal(Reflect.get(read, 'polluted'), undefined);
  });

  it('checks and cleans what goes in before the handler sees it', async () => {
    const seen: unknown[] = [];
    const adapter = defineAdapter({
      name: 'small',
      operations: {
        'company.update': (input) => {
          seen.push(input);
          return Promise.resolve(company);
        },
      },
    });
    await adapter.call('company.update', { name: '  Engines\u200b  ' });
    assert.deepEqual(seen, [{ name: 'Engines' }]);
    const error: unknown = await adapter.call('company.update', { name: ' ', country: 'Britain' }).catch((thrown: unknown) => thrown);
    assert.ok(SettingsError.is(error));
    assert.deepEqual([error.kind, error.fields], ['invalid', { name: 'required', country: 'invalid' }]);
    const long = await adapter.call('company.update', { name: 'x'.repeat(10_240) }).catch((thrown: unknown) => thrown);
    assert.ok(SettingsError.is(long));
    assert.deepEqual(long.fields, { name: 'too-long' });
    assert.equal(seen.length, 1);
  });

  it('names nested fields by their path', async () => {
    const adapter = defineAdapter({ name: 'small', operations: { 'apiKeys.update': () => Promise.reject(new Error('not reached')) } });
    const error: unknown = await adapter
      .call('apiKeys.update', { id: 'k', addresses: [{ address: '::1', description: '' }, { address: 'not an address', description: '' }] })
      .catch((thrown: unknown) => thrown);
    assert.ok(SettingsError.is(error));
    assert.deepEqual(error.fields, { 'addresses.1.address': 'invalid' });
  });

  it('aborts at once, however long the backend takes, and drops the late answer', async () => {
    let answer: (value: typeof company) => void = () => undefined;
    const adapter = defineAdapter({ name: 'small', operations: { 'company.get': () => new Promise((resolve) => (answer = resolve)) } });
    const controller = new AbortController();
    const call = adapter.call('company.get', undefined, { signal: controller.signal });
    await Promise.resolve();
    controller.abort();
    assert.equal(await kindOf(call), 'aborted');
    answer(company);
    assert.equal(await kindOf(call), 'aborted');
  });

  it('aborts with the reason when that is one of our errors', async () => {
    const adapter = defineAdapter({ name: 'small', operations: { 'company.get': () => new Promise(() => undefined) } });
    assert.equal(await kindOf(adapter.call('company.get', undefined, { signal: AbortSignal.abort(new SettingsError('unavailable')) })), 'unavailable');
    assert.equal(await kindOf(adapter.call('company.get', undefined, { signal: AbortSignal.abort() })), 'aborted');
  });

  it('leaves no listener on a signal that lives on', async () => {
    const adapter = defineAdapter({ name: 'small', operations: { 'company.get': () => Promise.resolve(company) } });
    const controller = new AbortController();
    let listeners = 0;
    const add = controller.signal.addEventListener.bind(controller.signal);
    const remove = controller.signal.removeEventListener.bind(controller.signal);
    controller.signal.addEventListener = (...all: Parameters<typeof add>) => {
      listeners++;
      add(...all);
    };
    controller.signal.removeEventListener = (...all: Parameters<typeof remove>) => {
      listeners--;
      remove(...all);
    };
    await adapter.call('company.get', undefined, { signal: controller.signal });
    await Promise.resolve();
    assert.equal(listeners, 0);
  });
});
