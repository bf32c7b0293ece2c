import { SettingsError, type AuthContext, type StepUpMethod, type User } from '@userflux/settings/contract';
import { isShut, operationsOf, policy, recoveryCodeMail, type Role } from '@userflux/settings/rules';
import { countTry, passwordOf } from './attempts.js';
import { doorOf, versionOf, type Before, type Call, type Handlers, type Me, type Person, type Place } from './call.js';
import { pictureUrl } from './pictures.js';
import { roleOf, whoIs } from './me.js';
import { prepareRecoveryCode, takeRecoveryCode } from './recovery-codes.js';
import { beginRequest, prepareAssertion } from './passkey-proof.js';
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
    avatarUrl: pictureUrl(person.pictureId),
    hasPassword: person.passwordHash !== null,
    mfa: { enabled: person.mfa, recoveryCodesLeft: person.mfa ? person.recoveryCodesLeft : null },
    timeZone: person.timeZone,
    language: person.language,
    version: await profileVersion(person),
  };
}

export function profileVersion(person: Person): Promise<string> {
  return versionOf('profile', person.id, person.name, person.timeZone, person.language);
}

/** The organisations that have this person and nobody else as an owner. */
export async function ownedAlone(db: Queries, userId: string): Promise<Set<string>> {
  const own = db.selectFrom('member').select('organizationId').where('userId', '=', userId);
  const rows = await db.selectFrom('member').select(['organizationId', 'userId', 'role']).where('organizationId', 'in', own).where('role', 'like', '%owner%').execute();
  const owners = rows.filter(({ role }) => roleOf(role) === 'owner');
  const shared = new Set(owners.filter((owner) => owner.userId !== userId).map(({ organizationId }) => organizationId));
  return new Set(owners.map(({ organizationId }) => organizationId).filter((id) => !shared.has(id)));
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
  const alone = await ownedAlone(db, me.person.id);
  const { organisation, member, session } = me;
  const context = {
    user: await userOf(db, me.person, now),
    organisation: organisation && member ? { id: organisation.id, name: organisation.name, country: organisation.country, logoUrl: pictureUrl(organisation.pictureId), role: member.role, mfaRequiredFrom: isoOrNull(millis(organisation.mfaRequiredMoment)) } : null,
    organisations: memberships.map(({ id, name, role }) => ({ id, name, role: roleOf(role), onlyOwner: alone.has(id) })),
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

function assertFactor({ person }: Me): void {
  if (!person.mfa) throw new SettingsError('enrolment-required', 'No second factor.');
}

async function proven(call: Call, method: StepUpMethod): Promise<{ freshUntil: string }> {
  await call.record('auth.stepUp', [call.me.person.id]);
  return { freshUntil: iso(await recordProof(call, method)) };
}

export const authHandlers = {
  'auth.context': (call) => contextOf(call),

  'auth.stepUp': {
    prepare: async (before, proof) => {
      const { place, me, now } = before;
      switch (proof.method) {
        case 'totp': {
          assertFactor(me);
          const code = await prepareCode(place, me.person.id, proof.code, now);
          return async (call) => {
            await takeCode(call.db, code);
            return proven(call, 'totp');
          };
        }
        case 'recovery-code': {
          assertFactor(me);
          const code = await prepareRecoveryCode(place, me.person.id, proof.code, now);
          return async (call) => {
            await call.mail(recoveryCodeMail(me.person.email, await takeRecoveryCode(call.db, code)));
            return proven(call, 'recovery-code');
          };
        }
        case 'password': {
          // With MFA on, a password alone proves too little; say what would do.
          if (me.person.mfa) throw new SettingsError('step-up-required', 'A password is not enough.', { challenge: challengeFor(me) });
          const attempt = await checkPassword(before, proof.password);
          return async (call) => {
            await attempt.right(call.db);
            return proven(call, 'password');
          };
        }
        case 'passkey': return prepareAssertion(before, proof.assertion);
      }
    },
  },

  'auth.passkeyOptions': beginRequest,

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
