import { defineAdapter, type AuthContext, type CallOptions, type Handlers, type OperationName, type SettingsAdapter } from '../../src/contract/index.js';
import { createMemoryBackend } from '../../src/adapters/memory/index.js';

/** One call as the backend received it. */
export interface Received {
  operation: OperationName;
  input: unknown;
  options: CallOptions;
}

/** An adapter of a few handlers that notes what it is asked. */
export function recording(handlers: Handlers, subscribe?: SettingsAdapter['subscribe']): { adapter: SettingsAdapter; received: Received[]; of: (operation: OperationName) => Received[] } {
  const received: Received[] = [];
  const operations = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (input: unknown, options: CallOptions) => {
        received.push({ operation: name as OperationName, input, options });
        // The record pairs each name with its own handler.
        return (handler as (input: unknown, options: CallOptions) => Promise<unknown>)(input, options);
      },
    ]),
  );
  const adapter = defineAdapter({ name: 'recording', operations, ...(subscribe && { subscribe }) });
  return { adapter, received, of: (operation) => received.filter((call) => call.operation === operation) };
}

/** A promise with its ends in hand. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

export function deferred<T>(): Deferred<T> {
  let ends: Pick<Deferred<T>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    ends = { resolve, reject };
  });
  if (!ends) throw new Error('The executor of a promise runs at once.');
  return { promise, ...ends };
}

/** All that is already on its way has arrived. */
export function settled(): Promise<void> {
  return new Promise((done) => {
    setImmediate(done);
  });
}

/** Ada's context as a real backend answers it. */
export function context(email = 'ada@example.com'): Promise<AuthContext> {
  return createMemoryBackend().connect(email).adapter.call('auth.context', undefined);
}

export const company = (name: string, version = '1'): { id: string; name: string; country: string | null; logoUrl: null; mfaRequiredFrom: null; version: string } => ({
  id: 'org',
  name,
  country: 'GB',
  logoUrl: null,
  mfaRequiredFrom: null,
  version,
});
