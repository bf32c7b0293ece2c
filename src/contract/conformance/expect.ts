import type { CallOptions, SettingsAdapter } from '../adapter.js';
import { SettingsError, type SettingsErrorKind } from '../errors.js';
import type { ApiKey, Input, OperationName, Output, TeamQuery, TeamRow, WriteOperation } from '../operations.js';
import type { ConformanceRole, ConformanceWorld } from './harness.js';

/** A requirement that does not hold; its message is the reason in the report. */
export class ConformanceFailure extends Error {
  override name = 'ConformanceFailure';
}

export function expect(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new ConformanceFailure(otherwise);
}

/** Compares as JSON: answers of the contract are plain data. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  expect(JSON.stringify(actual) === JSON.stringify(expected), `${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
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

export async function everyKey(adapter: SettingsAdapter, query: Input<'apiKeys.list'> = {}): Promise<ApiKey[]> {
  return everyPage((cursor) => adapter.call('apiKeys.list', { ...query, ...cursor }));
}

async function everyPage<Item>(
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

/** Every text inside an answer, however deep. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
}

/** An input that every schema of the table takes; what it names does not exist. */
export const sampleInputs: { [Op in OperationName]: Input<Op> } = {
  'auth.context': undefined,
  'auth.stepUp': { method: 'totp', code: '123456' },
  'auth.endStepUp': undefined,
  'auth.signOut': undefined,
  'profile.update': { name: 'Sample Person' },
  'email.change': { email: 'conformance-sample@example.com' },
  'email.resend': undefined,
  'email.cancel': undefined,
  'password.change': { currentPassword: 'not the password', newPassword: 'a new one that is long enough', signOutOthers: false },
  'mfa.begin': undefined,
  'mfa.confirm': { enrolmentId: 'nothing', code: '123456' },
  'mfa.disable': undefined,
  'company.get': undefined,
  'company.update': { name: 'Sample Company' },
  'team.list': {},
  'team.invite': { invitations: [{ email: 'conformance-sample@example.com', role: 'member' }] },
  'team.resend': { id: 'nothing' },
  'team.revoke': { id: 'nothing' },
  'invitation.get': { token: 'nothing' },
  'invitation.accept': { token: 'nothing' },
  'invitation.decline': { token: 'nothing' },
  'apiKeys.list': {},
  'apiKeys.reveal': {},
  'apiKeys.update': { id: 'nothing', addresses: [] },
};

/** Calls any operation with its sample. */
export function callSample(adapter: SettingsAdapter, operation: OperationName): Promise<unknown> {
  return adapter.call(operation, sampleInputs[operation], { idempotencyKey: newKey() });
}
