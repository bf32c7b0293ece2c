import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorKinds, SettingsError } from '../../src/contract/index.js';

describe('SettingsError', () => {
  it('carries what its kind needs', () => {
    const error = new SettingsError('step-up-required', 'Prove it.', { challenge: { methods: ['totp'], maxAge: 600 }, retryAfter: 3, attemptsLeft: 2, fields: { code: 'invalid' }, current: 1, cause: 'why' });
    assert.ok(error instanceof Error);
    assert.deepEqual([error.name, error.kind, error.message], ['SettingsError', 'step-up-required', 'Prove it.']);
    assert.deepEqual([error.challenge, error.retryAfter, error.attemptsLeft, error.fields, error.current, error.cause], [{ methods: ['totp'], maxAge: 600 }, 3, 2, { code: 'invalid' }, 1, 'why']);
  });

  it('has its kind for a message when none is given, and no cause when there is none', () => {
    const error = new SettingsError('offline');
    assert.equal(error.message, 'offline');
    assert.ok(!('cause' in error));
  });

  it('is known by its brand, across bundles', () => {
    assert.ok(SettingsError.is(new SettingsError('offline')));
    assert.ok(SettingsError.is(Object.defineProperty(new Error('other bundle'), Symbol.for('@userflux/settings:error'), { value: true })));
    for (const value of [new Error('no'), null, undefined, 'offline', { kind: 'offline' }]) assert.ok(!SettingsError.is(value));
  });

  it('does not show its brand when it is written out', () => {
    assert.ok(!JSON.stringify(new SettingsError('offline')).includes('userflux'));
  });

  it('keeps what is thrown by others out of its message', () => {
    const error = SettingsError.from(new Error('password hunter2 is wrong'), 'password.change');
    assert.equal(error.kind, 'unexpected');
    assert.ok(!error.message.includes('hunter2'));
    assert.ok(error.cause instanceof Error);
  });

  it('knows aborts, its own, and everything else that can be thrown', () => {
    const own = new SettingsError('stale');
    assert.equal(SettingsError.from(own, 'x'), own);
    assert.equal(SettingsError.from(new DOMException('Aborted', 'AbortError'), 'x').kind, 'aborted');
    for (const thrown of [undefined, null, 0, 'text', Symbol('x'), {}]) assert.equal(SettingsError.from(thrown, 'x').kind, 'unexpected');
  });

  it('has each kind once', () => {
    assert.equal(new Set(errorKinds).size, errorKinds.length);
  });
});
