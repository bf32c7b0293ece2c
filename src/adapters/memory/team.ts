import { SettingsError } from '../../contract/errors.js';
import type { Output, TeamQuery, TeamRow } from '../../contract/operations.js';
import { contextOf, pointAt } from './auth.js';
import { randomToken, sha256 } from '../../rules/bytes.js';
import { assertCurrent, organisationOf, record, type Call, type Me, type MemoryHandlers } from './call.js';
import type { Transaction } from './database.js';
import { invitationMail, removedMail, roleChangedMail } from '../../rules/mails.js';
import { assertMayChange, mayChange, roleToGive, type Standing } from '../../rules/team.js';
import { emailKey, folded } from '../../rules/text.js';
import { sendMail } from './mails.js';
import { pageOf, type Position } from './paging.js';
import { INVITABLE_ROLES, INVITATION_SECONDS, mayCall, type Role } from '../../rules/policy.js';
import { iso, isoOrNull, role as roleSchema, type InvitationRow, type Member, type Person } from './state.js';

type Status = TeamRow['status'];

/** How an invitation stands now; expiry is a matter of the clock, not a write. */
export function statusOf(invitation: InvitationRow, now: number): Status {
  if (invitation.status === 'accepted' || invitation.status === 'declined') return invitation.status;
  return invitation.expiresAt <= now ? 'expired' : 'pending';
}

/** Whether there is no other owner: who keeps the organisation open to somebody stays. */
function isLastOwner({ transaction }: Call, { id, organisationId, role }: Member): boolean {
  return role === 'owner' && !transaction.find('members', (other) => other.organisationId === organisationId && other.role === 'owner' && other.id !== id);
}

function standingOf(call: Call, member: Member): Standing {
  return { role: member.role, self: member.personId === call.me.person.id, lastOwner: isLastOwner(call, member) };
}

function memberRow(member: Member, person: Person, call: Call): TeamRow {
  const standing = standingOf(call, member);
  const actor = call.transaction.get('members', call.me.member?.id ?? '')?.role;
  return {
    id: member.id,
    type: 'member',
    name: person.name,
    email: person.email,
    role: member.role,
    status: 'accepted',
    self: person.id === call.me.person.id,
    joinedAt: iso(member.joinedAt),
    invitedAt: isoOrNull(member.invitedAt),
    invitedBy: member.invitedBy,
    expiresAt: null,
    lastActiveAt: isoOrNull(member.lastActiveAt),
    // Who has no second factor is worth knowing to those who run the team, and to an attacker.
    mfaEnabled: mayCall('team.invite', actor) ? person.totp !== null : null,
    delivery: null,
    lastOwner: standing.lastOwner,
    can: { ...mayChange(actor, standing), resend: false, revoke: false, copyLink: false },
    version: `${member.role}.${String(person.revision)}`,
  };
}

function invitationRow(invitation: InvitationRow, call: Call): TeamRow {
  const role = call.me.member?.role;
  const status = statusOf(invitation, call.now);
  const pending = status === 'pending';
  return {
    id: invitation.id,
    type: 'invitation',
    name: null,
    email: invitation.email,
    role: invitation.role,
    status,
    self: false,
    joinedAt: null,
    invitedAt: iso(invitation.invitedAt),
    invitedBy: invitation.invitedBy,
    expiresAt: iso(invitation.expiresAt),
    lastActiveAt: null,
    mfaEnabled: null,
    delivery: invitation.bounced ? 'bounced' : 'sent',
    can: {
      changeRole: pending && mayCall('team.changeRole', role),
      remove: false,
      resend: mayCall('team.resend', role),
      revoke: mayCall('team.revoke', role),
      copyLink: pending && mayCall('team.link', role),
    },
    version: String(invitation.revision),
  };
}

/** One line of the list before it is written out: enough to filter and to order 10,000 of them. */
interface Entry {
  id: string;
  name: string;
  email: string;
  role: Role;
  status: Status;
  enteredAt: number;
  date: number;
  mfa: TeamQuery['mfa'];
  row: () => TeamRow;
}

function* entries(call: Call): Generator<Entry> {
  const { transaction, now } = call;
  const organisation = organisationOf(call);
  for (const member of transaction.all('members')) {
    const person = member.organisationId === organisation.id ? transaction.get('people', member.personId) : undefined;
    if (!person) continue;
    const { id, role, enteredAt, joinedAt } = member;
    yield { id, name: person.name, email: person.email, role, status: 'accepted', enteredAt, date: joinedAt, mfa: person.totp ? 'on' : 'off', row: () => memberRow(member, person, call) };
  }
  for (const invitation of transaction.all('invitations')) {
    if (invitation.organisationId !== organisation.id || invitation.status === 'accepted' || invitation.status === 'revoked') continue;
    const { id, email, role, enteredAt, invitedAt } = invitation;
    // In the order of names an invitation stands where its address would.
    yield { id, name: email, email, role, status: statusOf(invitation, now), enteredAt, date: invitedAt, mfa: undefined, row: () => invitationRow(invitation, call) };
  }
}

function* filtered(call: Call, query: TeamQuery): Generator<Entry> {
  const words = folded(query.search ?? '').split(' ').filter(Boolean);
  for (const entry of entries(call)) {
    if (query.status && !query.status.includes(entry.status)) continue;
    if (query.role && !query.role.includes(entry.role)) continue;
    if (query.mfa && entry.mfa !== query.mfa) continue;
    if (words.length > 0) {
      const text = folded(`${entry.name} ${entry.email}`);
      if (!words.every((word) => text.includes(word))) continue;
    }
    yield entry;
  }
}

const ROLE_ORDER: readonly Role[] = ['owner', 'admin', 'member'];
const STATUS_ORDER: readonly Status[] = ['accepted', 'pending', 'expired', 'declined'];

/** Rows that tie keep the order in which they came. Without a sort the list stands in that order alone. */
const ORDERS: Record<string, (entry: Entry) => Position> = {
  entered: (entry) => [entry.enteredAt, entry.id],
  name: (entry) => [entry.name, entry.enteredAt, entry.id],
  role: (entry) => [ROLE_ORDER.indexOf(entry.role), entry.enteredAt, entry.id],
  status: (entry) => [STATUS_ORDER.indexOf(entry.status), entry.enteredAt, entry.id],
  date: (entry) => [entry.date, entry.id],
};

type InviteResult = Output<'team.invite'>['results'][number];

/** Sends a token, the only copy of which is in the mail. */
async function send(call: Call, { bounced: _, ...invitation }: Omit<InvitationRow, 'tokenHash' | 'invitedAt' | 'expiresAt' | 'status' | 'invitedBy'>): Promise<InvitationRow> {
  const { transaction, now, me, place } = call;
  const token = randomToken();
  const row = transaction.put('invitations', {
    ...invitation,
    invitedBy: me.person.name,
    invitedAt: now,
    expiresAt: now + INVITATION_SECONDS * 1000,
    tokenHash: await sha256(token),
    status: 'open',
    revision: invitation.revision + 1,
  });
  const facts = { organisation: organisationOf(call).name, inviter: row.invitedBy, expiresAt: iso(row.expiresAt), link: place.links.invitation(token) };
  sendMail(transaction, now, invitationMail(row.email, facts));
  return row;
}

/** Who cannot be invited anew, by address: looked up once for up to 500 invitations. */
interface Known {
  members: Set<string>;
  invitations: Map<string, InvitationRow>;
}

function knownTo(call: Call): Known {
  const organisation = organisationOf(call);
  const known: Known = { members: new Set(), invitations: new Map() };
  for (const member of call.transaction.all('members')) {
    const person = member.organisationId === organisation.id ? call.transaction.get('people', member.personId) : undefined;
    if (person) known.members.add(person.emailKey);
  }
  for (const row of call.transaction.all('invitations')) {
    if (row.organisationId === organisation.id && (row.status === 'open' || row.status === 'declined')) known.invitations.set(row.emailKey, row);
  }
  return known;
}

async function invite(call: Call, email: string, wantedRole: string, known: Known): Promise<InviteResult> {
  const role = roleSchema.safeParse(wantedRole);
  if (!role.success || !INVITABLE_ROLES.includes(role.data)) return { email, outcome: 'invalid' };
  const key = emailKey(email);
  if (known.members.has(key)) return { email, outcome: 'already-member' };
  const earlier = known.invitations.get(key);
  if (earlier && statusOf(earlier, call.now) === 'pending') return { email, outcome: 'already-invited', row: invitationRow(earlier, call) };
  // An invitation that expired or was declined is sent anew in its old place, with the role given now.
  const fresh = { id: randomToken(), organisationId: organisationOf(call).id, enteredAt: call.now, revision: 0 };
  const row = await send(call, { ...(earlier ?? fresh), email, emailKey: key, role: role.data });
  known.invitations.set(key, row);
  return { email, outcome: 'sent', row: invitationRow(row, call) };
}

/** Ids of other organisations do not exist here. */
function ownInvitation(call: Call, id: string): InvitationRow {
  const row = call.transaction.get('invitations', id);
  if (row?.organisationId !== organisationOf(call).id) throw new SettingsError('not-found', 'No such invitation.');
  return row;
}

/** One that can still be accepted. */
function openInvitation(call: Call, id: string): InvitationRow {
  const invitation = ownInvitation(call, id);
  if (invitation.status === 'revoked') throw new SettingsError('not-found', 'No such invitation.');
  if (statusOf(invitation, call.now) !== 'pending') throw new SettingsError('conflict', 'This invitation is not open.');
  return invitation;
}

/** A member of the caller's organisation, with the person behind. */
function ownMember(call: Call, id: string): { member: Member; person: Person } | undefined {
  const member = call.transaction.get('members', id);
  const person = member?.organisationId === organisationOf(call).id ? call.transaction.get('people', member.personId) : undefined;
  return member && person && { member, person };
}

/** The invitation that a token opens. One of an earlier sending, or of a revoked invitation, opens nothing. */
async function byToken(transaction: Transaction, token: string): Promise<InvitationRow> {
  const tokenHash = await sha256(token);
  const row = transaction.find('invitations', (invitation) => invitation.tokenHash === tokenHash && invitation.status !== 'revoked');
  if (!row) throw new SettingsError('not-found', 'This link does not work (any more).');
  return row;
}

function organisationNameOf(invitation: InvitationRow, call: Call<Me | undefined>): string {
  return call.transaction.get('organisations', invitation.organisationId)?.name ?? '';
}

export const teamHandlers = {
  'team.list': (call, query) => {
    if (query.mfa && !mayCall('team.invite', call.me.member?.role)) throw new SettingsError('forbidden', 'Who has no second factor is for those who run the team.');
    const sort = query.sort ?? 'entered';
    const descending = sort.startsWith('-');
    const by = descending ? sort.slice(1) : sort;
    const page = pageOf({
      rows: filtered(call, query),
      position: ORDERS[by] ?? ((entry: Entry) => [entry.id]),
      order: `team ${sort}`,
      descending,
      cursor: query.cursor,
      limit: query.limit ?? call.place.pageSize,
    });
    return { ...page, items: page.items.map((entry) => entry.row()) };
  },

  'team.invite': async (call, { invitations }) => {
    const results: InviteResult[] = [];
    const known = knownTo(call);
    for (const { email, role } of invitations) results.push(await invite(call, email, role, known));
    record(call, 'team.invite', results.flatMap(({ row }) => (row ? [row.id] : [])));
    return { results };
  },

  'team.resend': async (call, { id }) => {
    const invitation = ownInvitation(call, id);
    if (invitation.status === 'revoked') throw new SettingsError('not-found', 'No such invitation.');
    if (invitation.status === 'accepted') throw new SettingsError('conflict', 'They have joined.');
    const row = invitationRow(await send(call, invitation), call);
    record(call, 'team.resend', [id]);
    return row;
  },

  'team.revoke': (call, { id }) => {
    const invitation = ownInvitation(call, id);
    // Somebody joined by it: to say "revoked" would leave them in the team unnoticed.
    if (invitation.status === 'accepted') throw new SettingsError('conflict', 'They have joined.');
    if (invitation.status !== 'revoked') {
      call.transaction.put('invitations', { ...invitation, status: 'revoked', revision: invitation.revision + 1 });
      record(call, 'team.revoke', [id]);
    }
  },

  'team.link': async (call, { id }) => {
    const invitation = openInvitation(call, id);
    const token = call.repeats ?? randomToken();
    const tokenHash = await sha256(token);
    if (call.repeats === undefined) {
      call.transaction.put('invitations', { ...invitation, tokenHash, revision: invitation.revision + 1 });
      record(call, 'team.link', [{ name: invitation.email }]);
    } else if (tokenHash !== invitation.tokenHash) throw new SettingsError('conflict', 'There is a newer link.');
    call.remember(token);
    return { url: call.place.links.invitation(token) };
  },

  'team.changeRole': async (call, { id, role: wanted }) => {
    const { transaction, now, me } = call;
    const actor = me.member?.role;
    const found = ownMember(call, id);
    if (!found) {
      const invitation = openInvitation(call, id);
      const role = roleToGive(actor, wanted, 'invitation');
      assertCurrent(call, String(invitation.revision), () => invitationRow(invitation, call));
      if (role === invitation.role) return invitationRow(invitation, call);
      record(call, 'team.changeRole', [{ name: invitation.email }]);
      return invitationRow(await send(call, { ...invitation, role }), call);
    }
    const { member, person } = found;
    const role = roleToGive(actor, wanted, 'member');
    const current = memberRow(member, person, call);
    assertCurrent(call, current.version, () => current);
    assertMayChange(actor, 'changeRole', standingOf(call, member));
    if (role === member.role) return current;
    const after = transaction.put('members', { ...member, role });
    record(call, 'team.changeRole', [{ name: person.name }]);
    sendMail(transaction, now, roleChangedMail(person.email, { organisation: organisationOf(call).name, role, by: me.person.name }));
    return memberRow(after, person, call);
  },

  'team.remove': (call, { id }) => {
    const { transaction, now, me } = call;
    const organisation = organisationOf(call);
    const found = ownMember(call, id);
    if (!found) {
      if (transaction.get('formerMembers', id)?.organisationId === organisation.id) return;
      throw new SettingsError('not-found', 'No such member.');
    }
    const { member, person } = found;
    const current = memberRow(member, person, call);
    assertCurrent(call, current.version, () => current);
    assertMayChange(me.member?.role, 'remove', standingOf(call, member));
    transaction.delete('members', id);
    transaction.put('formerMembers', { id, organisationId: organisation.id });
    const next = transaction.find('members', (row) => row.personId === person.id)?.organisationId ?? null;
    for (const session of [...transaction.all('sessions')]) {
      if (session.personId === person.id && session.organisationId === organisation.id) transaction.put('sessions', { ...session, organisationId: next });
    }
    record(call, 'team.remove', [{ name: person.name }]);
    sendMail(transaction, now, removedMail(person.email, { organisation: organisation.name, by: me.person.name }));
  },

  'invitation.get': async (call, { token }) => {
    const invitation = await byToken(call.transaction, token);
    call.handle.openedInvitations.add(invitation.id);
    return {
      organisationName: organisationNameOf(invitation, call),
      email: invitation.email,
      role: invitation.role,
      invitedBy: invitation.invitedBy,
      expiresAt: iso(invitation.expiresAt),
      status: statusOf(invitation, call.now),
    };
  },

  'invitation.accept': async (call, { token }) => {
    const { transaction, now, me, handle } = call;
    const invitation = await byToken(transaction, token);
    if (invitation.emailKey !== me.person.emailKey) throw new SettingsError('forbidden', 'This invitation is for another address.');
    if (statusOf(invitation, now) !== 'pending') throw new SettingsError('conflict', 'This invitation is not open.');
    if (transaction.find('members', (row) => row.personId === me.person.id && row.organisationId === invitation.organisationId)) {
      throw new SettingsError('conflict', 'Already in this organisation.');
    }
    // The member takes the row of the invitation over: same id, same place in the list.
    transaction.put('members', {
      id: invitation.id,
      organisationId: invitation.organisationId,
      personId: me.person.id,
      role: invitation.role,
      enteredAt: invitation.enteredAt,
      joinedAt: now,
      invitedAt: invitation.invitedAt,
      invitedBy: invitation.invitedBy,
      lastActiveAt: now,
    });
    transaction.put('invitations', { ...invitation, status: 'accepted', revision: invitation.revision + 1 });
    record(call, 'invitation.accept', [{ name: invitation.email }], invitation.organisationId);
    // Who has just joined wants to see where.
    const session = transaction.put('sessions', { ...me.session, organisationId: invitation.organisationId });
    transaction.afterCommit(() => {
      pointAt(handle, session);
    });
    return contextOf(call);
  },

  'invitation.decline': async (call, { token }) => {
    const invitation = await byToken(call.transaction, token);
    if (invitation.status === 'accepted') throw new SettingsError('conflict', 'This invitation was accepted.');
    if (invitation.status === 'open') {
      call.transaction.put('invitations', { ...invitation, status: 'declined', revision: invitation.revision + 1 });
      record(call, 'invitation.decline', [{ name: invitation.email }], invitation.organisationId);
    }
  },
} satisfies Partial<MemoryHandlers>;
