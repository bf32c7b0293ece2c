import { SettingsError } from '../contract/errors.js';
import { INVITABLE_ROLES, mayCall, roles, rolesGivenBy, type Role } from './policy.js';

/** A member, as the rules look at them. */
export interface Standing {
  role: Role;
  /** The person who acts. */
  self: boolean;
  /** The only owner of the organisation. */
  lastOwner: boolean;
}

const isAbove = (one: Role, other: Role): boolean => roles.indexOf(one) > roles.indexOf(other);

/** What somebody in a role may do to a member. One leaves an organisation by leaving it, not by removing oneself. */
export function mayChange(actor: Role | undefined, { role, self, lastOwner }: Standing): { changeRole: boolean; remove: boolean } {
  const within = actor !== undefined && !isAbove(role, actor) && !lastOwner;
  return { changeRole: within && mayCall('team.changeRole', actor), remove: within && !self && mayCall('team.remove', actor) };
}

/**
 * Before a member's role is changed or their place taken.
 * @throws {SettingsError} `forbidden` above the own role; `conflict` at the last owner, and at oneself
 */
export function assertMayChange(actor: Role | undefined, what: 'changeRole' | 'remove', member: Standing): void {
  if (mayChange(actor, member)[what]) return;
  if (actor === undefined || isAbove(member.role, actor)) throw new SettingsError('forbidden', 'This member is above your role.');
  throw new SettingsError('conflict', member.lastOwner ? 'The last owner stays.' : 'Nobody removes themselves.');
}

/**
 * The role that somebody wants to give.
 * @throws {SettingsError} `invalid` at `role` for one that there is not, or that nobody is invited to; `forbidden` above the own role
 */
export function roleToGive(actor: Role | undefined, wanted: string, to: 'member' | 'invitation'): Role {
  const role = roles.find((name) => name === wanted);
  if (role === undefined || (to === 'invitation' && !INVITABLE_ROLES.includes(role))) throw new SettingsError('invalid', 'No such role.', { fields: { role: 'invalid' } });
  if (!rolesGivenBy(actor).includes(role)) throw new SettingsError('forbidden', 'Nobody gives more than they have.');
  return role;
}
