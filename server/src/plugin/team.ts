import { SettingsError, type Output, type TeamRow } from '@userflux/settings/contract';
import {
  assertMayChange, emailKey, folded, INVITABLE_ROLES, invitationMail, INVITATION_SECONDS, mayCall, mayChange, randomToken, removedMail, roleChangedMail, roles, roleToGive, sha256,
  type Role, type Standing,
} from '@userflux/settings/rules';
import { sql } from 'kysely';
import { searchKeyOf } from './account.js';
import { canSignIn } from './addresses.js';
import { contextOf } from './auth.js';
import { assertCurrent, lockOrganisation, organisationOf, versionOf, type Call, type Handlers, type Me } from './call.js';
import { roleOf } from './me.js';
import { iso, isoOrNull, millis, moment, type Queries, type StoredDate, type Tables } from './store.js';
import { listTeam, memberEntry, memberRows, roleRank, type MemberEntry, type InvitationEntry } from './team-list.js';

type Status = TeamRow['status'];
type InvitationRow = Tables['invitation'];

/** Better Auth's words for how an invitation stands; expiry is a matter of the clock, not a write. */
export function statusOf(invitation: { status: string; expiresAt: StoredDate }, now: number): Status | 'revoked' {
  if (invitation.status === 'accepted') return 'accepted';
  if (invitation.status === 'rejected') return 'declined';
  if (invitation.status === 'canceled') return 'revoked';
  return moment(invitation.expiresAt) <= now ? 'expired' : 'pending';
}

async function memberRow(member: MemberEntry, lastActiveAt: number | null, view: View, call: Call): Promise<TeamRow> {
  const standing = standingOf(member, view, call);
  const { role, self, lastOwner } = standing;
  const { actor } = view;
  return {
    id: member.id,
    type: 'member',
    name: member.name,
    email: member.email,
    role,
    status: 'accepted',
    self,
    joinedAt: iso(moment(member.joinedAt)),
    invitedAt: isoOrNull(millis(member.invitedAt)),
    invitedBy: member.invitedBy,
    expiresAt: null,
    lastActiveAt: isoOrNull(lastActiveAt),
    // Who has no second factor is worth knowing to those who run the team, and to an attacker.
    mfaEnabled: mayCall('team.invite', actor) ? member.mfa : null,
    delivery: null,
    lastOwner,
    can: { ...mayChange(actor, standing), resend: false, revoke: false, copyLink: false },
    version: await versionOf('member', member.id, role, member.name),
  };
}

async function invitationRow(invitation: InvitationEntry, call: Call): Promise<TeamRow> {
  const mine = call.me.member?.role;
  const role = roleOf(invitation.role ?? '');
  const status = statusOf(invitation, call.now);
  const pending = status === 'pending';
  return {
    id: invitation.id,
    type: 'invitation',
    name: null,
    email: invitation.email,
    role,
    status: status === 'revoked' ? 'expired' : status,
    self: false,
    joinedAt: null,
    invitedAt: isoOrNull(millis(invitation.invitedAt)),
    invitedBy: invitation.invitedBy,
    expiresAt: iso(moment(invitation.expiresAt)),
    lastActiveAt: null,
    mfaEnabled: null,
    delivery: invitation.delivery === 'sent' || invitation.delivery === 'bounced' ? invitation.delivery : null,
    can: {
      changeRole: pending && mayCall('team.changeRole', mine),
      remove: false,
      resend: mayCall('team.resend', mine),
      revoke: mayCall('team.revoke', mine),
      copyLink: pending && mayCall('team.link', mine),
    },
    version: await versionOf('invitation', invitation.id, role, invitation.status, moment(invitation.expiresAt)),
  };
}

/** When these people were last here: the newest of their sessions. */
async function lastSeen(db: Queries, userIds: readonly string[]): Promise<Map<string, number | null>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('session')
    .select(({ fn }) => ['userId', fn.max('updatedAt').as('began'), fn.max('lastSeenMoment').as('seen')])
    .where('userId', 'in', userIds)
    .groupBy('userId')
    .execute();
  return new Map(rows.map(({ userId, began, seen }) => [userId, millis(seen) ?? millis(began)]));
}

/** Who looks at members, and what their rows need beside themselves. */
interface View {
  /** The role of who looks, as it is now. */
  actor: Role | undefined;
  /** Two owners at most: enough to know whether one is the last. */
  owners: readonly string[];
}

async function viewOf(call: Call, actor: Role | undefined): Promise<View> {
  const owners = await call.db.selectFrom('member').select('id').where('organizationId', '=', organisationOf(call).id).where(roleRank('role'), '=', sql.lit(0)).limit(2).execute();
  return { actor, owners: owners.map(({ id }) => id) };
}

function standingOf({ id, userId, role }: Pick<MemberEntry, 'id' | 'userId' | 'role'>, { owners }: View, { me }: Call): Standing {
  const known = roleOf(role);
  return { role: known, self: userId === me.person.id, lastOwner: known === 'owner' && owners.every((owner) => owner === id) };
}

/** A member of the caller's organisation, for changes: all of them are made one after another, by the rights of now. */
async function memberToChange(call: Call, id: string): Promise<{ entry: MemberEntry; view: View; row: TeamRow } | undefined> {
  const { db, me } = call;
  const organisation = organisationOf(call);
  await lockOrganisation(call, organisation.id);
  // Whoever waited for the lock may have lost their own role meanwhile.
  const own = await db.selectFrom('member').select('role').where('id', '=', me.member?.id ?? '').executeTakeFirst();
  if (!own) throw new SettingsError('forbidden', 'No longer in this organisation.');
  const found = await memberRows(db, organisation.id).where('member.id', '=', id).executeTakeFirst();
  if (!found) return undefined;
  const entry = memberEntry(found);
  const view = await viewOf(call, roleOf(own.role));
  return { entry, view, row: await oneRow(entry, view, call) };
}

async function oneRow(entry: MemberEntry, view: View, call: Call): Promise<TeamRow> {
  const seen = await lastSeen(call.db, [entry.userId]);
  return memberRow(entry, seen.get(entry.userId) ?? null, view, call);
}

type InviteResult = Output<'team.invite'>['results'][number];

/** Writes a fresh token to the address; the only copy of it is in the mail. */
async function send(call: Call, invitation: { id: string; email: string; role: Role; enteredAt: number; isNew: boolean }): Promise<InvitationEntry> {
  const { db, now, me, place } = call;
  const { id, email, role, enteredAt, isNew } = invitation;
  const organisation = organisationOf(call);
  const token = randomToken();
  const expiresAt = now + INVITATION_SECONDS * 1000;
  const fresh = {
    role,
    status: 'pending',
    expiresAt: place.store.date(expiresAt),
    tokenHash: await sha256(token),
    invitedAt: now,
    invitedBy: me.person.name,
    inviterId: me.person.id,
    delivery: null,
  };
  if (isNew) {
    const own = { id, organizationId: organisation.id, email, emailKey: emailKey(email), searchKey: folded(email), enteredAt, createdAt: place.store.date(now) };
    await db.insertInto('invitation').values({ ...own, ...fresh }).execute();
  } else {
    await db.updateTable('invitation').set(fresh).where('id', '=', id).execute();
  }
  await call.mail(invitationMail(email, { organisation: organisation.name, inviter: me.person.name, expiresAt: iso(expiresAt), link: place.links.invitation(token) }), fresh.tokenHash);
  return { side: 'invitation', id, email, ...fresh };
}

/** Who cannot be invited anew, by address: looked up once for up to 500 invitations. */
interface Known {
  members: Set<string>;
  invitations: Map<string, InvitationRow>;
}

async function knownTo(call: Call, emails: readonly string[]): Promise<Known> {
  const { id } = organisationOf(call);
  const keys = [...new Set(emails.map(emailKey))];
  const members = await call.db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select('user.email')
    .where('member.organizationId', '=', id)
    .where('user.email', 'in', keys)
    .execute();
  const invitations = await call.db
    .selectFrom('invitation')
    .selectAll()
    .where('organizationId', '=', id)
    .where('emailKey', 'in', keys)
    .where('status', 'in', ['pending', 'rejected'])
    .execute();
  return { members: new Set(members.map(({ email }) => emailKey(email))), invitations: new Map(invitations.map((row) => [row.emailKey ?? '', row])) };
}

async function invite(call: Call, email: string, wanted: string, known: Known): Promise<InviteResult> {
  const role = roles.find((name) => name === wanted);
  if (role === undefined || !INVITABLE_ROLES.includes(role) || !canSignIn(email)) return { email, outcome: 'invalid' };
  const key = emailKey(email);
  if (known.members.has(key)) return { email, outcome: 'already-member' };
  const earlier = known.invitations.get(key);
  if (earlier && statusOf(earlier, call.now) === 'pending') {
    return { email, outcome: 'already-invited', row: await invitationRow({ side: 'invitation', ...earlier }, call) };
  }
  // An invitation that expired or was declined is sent anew in its old place, with the role given now.
  const id = earlier?.id ?? randomToken();
  const enteredAt = earlier ? moment(earlier.enteredAt) : call.now;
  const entry = await send(call, { id, email, role, enteredAt, isNew: earlier === undefined });
  const { side: _side, ...row } = entry;
  known.invitations.set(key, { ...row, organizationId: organisationOf(call).id, emailKey: key, searchKey: folded(email), enteredAt, createdAt: null, inviterId: call.me.person.id, tokenHash: null });
  return { email, outcome: 'sent', row: await invitationRow(entry, call) };
}

/** Milliseconds in which an organisation sends no more invitations than this server allows: its mails are not to be taken for spam. */
const DAY = 24 * 3_600_000;

async function assertFewEnough(call: Call, wanted: number): Promise<void> {
  const { db, now, place } = call;
  const sent = await db
    .selectFrom('invitation')
    .select(({ fn }) => [fn.countAll().as('count'), fn.min('invitedAt').as('first')])
    .where('organizationId', '=', organisationOf(call).id)
    .where('invitedAt', '>', now - DAY)
    .executeTakeFirstOrThrow();
  if (Number(sent.count) + wanted <= place.invitationsPerDay) return;
  const wait = (millis(sent.first) ?? now) + DAY - now;
  throw new SettingsError('rate-limited', 'So many invitations were sent today.', { retryAfter: Math.max(1, Math.ceil(wait / 1000)) });
}

/** Ids of other organisations do not exist here. */
async function ownInvitation(call: Call, id: string): Promise<InvitationRow> {
  const row = await call.place.store
    .locking(call.db.selectFrom('invitation').selectAll().where('id', '=', id).where('organizationId', '=', organisationOf(call).id))
    .executeTakeFirst();
  if (!row) throw new SettingsError('not-found', 'No such invitation.');
  return row;
}

/** One that can still be accepted. */
async function openInvitation(call: Call, id: string): Promise<InvitationRow> {
  const invitation = await ownInvitation(call, id);
  if (invitation.status === 'canceled') throw new SettingsError('not-found', 'No such invitation.');
  if (statusOf(invitation, call.now) !== 'pending') throw new SettingsError('conflict', 'This invitation is not open.');
  return invitation;
}

/** The link goes with the role (S10): another role is another link, and the earlier one is dead. */
async function changeInvitedRole(call: Call, id: string, wanted: string): Promise<TeamRow> {
  const invitation = await openInvitation(call, id);
  const role = roleToGive(call.me.member?.role, wanted, 'invitation');
  const current = await invitationRow({ side: 'invitation', ...invitation }, call);
  assertCurrent(call, current.version, () => current);
  if (role === current.role) return current;
  const entry = await send(call, { id, email: invitation.email, role, enteredAt: moment(invitation.enteredAt), isNew: false });
  await call.record('team.changeRole', [{ id, name: invitation.email }]);
  return invitationRow(entry, call);
}

/** The invitation that a token opens. One of an earlier sending, or of a revoked invitation, opens nothing. */
export async function byToken(db: Queries, token: string): Promise<InvitationRow> {
  const row = await db
    .selectFrom('invitation')
    .selectAll()
    .where('tokenHash', '=', await sha256(token))
    .where('status', '!=', 'canceled')
    .executeTakeFirst();
  if (!row) throw new SettingsError('not-found', 'This link does not work (any more).');
  return row;
}

/** Ends an open invitation by the token that was read: of several at once one does, and learns so; one that was sent again meanwhile has another token. */
async function settle(db: Queries, { id, tokenHash }: Pick<InvitationRow, 'id' | 'tokenHash'>, status: 'accepted' | 'rejected'): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('invitation')
    .set({ status })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export const teamHandlers = {
  'team.list': async (call, query) => {
    if (query.mfa && !mayCall('team.invite', call.me.member?.role)) throw new SettingsError('forbidden', 'Who has no second factor is for those who run the team.');
    const page = await listTeam(call, query);
    const seen = await lastSeen(call.db, page.items.flatMap((entry) => (entry.side === 'member' ? [entry.userId] : [])));
    const view = await viewOf(call, call.me.member?.role);
    const items = await Promise.all(
      page.items.map((entry) => (entry.side === 'member' ? memberRow(entry, seen.get(entry.userId) ?? null, view, call) : invitationRow(entry, call))),
    );
    return { ...page, items };
  },

  'team.invite': async (call, { invitations }) => {
    await lockOrganisation(call, organisationOf(call).id);
    await assertFewEnough(call, invitations.length);
    const known = await knownTo(call, invitations.map(({ email }) => email));
    const results: InviteResult[] = [];
    for (const { email, role } of invitations) results.push(await invite(call, email, role, known));
    await call.record('team.invite', results.flatMap(({ row }) => (row ? [row.id] : [])));
    return { results };
  },

  'team.resend': async (call, { id }) => {
    const invitation = await ownInvitation(call, id);
    if (invitation.status === 'canceled') throw new SettingsError('not-found', 'No such invitation.');
    if (invitation.status === 'accepted') throw new SettingsError('conflict', 'They have joined.');
    const entry = await send(call, { id, email: invitation.email, role: roleOf(invitation.role ?? ''), enteredAt: moment(invitation.enteredAt), isNew: false });
    await call.record('team.resend', [id]);
    return invitationRow(entry, call);
  },

  'team.revoke': async (call, { id }) => {
    const invitation = await ownInvitation(call, id);
    // Somebody joined by it: to say "revoked" would leave them in the team unnoticed.
    if (invitation.status === 'accepted') throw new SettingsError('conflict', 'They have joined.');
    // The row stays as a mark, so that revoking it again succeeds while an id of elsewhere is not found.
    await call.db.updateTable('invitation').set({ status: 'canceled' }).where('id', '=', id).execute();
    await call.record('team.revoke', [id]);
  },

  'team.link': async (call, { id }) => {
    const { seal, links } = call.place;
    const invitation = await openInvitation(call, id);
    // For a repeat the token is kept under lock, as API keys are; elsewhere there is its hash alone.
    const sealed = call.repeats;
    const token = sealed === undefined ? randomToken() : await seal.open(id, sealed);
    const tokenHash = await sha256(token);
    if (sealed === undefined) {
      await call.db.updateTable('invitation').set({ tokenHash }).where('id', '=', id).execute();
      await call.record('team.link', [{ id, name: invitation.email }]);
    } else if (tokenHash !== invitation.tokenHash) throw new SettingsError('conflict', 'There is a newer link.');
    call.remember(sealed ?? (await seal.close(id, token)));
    return { url: links.invitation(token) };
  },

  'team.changeRole': async (call, { id, role: wanted }) => {
    const { db, me } = call;
    const found = await memberToChange(call, id);
    if (!found) return changeInvitedRole(call, id, wanted);
    const { entry, view, row } = found;
    const role = roleToGive(view.actor, wanted, 'member');
    assertCurrent(call, row.version, () => row);
    assertMayChange(view.actor, 'changeRole', standingOf(entry, view, call));
    if (role === row.role) return row;
    await db.updateTable('member').set({ role }).where('id', '=', id).execute();
    await call.mail(roleChangedMail(entry.email, { organisation: organisationOf(call).name, role, by: me.person.name }));
    await call.record('team.changeRole', [{ id, name: entry.name }]);
    return oneRow({ ...entry, role }, await viewOf(call, row.self ? role : view.actor), call);
  },

  'team.remove': async (call, { id }) => {
    const { db, me } = call;
    const organisation = organisationOf(call);
    const found = await memberToChange(call, id);
    if (!found) {
      const former = await db.selectFrom('settingsFormerMember').select('id').where('id', '=', id).where('organizationId', '=', organisation.id).executeTakeFirst();
      if (former) return;
      throw new SettingsError('not-found', 'No such member.');
    }
    const { entry, view, row } = found;
    assertCurrent(call, row.version, () => row);
    assertMayChange(view.actor, 'remove', standingOf(entry, view, call));
    await db.deleteFrom('member').where('id', '=', id).execute();
    await db.insertInto('settingsFormerMember').values({ id, organizationId: organisation.id }).execute();
    await db.updateTable('session').set({ activeOrganizationId: null }).where('userId', '=', entry.userId).where('activeOrganizationId', '=', organisation.id).execute();
    await call.mail(removedMail(entry.email, { organisation: organisation.name, by: me.person.name }));
    await call.record('team.remove', [{ id, name: entry.name }]);
  },

  'invitation.get': async (call, { token }) => {
    const invitation = await byToken(call.db, token);
    const organisation = await call.db.selectFrom('organization').select('name').where('id', '=', invitation.organizationId).executeTakeFirst();
    const status = statusOf(invitation, call.now);
    return {
      organisationName: organisation?.name ?? '',
      email: invitation.email,
      role: roleOf(invitation.role ?? ''),
      invitedBy: invitation.invitedBy,
      expiresAt: iso(moment(invitation.expiresAt)),
      status: status === 'revoked' ? 'expired' : status,
    };
  },

  'invitation.accept': async (call, { token }) => {
    const { db, me, now, place } = call;
    const invitation = await byToken(db, token);
    if (emailKey(invitation.email) !== emailKey(me.person.email)) throw new SettingsError('forbidden', 'This invitation is for another address.');
    if (statusOf(invitation, now) !== 'pending') throw new SettingsError('conflict', 'This invitation is not open.');
    await lockOrganisation(call, invitation.organizationId);
    const member = await db.selectFrom('member').select('id').where('userId', '=', me.person.id).where('organizationId', '=', invitation.organizationId).executeTakeFirst();
    if (member) throw new SettingsError('conflict', 'Already in this organisation.');
    if (!(await settle(db, invitation, 'accepted'))) throw new SettingsError('conflict', 'This invitation is not open.');
    // The member takes the row of the invitation over: same id, same place in the list.
    await db
      .insertInto('member')
      .values({
        id: invitation.id,
        organizationId: invitation.organizationId,
        userId: me.person.id,
        role: roleOf(invitation.role ?? ''),
        createdAt: place.store.date(now),
        enteredAt: moment(invitation.enteredAt),
        joinedAt: now,
        invitedAt: millis(invitation.invitedAt),
        invitedBy: invitation.invitedBy,
        searchKey: searchKeyOf(me.person.name, me.person.email),
      })
      .execute();
    // Who has just joined wants to see where.
    await db.updateTable('session').set({ activeOrganizationId: invitation.organizationId }).where('id', '=', me.session.id).execute();
    call.concern(invitation.organizationId);
    await call.record('invitation.accept', [{ id: invitation.id, name: invitation.email }], invitation.organizationId);
    return contextOf(call);
  },

  'invitation.decline': async (call: Call<Me | undefined>, { token }) => {
    const invitation = await byToken(call.db, token);
    if (invitation.status === 'accepted') throw new SettingsError('conflict', 'This invitation was accepted.');
    call.concern(invitation.organizationId);
    if (await settle(call.db, invitation, 'rejected')) await call.record('invitation.decline', [invitation.id], invitation.organizationId);
  },
} satisfies Partial<Handlers>;
