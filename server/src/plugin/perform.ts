import { isOperation, rowOf, SettingsError, type OperationName } from '@userflux/settings/contract';
import { assertDoor, canonical, mayCall, needsSession, RECORDED_REFUSALS, sha256 } from '@userflux/settings/rules';
import { doorOf, type Before, type Call, type Me, type Origin, type Place } from './call.js';
import { announce } from './events.js';
import { handlers } from './handlers.js';
import { queueMail } from './mail.js';
import { whoIs } from './me.js';
import { recordEvent } from './records.js';
import { noteActivity } from './sessions.js';
import { assertSteppedUp } from './step-up.js';
import { moment, type Queries } from './store.js';

/** For how long the answer of a write is kept under its idempotency key (S12). */
const KEPT = 24 * 3_600_000;

export interface Request {
  readonly operation: OperationName;
  /** Parsed by the operation's schema. */
  readonly input: unknown;
  readonly sessionId: string | null;
  /** The organisation that the caller means; see `CallOptions`. */
  readonly organisation: string | undefined;
  readonly ifMatch: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly origin: Origin;
}

type Run = (call: Call<Me | undefined>, input: unknown) => Promise<unknown>;
type AnyHandler = Run | { prepare: (before: Before<Me | undefined>, input: unknown) => Promise<Run> };

/** A write under its key: what stays of it in the table settingsWrite. */
interface Key {
  readonly id: string;
  readonly fingerprint: string;
}

interface Done {
  readonly answer: unknown;
  readonly reference: string | undefined;
}

/** One call, and what is written down when it is refused: outside its transaction, which leaves nothing. */
export async function perform(place: Place, request: Request): Promise<unknown> {
  try {
    return await performCall(place, request);
  } catch (error) {
    if (SettingsError.is(error) && RECORDED_REFUSALS.includes(error.kind)) {
      const { db } = place.store;
      const now = place.clock();
      const me = request.sessionId === null ? undefined : await whoIs(db, place, request.sessionId, now);
      await recordEvent(db, { now, ...subjectOf(me), origin: request.origin, action: request.operation, targets: [], result: error.kind });
    }
    throw error;
  }
}

function subjectOf(me: Me | undefined): { userId: string | null; organizationId: string | null } {
  return { userId: me?.person.id ?? null, organizationId: me?.organisation?.id ?? null };
}

/** Who, may they, was it done already, is the proof fresh; then the handler, in one transaction with everything it leaves. */
async function performCall(place: Place, request: Request): Promise<unknown> {
  const { operation, input } = request;
  const { store } = place;
  const row = rowOf(operation);
  const now = place.clock();
  // What ends the session is repeated without one.
  const ending = row.ends && request.idempotencyKey !== undefined ? await keyOf(request, undefined) : undefined;
  const ended = ending && (await findDone(store.db, ending, now));
  if (ended) return ended.answer;
  const before = await admit(store.db, place, request, now);
  const key = ending ?? (row.effect === 'write' && request.idempotencyKey !== undefined ? await keyOf(request, before) : undefined);
  // What gave its own right away is answered again all the same; else nobody reads what they may not read any more.
  if (row.surrenders !== true) assertRights(request, before, now);
  const earlier = key && (await findDone(store.db, key, now));
  if (earlier && row.secret !== true) return earlier.answer;
  if (row.surrenders === true) assertRights(request, before, now);
  assertProof(request, before, now);
  if (before) await noteActivity(store.db, before, now);

  // Which handler goes with which input is what the table says and `Handlers` checks; here any of them is called.
  const handler = handlers[operation] as unknown as AnyHandler;
  const prepare = (repeats: string | undefined): Run | Promise<Run> => (typeof handler === 'function' ? handler : handler.prepare({ place, now, me: before, repeats }, input));
  let run: Run;
  try {
    run = await prepare(earlier?.reference);
  } catch (error) {
    // Of two under one key the first had its effect between the looks of the second, which finds taken what it would take: it has the first one's answer.
    const meanwhile = key && !earlier && (await findDone(store.db, key, now));
    if (!meanwhile) throw error;
    if (row.secret !== true) return meanwhile.answer;
    run = await prepare(meanwhile.reference);
  }

  const within = row.effect === 'read' ? <Answer>(work: (db: Queries) => Promise<Answer>) => work(store.db) : store.transaction.bind(store);
  return within(async (db) => {
    const done = key && (await claim(db, key, now));
    if (done && row.secret !== true) return done.answer;
    // Once more, inside: what was taken away in the meantime is gone.
    const me = key ? await admit(db, place, request, now) : before;
    if (key) {
      assertRights(request, me, now);
      assertProof(request, me, now);
    }
    let reference = done?.reference;
    const concerned = new Set(me?.organisation && [me.organisation.id]);
    const call: Call<Me | undefined> = {
      db,
      place,
      now,
      me,
      origin: request.origin,
      ifMatch: request.ifMatch,
      repeats: done?.reference,
      remember: (name) => {
        reference = name;
      },
      concern: (organizationId) => {
        concerned.add(organizationId);
      },
      mail: (mail, invitationHash) => queueMail(db, now, mail, invitationHash),
      record: (action, targets, organizationId) => recordEvent(db, { now, ...subjectOf(me), ...(organizationId !== undefined && { organizationId }), origin: request.origin, action, targets }),
    };
    const answer = await run(call, input);
    // A repeat shows again what was done before: nobody has anything to read anew.
    if (row.effect === 'write' && !done) await announce(db, now, { reads: (row.changes ?? []).filter(isOperation), userId: me?.person.id ?? null, organizationIds: concerned });
    if (key) {
      await db
        .updateTable('settingsWrite')
        .set({ answer: row.secret === true || answer === undefined ? null : JSON.stringify(answer), reference: reference ?? null })
        .where('id', '=', key.id)
        .execute();
    }
    return answer;
  });
}

/** Who calls. @throws {SettingsError} `unauthenticated` where somebody is needed */
async function admit(db: Queries, place: Place, { operation, sessionId }: Request, now: number): Promise<Me | undefined> {
  const me = sessionId === null ? undefined : await whoIs(db, place, sessionId, now);
  if (!me && needsSession(operation)) throw new SettingsError('unauthenticated', 'Nobody is signed in.');
  return me;
}

/** Public operations are for everybody; to all others organisation and role say yes or no, now and not at sign-in. */
function assertRights({ operation, organisation }: Request, me: Me | undefined, now: number): void {
  if (!me) return;
  assertDoor(operation, doorOf(me), organisation, now);
  if (!mayCall(operation, me.member?.role)) throw new SettingsError('forbidden', 'This is not for your role.');
}

function assertProof({ operation, input }: Request, me: Me | undefined, now: number): void {
  if (me) assertSteppedUp(operation, input, me, now);
}

/** Inputs are kept as a fingerprint only: some hold passwords, so it is salted with the key, which nobody else knows. */
async function keyOf({ operation, input, idempotencyKey = '' }: Request, me: Me | undefined): Promise<Key> {
  const scope = me?.person.id ?? 'public';
  return {
    id: await sha256(JSON.stringify([scope, idempotencyKey])),
    fingerprint: await sha256(JSON.stringify([scope, idempotencyKey, operation, canonical(input)])),
  };
}

/** What an earlier call under this key left. @throws {SettingsError} `conflict` when that call was another */
async function findDone(db: Queries, { id, fingerprint }: Key, now: number): Promise<Done | undefined> {
  const row = await db.selectFrom('settingsWrite').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || moment(row.at) + KEPT < now) return undefined;
  if (row.fingerprint !== fingerprint) throw new ReusedKey();
  return { answer: row.answer === null ? undefined : JSON.parse(row.answer), reference: row.reference ?? undefined };
}

/**
 * Puts the key's row into the transaction of the effect: both stand, or neither. A second request under the same key waits here for
 * the first one's end, and then finds what it left. Only calls that had their effect leave a row: what was refused (a step-up, a
 * wrong code, a stale version) may be sent again under its key.
 */
async function claim(db: Queries, key: Key, now: number): Promise<Done | undefined> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('settingsWrite')
    .values({ id: key.id, fingerprint: key.fingerprint, answer: null, reference: null, at: now })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ fingerprint: key.fingerprint, answer: null, reference: null, at: now })
        .where('settingsWrite.at', '<', now - KEPT),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n ? undefined : findDone(db, key, now);
}

/** Forgets the keys of yesterday. */
export async function sweepWrites(db: Queries, now: number): Promise<void> {
  await db.deleteFrom('settingsWrite').where('at', '<', now - KEPT).execute();
}

/** `conflict`, with the transport's own code: 422 rather than 409 (S12). */
export class ReusedKey extends SettingsError {
  constructor() {
    super('conflict', 'This Idempotency-Key was used with another body.');
  }
}

/** Whether the database gave up waiting for a lock: PostgreSQL's lock_not_available, SQLite's busy. */
export function isLockTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && (error.code === '55P03' || error.code === 'SQLITE_BUSY');
}
