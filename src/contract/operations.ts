import type * as z from 'zod/mini';
import { account } from './account.js';
import { activity, audit, type eventActions } from './activity.js';
import { apiKeys } from './api-keys.js';
import { auth } from './auth.js';
import { company } from './company.js';
import { mfa } from './mfa.js';
import { organisation } from './organisation.js';
import { passkeys } from './passkeys.js';
import type { OperationRow } from './schema.js';
import { sessions } from './sessions.js';
import { team } from './team.js';

/**
 * Everything that a settings screen can ask of a backend: the one table. Types, checks, capabilities,
 * conformance cases and routes derive from it; no second list is kept by hand.
 */
export const operations = { ...auth, ...account, ...mfa, ...passkeys, ...sessions, ...company, ...organisation, ...team, ...apiKeys, ...activity, ...audit };

export type Operations = typeof operations;
export type OperationName = keyof Operations;

/** What a caller gives: before the schema has cleaned it. */
export type Input<Op extends OperationName> = z.input<Operations[Op]['input']>;
/** What the backend answers. */
export type Output<Op extends OperationName> = z.output<Operations[Op]['output']>;

export type ReadOperation = { [Op in OperationName]: Operations[Op]['effect'] extends 'read' ? Op : never }[OperationName];
export type WriteOperation = Exclude<OperationName, ReadOperation>;

export type AuthContext = Output<'auth.context'>;
export type User = AuthContext['user'];
export type MfaEnrolment = Output<'mfa.begin'>;
export type Passkey = Output<'passkeys.finish'>;
export type Session = Output<'sessions.list'>['items'][number];
export type Company = Output<'company.get'>;
export type TeamRow = Output<'team.list'>['items'][number];
export type TeamQuery = Input<'team.list'>;
export type Invitation = Output<'invitation.get'>;
export type ApiKey = Output<'apiKeys.list'>['items'][number];
export type SourceAddress = ApiKey['addresses'][number];
export type Event = Output<'activity.list'>['items'][number];
/** What backends of ours write down. */
export type EventAction = OperationName | (typeof eventActions)[number];
export type StepUpProof = Input<'auth.stepUp'>;

export const operationNames = Object.keys(operations) as OperationName[];

/** The row of an operation with its optional columns: what generic code reads. */
export function rowOf(name: OperationName): OperationRow {
  return operations[name];
}

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}
