import { firstUsageDay, utcDay } from '@userflux/settings/rules';
import { sql } from 'kysely';
import type { Place } from './call.js';
import type { Queries } from './store.js';

/** Rows that one statement takes: databases count its values. */
const AT_ONCE = 500;
/** Milliseconds from one writing to the next: however busy the keys are, it is one writing a second. */
const PAUSE = 1000;

interface Waiting {
  keyId: string;
  day: string;
  count: number;
}

/**
 * Uses of keys on their way into the database. The request that comes with a key does not wait for them: those of a quiet key are written
 * at once, those of a busy one together, a second's worth at a time. A process that is killed loses that second's count, and nothing else.
 */
export class KeyUses {
  readonly #place: Place;
  #counts = new Map<string, Waiting>();
  /** When and from where keys were used last, where that is to be written. */
  #last = new Map<string, { moment: number; from: string | null }>();
  #writing: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: Place) {
    this.#place = place;
  }

  /** @param last also write down when and from where */
  note(keyId: string, now: number, last?: { from: string | null }): void {
    const day = utcDay(now);
    this.#add({ keyId, day, count: 1 });
    if (last) this.#last.set(keyId, { moment: now, from: last.from });
    if (!this.#writing && !this.#timer) this.#begin();
  }

  /** Everything that waits is written: before the database closes. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writing;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#counts.size > 0) await this.#write();
  }

  #add({ keyId, day, count }: Waiting): void {
    const id = `${keyId} ${day}`;
    const waiting = this.#counts.get(id);
    if (waiting) waiting.count += count;
    else this.#counts.set(id, { keyId, day, count });
  }

  #begin(): void {
    this.#writing = this.#write().finally(() => {
      this.#writing = undefined;
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        if (this.#counts.size > 0) this.#begin();
      }, PAUSE).unref();
    });
  }

  async #write(): Promise<void> {
    const { store, log } = this.#place;
    const counts = this.#counts;
    const last = this.#last;
    this.#counts = new Map();
    this.#last = new Map();
    try {
      // In one order in every process, so that two of them that write the same rows wait for each other instead of for ever.
      const rows = [...counts].map(([id, waiting]) => ({ id, ...waiting })).sort((one, other) => (one.id < other.id ? -1 : 1));
      for (let start = 0; start < rows.length; start += AT_ONCE) {
        const some = rows.slice(start, start + AT_ONCE);
        await store.db
          .insertInto('settingsKeyUse')
          .values(some)
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ count: sql<number>`"settingsKeyUse"."count" + excluded."count"` }))
          .execute();
        for (const { id } of some) counts.delete(id);
      }
      // Each for itself: no row is held while another one is waited for.
      for (const [id, { moment, from }] of last) await store.db.updateTable('apikey').set({ lastUsedMoment: moment, lastUsedFrom: from }).where('id', '=', id).execute();
    } catch (error) {
      // Counted again with the next ones; what is told of the last use comes with the next use.
      for (const waiting of counts.values()) this.#add(waiting);
      log(`The uses of API keys could not be written: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }
}

/** The requests of these keys by UTC day, the oldest first. */
export async function usageOf(db: Queries, keyIds: readonly string[], now: number): Promise<Map<string, { day: string; count: number }[]>> {
  const usage = new Map(keyIds.map((id) => [id, [] as { day: string; count: number }[]]));
  if (keyIds.length === 0) return usage;
  const rows = await db.selectFrom('settingsKeyUse').select(['keyId', 'day', 'count']).where('keyId', 'in', keyIds).where('day', '>=', firstUsageDay(now)).orderBy('day').execute();
  for (const { keyId, day, count } of rows) usage.get(keyId)?.push({ day, count });
  return usage;
}

/** Forgets the days that nobody is told of any more. */
export async function sweepKeyUses(db: Queries, now: number): Promise<void> {
  await db.deleteFrom('settingsKeyUse').where('day', '<', firstUsageDay(now)).execute();
}
