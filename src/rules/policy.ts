import { SettingsError } from '../contract/errors.js';
import { operationNames, rowOf, type AuthContext, type OperationName } from '../contract/operations.js';
import type { OperationRow } from '../contract/schema.js';
import { PASSWORD_MAX, PASSWORD_MIN, PASSWORD_MIN_WITH_MFA } from './passwords.js';

/** From the least right to the most. */
export const roles = ['member', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** For how long a step-up, and a sign-in, count as fresh. */
export const STEP_UP_SECONDS = 600;
/** For how long an enrolment waits for its first code. */
export const ENROLMENT_SECONDS = 600;
export const INVITATION_SECONDS = 7 * 24 * 3600;
export const EMAIL_CHANGE_SECONDS = 24 * 3600;
/** Seconds for which an old API key may go on beside its successor: not at all, an hour, a day, a week. */
export const KEY_OVERLAPS: readonly number[] = [0, 3600, 24 * 3600, 7 * 24 * 3600];
export const SESSION_SECONDS = 30 * 24 * 3600;
/** For how long events are kept, unless a backend is told otherwise. */
export const EVENT_SECONDS = 365 * 24 * 3600;

/** Roles that one may invite to, the least first. Nobody becomes an owner by invitation: that is a transfer. */
export const INVITABLE_ROLES: readonly Role[] = ['member', 'admin'];

/** What belongs to the organisation, and from which role on. All that is not named here belongs to the person alone. */
const ORGANISATION_OPERATIONS: Partial<Record<OperationName, Role>> = {
  'company.get': 'member',
  'company.update': 'admin',
  'logo.set': 'admin',
  'logo.remove': 'admin',
  'organisation.leave': 'member',
  'organisation.transfer': 'owner',
  'organisation.delete': 'owner',
  'team.list': 'member',
  'team.invite': 'admin',
  'team.resend': 'admin',
  'team.revoke': 'admin',
  'team.link': 'admin',
  'team.changeRole': 'admin',
  'team.remove': 'admin',
  'apiKeys.list': 'admin',
  'apiKeys.reveal': 'admin',
  'apiKeys.create': 'admin',
  'apiKeys.update': 'admin',
  'apiKeys.roll': 'admin',
  'apiKeys.finishRoll': 'admin',
  'apiKeys.cancelRoll': 'admin',
  'apiKeys.revoke': 'admin',
  'audit.list': 'admin',
};

/** What remains there for a member who would have to set up a second factor and has none. */
const WITHOUT_MFA: readonly OperationName[] = ['organisation.leave'];

/** The organisation that a session is in, as these rules look at it. */
export interface Door {
  id: string;
  /** Milliseconds since 1970. */
  mfaRequiredFrom: number | null;
  /** Whether the person has a second factor. */
  mfa: boolean;
}

/** Whether the organisation lets this person in now, as far as its demand for MFA goes. */
export function isShut(door: Pick<Door, 'mfaRequiredFrom' | 'mfa'>, now: number): boolean {
  return !door.mfa && door.mfaRequiredFrom !== null && door.mfaRequiredFrom <= now;
}

/** From when on MFA is required: what stands stays as it is, and a time that has passed means now. */
export function policyTime(wanted: string | null, standing: number | null, now: number): number | null {
  const from = wanted === null ? null : Date.parse(wanted);
  return from === standing || from === null ? from : Math.max(from, now);
}

/**
 * Before an operation on the organisation.
 * @param meant the organisation that the caller means, where they say so
 * @throws {SettingsError} `conflict` where that is another one; `enrolment-required` where this one requires MFA of a person without
 */
export function assertDoor(operation: OperationName, door: Door | undefined, meant: string | undefined, now: number): void {
  if (!door || !(operation in ORGANISATION_OPERATIONS)) return;
  if (meant !== undefined && meant !== door.id) throw new SettingsError('conflict', 'The session is in another organisation by now.');
  if (isShut(door, now) && !WITHOUT_MFA.includes(operation)) throw new SettingsError('enrolment-required', 'This organisation requires a second factor.');
}

/** Whether somebody in this role may call this. Without an organisation, the operations on one's own account remain. */
export function mayCall(operation: OperationName, role: Role | undefined): boolean {
  const least = ORGANISATION_OPERATIONS[operation];
  if (least === undefined) return true;
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(least);
}

/** Roles that somebody may give to members, the least first: none above their own. */
export function rolesGivenBy(role: Role | undefined): Role[] {
  return role && mayCall('team.changeRole', role) ? roles.slice(0, roles.indexOf(role) + 1) : [];
}

/** @param shut see {@link isShut} */
export function operationsOf(role: Role | undefined, shut = false): OperationName[] {
  return operationNames.filter((operation) => mayCall(operation, role) && !(shut && operation in ORGANISATION_OPERATIONS && !WITHOUT_MFA.includes(operation)));
}

/** Public operations need no session. Signing out needs none either: the end of what has ended succeeds. */
export function needsSession(operation: OperationName): boolean {
  return rowOf(operation).public !== true && operation !== 'auth.signOut';
}

/** The proof that this call asks for: some operations ask only for certain inputs. */
export function proofFor(operation: OperationName, input: unknown): OperationRow['stepUp'] {
  const { stepUp, stepUpWhen = {} } = rowOf(operation);
  const fields = new Map<string, unknown>(typeof input === 'object' && input !== null ? Object.entries(input) : []);
  return Object.entries(stepUpWhen).every(([name, value]) => (value === true ? fields.get(name) !== undefined : fields.get(name) === value)) ? stepUp : undefined;
}

/** @param role of the person to whom it is told */
export function policy(pageSize: number, role: Role | undefined): AuthContext['policy'] {
  return {
    password: { minLength: PASSWORD_MIN, minLengthWithMfa: PASSWORD_MIN_WITH_MFA, maxLength: PASSWORD_MAX, refusesCommon: true },
    apiKeys: {
      kinds: ['integration', 'data', 'product'],
      environments: ['test', 'production'],
      permissions: ['read-only', 'write-only', 'read-write'],
      reveal: 'step-up',
      overlaps: [...KEY_OVERLAPS],
    },
    invitations: { roles: [...INVITABLE_ROLES], expiresIn: INVITATION_SECONDS },
    memberRoles: rolesGivenBy(role),
    pageSize,
  };
}
