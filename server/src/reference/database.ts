import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery, Kysely, PostgresDialect, sql, SqliteDialect, SqliteDriver, type DatabaseConnection, type Driver, type SqliteDatabase, type SqliteDialectConfig } from 'kysely';
import Libsql from 'libsql';
import pg from 'pg';
import type { DatabaseType, Tables } from '../plugin/store.js';

export interface OpenDatabase {
  readonly db: Kysely<Tables>;
  readonly type: DatabaseType;
  /** For people: without user and password. */
  readonly where: string;
  /** Runs work that only one process may do at a time, wherever the others run: making tables, seeding. */
  readonly alone: <Answer>(work: () => Promise<Answer>) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** @param log hears of connections that broke while nobody used them */
export function openDatabase(options: { databaseUrl: string | undefined; dataFolder: string; log: (line: string) => void }): OpenDatabase {
  return options.databaseUrl === undefined ? openSqlite(options.dataFolder) : openPostgres(options.databaseUrl, options.log);
}

/** Milliseconds that a writer waits for another process's write. */
const BUSY_TIMEOUT = 5000;

function openSqlite(folder: string): OpenDatabase {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'settings.db');
  // It holds hashes of passwords and links of mails: for its owner only. SQLite gives the files beside it the same mode.
  closeSync(openSync(file, 'a', 0o600));
  const connection = new Libsql(file, { timeout: BUSY_TIMEOUT });
  connection.pragma('journal_mode = WAL');
  // An acknowledged write is on the disk: not even a power cut takes it back.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  const db = new Kysely<Tables>({ dialect: new ImmediateDialect({ database: sqliteDatabase(connection) }) });
  return { db, type: 'sqlite', where: file, alone: (work) => alongLockFile(join(folder, 'start.lock'), work), close: () => db.destroy() };
}

/** libsql has better-sqlite3's interface, with looser types. */
function sqliteDatabase(connection: Libsql.Database): SqliteDatabase {
  return {
    close: () => {
      connection.close();
    },
    prepare: (text) => {
      const statement = connection.prepare<[readonly unknown[]]>(text);
      return {
        reader: statement.reader,
        all: (parameters) => statement.all(parameters),
        run: (parameters) => statement.run(parameters),
        iterate: (parameters) => statement.iterate(parameters),
      };
    },
  };
}

/**
 * Transactions take the write lock at their beginning. SQLite's own `begin` takes it at the first write, and then refuses at once
 * when another process has written since: the transactions of several processes would fail instead of waiting.
 */
class ImmediateDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config);
  }
}

class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** The lock is SQLite's own on a file beside the database: it ends with the process, however that ends. */
async function alongLockFile<Answer>(file: string, work: () => Promise<Answer>): Promise<Answer> {
  // Asks again and again rather than waiting inside SQLite, which would stop this process's other work.
  const lock = new Libsql(file, { timeout: 0 });
  try {
    while (!takes(lock)) await sleep(50);
    return await work();
  } finally {
    lock.close();
  }
}

function takes(lock: Libsql.Database): boolean {
  try {
    lock.exec('begin exclusive');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return false;
    throw error;
  }
}

/** "sett" in ASCII: any number will do that nobody else on the database uses. */
const ADVISORY_LOCK = 0x73_65_74_74;

function openPostgres(url: string, log: (line: string) => void): OpenDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000, application_name: 'settings' });
  // Without a listener the loss of an idle connection ends the process; the pool opens another by itself.
  pool.on('error', (error) => {
    log(`A database connection was lost: ${error.message}`);
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const { host, pathname } = new URL(url);
  return {
    db,
    type: 'postgres',
    where: `PostgreSQL at ${host}${pathname}`,
    alone: (work) =>
      db.connection().execute(async (connection) => {
        await sql`select pg_advisory_lock(${ADVISORY_LOCK})`.execute(connection);
        try {
          return await work();
        } finally {
          await sql`select pg_advisory_unlock(${ADVISORY_LOCK})`.execute(connection);
        }
      }),
    close: () => db.destroy(),
  };
}
