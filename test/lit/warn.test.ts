import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { warnOnce } from '../../src/lit/warn.js';

afterEach(() => {
  mock.restoreAll();
});

describe('A word to the page’s author', () => {
  it('is one console line, never twice the same', () => {
    const warn = mock.method(console, 'warn', () => undefined);
    warnOnce('uf-account', 'has no section "billing".');
    warnOnce('uf-account', 'has no section "billing".');
    warnOnce('uf-team', 'has no section "billing".');
    assert.deepEqual(warn.mock.calls.map((call) => call.arguments), [['<uf-account> has no section "billing".'], ['<uf-team> has no section "billing".']]);
  });
});
