import * as z from 'zod/mini';
import type { SettingsError } from '../../contract/errors.js';
import { randomToken } from '../../rules/bytes.js';
import { tableNames, tables, type Rows, type TableName } from './state.js';

type Maps = { [Table in TableName]: Map<string, Rows[Table]> };

/** One row put (or taken away, when `row` is absent). */
export type Change<Table extends TableName = TableName> = {
  [Name in Table]: { table: Name; id: string; row: Rows[Name] | undefined };
}[Table];

/** What a durable store holds: rows as they came back, not yet checked. */
export interface Snapshot {
  revision: string;
  rows: readonly { table: string; id: string; row: unknown }[];
}

/** Where the state outlives the page. The one that ships is IndexedDB; tests bring their own. */
export interface DurableStore {
  /** Everything, when the stored revision is another than the known one; `undefined` when it is the same; null when nothing is stored. */
  read(known: string | null): Promise<Snapshot | null | undefined>;
  /** Stores the changes in one step. Answers false, and stores nothing, when the stored revision is not the expected one. */
  write(expected: string | null, revision: string, changes: readonly Change[]): Promise<boolean>;
  /** Puts these rows in the place of everything. */
  replace(revision: string, changes: readonly Change[]): Promise<void>;
}

/**
 * Thrown by a handler that refuses and yet has something to write down: a wrong code costs a try although the
 * call fails. Everything else that is thrown drops the whole transaction.
 */
export class RecordedRefusal extends Error {
  constructor(readonly error: SettingsError) {
    super(error.message);
  }
}

function emptyMaps(): Maps {
  return {
    people: new Map(),
    organisations: new Map(),
    members: new Map(),
    formerMembers: new Map(),
    invitations: new Map(),
    apiKeys: new Map(),
    sessions: new Map(),
    enrolments: new Map(),
    attempts: new Map(),
    mails: new Map(),
    records: new Map(),
  };
}

/** Reads that see what was committed and what this transaction has put; nobody else sees the latter before the commit. */
export class Transaction {
  readonly #base: Maps;
  /** What was put, by table and id; undefined: taken away. */
  readonly #own: { [Table in TableName]?: Map<string, Rows[Table] | undefined> } = {};
  readonly #afterCommit: (() => void)[] = [];

  constructor(base: Maps) {
    this.#base = base;
  }

  get changes(): readonly Change[] {
    return tableNames.flatMap((table) =>
      // The compiler cannot see that a table and a row of that same table make a Change.
      [...(this.#own[table] ?? [])].map(([id, row]) => ({ table, id, row }) as Change),
    );
  }

  get<Table extends TableName>(table: Table, id: string): Rows[Table] | undefined {
    const own = this.#own[table];
    return own?.has(id) ? own.get(id) : this.#base[table].get(id);
  }

  *all<Table extends TableName>(table: Table): Generator<Rows[Table]> {
    const base = this.#base[table];
    const own = this.#own[table];
    if (!own) {
      yield* base.values();
      return;
    }
    for (const [id, row] of base) {
      const current = own.has(id) ? own.get(id) : row;
      if (current) yield current;
    }
    for (const [id, row] of own) if (row && !base.has(id)) yield row;
  }

  find<Table extends TableName>(table: Table, wanted: (row: Rows[Table]) => boolean): Rows[Table] | undefined {
    for (const row of this.all(table)) if (wanted(row)) return row;
    return undefined;
  }

  put<Table extends TableName>(table: Table, row: Rows[Table]): Rows[Table] {
    this.#ownOf(table).set(row.id, row);
    return row;
  }

  delete(table: TableName, id: string): void {
    this.#ownOf(table).set(id, undefined);
  }

  /** Runs once the changes stand: hints to others, answers to keep. Not run when the transaction is dropped. */
  afterCommit(callback: () => void): void {
    this.#afterCommit.push(callback);
  }

  /** For the database: the changes stand now. */
  committed(): void {
    for (const callback of this.#afterCommit) callback();
  }

  #ownOf<Table extends TableName>(table: Table): Map<string, Rows[Table] | undefined> {
    const own: Map<string, Rows[Table] | undefined> = this.#own[table] ?? new Map<string, Rows[Table] | undefined>();
    // The compiler cannot see that this Map belongs to this table.
    (this.#own as Partial<Record<TableName, unknown>>)[table] = own;
    return own;
  }
}

function apply<Table extends TableName>(maps: Maps, change: Change<Table>): void {
  if (change.row) maps[change.table].set(change.id, change.row);
  else maps[change.table].delete(change.id);
}

/**
 * The state and the one door to it: calls run one after another, each in a transaction that is kept whole or not
 * at all. With a durable store, other tabs write too: every call starts from the newest revision, and a commit
 * that another tab forestalled is run again on what that tab wrote.
 */
export class Database {
  readonly #seed: (transaction: Transaction) => Promise<void>;
  readonly #changed: () => void;
  #store: DurableStore | undefined;
  #maps = emptyMaps();
  #revision: string | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  /** Settles when the state is there. */
  readonly ready: Promise<void>;

  /** @param options.changed called whenever other rows stand than before. */
  constructor(seed: (transaction: Transaction) => Promise<void>, options: { store?: DurableStore | undefined; changed: () => void }) {
    this.#seed = seed;
    this.#store = options.store;
    this.#changed = options.changed;
    this.ready = this.#open();
  }

  /** The committed rows, for what must be known without waiting (the outbox). */
  rows<Table extends TableName>(table: Table): Rows[Table][] {
    return [...this.#maps[table].values()];
  }

  run<Answer>(work: (transaction: Transaction) => Answer | Promise<Answer>): Promise<Answer> {
    return this.#enqueue(() => this.#attempt(work));
  }

  /** Back to the seed. */
  reset(): Promise<void> {
    return this.#enqueue(() => this.#startAnew());
  }

  #enqueue<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#queue.then(() => this.ready).then(work);
    // The next in the queue runs whatever became of this one; who waits for this one hears of its failure.
    this.#queue = answer.then(
      () => undefined,
      () => undefined,
    );
    return answer;
  }

  async #attempt<Answer>(work: (transaction: Transaction) => Answer | Promise<Answer>): Promise<Answer> {
    for (;;) {
      await this.#refresh();
      const transaction = new Transaction(this.#maps);
      let answer: Answer | undefined;
      let refusal: RecordedRefusal | undefined;
      try {
        answer = await work(transaction);
      } catch (thrown) {
        if (!(thrown instanceof RecordedRefusal)) throw thrown;
        refusal = thrown;
      }
      if (!(await this.#commit(transaction))) continue;
      if (refusal) throw refusal.error;
      return answer as Answer;
    }
  }

  async #commit(transaction: Transaction): Promise<boolean> {
    if (transaction.changes.length > 0) {
      const revision = randomToken();
      if (this.#store && !(await this.#store.write(this.#revision, revision, transaction.changes))) return false;
      this.#take(transaction, revision);
    }
    transaction.committed();
    return true;
  }

  #take(transaction: Transaction, revision: string): void {
    for (const change of transaction.changes) apply(this.#maps, change);
    this.#revision = revision;
    this.#changed();
  }

  async #seeded(): Promise<Transaction> {
    const transaction = new Transaction(emptyMaps());
    await this.#seed(transaction);
    return transaction;
  }

  async #open(): Promise<void> {
    try {
      await this.#refresh();
    } catch {
      // Private windows and policies deny IndexedDB. A state that ends with the page is better than no demo.
      this.#store = undefined;
    }
    if (this.#revision !== null) return;
    const fresh = await this.#seeded();
    const revision = randomToken();
    if (this.#store && !(await this.#store.write(null, revision, fresh.changes))) await this.#refresh();
    else this.#take(fresh, revision);
  }

  /** Starts from what stands in the store now, other tabs' writes included. */
  async #refresh(): Promise<void> {
    const snapshot = await this.#store?.read(this.#revision);
    if (!snapshot) return;
    const maps = readRows(snapshot);
    // Rows of an older format, or touched by other hands: a demo starts anew rather than failing for ever.
    if (!maps) return this.#startAnew();
    this.#maps = maps;
    this.#revision = snapshot.revision;
    this.#changed();
  }

  async #startAnew(): Promise<void> {
    const fresh = await this.#seeded();
    const revision = randomToken();
    await this.#store?.replace(revision, fresh.changes);
    this.#maps = emptyMaps();
    this.#take(fresh, revision);
  }
}

function readRows(snapshot: Snapshot): Maps | undefined {
  const maps = emptyMaps();
  const whole = snapshot.rows.every(({ table, id, row }) => {
    const known = tableNames.find((name) => name === table);
    const parsed = known && z.safeParse(tables[known], row);
    // Parsed by the schema of this very table, which the compiler cannot see.
    if (known && parsed?.success) (maps[known] as Map<string, unknown>).set(id, parsed.data);
    return parsed?.success === true;
  });
  return whole ? maps : undefined;
}
