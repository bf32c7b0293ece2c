import type { Event } from '../../contract/operations.js';
import { isAction } from '../../rules/events.js';
import { folded } from '../../rules/text.js';
import { organisationOf, type Call, type MemoryHandlers } from './call.js';
import { pageOf } from './paging.js';
import { iso, type Rows } from './state.js';

function eventOf({ transaction }: Call, row: Rows['records']): Event {
  const { id, at, personId, action, targets, address, userAgent, result } = row;
  return {
    id,
    at: iso(at),
    actor: personId === null ? null : { id: personId, name: transaction.get('people', personId)?.name ?? null },
    action,
    targets,
    address,
    userAgent,
    result,
  };
}

/** The newest first: a later event has a greater id, too. */
function eventPage(call: Call, order: string, rows: Iterable<Rows['records']>, { cursor, limit }: { cursor?: string | undefined; limit?: number | undefined }) {
  const { items, nextCursor } = pageOf({ rows, position: (row) => [row.at, row.id], descending: true, order, cursor, limit: limit ?? call.place.pageSize });
  return { items: items.map((row) => eventOf(call, row)), nextCursor };
}

export const activityHandlers = {
  'activity.list': (call, query) => {
    const rows = [...call.transaction.all('records')].filter((row) => row.personId === call.me.person.id);
    return eventPage(call, 'activity', rows, query);
  },

  'audit.list': (call, query) => {
    const { id } = organisationOf(call);
    const words = folded(query.actor ?? '').split(' ').filter(Boolean);
    const from = query.from === undefined ? -Infinity : Date.parse(query.from);
    const to = query.to === undefined ? Infinity : Date.parse(query.to);
    const isMeant = (personId: string | null): boolean => {
      if (words.length === 0) return true;
      const person = personId === null ? undefined : call.transaction.get('people', personId);
      const key = person && folded(`${person.name} ${person.email}`);
      return key !== undefined && words.every((word) => key.includes(word));
    };
    const rows = [...call.transaction.all('records')].filter(
      (row) => row.organisationId === id && row.at >= from && row.at < to && (query.action === undefined || isAction(row.action, query.action)) && isMeant(row.personId),
    );
    return eventPage(call, 'audit', rows, query);
  },
} satisfies Partial<MemoryHandlers>;
