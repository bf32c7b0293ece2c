import type { CallOptions, SettingsAdapter } from '../adapter.js';
import { SettingsError, type SettingsErrorKind } from '../errors.js';
import { examples } from '../examples.js';
import { rowOf, type ApiKey, type Session, type Input, type OperationName, type Output, type TeamQuery, type TeamRow, type WriteOperation } from '../operations.js';
import type { ConformanceRole, ConformanceWorld } from './harness.js';

/** A requirement that does not hold; its message is the reason in the report. */
export class ConformanceFailure extends Error {
  override name = 'ConformanceFailure';
}

export function expect(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new ConformanceFailure(otherwise);
}

/** Plain data as text that is the same whatever order the fields came in: answers may have crossed a network. */
function textOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}

export function isEqual(left: unknown, right: unknown): boolean {
  return textOf(left) === textOf(right);
}

/** Compares as JSON: answers of the contract are plain data. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  expect(isEqual(actual, expected), `${what}: expected ${textOf(expected)}, got ${textOf(actual)}`);
}

/** The call must fail in one of these ways; answers the error. */
export async function expectRefusal(call: Promise<unknown>, ...kinds: SettingsErrorKind[]): Promise<SettingsError> {
  let thrown: unknown;
  try {
    await call;
  } catch (error) {
    thrown = error;
  }
  expect(thrown !== undefined, `expected ${kinds.join(' or ')}, but the call succeeded`);
  expect(SettingsError.is(thrown), `expected ${kinds.join(' or ')}, but something else than a SettingsError was thrown`);
  expect(kinds.includes(thrown.kind), `expected ${kinds.join(' or ')}, got ${thrown.kind}`);
  return thrown;
}

let keys = 0;

/** A new idempotency key. */
export function newKey(): string {
  keys++;
  return `conformance-${globalThis.crypto.randomUUID()}-${String(keys)}`;
}

/** A write as a client makes it: under a key of its own, unless told. */
export function write<Op extends WriteOperation>(adapter: SettingsAdapter, operation: Op, input: Input<Op>, options: CallOptions = {}): Promise<Output<Op>> {
  return adapter.call(operation, input, { idempotencyKey: newKey(), ...options });
}

/** How a call went: its answer as a value, or the kind of its error. */
export type Outcome = { answer: unknown } | { kind: string };

export async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    return { answer: await call };
  } catch (error) {
    return { kind: SettingsError.is(error) ? error.kind : 'something else than a SettingsError' };
  }
}

/** The same calls at once; each may only answer or be refused in one of these ways. The answers, of which there must be one at least. */
export async function atOnce<Answer>(count: number, call: (index: number) => Promise<Answer>, ...refusals: SettingsErrorKind[]): Promise<Answer[]> {
  const settled = await Promise.allSettled(Array.from({ length: count }, (_, index) => call(index)));
  const answers: Answer[] = [];
  for (const outcome of settled) {
    if (outcome.status === 'fulfilled') answers.push(outcome.value);
    else {
      const thrown: unknown = outcome.reason;
      expect(SettingsError.is(thrown) && refusals.includes(thrown.kind), `of calls at once, one failed as ${SettingsError.is(thrown) ? thrown.kind : 'something else than a SettingsError'}`);
    }
  }
  expect(answers.length > 0, 'of calls at once, none succeeded');
  return answers;
}

/** A call that the types would not let pass: what other people's programs send. */
export function callLoosely(adapter: SettingsAdapter, operation: OperationName, input: unknown, options: CallOptions = {}): Promise<unknown> {
  // Methods are compared loosely, so no cast is needed to forget what the input must be.
  const loose: { call(operation: OperationName, input: unknown, options: CallOptions): Promise<unknown> } = adapter;
  return loose.call(operation, input, options);
}

/** The adapter, and everything that comes out of it: answers, and what errors carry. */
export function overheard(adapter: SettingsAdapter, heard: (operation: OperationName, said: unknown) => void): SettingsAdapter {
  return {
    ...adapter,
    call: async (operation, input, options) => {
      try {
        const answer = await adapter.call(operation, input, options);
        heard(operation, answer);
        return answer;
      } catch (error) {
        if (SettingsError.is(error)) heard(operation, [error.message, error.fields, error.challenge, error.current]);
        throw error;
      }
    },
  };
}

/** Whether a case that may do without an operation can use it here. */
export function has(adapter: SettingsAdapter, ...operations: OperationName[]): boolean {
  return operations.every((operation) => adapter.operations.includes(operation));
}

/** A code that is none, or one time in half a million. */
export function wrongCode(code: string): string {
  return code.replace(/\d$/, (digit) => String((Number(digit) + 5) % 10));
}

/** Long, on no list, and about nobody. */
export const GOOD_PASSWORD = 'seventeen violet umbrellas hum';

/** Proves presence with a one-time code. */
export async function stepUp(world: ConformanceWorld, role: ConformanceRole, adapter?: SettingsAdapter): Promise<SettingsAdapter> {
  const session = adapter ?? (await world.as(role));
  await write(session, 'auth.stepUp', { method: 'totp', code: await world.code(role) });
  return session;
}

/** The address by which mails find this person. */
export async function addressOf(world: ConformanceWorld, role: ConformanceRole): Promise<string> {
  return (await (await world.as(role)).call('auth.context', undefined)).user.email;
}

/** The token of the newest mail to this address. */
export async function newestToken(world: ConformanceWorld, to: string): Promise<string> {
  const token = (await world.mails(to)).at(-1)?.token ?? null;
  expect(token !== null, 'no mail with a link arrived');
  return token;
}

/** Every row, page by page. `between` runs after each page but the last. */
export async function everyRow(adapter: SettingsAdapter, query: TeamQuery = {}, between?: (page: number) => Promise<void>): Promise<TeamRow[]> {
  return everyPage((cursor) => adapter.call('team.list', { ...query, ...cursor }), between);
}

export async function everySession(adapter: SettingsAdapter): Promise<Session[]> {
  return everyPage((cursor) => adapter.call('sessions.list', { limit: 100, ...cursor }));
}

export async function everyKey(adapter: SettingsAdapter, query: Input<'apiKeys.list'> = {}): Promise<ApiKey[]> {
  return everyPage((cursor) => adapter.call('apiKeys.list', { ...query, ...cursor }));
}

/** Every item of a list, page by page. `between` runs after each page but the last. */
export async function everyPage<Item>(
  read: (cursor: { cursor?: string }) => Promise<{ items: Item[]; nextCursor: string | null }>,
  between?: (page: number) => Promise<void>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let page = 1; page <= 1000; page++) {
    const answer: { items: Item[]; nextCursor: string | null } = await read(cursor === null ? {} : { cursor });
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) return items;
    await between?.(page);
  }
  throw new ConformanceFailure('the pages do not end');
}

export function expectDistinct(ids: readonly string[], what: string): void {
  expect(new Set(ids).size === ids.length, `${what} comes twice`);
}

/** `company.update` belongs to the area company. */
export function areaOf(operation: OperationName): string {
  return operation.split('.')[0] ?? operation;
}

/** Every text inside an answer, however deep. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
}

/** Nobody has an address like this; see the harness. */
export function freshAddress(name: string): string {
  return `conformance-${name}@example.com`;
}

function inputsOf(): { [Op in OperationName]: Input<Op> } {
  // Each entry is the input of its own example, which Object.fromEntries cannot say.
  return Object.fromEntries(Object.entries(examples).map(([operation, { input }]) => [operation, input])) as { [Op in OperationName]: Input<Op> };
}

/** An input that every schema of the table takes: the example, but where that could name or change what exists. */
export const sampleInputs: { readonly [Op in OperationName]: Input<Op> } = {
  ...inputsOf(),
  'email.change': { email: freshAddress('sample') },
  'mfa.confirm': { enrolmentId: 'nothing', code: '123456' },
  'team.list': {},
  'team.invite': { invitations: [{ email: freshAddress('sample'), role: 'member' }] },
  'team.resend': { id: 'nothing' },
  'team.revoke': { id: 'nothing' },
  'team.link': { id: 'nothing' },
  'team.changeRole': { id: 'nothing', role: 'member' },
  'team.remove': { id: 'nothing' },
  'apiKeys.list': {},
  'activity.list': {},
  'audit.list': {},
  'apiKeys.reveal': { ids: ['nothing'] },
  'apiKeys.update': { id: 'nothing', addresses: [] },
};

/** Calls any operation with its sample. */
export function callSample(adapter: SettingsAdapter, operation: OperationName): Promise<unknown> {
  const { effect, versioned } = rowOf(operation);
  return adapter.call(operation, sampleInputs[operation], {
    ...(effect === 'write' ? { idempotencyKey: newKey() } : {}),
    ...(versioned ? { ifMatch: 'no such version' } : {}),
  });
}
