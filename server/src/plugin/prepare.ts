import { sql } from 'kysely';
import type { Place } from './call.js';
import { roleRank } from './team-list.js';

/**
 * Rows that stood there before the plugin did have nothing in its columns: they get what they would have got. Costs two look-ups where
 * there is nothing to do.
 */
export async function fillNewColumns(place: Place): Promise<void> {
  const { store } = place;
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
  await makeIndexes(place);
}

/**
 * The orders of a huge team that Better Auth's migrations have no words for: texts by their code points (`Store.plain`), and roles by
 * their rank. Where the account of the database may not make them, the lists are right all the same, and slower.
 */
async function makeIndexes({ store, log }: Place): Promise<void> {
  for (const table of ['member', 'invitation'] as const) {
    for (const [name, first] of [['name', store.plain('searchKey')], ['role', roleRank('role')]] as const) {
      const index = `settings_${table}_${name}`;
      try {
        await sql`create index if not exists ${sql.ref(index)} on ${sql.table(table)} (${sql.ref('organizationId')}, (${first}), ${sql.ref('enteredAt')}, (${store.plain('id')}))`.execute(store.db);
      } catch (error) {
        log(`The index ${index} could not be made; large teams are slow without it: ${error instanceof Error ? error.message : 'unknown'}`);
      }
    }
  }
}
