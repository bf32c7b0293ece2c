import { SettingsError } from '@userflux/settings/contract';
import { sql } from 'kysely';
import type { Call, Handlers, Me } from './call.js';
import { behind, readCursor, writeCursor } from './paging.js';
import { iso, isoOrNull, millis, moment, type Queries } from './store.js';

/** Milliseconds for which being active is not written down again: reading shall not mean a write for each request. */
const ACTIVE_STEP = 60_000;

/** Notes that somebody is here, to the minute. */
export async function noteActivity(db: Queries, { session }: Me, now: number): Promise<void> {
  if (session.lastSeen !== null && now - session.lastSeen < ACTIVE_STEP) return;
  await db.updateTable('session').set({ lastSeenMoment: now }).where('id', '=', session.id).execute();
}

function ownSessions({ db, me, place }: Call) {
  return db.selectFrom('session').where('userId', '=', me.person.id).where('expiresAt', '>', place.store.date(place.realNow()));
}

export const sessionHandlers = {
  'sessions.list': async (call, query) => {
    const { me, place } = call;
    const limit = query.limit ?? place.pageSize;
    const created = place.store.type === 'sqlite' ? sql<string>`"createdAt"` : sql<string>`to_char("createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    const position = [created, place.store.plain('id')];
    let page = ownSessions(call).selectAll();
    if (query.cursor !== undefined) page = page.where(behind(position, readCursor(query.cursor, 'sessions', ['text', 'text']), true));
    for (const column of position) page = page.orderBy(column, 'desc');
    const rows = await page.limit(limit + 1).execute();
    const total = await ownSessions(call).select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow();
    const items = rows.slice(0, limit);
    const end = items.at(-1);
    return {
      items: items.map((row) => ({
        id: row.id,
        current: row.id === me.session.id,
        userAgent: row.userAgent === '' ? null : row.userAgent,
        address: row.ipAddress === '' ? null : row.ipAddress,
        // Where an address is takes a database of addresses, which this server does not have, or asking somebody else about people's addresses, which it does not do.
        place: null,
        createdAt: iso(moment(row.createdAt)),
        lastActiveAt: isoOrNull(millis(row.lastSeenMoment) ?? millis(row.updatedAt)),
        expiresAt: iso(moment(row.expiresAt)),
      })),
      nextCursor: rows.length > limit && end ? writeCursor('sessions', [iso(moment(end.createdAt)), end.id]) : null,
      total: Number(total.count),
    };
  },

  'sessions.end': async (call, { id }) => {
    const { db, me } = call;
    if (id === me.session.id) throw new SettingsError('conflict', 'This session ends by signing out.');
    // Somebody else's is as good as gone: nothing happens, and nothing is told.
    const { numDeletedRows } = await db.deleteFrom('session').where('id', '=', id).where('userId', '=', me.person.id).executeTakeFirst();
    if (numDeletedRows > 0n) await call.record('sessions.end', [id]);
  },

  'sessions.endOthers': async (call) => {
    const { db, me } = call;
    await db.deleteFrom('session').where('userId', '=', me.person.id).where('id', '!=', me.session.id).execute();
    await call.record('sessions.endOthers', [me.person.id]);
  },
} satisfies Partial<Handlers>;
