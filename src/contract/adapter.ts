import type * as z from 'zod/mini';
import { SettingsError } from './errors.js';
import { isOperation, rowOf, type Operations, type Input, type OperationName, type Output } from './operations.js';
import { problemsOf } from './schema.js';

export interface CallOptions {
  /** Aborts the call; the promise rejects with kind `aborted` at once. */
  signal?: AbortSignal | undefined;
  /** Writes: the same key with the same input has one effect and the same answer. */
  idempotencyKey?: string | undefined;
  /**
   * The id of the organisation that the caller means. Where the session is in another one by now (switched in another tab, or removed),
   * an operation on the organisation is `conflict`, and nothing is written or read there by mistake.
   */
  organisation?: string | undefined;
  /** Versioned writes: the version that was read; an old one is `stale`. */
  ifMatch?: string | undefined;
}

/** What an author writes: a handler for each operation that the backend has. Presence is capability. */
export type Handlers = {
  [Op in OperationName]?: (input: z.output<Operations[Op]['input']>, options: CallOptions) => Promise<Output<Op>>;
};

export interface AdapterDefinition {
  /** For people who debug: `acme-graphql`. */
  name: string;
  operations: Handlers;
  /** Where a backend can: calls the listener with the reads that changed elsewhere (never data). Answers how to stop. */
  subscribe?: (listener: (changed: readonly OperationName[]) => void) => () => void;
}

/** What the client calls: checked in, checked out, one error type, abortable. */
export interface SettingsAdapter {
  readonly name: string;
  readonly operations: readonly OperationName[];
  readonly subscribe: AdapterDefinition['subscribe'];
  call<Op extends OperationName>(operation: Op, input: Input<Op>, options?: CallOptions): Promise<Output<Op>>;
}

const BRAND = Symbol.for('@userflux/settings:adapter');

export function isAdapter(value: unknown): value is SettingsAdapter {
  return typeof value === 'object' && value !== null && BRAND in value;
}

/** Rejects when the signal aborts, however long the work itself takes; a late answer is dropped. */
function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => {
      reject(SettingsError.is(signal.reason) ? signal.reason : new SettingsError('aborted'));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}

/** What calls it ends when its signal aborts, and hears of one type of error. @param adapter whose `call` checks what goes in and out */
export function makeAdapter(adapter: SettingsAdapter): SettingsAdapter {
  const made: SettingsAdapter = {
    ...adapter,
    async call(operation, input, options = {}) {
      try {
        return await abortable(Promise.resolve().then(() => adapter.call(operation, input, options)), options.signal);
      } catch (thrown) {
        throw SettingsError.from(thrown, operation);
      }
    },
  };
  Object.defineProperty(made, BRAND, { value: true });
  return made;
}

/**
 * Makes an adapter of a backend. Inputs are parsed before a handler sees them, answers before anybody else does
 * (unknown fields dropped); whatever a handler throws becomes a {@link SettingsError}.
 *
 * ```ts
 * export const adapter = defineAdapter({
 *   name: 'acme',
 *   operations: {
 *     'company.get': async (_input, { signal }) => (await fetch('/api/company', { signal })).json(),
 *   },
 * });
 * ```
 * @throws {TypeError} when the definition names an operation that the contract does not have.
 */
export function defineAdapter(definition: AdapterDefinition): SettingsAdapter {
  const names = Object.keys(definition.operations);
  const unknown = names.find((name) => !isOperation(name));
  if (unknown !== undefined) {
    throw new TypeError(`The adapter "${definition.name}" has "${unknown}", which is none of the contract's operations.`);
  }
  return makeAdapter({
    name: definition.name,
    operations: names.filter(isOperation).filter((name) => definition.operations[name]),
    subscribe: definition.subscribe,
    async call(operation, input, options = {}) {
      type Handler = (input: unknown, options: CallOptions) => Promise<unknown>;
      const handler = definition.operations[operation] as Handler | undefined;
      if (!handler) throw new SettingsError('unsupported', `The adapter "${definition.name}" has no ${operation}.`);
      const row = rowOf(operation);
      const given = row.input.safeParse(input);
      if (!given.success) throw new SettingsError('invalid', `Bad input to ${operation}.`, { fields: problemsOf(given.error) });
      const parsed = row.output.safeParse(await handler(given.data, options));
      if (!parsed.success) {
        const paths = Object.keys(problemsOf(parsed.error)).join(', ');
        throw new SettingsError('unexpected', `The adapter "${definition.name}" answered ${operation} in a wrong shape: ${paths || 'all of it'}.`);
      }
      return parsed.data as Output<typeof operation>;
    },
  });
}
