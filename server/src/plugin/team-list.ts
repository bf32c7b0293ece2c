import type { TeamQuery } from '@userflux/settings/contract';
import { folded } from '@userflux/settings/rules';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { organisationOf, type Call } from './call.js';
import { behind, compare, contains, readCursor, writeCursor, type Part, type PartKind } from './paging.js';
import { moment, truth, type Queries, type StoredBoolean, type StoredDate, type StoredMoment } from './store.js';

/** A row of the list before it is written out. */
export interface MemberEntry {
  side: 'member';
  id: string;
  userId: string;
  name: string;
  email: string;
  role: string;
  mfa: boolean;
  joinedAt: StoredMoment;
  invitedAt: StoredMoment;
  invitedBy: string | null;
}

export interface InvitationEntry {
  side: 'invitation';
  id: string;
  email: string;
  role: string | null;
  status: string;
  expiresAt: StoredDate;
  invitedAt: StoredMoment;
  invitedBy: string | null;
  delivery: string | null;
}

type Entry = MemberEntry | InvitationEntry;
type Sort = NonNullable<TeamQuery['sort']> extends infer Name ? (Name extends `-${string}` ? never : Name) : never;

/**
 * Members and invitations are two tables and one list. Each side is asked for one page behind the cursor, in the list's order and by
 * its own index, and the two are merged: the work is that of a page, whatever the size of the team. The cursor is the position of the last
 * row (sort value, entry, id), not a count of rows: whatever is written between two pages, no row comes twice and none is left out.
 */
export async function listTeam(call: Call, query: TeamQuery): Promise<{ items: Entry[]; nextCursor: string | null; total: number }> {
  const sort = query.sort ?? 'entered';
  const descending = sort.startsWith('-');
  const by = (descending ? sort.slice(1) : sort) as Sort | 'entered';
  const limit = query.limit ?? call.place.pageSize;
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, sort, POSITIONS[by]);
  const search = { words: folded(query.search ?? '').split(' ').filter(Boolean), statuses: query.status, roles: query.role, mfa: query.mfa };

  await copySearchKeys(call);
  const members = memberSide(call, search);
  const invitations = invitationSide(call, search);
  const wanted = { by, descending, after, limit: limit + 1 };
  const [first, second, total] = await Promise.all([members.page(wanted), invitations.page(wanted), count(members, invitations)]);

  const sign = descending ? -1 : 1;
  const merged = [...first, ...second].sort((left, right) => sign * compare(left.position, right.position));
  const page = merged.slice(0, limit);
  const end = page.at(-1);
  return {
    items: page.map(({ entry }) => entry),
    nextCursor: merged.length > limit && end ? writeCursor(sort, end.position) : null,
    total,
  };
}

interface Wanted {
  by: Sort | 'entered';
  descending: boolean;
  after: readonly Part[] | undefined;
  limit: number;
}

interface Search {
  words: readonly string[];
  statuses: readonly string[] | undefined;
  roles: readonly string[] | undefined;
  mfa: TeamQuery['mfa'];
}

interface Side {
  page(wanted: Wanted): Promise<{ entry: Entry; position: readonly Part[] }[]>;
  count(): Promise<number>;
}

async function count(...sides: Side[]): Promise<number> {
  const counts = await Promise.all(sides.map((side) => side.count()));
  return counts.reduce((sum, one) => sum + one, 0);
}

/** Members whom others than this plugin made (`auth.api`) have no search key yet. One look-up by an index where there are none. */
async function copySearchKeys(call: Call): Promise<void> {
  const { db } = call;
  const { id } = organisationOf(call);
  const missing = await db.selectFrom('member').select('id').where('organizationId', '=', id).where('searchKey', 'is', null).limit(1).executeTakeFirst();
  if (!missing) return;
  await db
    .updateTable('member')
    .set((expressions) => ({ searchKey: expressions.selectFrom('user').select('user.searchKey').whereRef('user.id', '=', 'member.userId') }))
    .where('organizationId', '=', id)
    .where('searchKey', 'is', null)
    .execute();
}

const ROLE_RANKS: readonly string[] = ['owner', 'admin', 'member'];

/** The place of a role in the order of roles. The text is that of an index (prepare.ts). */
export const roleRank = (column: string): RawBuilder<number> => sql<number>`case ${sql.ref(column)} when 'owner' then 0 when 'admin' then 1 else 2 end`;

/** One of these roles; an equation where it is one, so that the index has them in the list's order. */
function hasRole(column: string, roles: readonly string[]): RawBuilder<SqlBool> {
  const ranks = roles.map((role) => ROLE_RANKS.indexOf(role)).filter((rank) => rank >= 0);
  if (ranks.length === 0) return sql<SqlBool>`1 = 0`;
  return ranks.length === 1 ? sql<SqlBool>`${roleRank(column)} = ${sql.lit(ranks[0])}` : sql<SqlBool>`${roleRank(column)} in (${sql.join(ranks.map((rank) => sql.lit(rank)))})`;
}

/** What a row is placed by: as columns of a query, as values of a row, or as kinds of value. */
interface Facts<One> {
  entered: One;
  name: One;
  role: One;
  status: One;
  date: One;
  id: One;
}

/** The orders of the list: what counts in each, first to last. Rows that tie keep the order in which they came; the id makes a position unique. */
function orders<One>({ entered, name, role, status, date, id }: Facts<One>): Record<Sort | 'entered', readonly One[]> {
  return {
    entered: [entered, id],
    name: [name, entered, id],
    role: [role, entered, id],
    status: [status, entered, id],
    date: [date, id],
  };
}

/** What the parts of a position are, for cursors that come back. */
const POSITIONS = orders<PartKind>({ entered: 'moment', name: 'text', role: 'rank', status: 'rank', date: 'moment', id: 'text' });

const column = (name: string): RawBuilder<number> => sql<number>`${sql.ref(name)}`;

/** Members with what their rows show. */
export function memberRows(db: Queries, organizationId: string) {
  return db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select(['member.id', 'member.userId', 'member.role', 'member.joinedAt', 'member.invitedAt', 'member.invitedBy', 'member.enteredAt', 'member.searchKey', 'user.name', 'user.email', 'user.twoFactorEnabled'])
    .select(roleRank('member.role').as('roleRank'))
    .where('member.organizationId', '=', organizationId);
}

export function memberEntry(row: Omit<MemberEntry, 'side' | 'mfa'> & { twoFactorEnabled: StoredBoolean }): MemberEntry {
  return { side: 'member', ...row, mfa: truth(row.twoFactorEnabled) };
}

/** Members of this team with a second factor, or without. */
function hasMfa(call: Call, column: string, mfa: 'on' | 'off'): RawBuilder<SqlBool> {
  const having = call.db.selectFrom('user').select('id').where('twoFactorEnabled', '=', call.place.store.boolean(true));
  return mfa === 'on' ? sql<SqlBool>`${sql.ref(column)} in (${having})` : sql<SqlBool>`${sql.ref(column)} not in (${having})`;
}

function memberSide(call: Call, { words, statuses, roles, mfa }: Search): Side {
  const { store } = call.place;
  const { id: organizationId } = organisationOf(call);
  const columns = orders<RawBuilder<Part>>({
    entered: column('member.enteredAt'),
    name: store.plain('member.searchKey'),
    role: roleRank('member.role'),
    // All the same: see below.
    status: sql<number>`0`,
    date: column('member.joinedAt'),
    id: store.plain('member.id'),
  });
  const none = statuses && !statuses.includes('accepted');
  return {
    async page({ by, descending, after, limit }) {
      if (none) return [];
      const sign = descending ? -1 : 1;
      // Among themselves members stand in the order in which they came; before or behind all invitations.
      const [status] = by === 'status' && after ? after : [0];
      if (sign * compare([0], [status ?? 0]) < 0) return [];
      const position = by === 'status' ? columns.entered : columns[by];
      const start = by === 'status' ? (status === 0 ? after?.slice(1) : undefined) : after;
      let query = memberRows(call.db, organizationId);
      if (roles) query = query.where(hasRole('member.role', roles));
      if (mfa) query = query.where(hasMfa(call, 'member.userId', mfa));
      for (const word of words) query = query.where(contains(sql.ref('member.searchKey'), word));
      if (start) query = query.where(behind(position, start, descending));
      for (const part of position) query = query.orderBy(part, descending ? 'desc' : 'asc');
      const rows = await query.limit(limit).execute();
      return rows.map((row) => {
        const facts = { entered: moment(row.enteredAt), name: row.searchKey ?? '', role: row.roleRank, status: 0, date: moment(row.joinedAt), id: row.id };
        return { position: orders<Part>(facts)[by], entry: memberEntry(row) };
      });
    },
    async count() {
      if (none) return 0;
      let query = call.db.selectFrom('member').select(({ fn }) => fn.countAll().as('count')).where('organizationId', '=', organizationId);
      if (roles) query = query.where(hasRole('role', roles));
      if (mfa) query = query.where(hasMfa(call, 'userId', mfa));
      for (const word of words) query = query.where(contains(sql.ref('searchKey'), word));
      return Number((await query.executeTakeFirstOrThrow()).count);
    },
  };
}

function invitationSide(call: Call, { words, statuses, roles, mfa }: Search): Side {
  const { store } = call.place;
  const { id: organizationId } = organisationOf(call);
  const now = store.date(call.now);
  const statusRank = sql<number>`case when ${sql.ref('invitation.status')} = 'rejected' then 3 when ${sql.ref('invitation.expiresAt')} <= ${now} then 2 else 1 end`;
  const columns = orders<RawBuilder<Part>>({
    entered: column('invitation.enteredAt'),
    // In the order of names an invitation stands where its address would.
    name: store.plain('invitation.searchKey'),
    role: roleRank('invitation.role'),
    status: statusRank,
    date: column('invitation.invitedAt'),
    id: store.plain('invitation.id'),
  });
  const ranks = statuses && ['accepted', 'pending', 'expired', 'declined'].flatMap((status, rank) => (statuses.includes(status) && rank > 0 ? [rank] : []));
  const none = ranks?.length === 0 || mfa !== undefined;
  const filtered = call.db
    .selectFrom('invitation')
    .where('organizationId', '=', organizationId)
    .where('status', 'in', ['pending', 'rejected'])
    .$if(ranks !== undefined && !none, (query) => query.where(statusRank, 'in', ranks ?? []))
    .$if(roles !== undefined, (query) => query.where(hasRole('invitation.role', roles ?? [])))
    .$if(words.length > 0, (query) => query.where((expressions) => expressions.and(words.map((word) => contains(sql.ref('invitation.searchKey'), word)))));
  return {
    async page({ by, descending, after, limit }) {
      if (none) return [];
      const position = columns[by];
      let query = filtered.selectAll().select([statusRank.as('statusRank'), roleRank('invitation.role').as('roleRank')]);
      if (after) query = query.where(behind(position, after, descending));
      for (const part of position) query = query.orderBy(part, descending ? 'desc' : 'asc');
      const rows = await query.limit(limit).execute();
      return rows.map((row) => {
        const facts = { entered: moment(row.enteredAt), name: row.searchKey ?? '', role: row.roleRank, status: row.statusRank, date: moment(row.invitedAt), id: row.id };
        return { position: orders<Part>(facts)[by], entry: { side: 'invitation', ...row } };
      });
    },
    async count() {
      if (none) return 0;
      return Number((await filtered.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
    },
  };
}
