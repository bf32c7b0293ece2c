import type { Place } from './call.js';
import { Database, type DurableStore } from './database.js';
import { confirmEmailChange } from './account.js';
import type { Shared } from './dispatch.js';
import { FaultInjector, type Faults } from './faults.js';
import { Hints } from './hints.js';
import { IdempotencyKeys } from './idempotency.js';
import { indexedDbStore } from './indexed-db.js';
import type { Mail } from './mails.js';
import { Outbox } from './outbox.js';
import { seed } from './seed.js';
import { openSession, type MemorySession } from './session.js';
import { demoWorld, type World } from './worlds.js';
import type { SettingsAdapter } from '../../contract/adapter.js';

export interface MemoryBackendOptions {
  /** What the state starts from; {@link demoWorld} unless told. */
  world?: World;
  /**
   * Keeps the state in IndexedDB (a string names the database): it survives a reload and is shared by the tabs of a browser.
   * Sessions do not: each `connect()` begins one. Where IndexedDB is denied, the state lives in the page.
   */
  persist?: boolean | string;
  /** Milliseconds added to each call. */
  latency?: number;
  /** Milliseconds since 1970; tests move it. */
  clock?: () => number;
  /** The origin of the pages that use it, which passkeys are bound to; that of this page unless told. */
  origin?: string;
  /** How the links of mails are written. The default is a fragment: it never reaches a server's log. */
  links?: { invitation?(token: string): string; emailChange?(token: string): string };
}

/** A whole small backend in the page: real rules, real codes, nothing sent anywhere. For demos, stories and tests. */
export interface MemoryBackend {
  /** Settles when the state is there; calls wait for it by themselves. */
  readonly ready: Promise<void>;
  /**
   * A new session, as if signed in this moment. Without an address, of the person the world names; with null, signed out.
   * An address that nobody has makes a signed-out session.
   */
  connect(email?: string | null): MemorySession;
  /** The mails that a real backend would have sent, the oldest first. */
  readonly outbox: { readonly mails: readonly Mail[]; subscribe(listener: () => void): () => void };
  /** What can be made to go wrong. */
  readonly faults: Faults;
  /**
   * Follows the link of an email-change mail; needs no session, as the link may be opened anywhere.
   * @throws SettingsError `not-found` for a link that is used, expired or replaced, `conflict` where the address was taken since.
   */
  confirmEmail(token: string): Promise<void>;
  /** Back to the world; what was persisted is dropped and every session ends. */
  reset(): Promise<void>;
}

/** The default name of the database and of the channel between tabs. */
const DATABASE = 'userflux-settings-memory';

/**
 * Makes a backend in the page.
 *
 * ```ts
 * const backend = createMemoryBackend({ persist: true });
 * provider.adapter = backend.connect().adapter;
 * ```
 */
export function createMemoryBackend(options: MemoryBackendOptions = {}): MemoryBackend {
  const { persist = false } = options;
  const name = typeof persist === 'string' ? persist : DATABASE;
  return persist !== false && typeof globalThis.indexedDB !== 'undefined'
    ? makeBackend(options, indexedDbStore(name), name)
    : makeBackend(options);
}

/** The adapter of a fresh backend, signed in as the person the world names. */
export function createMemoryAdapter(options: MemoryBackendOptions = {}): SettingsAdapter {
  return createMemoryBackend(options).connect().adapter;
}

/** Where this page stands; where there is none, or one that no passkey could belong to, a name that nobody else has. */
function originOfPage(): string {
  const { location } = globalThis as { location?: { origin: string } };
  return location?.origin.startsWith('http') ? location.origin : 'http://localhost';
}

/** A backend on a store of one's own: the seam for tests. */
export function makeBackend(options: MemoryBackendOptions, store?: DurableStore, channel?: string): MemoryBackend {
  const world = options.world ?? demoWorld();
  const clock = options.clock ?? Date.now;
  const origin = options.origin ?? originOfPage();
  const place: Place = {
    product: world.product,
    pageSize: world.pageSize,
    party: { id: new URL(origin).hostname, name: world.product, origins: [origin] },
    links: {
      invitation: (token) => options.links?.invitation?.(token) ?? `#invitation=${token}`,
      emailChange: (token) => options.links?.emailChange?.(token) ?? `#confirm-email=${token}`,
    },
  };
  const outbox = new Outbox();
  const database = new Database((transaction) => seed(transaction, world, clock(), place.links), {
    store,
    changed: () => {
      outbox.look(database);
    },
  });
  const hints = new Hints(channel, () => database.run(() => undefined));
  const shared: Shared = { database, faults: new FaultInjector(options.latency ?? 0), hints, keys: new IdempotencyKeys(), place, clock };

  return {
    ready: database.ready,
    connect: (email = world.signedInAs) => openSession(shared, world, email),
    outbox,
    faults: shared.faults,
    confirmEmail: async (token) => {
      await shared.faults.delay();
      await database.run(async (transaction) => {
        const person = await confirmEmailChange(transaction, token, clock());
        const member = transaction.find('members', (row) => row.personId === person.id);
        transaction.afterCommit(() => {
          hints.announce({ reads: ['auth.context', 'team.list'], personId: person.id, organisationId: member?.organisationId ?? null });
        });
      });
    },
    reset: async () => {
      await database.reset();
      shared.keys.clear();
      hints.tellAll(['auth.context']);
    },
  };
}
