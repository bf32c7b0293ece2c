import type { Event, Input } from '@userflux/settings/contract';
import { folded } from '@userflux/settings/rules';
import { sql, type SelectQueryBuilder } from 'kysely';
import { z } from 'zod';
import { organisationOf, type Call, type Handlers } from './call.js';
import { behind, contains, readCursor, writeCursor } from './paging.js';
import { iso, moment, type Tables } from './store.js';

type EventQuery = SelectQueryBuilder<Tables, 'settingsEvent', object>;

const names = z.array(z.string());

/** Whether the action is one of these, or of one of these areas: `apiKeys` stands for `apiKeys.reveal` and all the others. */
function ofActions(query: EventQuery, actions: readonly string[]): EventQuery {
  // In so many codes there is no letter that a prefix could be confused by: an area ends at its dot, and the next character is a slash.
  return query.where((expressions) =>
    expressions.or(actions.flatMap((action) => [expressions('action', '=', action), expressions.and([expressions('action', '>', `${action}.`), expressions('action', '<', `${action}/`)])])),
  );
}

/** A page of events, the newest first. It needs no count: that of a year of events would cost more than the page. */
async function eventPage(call: Call, order: string, wanted: EventQuery, { cursor, limit = call.place.pageSize }: Pick<Input<'activity.list'>, 'cursor' | 'limit'>): Promise<{ items: Event[]; nextCursor: string | null }> {
  const { store } = call.place;
  const position = [sql<number>`${sql.ref('settingsEvent.at')}`, store.plain('settingsEvent.id')];
  let query = wanted
    .leftJoin('user', 'user.id', 'settingsEvent.userId')
    .select(['settingsEvent.id', 'settingsEvent.at', 'settingsEvent.userId', 'settingsEvent.action', 'settingsEvent.names', 'settingsEvent.address', 'settingsEvent.userAgent', 'settingsEvent.result', 'user.name']);
  if (cursor !== undefined) query = query.where(behind(position, readCursor(cursor, order, ['moment', 'text']), true));
  for (const column of position) query = query.orderBy(column, 'desc');
  const rows = await query.limit(limit + 1).execute();
  const items = rows.slice(0, limit);
  const end = items.at(-1);
  return {
    items: items.map((row) => ({
      id: row.id,
      at: iso(moment(row.at)),
      actor: row.userId === null ? null : { id: row.userId, name: row.name },
      action: row.action,
      targets: row.names === null ? [] : names.parse(JSON.parse(row.names)),
      address: row.address === '' ? null : row.address,
      userAgent: row.userAgent === '' ? null : row.userAgent,
      result: row.result,
    })),
    nextCursor: rows.length > limit && end ? writeCursor(order, [moment(end.at), end.id]) : null,
  };
}

export const activityHandlers = {
  'activity.list': (call, query) => eventPage(call, 'activity', call.db.selectFrom('settingsEvent').where('settingsEvent.userId', '=', call.me.person.id), query),

  'audit.list': (call, { actor, action, from, to, ...query }) => {
    let wanted: EventQuery = call.db.selectFrom('settingsEvent').where('settingsEvent.organizationId', '=', organisationOf(call).id);
    if (from !== undefined) wanted = wanted.where('settingsEvent.at', '>=', Date.parse(from));
    if (to !== undefined) wanted = wanted.where('settingsEvent.at', '<', Date.parse(to));
    if (action !== undefined) wanted = ofActions(wanted, action);
    const words = folded(actor ?? '').split(' ').filter(Boolean);
    if (words.length > 0) {
      wanted = wanted.where((expressions) => {
        let people = expressions.selectFrom('user').select('user.id').whereRef('user.id', '=', 'settingsEvent.userId');
        for (const word of words) people = people.where(contains(sql.ref('user.searchKey'), word));
        return expressions.exists(people);
      });
    }
    return eventPage(call, 'audit', wanted, query);
  },
} satisfies Partial<Handlers>;
