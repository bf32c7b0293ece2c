import { SettingsError, type AuthContext, type User } from '@userflux/settings/contract';
import { isShut, operationsOf, policy, type Role } from '@userflux/settings/rules';
import { countTry, passwordOf } from './attempts.js';
import { doorOf, versionOf, type Before, type Call, type Handlers, type Me, type Person, type Place } from './call.js';
import { roleOf, whoIs } from './me.js';
import { challengeFor, freshUntil, prepareCode, recordProof, takeCode } from './step-up.js';
import { iso, isoOrNull, millis, type Queries } from './store.js';

export async function userOf(db: Queries, person: Person, now: number): Promise<User> {
  const pending = await db.selectFrom('settingsEmailChange').select('email').where('userId', '=', person.id).where('expiresAt', '>', now).executeTakeFirst();
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    emailVerified: person.emailVerified,
    pendingEmail: pending?.email ?? null,
    avatarUrl: person.image,
    hasPassword: person.passwordHash !== null,
    mfa: { enabled: person.mfa, recoveryCodesLeft: null },
    timeZone: null,
    language: null,
    version: await profileVersion(person),
  };
}

export function profileVersion(person: Person): Promise<string> {
  return versionOf('profile', person.id, person.name);
}

/** What this server has and a role may call. A server that keeps hashes of keys can reveal none. */
function operationsFor(place: Place, me: Me, now: number): string[] {
  const door = doorOf(me);
  return operationsOf(me.member?.role, door && isShut(door, now)).filter((operation) => operation !== 'apiKeys.reveal' || place.reveal === 'step-up');
}

function policyFor({ pageSize, reveal }: Place, role: Role | undefined): AuthContext['policy'] {
  const rules = policy(pageSize, role);
  return { ...rules, apiKeys: { ...rules.apiKeys, reveal } };
}

/** The context as it stands in the transaction, what the call itself has changed included. */
export async function contextOf(call: Pick<Call<Me | undefined>, 'db' | 'place' | 'me' | 'now'>): Promise<AuthContext> {
  const { db, place, now } = call;
  const me = call.me && (await whoIs(db, place, call.me.session.id, now));
  if (!me) throw new SettingsError('unauthenticated', 'Nobody is signed in.');
  const memberships = await db
    .selectFrom('member')
    .innerJoin('organization', 'organization.id', 'member.organizationId')
    .select(['organization.id', 'organization.name', 'member.role'])
    .where('member.userId', '=', me.person.id)
    .orderBy('member.createdAt')
    .orderBy('member.id')
    .execute();
  const { organisation, member, session } = me;
  const context = {
    user: await userOf(db, me.person, now),
    organisation: organisation && member ? { id: organisation.id, name: organisation.name, country: organisation.country, logoUrl: organisation.logo, role: member.role, mfaRequiredFrom: isoOrNull(millis(organisation.mfaRequiredMoment)) } : null,
    organisations: memberships.map(({ id, name, role }) => ({ id, name, role: roleOf(role) })),
    session: { id: session.id, expiresAt: iso(session.expiresAt) },
    stepUp: { ...challengeFor(me), methods: [...challengeFor(me).methods], freshUntil: isoOrNull(freshUntil(me, now)) },
    operations: operationsFor(place, me, now),
    policy: policyFor(place, member?.role),
  };
  return { ...context, version: await versionOf(context) };
}

/** Counts the try and compares, outside any transaction: the hash is slow on purpose. @throws {SettingsError} `wrong-credential`, `rate-limited` */
export async function checkPassword({ place, me, now }: Before, password: string): Promise<Awaited<ReturnType<typeof countTry>>> {
  const attempt = await countTry(place.store.db, passwordOf(me.person.id), now);
  const { passwordHash } = me.person;
  if (passwordHash === null || !(await place.verifyPassword(password, passwordHash))) throw attempt.wrong();
  return attempt;
}

export const authHandlers = {
  'auth.context': (call) => contextOf(call),

  'auth.stepUp': {
    prepare: async (before, proof) => {
      const { place, me, now } = before;
      if (proof.method === 'totp') {
        if (!me.person.mfa) throw new SettingsError('enrolment-required', 'No second factor.');
        const code = await prepareCode(place, me.person.id, proof.code, now);
        return async (call) => {
          await takeCode(call.db, code);
          await call.record('auth.stepUp', [me.person.id]);
          return { freshUntil: iso(await recordProof(call, 'totp')) };
        };
      }
      // With MFA on, a password alone proves too little; say what would do.
      if (me.person.mfa) throw new SettingsError('step-up-required', 'A password is not enough.', { challenge: challengeFor(me) });
      const attempt = await checkPassword(before, proof.password);
      return async (call) => {
        await attempt.right(call.db);
        await call.record('auth.stepUp', [me.person.id]);
        return { freshUntil: iso(await recordProof(call, 'password')) };
      };
    },
  },

  'auth.endStepUp': async ({ db, me, record }) => {
    // "Lock now" means all of it: a sign-in of a minute ago must not open what was just locked.
    await db.updateTable('session').set({ stepUpMethod: null, stepUpUntil: null, recentUntil: 0 }).where('id', '=', me.session.id).execute();
    await record('auth.endStepUp', [me.person.id]);
  },

  'auth.signOut': async ({ db, me, record }) => {
    if (!me) return;
    await db.deleteFrom('session').where('id', '=', me.session.id).execute();
    await record('auth.signOut', [me.person.id]);
  },
} satisfies Partial<Handlers>;
