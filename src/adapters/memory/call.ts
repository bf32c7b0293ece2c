import type { CallOptions } from '../../contract/adapter.js';
import { SettingsError } from '../../contract/errors.js';
import type { EventAction, OperationName, Operations, Output } from '../../contract/operations.js';
import type * as z from 'zod/mini';
import type { Transaction } from './database.js';
import type { Links } from './mails.js';
import { recordEvent, type Target } from './records.js';
import type { Member, Organisation, Person, SessionRow } from './state.js';

/** What stands beside the state: settings of this backend. */
export interface Place {
  readonly product: string;
  readonly pageSize: number;
  readonly links: Links;
}

/** One session as the page holds it: which row it is now, and what it has shown us. */
export interface SessionHandle {
  readonly key: string;
  sessionId: string | null;
  personId: string | null;
  organisationId: string | null;
  /** Invitations whose link this session has opened: proof that the mailbox is theirs (see sign-up). */
  readonly openedInvitations: Set<string>;
}

/** Who calls. */
export interface Me {
  readonly session: SessionRow;
  readonly person: Person;
  /** Absent for people who are in no organisation yet. */
  readonly member: Member | undefined;
  readonly organisation: Organisation | undefined;
}

/** What a handler is given. */
export interface Call<Who = Me> {
  readonly transaction: Transaction;
  readonly now: number;
  readonly place: Place;
  readonly handle: SessionHandle;
  readonly me: Who;
  readonly options: CallOptions;
  /** The name that an earlier call under the same idempotency key left by {@link remember}; see idempotency.ts. */
  readonly repeats: string | undefined;
  /** For answers with secrets: what was made, so that a repeat can answer it again. */
  remember(reference: string): void;
}

type PublicOperation = { [Op in OperationName]: Operations[Op] extends { public: true } ? Op : never }[OperationName] | 'auth.signOut';
type Parsed<Op extends OperationName> = z.output<Operations[Op]['input']>;

/** The backend's own handlers: complete by type, each in its area's file. */
export type MemoryHandlers = {
  [Op in OperationName]: (call: Call<Op extends PublicOperation ? Me | undefined : Me>, input: Parsed<Op>) => Output<Op> | Promise<Output<Op>>;
};

/** The caller's organisation. The rights check comes first, so only people without one ever miss here. */
export function organisationOf(call: Call): Organisation {
  if (!call.me.organisation) throw new SettingsError('forbidden', 'In no organisation.');
  return call.me.organisation;
}

/** Refuses a write that was made on an older version. A write without a version is taken as "whatever it is now". */
export function assertCurrent(call: Call, version: string, current: () => unknown): void {
  if (call.options.ifMatch !== undefined && call.options.ifMatch !== version) {
    throw new SettingsError('stale', 'Changed meanwhile.', { current: current() });
  }
}

/**
 * Who did what, for the audit.
 * @param organisationId whose audit it belongs to, where that is not the caller's
 */
export function record(call: Call<Me | undefined>, action: EventAction, targets: readonly Target[], organisationId = call.me?.session.organisationId): void {
  const { transaction, now, me } = call;
  recordEvent(transaction, { now, personId: me?.person.id ?? null, organisationId, session: me?.session, action, targets });
}

