import type { CallOptions, Handlers } from '../../contract/adapter.js';
import { SettingsError } from '../../contract/errors.js';
import { isOperation, operationNames, rowOf, type OperationName } from '../../contract/operations.js';
import { RECORDED_REFUSALS } from '../../rules/events.js';
import { accountHandlers } from './account.js';
import { activityHandlers } from './activity.js';
import { apiKeyHandlers } from './api-keys.js';
import { assertSteppedUp, authHandlers, doorOf, pointAt, whoIs } from './auth.js';
import type { Call, Me, MemoryHandlers, Place, SessionHandle } from './call.js';
import { companyHandlers } from './company.js';
import type { Database, Transaction } from './database.js';
import type { FaultInjector } from './faults.js';
import type { Hints } from './hints.js';
import type { IdempotencyKeys } from './idempotency.js';
import { mfaHandlers } from './mfa.js';
import { passkeyHandlers } from './passkeys.js';
import { assertDoor, mayCall, needsSession } from '../../rules/policy.js';
import { organisationHandlers } from './organisation.js';
import { recordEvent } from './records.js';
import { sessionHandlers } from './sessions.js';
import { teamHandlers } from './team.js';

const handlers: MemoryHandlers = {
  ...authHandlers, ...accountHandlers, ...mfaHandlers, ...passkeyHandlers, ...sessionHandlers, ...companyHandlers, ...organisationHandlers, ...teamHandlers, ...apiKeyHandlers, ...activityHandlers,
};

/** What all sessions of a backend share. */
export interface Shared {
  readonly database: Database;
  readonly faults: FaultInjector;
  readonly hints: Hints;
  readonly keys: IdempotencyKeys;
  readonly place: Place;
  readonly clock: () => number;
}

/** Milliseconds for which being active is not written down again. */
const ACTIVE_STEP = 60_000;

type AnyHandler = (call: Call<Me | undefined>, input: unknown) => unknown;

/** The handlers of one session, as `defineAdapter` wants them: each call goes the same way through {@link perform}. */
export function handlersOf(shared: Shared, handle: SessionHandle, opened: () => Promise<void>): Handlers {
  const answer = (operation: OperationName) => (input: unknown, options: CallOptions) =>
    shared.faults.around(operation, options.signal, async () => {
      await opened();
      try {
        return await shared.database.run((transaction) => perform(shared, handle, transaction, operation, input, options));
      } catch (error) {
        // Outside the call's own transaction, which leaves nothing.
        if (SettingsError.is(error) && RECORDED_REFUSALS.includes(error.kind)) await shared.database.run((transaction) => { recordRefusal(transaction, handle, operation, error, shared.clock()); });
        throw error;
      }
    });
  // One function for every operation: defineAdapter parses what goes in and out, so the types hold at both ends.
  return Object.fromEntries(operationNames.map((operation) => [operation, answer(operation)]));
}

function recordRefusal(transaction: Transaction, handle: SessionHandle, action: OperationName, { kind }: SettingsError, now: number): void {
  const me = whoIs(transaction, handle, now);
  recordEvent(transaction, { now, personId: me?.person.id ?? null, organisationId: me?.session.organisationId, session: me?.session, action, result: kind });
}

function assertNotAborted(options: CallOptions): void {
  if (options.signal?.aborted) throw new SettingsError('aborted');
}

/** One call inside its transaction: who, may they, was it done already, is the proof fresh; then the handler. */
async function perform(shared: Shared, handle: SessionHandle, transaction: Transaction, operation: OperationName, input: unknown, options: CallOptions): Promise<unknown> {
  assertNotAborted(options);
  const row = rowOf(operation);
  const now = shared.clock();
  let me = whoIs(transaction, handle, now);
  if (!me) sessionIsOver(shared, handle);
  else handle.organisationId = me.organisation?.id ?? null;
  if (me && now - me.session.lastActiveAt >= ACTIVE_STEP) me = { ...me, session: transaction.put('sessions', { ...me.session, lastActiveAt: now }) };
  // What ends the session is repeated without one.
  const scope = row.ends ? handle.key : (me?.person.id ?? handle.key);
  const key = row.effect === 'write' ? options.idempotencyKey : undefined;
  const fingerprint = key === undefined ? '' : await shared.keys.fingerprint(operation, input);
  const done = key === undefined ? undefined : shared.keys.find(scope, key, fingerprint, now);
  if (done && !row.secret) return done.answer;
  if (!me && needsSession(operation)) throw new SettingsError('unauthenticated', 'Nobody is signed in.');

  if (me) assertDoor(operation, me.organisation && doorOf(me.person, me.organisation), options.organisation, now);
  // Public operations are for everybody; to all others a role says yes or no, now and not at sign-in.
  if (me && !mayCall(operation, me.member?.role)) throw new SettingsError('forbidden', `${operation} is not for this role.`);
  if (me) assertSteppedUp(operation, input, me, now);

  let reference = done?.reference;
  const call: Call<Me | undefined> = {
    transaction,
    now,
    place: shared.place,
    handle,
    me,
    options,
    repeats: done?.reference,
    remember: (name) => {
      reference = name;
    },
  };
  // Which handler goes with which input is what the table says and `MemoryHandlers` checks; here any of them is called.
  const answer = await (handlers[operation] as unknown as AnyHandler)(call, input);
  // The last moment at which an abort can still mean "nothing happened".
  assertNotAborted(options);

  transaction.afterCommit(() => {
    if (key !== undefined) shared.keys.keep(scope, key, fingerprint, now, { answer: row.secret ? undefined : answer, reference });
    const reads = (row.changes ?? []).filter(isOperation);
    const audience = audienceOf(transaction, operation, me, handle);
    shared.hints.announce({ reads, ...audience }, handle);
    // Who has gone elsewhere leaves others behind.
    const left = me?.organisation?.id;
    if (left !== undefined && left !== audience.organisationId) shared.hints.announce({ reads, personId: null, organisationId: left }, handle);
  });
  return answer;
}

/** Whom a change concerns: the caller's other sessions and their organisation. Declining needs no session, so its organisation is found by what it changed. */
function audienceOf(transaction: Transaction, operation: OperationName, me: Me | undefined, handle: SessionHandle): { personId: string | null; organisationId: string | null } {
  const declined = operation === 'invitation.decline' ? transaction.changes.find((change) => change.table === 'invitations') : undefined;
  const organisationId = declined?.table === 'invitations' ? (declined.row?.organisationId ?? null) : (handle.organisationId ?? me?.member?.organisationId ?? null);
  return { personId: me?.person.id ?? null, organisationId };
}

/** The row behind this handle is gone or out of date: from now on it is a signed-out one, and it says so once. */
function sessionIsOver(shared: Shared, handle: SessionHandle): void {
  if (handle.sessionId === null) return;
  pointAt(handle, null);
  shared.hints.tell(handle, ['auth.context']);
}
