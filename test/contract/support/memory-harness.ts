import { Secret, TOTP } from 'otpauth';
import { makeBackend } from '../../../src/adapters/memory/backend.js';
import type { DurableStore, Snapshot } from '../../../src/adapters/memory/database.js';
import { demoWorld, type MemorySession, type World } from '../../../src/adapters/memory/index.js';
import type { ConformanceHarness, ConformanceRole, ConformanceWorld } from '../../../src/contract/conformance/index.js';
import type { SettingsAdapter } from '../../../src/contract/index.js';
import { testClock } from './clock.js';

export const EMAILS: Record<ConformanceRole, string | null> = {
  owner: 'ada@example.com',
  admin: 'charles@example.com',
  member: 'mary@example.com',
  outsider: 'georg@example.org',
  signedOut: null,
};

export const SECRETS: Partial<Record<ConformanceRole, string>> = {
  owner: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  admin: 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U',
  outsider: 'KRUGKIDROVUWG2ZAMJZG653OEBTG66BA',
};

/** The demo world, with MFA as the suite wants it. */
export function conformanceWorld(): World {
  const world = demoWorld();
  for (const person of world.people) {
    for (const role of ['owner', 'admin', 'outsider'] as const) {
      if (person.email === EMAILS[role] && SECRETS[role]) person.totpSecret = SECRETS[role];
    }
  }
  return world;
}

/** Codes come from the npm package otpauth, not from our own implementation. */
export function codeOf(secret: string, now: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: now });
}

/** Hashing the passwords is most of what a world costs: done once, and every world begins with a copy of the rows. */
let seeded: Promise<Snapshot> | undefined;

async function seedRows(): Promise<Snapshot> {
  let snapshot: Snapshot = { revision: '', rows: [] };
  const keep = (revision: string, rows: Snapshot['rows']): true => {
    snapshot = { revision, rows };
    return true;
  };
  await makeBackend(
    { world: conformanceWorld(), clock: testClock() },
    { read: () => Promise.resolve(null), write: (_expected, revision, changes) => Promise.resolve(keep(revision, changes)), replace: () => Promise.reject(new Error('Nothing stands here yet.')) },
  ).ready;
  return snapshot;
}

/** A store that begins with these rows and belongs to one backend: what is written stands in that backend's own memory. */
function storeOf(begin: Snapshot): DurableStore {
  let { revision } = begin;
  return {
    read: (known) => (known === null ? Promise.resolve(begin) : Promise.resolve(undefined)),
    write: (expected, next) => {
      const current = expected === revision;
      if (current) revision = next;
      return Promise.resolve(current);
    },
    replace: () => Promise.reject(new Error('No case resets a world.')),
  };
}

/** @param wrap puts a bug into each adapter, for the suite's own proof. */
export function memoryHarness(wrap: (adapter: SettingsAdapter) => SettingsAdapter = (adapter) => adapter): ConformanceHarness {
  return {
    createWorld: async () => {
      const clock = testClock();
      const seed = conformanceWorld();
      const backend = makeBackend({ world: seed, clock }, storeOf(await (seeded ??= seedRows())));
      const sessions = new Map<ConformanceRole, SettingsAdapter>();
      let lastStep = 0;
      const open = (role: ConformanceRole): SettingsAdapter => {
        const session: MemorySession = backend.connect(EMAILS[role]);
        return wrap(session.adapter);
      };
      const world: ConformanceWorld = {
        as: (role) => {
          const session = sessions.get(role) ?? open(role);
          sessions.set(role, session);
          return Promise.resolve(session);
        },
        reopen: (role) => Promise.resolve(open(role)),
        code: (role, enrolment) => {
          if (Math.floor(clock() / 30_000) <= lastStep) clock.advance(30);
          lastStep = Math.floor(clock() / 30_000);
          return Promise.resolve(codeOf(enrolment?.secret ?? SECRETS[role] ?? '', clock()));
        },
        password: (role) => seed.people.find(({ email }) => email === EMAILS[role])?.password ?? '',
        mails: (to) =>
          Promise.resolve(
            backend.outbox.mails
              .filter((mail) => mail.to.toLowerCase() === to.toLowerCase())
              .map(({ link }) => ({ token: link === null ? null : (link.split('=')[1] ?? null) })),
          ),
        advance: (seconds) => {
          clock.advance(seconds);
          return Promise.resolve();
        },
        confirmEmail: (token) => backend.confirmEmail(token),
        origin: 'http://localhost',
        dispose: () => Promise.resolve(),
      };
      return world;
    },
  };
}
