import assert from 'node:assert/strict';
import { createMemoryBackend, type MemoryBackend, type MemoryBackendOptions } from '../../src/adapters/memory/index.js';
import { SettingsError, type CallOptions, type Input, type Output, type SettingsAdapter, type SettingsErrorKind, type WriteOperation } from '../../src/contract/index.js';
import { testClock, type TestClock } from '../contract/support/clock.js';

export { codeOf } from '../contract/support/memory-harness.js';
export { testClock, type TestClock };

/** A backend on a clock that the test moves. */
export function backendAt(options: MemoryBackendOptions = {}): { backend: MemoryBackend; clock: TestClock } {
  const clock = testClock();
  return { backend: createMemoryBackend({ clock, ...options }), clock };
}

let keys = 0;

/** A write under a key of its own. */
export function write<Op extends WriteOperation>(adapter: SettingsAdapter, operation: Op, input: Input<Op>, options: CallOptions = {}): Promise<Output<Op>> {
  keys++;
  return adapter.call(operation, input, { idempotencyKey: `test-${keys}`, ...options });
}

/** The error of a call that must fail so. */
export async function refusal(call: Promise<unknown>, kind: SettingsErrorKind): Promise<SettingsError> {
  const error: unknown = await call.then(
    () => assert.fail(`expected ${kind}, but the call succeeded`),
    (thrown: unknown) => thrown,
  );
  if (!SettingsError.is(error)) throw error;
  assert.equal(error.kind, kind, error.message);
  return error;
}

/** The token in the newest mail to this address. */
export function tokenFor(backend: MemoryBackend, to: string): string {
  const mail = backend.outbox.mails.filter((one) => one.to === to && one.link !== null).at(-1);
  assert.ok(mail?.link, 'a mail with a link');
  return mail.link.split('=')[1] ?? '';
}
