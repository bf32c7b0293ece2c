import type { SettingsErrorKind } from '../../contract/errors.js';
import type { ApiKey, EventAction, SourceAddress } from '../../contract/operations.js';
import { newApiKeySecret } from '../../rules/api-key-format.js';
import { firstUsageDay, USAGE_DAYS, utcDay } from '../../rules/key-usage.js';
import type { ByteSource } from '../../rules/bytes.js';
import type { Role } from '../../rules/policy.js';
import { newRecoveryCodes } from '../../rules/recovery-codes.js';

/**
 * The demo worlds: what the memory backend starts from. Plain data, the same at each call; one set for the host page,
 * the stories and the tests. Times are seconds before the moment at which a backend is made.
 */
export interface World {
  /** Who `connect()` signs in; null: nobody. */
  signedInAs: string | null;
  /** The name of the product: what authenticator apps show, and a word that no password may consist of. */
  product: string;
  /** Rows on a page of a list. */
  pageSize: number;
  people: WorldPerson[];
  organisations: WorldOrganisation[];
}

export interface WorldPerson {
  /** Where else they are signed in. */
  sessions?: { userAgent: string; address: string; place: string | null; signedInAgo: number; activeAgo: number }[];
  name: string;
  email: string;
  /** null: this person cannot sign in by password. */
  password: string | null;
  /** Of authenticators that nobody has: to be looked at, renamed and removed. */
  passkeys?: { name: string; synced: boolean; addedAgo: number; usedAgo: number | null }[];
  /** A `data:` URL of a picture. */
  avatar?: string;
  timeZone?: string;
  language?: string;
  /** base32; present: MFA is on. */
  totpSecret?: string;
  /** With MFA on: the recovery codes that are left. */
  recoveryCodes?: string[];
}

export interface WorldOrganisation {
  /** Rows get ids that begin with it. */
  id: string;
  name: string;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  /** A `data:` URL of a picture. */
  logo?: string;
  /** Seconds from now; negative: it has begun. Absent: MFA is everybody's own affair. */
  mfaRequiredIn?: number;
  members: { email: string; role: Role; joinedAgo: number; activeAgo: number | null }[];
  /** `firstInvitedAgo`, when it was sent again since: a row keeps its place in the list. `bounced`: its mail came back. */
  invitations: { email: string; role: Role; invitedBy: string; invitedAgo: number; firstInvitedAgo?: number; declined?: boolean; bounced?: boolean }[];
  keys: WorldKey[];
  /** What is in its audit log, and in the activity of those who did it. */
  events?: WorldEvent[];
}

export interface WorldEvent {
  /** The address of whoever did it. */
  by: string;
  action: EventAction;
  targets?: string[];
  ago: number;
  address: string;
  userAgent: string;
  result?: 'ok' | SettingsErrorKind;
}

export interface WorldKey {
  name: string;
  kind: ApiKey['kind'];
  environment: ApiKey['environment'];
  permission: ApiKey['permission'];
  secret: string;
  createdAgo: number;
  createdBy: string;
  usedAgo: number | null;
  usedFrom: string | null;
  addresses: SourceAddress[];
  /** Requests of the day of its last use, of the day before that one, and so on. */
  requests: number[];
  /** Seconds from now; negative: it has expired. Absent: never. */
  expiresIn?: number;
  /** Absent: yes. */
  enabled?: boolean;
  /** It is the successor of another key of this organisation, by name, which goes on for so many seconds from now. */
  replaces?: { name: string; endsIn: number };
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** The passwords of the people who can sign in. */
export const ADA_PASSWORD = 'analytical-engine-1843';
export const CHARLES_PASSWORD = 'difference-engine-1822';
export const MARY_PASSWORD = 'physical-sciences-1834';
export const GEORG_PASSWORD = 'tabulating-machine-1853';

/** Ada's authenticator in {@link mfaOnWorld}: type it into a real app, or compute codes of it in tests. */
export const ADA_TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** A small seeded generator (mulberry32): worlds look the same each time. Fit for demos, never for secrets that guard anything. */
function seededBytes(seed: number): ByteSource {
  let state = seed >>> 0;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return (mixed ^ (mixed >>> 14)) & 255;
    });
}

/** Ada's recovery codes in {@link mfaOnWorld}. */
export const ADA_RECOVERY_CODES: readonly string[] = newRecoveryCodes(10, seededBytes(1815));

type KeySeed = Omit<WorldKey, 'secret' | 'addresses' | 'createdBy' | 'usedFrom' | 'requests'> & { addresses?: SourceAddress[]; usedFrom?: string; /** About so many requests a day. */ busy?: number };

/** A working week and a quiet end of it, growing a little; today is not over yet. */
function requestsOf({ usedAgo, createdAgo }: Pick<WorldKey, 'usedAgo' | 'createdAgo'>, busy: number): number[] {
  if (usedAgo === null || busy === 0) return [];
  const days = Math.min(USAGE_DAYS, Math.floor((createdAgo - usedAgo) / DAY));
  return Array.from({ length: days }, (_, ago) => Math.round(busy * (1.2 - ago * 0.012) * (0.85 + ((ago * 37) % 30) / 100) * (ago % 7 === 2 || ago % 7 === 3 ? 0.35 : 1) * (ago === 0 ? 0.6 : 1)));
}

/** Which keys replace which, by their places in the list, and in how many seconds the old ones end. */
export function keyRollsOf(keys: readonly WorldKey[]): { successor: number; old: number; endsIn: number }[] {
  return keys.flatMap(({ replaces }, successor) => (replaces ? [{ successor, old: keys.findIndex(({ name }) => name === replaces.name), endsIn: replaces.endsIn }] : []));
}

/** A key's requests by UTC day, the oldest first, as far as they are still told. */
export function keyUsageOf({ requests, usedAgo }: WorldKey, now: number): { day: string; count: number }[] {
  return requests
    .map((count, ago) => ({ day: utcDay(now - ((usedAgo ?? 0) + ago * DAY) * 1000), count }))
    .filter(({ day, count }) => count > 0 && day >= firstUsageDay(now))
    .reverse();
}

function keys(seed: number, createdBy: string, rows: KeySeed[]): WorldKey[] {
  const source = seededBytes(seed);
  return rows.map(({ busy = 0, ...row }) => ({
    createdBy,
    usedFrom: row.usedAgo === null ? null : '203.0.113.24',
    ...row,
    requests: requestsOf(row, busy),
    // Copies: a world that changes its addresses must not change those of the next one.
    addresses: (row.addresses ?? []).map((source) => ({ ...source })),
    secret: newApiKeySecret(row.kind, row.environment, source),
  }));
}

const demoKeys: KeySeed[] = [
  { name: 'Website events', kind: 'integration', environment: 'production', permission: 'write-only', createdAgo: 292 * DAY, usedAgo: 2 * MINUTE, busy: 4200 },
  { name: 'Mobile apps', kind: 'integration', environment: 'production', permission: 'read-write', createdAgo: 554 * DAY, usedAgo: 26 * HOUR, busy: 9600 },
  { name: 'Staging events', kind: 'integration', environment: 'test', permission: 'write-only', createdAgo: 292 * DAY, usedAgo: 3 * HOUR, busy: 64 },
  {
    name: 'Metrics warehouse',
    busy: 310,
    kind: 'data',
    environment: 'production',
    permission: 'read-only',
    createdAgo: 154 * DAY,
    usedAgo: 12 * MINUTE,
    addresses: [
      { address: '203.0.113.0/24', description: 'London office' },
      { address: '2001:db8:1843::/48', description: 'Data centre' },
    ],
  },
  { name: 'Dashboard sandbox', kind: 'data', environment: 'test', permission: 'read-only', createdAgo: 154 * DAY, usedAgo: null },
  { name: 'Catalogue sync', kind: 'product', environment: 'production', permission: 'read-write', createdAgo: 75 * DAY, usedAgo: HOUR, busy: 96 },
  { name: 'Catalogue rehearsal', kind: 'product', environment: 'test', permission: 'read-write', createdAgo: 75 * DAY, usedAgo: 6 * DAY, busy: 7 },
];

/** Everybody but the invited, in the order in which they joined. */
const DEMO_MEMBERS: [name: string, email: string, role: Role][] = [
  ['Ada Lovelace', 'ada@example.com', 'owner'],
  ['Charles Babbage', 'charles@example.com', 'admin'],
  ['Mary Somerville', 'mary@example.com', 'member'],
  ['Augustus De Morgan', 'augustus@example.com', 'member'],
  ['John Herschel', 'john@example.com', 'admin'],
  ['Sophia Frend', 'sophia@example.com', 'member'],
  ['Michael Faraday', 'michael@example.com', 'member'],
  ['Charles Wheatstone', 'wheatstone@example.com', 'member'],
  ['Jane Marcet', 'jane@example.com', 'member'],
  ['George Boole', 'boole@example.com', 'member'],
  ['Mary Everest Boole', 'mary.everest@example.com', 'member'],
  ['William Rowan Hamilton', 'hamilton@example.com', 'member'],
  ['Caroline Herschel', 'caroline@example.com', 'member'],
  ['Émilie du Châtelet', 'emilie@example.com', 'member'],
  ['Sophie Germain', 'germain@example.com', 'member'],
  ['Maria Gaetana Agnesi', 'agnesi@example.com', 'member'],
  ['Пафнутий Чебышёв', 'chebyshev@example.com', 'member'],
  ['Joseph Clement', 'clement@example.com', 'member'],
  ['Dionysius Lardner', 'lardner@example.com', 'member'],
  ['Henry Prevost Babbage', 'henry@example.com', 'member'],
  ['Per Georg Scheutz', 'scheutz@example.com', 'member'],
  ['Woronzow Greig', 'woronzow@example.com', 'member'],
];

const PASSWORDS: Partial<Record<string, string>> = {
  'ada@example.com': ADA_PASSWORD,
  'charles@example.com': CHARLES_PASSWORD,
  'mary@example.com': MARY_PASSWORD,
};

/** Another customer, so that "of another organisation" is something that can be tried. */
function differenceWorks(): { organisation: WorldOrganisation; people: WorldPerson[] } {
  return {
    people: [
      { name: 'Georg Scheutz', email: 'georg@example.org', password: GEORG_PASSWORD },
      { name: 'Edvard Scheutz', email: 'edvard@example.org', password: null },
    ],
    organisation: {
      id: 'org-difference',
      name: 'Difference Works AB',
      country: 'SE',
      members: [
        { email: 'georg@example.org', role: 'owner', joinedAgo: 300 * DAY, activeAgo: DAY },
        { email: 'edvard@example.org', role: 'member', joinedAgo: 200 * DAY, activeAgo: null },
      ],
      invitations: [{ email: 'martin.wiberg@example.org', role: 'member', invitedBy: 'georg@example.org', invitedAgo: DAY }],
      keys: keys(1853, 'georg@example.org', [
        { name: 'Printing works', kind: 'integration', environment: 'production', permission: 'read-write', createdAgo: 100 * DAY, usedAgo: DAY },
      ]),
    },
  };
}

const AT_HOME = { address: '198.51.100.17', userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1' };
const AT_WORK = { address: '203.0.113.24', userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36' };
const ELSEWHERE = { address: '192.0.2.66', userAgent: 'curl/8.14.1' };

/** What has happened lately, the newest first. */
function demoEvents(): WorldEvent[] {
  return [
    { by: 'charles@example.com', action: 'apiKeys.reveal', targets: ['Website events'], ago: 3 * HOUR, ...AT_WORK },
    { by: 'charles@example.com', action: 'auth.stepUp', ago: 3 * HOUR + 10, ...AT_WORK },
    { by: 'ada@example.com', action: 'sign-in', result: 'wrong-credential', ago: 26 * HOUR, ...ELSEWHERE },
    { by: 'ada@example.com', action: 'sign-in', result: 'wrong-credential', ago: 26 * HOUR + 5, ...ELSEWHERE },
    { by: 'mary@example.com', action: 'apiKeys.list', result: 'forbidden', ago: 30 * HOUR, ...AT_WORK },
    { by: 'ada@example.com', action: 'team.invite', targets: ['luigi.menabrea@example.com'], ago: 2 * DAY, ...AT_WORK },
    { by: 'ada@example.com', action: 'sign-in', ago: 3 * DAY, ...AT_HOME },
    { by: 'john@example.com', action: 'company.update', ago: 6 * DAY, ...AT_WORK },
    { by: 'ada@example.com', action: 'password.change', ago: 12 * DAY, ...AT_WORK },
    { by: 'ada@example.com', action: 'apiKeys.reveal', targets: ['Website events', 'Mobile apps', 'Staging events', 'Metrics warehouse', 'Catalogue sync'], ago: 13 * DAY, ...AT_WORK },
    { by: 'ada@example.com', action: 'team.invite', targets: ['george.peacock@example.com'], ago: 16 * DAY, ...AT_WORK },
    { by: 'ada@example.com', action: 'apiKeys.create', targets: ['Catalogue sync'], ago: 75 * DAY, ...AT_WORK },
  ];
}

/** Where else Ada is signed in. */
function adaElsewhere(): NonNullable<WorldPerson['sessions']> {
  return [
    {
      userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
      address: '198.51.100.17',
      place: 'London, GB',
      signedInAgo: 3 * DAY,
      activeAgo: 40 * MINUTE,
    },
    { userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0', address: '203.0.113.80', place: 'Turin, IT', signedInAgo: 16 * DAY, activeAgo: 9 * DAY },
  ];
}

/** Ada Lovelace, owner of Analytical Engines Ltd: 22 members, one pending and one expired invitation, keys of every kind and environment. */
export function demoWorld(): World {
  const other = differenceWorks();
  return {
    signedInAs: 'ada@example.com',
    product: 'UserFlux',
    pageSize: 8,
    people: [
      ...DEMO_MEMBERS.map(([name, email]) => ({ name, email, password: PASSWORDS[email] ?? null, ...(email === 'ada@example.com' && { sessions: adaElsewhere() }) })),
      ...other.people,
    ],
    organisations: [
      {
        id: 'org-analytical',
        name: 'Analytical Engines Ltd',
        country: 'GB',
        members: DEMO_MEMBERS.map(([, email, role], index) => ({
          email,
          role,
          joinedAgo: (60 - index) * WEEK,
          activeAgo: index % 5 === 4 ? null : index * 7 * HOUR + 5 * MINUTE,
        })),
        invitations: [
          { email: 'luigi.menabrea@example.com', role: 'member', invitedBy: 'ada@example.com', invitedAgo: 2 * DAY, firstInvitedAgo: 57.5 * WEEK },
          { email: 'george.peacock@example.com', role: 'member', invitedBy: 'ada@example.com', invitedAgo: 16 * DAY, firstInvitedAgo: 56.5 * WEEK },
        ],
        keys: keys(1843, 'ada@example.com', demoKeys),
        events: demoEvents(),
      },
      other.organisation,
    ],
  };
}

function changed(change: (world: World, organisation: WorldOrganisation) => void): World {
  const world = demoWorld();
  const [organisation] = world.organisations;
  if (organisation) change(world, organisation);
  return world;
}

/** Ada has set up MFA; her authenticator's secret is {@link ADA_TOTP_SECRET}, and {@link ADA_RECOVERY_CODES} are still unused. */
export function mfaOnWorld(): World {
  return changed((world) => {
    for (const person of world.people) if (person.email === 'ada@example.com') Object.assign(person, { totpSecret: ADA_TOTP_SECRET, recoveryCodes: [...ADA_RECOVERY_CODES] });
  });
}

/** Ada has so many recovery codes left. */
export function recoveryCodesWorld(left: number): World {
  const world = mfaOnWorld();
  for (const person of world.people) if (person.recoveryCodes) person.recoveryCodes = ADA_RECOVERY_CODES.slice(0, left);
  return world;
}

/** The public key of all seeded passkeys: of a private one that was thrown away. */
export const PASSKEY_POINT = { x: 'ln-ddFlKfhcGnbaSmpYUxyxbe8OmSipw8J8rT6ajJdg', y: 'yDAx4EZ_TmgUKm01l7ej6kp0rTkwkaxPn7h0Uy-9sFw' };

/** Ada has MFA on and passkeys: one that is synced, one on a security key that she has not used, one of long ago. */
export function passkeysWorld(): World {
  const world = mfaOnWorld();
  for (const person of world.people) {
    if (person.email !== 'ada@example.com') continue;
    person.passkeys = [
      { name: 'iPhone', synced: true, addedAgo: 80 * DAY, usedAgo: 3 * HOUR },
      { name: 'Security key on my ring', synced: false, addedAgo: 12 * DAY, usedAgo: null },
      { name: 'Chrome on Windows', synced: false, addedAgo: 320 * DAY, usedAgo: 190 * DAY },
    ];
  }
  return world;
}

/** Keys in every state of their life: soon to expire, expired, disabled, long unused, and one beside the successor that replaces it. MFA is on. */
export function keyLifecycleWorld(): World {
  const world = mfaOnWorld();
  const [organisation] = world.organisations;
  if (organisation) {
    organisation.keys = keys(1791, 'ada@example.com', [
      { name: 'Website events', kind: 'integration', environment: 'production', permission: 'write-only', createdAgo: HOUR, usedAgo: null, replaces: { name: 'Website events (old)', endsIn: 23 * HOUR } },
      { name: 'Website events (old)', kind: 'integration', environment: 'production', permission: 'write-only', createdAgo: 292 * DAY, usedAgo: 2 * MINUTE, busy: 4200 },
      { name: 'Mobile apps', kind: 'integration', environment: 'production', permission: 'read-write', createdAgo: 554 * DAY, usedAgo: 26 * HOUR, busy: 9600, expiresIn: 5 * DAY },
      { name: 'Staging events', kind: 'integration', environment: 'test', permission: 'write-only', createdAgo: 292 * DAY, usedAgo: 3 * HOUR, busy: 64, enabled: false },
      { name: 'Metrics warehouse', kind: 'data', environment: 'production', permission: 'read-only', createdAgo: 154 * DAY, usedAgo: 112 * DAY, expiresIn: 100 * DAY },
      { name: 'Dashboard sandbox', kind: 'data', environment: 'test', permission: 'read-only', createdAgo: 154 * DAY, usedAgo: 9 * DAY, expiresIn: -8 * DAY },
      { name: 'Catalogue sync', kind: 'product', environment: 'production', permission: 'read-write', createdAgo: 75 * DAY, usedAgo: HOUR, busy: 96 },
    ]);
  }
  return world;
}

/** A team in which much has happened: another owner, people with and without MFA, invitations whose mail came back, that were declined or expired. */
export function busyTeamWorld(): World {
  const world = mfaOnWorld();
  for (const person of world.people) if (person.email === 'charles@example.com' || person.email === 'sophia@example.com') person.totpSecret = ADA_TOTP_SECRET;
  const [organisation] = world.organisations;
  if (organisation) {
    for (const member of organisation.members) if (member.email === 'augustus@example.com') member.role = 'owner';
    organisation.invitations.push(
      { email: 'plana@example.com', role: 'admin', invitedBy: 'charles@example.com', invitedAgo: 3 * DAY, firstInvitedAgo: 59.5 * WEEK, bounced: true },
      { email: 'mosotti@example.com', role: 'member', invitedBy: 'ada@example.com', invitedAgo: 5 * DAY, firstInvitedAgo: 59.2 * WEEK, declined: true },
    );
  }
  return world;
}

/** MFA is required so many seconds from now, or since then where that is negative. Ada and Charles have it. */
export function mfaPolicyWorld(mfaRequiredIn: number, signedInAs = 'ada@example.com'): World {
  const world = mfaOnWorld();
  for (const person of world.people) if (person.email === 'charles@example.com') person.totpSecret = ADA_TOTP_SECRET;
  for (const organisation of world.organisations.slice(0, 1)) organisation.mfaRequiredIn = mfaRequiredIn;
  return { ...world, signedInAs };
}

/** MFA is required since yesterday, and Mary, who has none, is in another organisation as well. */
export function shutOutWorld(): World {
  const world = mfaPolicyWorld(-DAY, 'mary@example.com');
  world.organisations[1]?.members.push({ email: 'mary@example.com', role: 'member', joinedAgo: 40 * DAY, activeAgo: 20 * DAY });
  return world;
}

/** As Mary sees it, a plain member: company and team to read, no keys. */
export function memberWorld(): World {
  return { ...demoWorld(), signedInAs: 'mary@example.com' };
}

/** As Charles sees it, an admin. */
export function adminWorld(): World {
  return { ...demoWorld(), signedInAs: 'charles@example.com' };
}

/** Only Ada, who has invited nobody yet. */
export function emptyTeamWorld(): World {
  return changed((_world, organisation) => {
    organisation.members = organisation.members.slice(0, 1);
    organisation.invitations = [];
  });
}

/** MFA is on and there is no key yet. */
export function noKeysWorld(): World {
  const world = mfaOnWorld();
  for (const organisation of world.organisations) organisation.keys = [];
  return world;
}

const GIVEN = ['Ada', 'Alan', 'Amalie', 'Barbara', 'Claude', 'Dorothy', 'Edith', 'Emmy', 'Évariste', 'Grace', 'Hedy', 'Ivan', 'Jørgen', 'Katherine', 'Leonhard', 'Łucja', 'Mary', 'Niels', 'Ophelia', 'Srinivasa', 'Tomás', 'Wang'];
const FAMILY = ['Abel', 'Banneker', 'Cantor', 'Dirichlet', 'Euler', 'Fermat', 'Gödel', 'Hopper', 'Işık', 'Jacobi', 'Kovalevskaya', 'Lamarr', 'Müller', 'Noether', 'Øersted', 'Poincaré', 'Quine', 'Ramanujan', 'Shannon', 'Turing', 'Zhenyi'];

/** So many rows in the team (all of them, Ada and the invited included). */
export function largeTeamWorld(count = 10_000): World {
  return changed((world, organisation) => {
    world.pageSize = 25;
    const missing = count - organisation.members.length - organisation.invitations.length;
    for (let index = 0; index < missing; index++) {
      const given = GIVEN[(index * 7) % GIVEN.length] ?? '';
      const family = FAMILY[(index * 11 + Math.floor(index / GIVEN.length)) % FAMILY.length] ?? '';
      const email = `member${String(index + 1).padStart(5, '0')}@example.com`;
      const ago = Math.round(((missing - index) * 38 * WEEK) / missing);
      if (index % 40 === 39) {
        organisation.invitations.push({ email, role: 'member', invitedBy: 'ada@example.com', invitedAgo: ago, declined: index % 80 === 79 });
      } else {
        world.people.push({ name: `${given} ${family}`, email, password: null });
        organisation.members.push({ email, role: index % 50 === 7 ? 'admin' : 'member', joinedAgo: ago, activeAgo: (index % 90) * HOUR });
      }
    }
  });
}

/** So many keys, of every kind, environment and permission in turn. MFA is on. */
export function manyKeysWorld(count = 500): World {
  const world = mfaOnWorld();
  world.pageSize = 25;
  const [organisation] = world.organisations;
  if (organisation) {
    organisation.keys = keys(
      count,
      'charles@example.com',
      Array.from({ length: count }, (_, index) => ({
        name: `Service ${String(index + 1)}`,
        kind: (['integration', 'data', 'product'] as const)[index % 3] ?? 'data',
        environment: index % 2 === 0 ? 'production' : 'test',
        permission: (['read-only', 'write-only', 'read-write'] as const)[Math.floor(index / 6) % 3] ?? 'read-only',
        createdAgo: (index + 1) * 5 * HOUR,
        usedAgo: index % 4 === 0 ? null : index * 9 * MINUTE,
        addresses: index % 10 === 3 ? [{ address: `198.51.100.${String(index % 256)}`, description: 'Batch machine' }] : [],
      })),
    );
  }
  return world;
}

/** Names and addresses at the limits of what the contract allows. */
export function longNamesWorld(): World {
  return changed((world, organisation) => {
    organisation.name = 'The Worshipful Company of Analytical Engine Builders, Calculating Clerks and Difference Tabulators of London and Westminster (Incorporated by Royal Charter) Ltd';
    const long: Partial<Record<string, string>> = {
      'ada@example.com': 'Augusta Ada King-Noel, Countess of Lovelace, Baroness Wentworth, née Byron, translator and annotator of Menabrea’s Sketch of the Analytical Engine',
      'charles@example.com': 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafewarenwohlgepflege',
      'mary@example.com': 'Māori Taumatawhakatangihangakōauauotamateaturipūkakapikimaungahoronukupōkaiwhenuakitanatahu Somerville',
    };
    for (const person of world.people) person.name = long[person.email] ?? person.name;
    for (const invitation of organisation.invitations) {
      invitation.email = invitation.email.replace('@example.com', '.of.the.department.of.mechanical.notation@calculating-machines.analytical-engines-of-london.example.com');
    }
    for (const key of organisation.keys) {
      key.name = `${key.name} of the calculating department, second floor, shared with the printing works and the observatory`;
      for (const source of key.addresses) source.description = `${source.description}, all machines of the calculating department and those of its contractors while they are in the building`;
    }
  });
}

/** Hebrew and Arabic names of people and company. */
export function rightToLeftWorld(): World {
  return changed((world, organisation) => {
    organisation.name = 'מנועים אנליטיים בע״מ';
    organisation.country = 'IL';
    const names = ['עדה לאבלייס', 'تشارلز باباج', 'מרי סומרוויל', 'محمد بن موسى الخوارزمي', 'יוחנן הרשל', 'سوفيا فريند', 'الحسن بن الهيثم', 'רות לוי', 'عمر الخيام', 'אברהם בר חייא'];
    for (const [index, person] of world.people.entries()) {
      if (person.email.endsWith('@example.com')) person.name = names[index % names.length] ?? person.name;
    }
    for (const [index, key] of organisation.keys.entries()) {
      key.name = index % 2 === 0 ? 'איסוף אירועים' : 'مزامنة الكتالوج';
      for (const source of key.addresses) source.description = 'משרד תל אביב';
    }
  });
}

/** Ada is in three organisations: owner of one, admin and member of others. */
export function severalOrganisationsWorld(): World {
  return changed((world) => {
    const [, other] = world.organisations;
    other?.members.push({ email: 'ada@example.com', role: 'member', joinedAgo: 40 * DAY, activeAgo: 20 * DAY });
    world.organisations.push({
      id: 'org-weaving',
      name: 'Jacquard Weaving Mills SARL',
      country: 'FR',
      members: [
        { email: 'charles@example.com', role: 'owner', joinedAgo: 90 * DAY, activeAgo: DAY },
        { email: 'ada@example.com', role: 'admin', joinedAgo: 30 * DAY, activeAgo: 10 * DAY },
      ],
      invitations: [],
      keys: [],
    });
  });
}
