import { sql } from 'kysely';
import type { Place } from './call.js';

/**
 * Rows that stood there before the plugin did have nothing in its columns: they get what they would have got. Costs two look-ups where
 * there is nothing to do.
 */
export async function fillNewColumns({ store }: Place): Promise<void> {
  const since = (column: string) =>
    store.type === 'sqlite'
      ? sql<number>`cast((julianday(${sql.ref(column)}) - 2440587.5) * 86400000 as integer)`
      : sql<number>`cast(extract(epoch from ${sql.ref(column)}) * 1000 as bigint)`;
  await store.db.updateTable('user').set({ searchKey: sql<string>`lower("name" || ' ' || "email")` }).where('searchKey', 'is', null).execute();
  await store.db.updateTable('member').set({ enteredAt: since('createdAt'), joinedAt: since('createdAt') }).where('enteredAt', 'is', null).execute();
  await store.db
    .updateTable('invitation')
    .set({ enteredAt: since('createdAt'), invitedAt: since('createdAt'), emailKey: sql<string>`lower("email")`, searchKey: sql<string>`lower("email")` })
    .where('emailKey', 'is', null)
    .execute();
  await store.db.updateTable('apikey').set({ searchKey: sql<string>`lower("name")` }).where('searchKey', 'is', null).where('kind', 'is not', null).execute();
}
