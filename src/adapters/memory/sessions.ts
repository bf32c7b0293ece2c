import { SettingsError } from '../../contract/errors.js';
import { record, type MemoryHandlers } from './call.js';
import { pageOf } from './paging.js';
import { iso } from './state.js';

export const sessionHandlers = {
  'sessions.list': (call, { cursor, limit }) => {
    const { transaction, now, me } = call;
    const rows = [...transaction.all('sessions')].filter((row) => row.personId === me.person.id && row.expiresAt > now);
    const page = pageOf({ rows, position: (row) => [-row.createdAt, row.id], order: 'sessions', cursor, limit: limit ?? call.place.pageSize });
    return {
      ...page,
      items: page.items.map((row) => ({
        id: row.id,
        current: row.id === me.session.id,
        userAgent: row.userAgent,
        address: row.address,
        place: row.place,
        createdAt: iso(row.createdAt),
        lastActiveAt: iso(row.lastActiveAt),
        expiresAt: iso(row.expiresAt),
      })),
    };
  },

  'sessions.end': (call, { id }) => {
    const { transaction, me } = call;
    if (id === me.session.id) throw new SettingsError('conflict', 'This session ends by signing out.');
    // Somebody else's is as good as gone: nothing happens, and nothing is told.
    if (transaction.get('sessions', id)?.personId !== me.person.id) return;
    transaction.delete('sessions', id);
    record(call, 'sessions.end', []);
  },

  'sessions.endOthers': (call) => {
    const { transaction, me } = call;
    for (const row of transaction.all('sessions')) {
      if (row.personId === me.person.id && row.id !== me.session.id) transaction.delete('sessions', row.id);
    }
    record(call, 'sessions.endOthers', []);
  },
} satisfies Partial<MemoryHandlers>;
