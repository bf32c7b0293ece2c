import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { IdempotencyKeys } from '../../src/adapters/memory/idempotency.js';
import { ADA_TOTP_SECRET, mfaOnWorld } from '../../src/adapters/memory/index.js';
import { backendAt, codeOf, refusal, write } from './support.js';

describe('idempotency keys', () => {
  it('belong to a person: somebody else may use the same', async () => {
    const { backend } = backendAt();
    const options = { idempotencyKey: 'same' };
    await backend.connect().adapter.call('profile.update', { name: 'Ada King' }, options);
    const user = await backend.connect('charles@example.com').adapter.call('profile.update', { name: 'Charles B' }, options);
    assert.equal(user.name, 'Charles B');
  });

  it('belong to one operation', async () => {
    const { adapter } = backendAt().backend.connect();
    await adapter.call('profile.update', { name: 'Same Input' }, { idempotencyKey: 'same' });
    await refusal(adapter.call('company.update', { name: 'Same Input' }, { idempotencyKey: 'same' }), 'conflict');
  });

  it('do not mind the order of fields', async () => {
    const { adapter } = backendAt().backend.connect();
    const first = await adapter.call('company.update', { name: 'Any Order', country: 'FR' }, { idempotencyKey: 'same' });
    assert.deepEqual(await adapter.call('company.update', { country: 'FR', name: 'Any Order' }, { idempotencyKey: 'same' }), first);
  });

  it('count each wrong code, whatever key it came under', async () => {
    const { backend, clock } = backendAt({ world: mfaOnWorld() });
    const { adapter } = backend.connect();
    const code = String((Number(codeOf(ADA_TOTP_SECRET, clock())) + 1) % 1_000_000).padStart(6, '0');
    for (const left of [4, 3, 2, 1, 0]) {
      assert.equal((await refusal(adapter.call('auth.stepUp', { method: 'totp', code }, { idempotencyKey: 'same' }), 'wrong-credential')).attemptsLeft, left);
    }
  });

  it('keep no secret: not of the answer, not of the input', async () => {
    const kept: unknown[] = [];
    const original = Object.getOwnPropertyDescriptor(IdempotencyKeys.prototype, 'keep');
    assert.ok(original);
    try {
      IdempotencyKeys.prototype.keep = (...all: Parameters<IdempotencyKeys['keep']>) => {
        kept.push(all);
      };
      const { backend, clock } = backendAt({ world: mfaOnWorld() });
      const { adapter } = backend.connect();
      await write(adapter, 'auth.stepUp', { method: 'totp', code: codeOf(ADA_TOTP_SECRET, clock()) });
      const { secrets } = await write(adapter, 'apiKeys.reveal', {});
      await write(adapter, 'password.change', { currentPassword: 'analytical-engine-1843', newPassword: 'seventeen violet umbrellas', signOutOthers: false });
      await write(adapter, 'mfa.disable', undefined);
      const enrolment = await write(adapter, 'mfa.begin', undefined);
      assert.equal(kept.length, 5);
      const everything = JSON.stringify(kept);
      for (const secret of [...secrets.map((one) => one.secret), enrolment.secret, 'umbrellas', 'analytical-engine-1843']) assert.ok(!everything.includes(secret));
    } finally {
      Object.defineProperty(IdempotencyKeys.prototype, 'keep', original);
    }
  });

  it('are forgotten after a day', async () => {
    const { backend, clock } = backendAt();
    const { adapter } = backend.connect();
    await adapter.call('company.update', { name: 'First Day' }, { idempotencyKey: 'same' });
    clock.advance(86_401);
    assert.equal((await adapter.call('company.update', { name: 'Second Day' }, { idempotencyKey: 'same' })).name, 'Second Day');
  });
});
