import type { Change, DurableStore, Snapshot } from './database.js';

/** The shape of the stored rows; another one gets another database rather than a migration. */
const FORMAT = 2;

function settled(transaction: IDBTransaction): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onabort = transaction.onerror = () => {
      reject(transaction.error ?? new Error('IndexedDB gave up a transaction.'));
    };
  });
  // A request of it may fail first, and is then what the caller hears of.
  done.catch(() => undefined);
  return done;
}

function answerOf<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB refused a request.'));
    };
  });
}

function isStoredRow(value: unknown): value is Snapshot['rows'][number] {
  return (
    typeof value === 'object' && value !== null &&
    'table' in value && typeof value.table === 'string' &&
    'id' in value && typeof value.id === 'string' && 'row' in value
  );
}

function revisionOf(stored: unknown): string | null {
  return typeof stored === 'string' ? stored : null;
}

/**
 * The state in IndexedDB: one record a row, and the revision beside them. Comparing and setting the revision
 * happens in the same transaction as the rows, so two tabs cannot both win.
 */
export function indexedDbStore(name: string): DurableStore {
  let opening: Promise<IDBDatabase> | undefined;

  const open = (): Promise<IDBDatabase> => {
    opening ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = globalThis.indexedDB.open(`${name}.${String(FORMAT)}`, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('rows', { keyPath: ['table', 'id'] });
        request.result.createObjectStore('meta');
      };
      request.onsuccess = () => {
        const database = request.result;
        // Somebody deletes the database (developer tools): let go, and open a new one next time.
        database.onversionchange = () => {
          database.close();
          opening = undefined;
        };
        resolve(database);
      };
      request.onerror = () => {
        opening = undefined;
        reject(request.error ?? new Error('IndexedDB did not open.'));
      };
    });
    return opening;
  };

  const put = (rows: IDBObjectStore, changes: readonly Change[]): void => {
    for (const { table, id, row } of changes) {
      if (row) rows.put({ table, id, row });
      else rows.delete([table, id]);
    }
  };

  return {
    async read(known) {
      const transaction = (await open()).transaction(['rows', 'meta'], 'readonly');
      const revision = revisionOf(await answerOf<unknown>(transaction.objectStore('meta').get('revision')));
      if (revision === null) return null;
      if (revision === known) return undefined;
      const rows: unknown[] = await answerOf(transaction.objectStore('rows').getAll());
      return { revision, rows: rows.filter(isStoredRow) };
    },
    async write(expected, revision, changes) {
      const transaction = (await open()).transaction(['rows', 'meta'], 'readwrite');
      const done = settled(transaction);
      const meta = transaction.objectStore('meta');
      const stored = revisionOf(await answerOf<unknown>(meta.get('revision')));
      if (stored === expected) {
        put(transaction.objectStore('rows'), changes);
        meta.put(revision, 'revision');
      }
      await done;
      return stored === expected;
    },
    async replace(revision, changes) {
      const transaction = (await open()).transaction(['rows', 'meta'], 'readwrite');
      const done = settled(transaction);
      const rows = transaction.objectStore('rows');
      rows.clear();
      put(rows, changes);
      transaction.objectStore('meta').put(revision, 'revision');
      await done;
    },
  };
}
