import { roles, STEP_UP_SECONDS, type Role } from '@userflux/settings/rules';
import type { Me, Place } from './call.js';
import { millis, moment, truth, type Queries } from './store.js';

/** A role that this contract does not know has the least rights, not none and not all. Better Auth keeps several as a list. */
export function roleOf(stored: string): Role {
  const names = stored.split(',').map((name) => name.trim());
  return roles.findLast((role) => names.includes(role)) ?? 'member';
}

/** Who this session is now, in one look; undefined when it is over. */
export async function whoIs(db: Queries, place: Place, sessionId: string, now: number): Promise<Me | undefined> {
  const row = await db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.userId')
    .leftJoin('account', (join) => join.onRef('account.userId', '=', 'user.id').on('account.providerId', '=', 'credential'))
    .select([
      'session.id as sessionId',
      'session.token',
      'session.expiresAt',
      'session.createdAt',
      'session.recentUntil',
      'session.lastSeenMoment',
      'session.stepUpMethod',
      'session.stepUpUntil',
      'session.activeOrganizationId',
      'user.id',
      'user.name',
      'user.email',
      'user.emailVerified',
      'user.pictureId',
      'user.timeZone',
      'user.language',
      'user.twoFactorEnabled',
      'account.password',
      (query) => query.selectFrom('passkey').select(({ fn }) => fn.countAll().as('count')).whereRef('passkey.userId', '=', 'user.id').as('passkeys'),
    ])
    .select((query) => query.selectFrom('settingsRecoveryCode').select((each) => each.fn.countAll<number | string>().as('left')).whereRef('settingsRecoveryCode.userId', '=', 'user.id').as('recoveryCodesLeft'))
    .where('session.id', '=', sessionId)
    .executeTakeFirst();
  if (!row || moment(row.expiresAt) <= place.realNow()) return undefined;
  const membership = await findMembership(db, row.id, row.activeOrganizationId);
  const stepUpUntil = millis(row.stepUpUntil);
  return {
    session: {
      id: row.sessionId,
      token: row.token,
      expiresAt: moment(row.expiresAt),
      recentUntil: millis(row.recentUntil) ?? moment(row.createdAt) + STEP_UP_SECONDS * 1000,
      lastSeen: millis(row.lastSeenMoment),
      stepUp: row.stepUpMethod !== null && stepUpUntil !== null && stepUpUntil > now ? { method: row.stepUpMethod, until: stepUpUntil } : null,
      organizationId: membership?.organisation.id ?? null,
    },
    person: {
      id: row.id,
      name: row.name,
      email: row.email,
      emailVerified: truth(row.emailVerified),
      pictureId: row.pictureId,
      timeZone: row.timeZone,
      language: row.language,
      mfa: truth(row.twoFactorEnabled),
      recoveryCodesLeft: Number(row.recoveryCodesLeft ?? 0),
      passkeys: Number(row.passkeys ?? 0),
      passwordHash: row.password,
    },
    member: membership?.member,
    organisation: membership?.organisation,
  };
}

/** The organisation that a person works in when they sign in. The same look for nobody: how long it takes tells nothing. */
export async function workplaceOf(db: Queries, userId: string | null): Promise<string | null> {
  return (await findMembership(db, userId ?? '', null))?.organisation.id ?? null;
}

/** The membership in the session's organisation; where it names none (or one that was left), the oldest. */
async function findMembership(db: Queries, userId: string, organizationId: string | null): Promise<{ member: NonNullable<Me['member']>; organisation: NonNullable<Me['organisation']> } | undefined> {
  const rows = await db
    .selectFrom('member')
    .innerJoin('organization', 'organization.id', 'member.organizationId')
    .select(['member.id as memberId', 'member.role', 'organization.id', 'organization.name', 'organization.country', 'organization.pictureId', 'organization.mfaRequiredMoment'])
    .where('member.userId', '=', userId)
    .orderBy('member.createdAt')
    .orderBy('member.id')
    .execute();
  const row = rows.find(({ id }) => id === organizationId) ?? rows[0];
  if (!row) return undefined;
  return { member: { id: row.memberId, role: roleOf(row.role) }, organisation: { id: row.id, name: row.name, country: row.country, pictureId: row.pictureId, mfaRequiredMoment: row.mfaRequiredMoment } };
}
