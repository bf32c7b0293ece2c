import { containsAddress, parseAddress, SettingsError, type ApiKey, type SourceAddress } from '@userflux/settings/contract';
import { apiKeyPrefix, assertAddresses, isApiKeySecret, mayCall, noticeMail } from '@userflux/settings/rules';
import { defaultKeyHasher } from '@better-auth/api-key';
import { sql } from 'kysely';
import { z } from 'zod';
import { assertCurrent, organisationOf, versionOf, type Call, type Handlers, type Place } from './call.js';
import { iso, isoOrNull, millis, moment, truth, type Queries, type Tables } from './store.js';
import { behind, contains, readCursor, writeCursor } from './paging.js';

type KeyRow = Tables['apikey'];

/** How Better Auth's api-key plugin names a key without keeping it. */
export function hashApiKey(secret: string): Promise<string> {
  return defaultKeyHasher(secret);
}

const KINDS: readonly ApiKey['kind'][] = ['integration', 'data', 'product'];
const ENVIRONMENTS: readonly ApiKey['environment'][] = ['production', 'test'];
const PERMISSIONS: readonly ApiKey['permission'][] = ['read-only', 'write-only', 'read-write'];

const storedAddresses = z.array(z.object({ address: z.string(), description: z.string() }));

function addressesOf(row: KeyRow): SourceAddress[] {
  return row.addresses === null ? [] : storedAddresses.parse(JSON.parse(row.addresses));
}

/** What of a row is this plugin's: keys that Better Auth made by itself have no kind, and are not listed. */
function known(row: KeyRow): { kind: ApiKey['kind']; environment: ApiKey['environment']; permission: ApiKey['permission'] } {
  const kind = KINDS.find((name) => name === row.kind);
  const environment = ENVIRONMENTS.find((name) => name === row.environment);
  const permission = PERMISSIONS.find((name) => name === row.permission);
  if (!kind || !environment || !permission) throw new TypeError('A row of apikey that is not of this plugin.');
  return { kind, environment, permission };
}

function versionOfKey(row: KeyRow): Promise<string> {
  return versionOf('apiKey', row.id, row.name, addressesOf(row), truth(row.enabled), millis(row.expiresAt));
}

async function keyOf(row: KeyRow, call: Call): Promise<ApiKey> {
  const what = known(row);
  return {
    id: row.id,
    name: row.name ?? '',
    ...what,
    prefix: row.prefix ?? apiKeyPrefix(what.kind, what.environment),
    last4: row.last4 ?? '',
    createdAt: iso(moment(row.createdMoment)),
    createdBy: row.createdBy,
    expiresAt: isoOrNull(millis(row.expiresAt)),
    lastUsedAt: isoOrNull(millis(row.lastUsedMoment)),
    lastUsedFrom: row.lastUsedFrom,
    enabled: truth(row.enabled),
    addresses: addressesOf(row),
    revealable: call.place.reveal === 'step-up' && row.sealed !== null,
    can: { update: mayCall('apiKeys.update', call.me.member?.role) },
    version: await versionOfKey(row),
  };
}

/** The keys of the caller's organisation: nobody else's exist here. */
function ownKeys(call: Call) {
  return call.db.selectFrom('apikey').where('referenceId', '=', organisationOf(call).id).where('kind', 'is not', null);
}

const kindRank = sql<number>`case "kind" when 'integration' then 0 when 'data' then 1 else 2 end`;
const environmentRank = sql<number>`case "environment" when 'production' then 0 else 1 end`;

/** The secret under its lock. A text that does not open was touched, or the server's secret was changed: that is nobody's input. */
async function openSecret(place: Place, row: KeyRow): Promise<string> {
  if (row.sealed === null) throw new SettingsError('not-found', 'This key was shown when it was made, and cannot be shown again.');
  return place.seal.open(row.id, row.sealed);
}

export const apiKeyHandlers = {
  'apiKeys.list': async (call, query) => {
    const { place } = call;
    const id = place.store.plain('id');
    const created = sql<number>`-"createdMoment"`;
    const limit = query.limit ?? place.pageSize;
    let filtered = ownKeys(call);
    if (query.kind) filtered = filtered.where('kind', '=', query.kind);
    if (query.environment) filtered = filtered.where('environment', '=', query.environment);
    if (query.permission) filtered = filtered.where('permission', '=', query.permission);
    if (query.search) filtered = filtered.where(contains(sql`lower(${sql.ref('name')})`, query.search.toLowerCase()));
    const total = await filtered.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow();
    let page = filtered.selectAll();
    // By kind, what runs in production first, the newest first.
    const position = [kindRank, environmentRank, created, id];
    if (query.cursor !== undefined) page = page.where(behind(position, readCursor(query.cursor, 'apiKeys', ['rank', 'rank', 'moment', 'text']), false));
    for (const column of position) page = page.orderBy(column);
    const rows = await page.limit(limit + 1).execute();
    const items = rows.slice(0, limit);
    const end = items.at(-1);
    const endPosition = end && [KINDS.indexOf(known(end).kind), ENVIRONMENTS.indexOf(known(end).environment), -moment(end.createdMoment), end.id];
    return {
      items: await Promise.all(items.map((row) => keyOf(row, call))),
      nextCursor: rows.length > limit && endPosition ? writeCursor('apiKeys', endPosition) : null,
      total: Number(total.count),
    };
  },

  'apiKeys.reveal': async (call, { ids }) => {
    if (call.place.reveal !== 'step-up') throw new SettingsError('unsupported', 'This server shows keys at their creation only.');
    const wanted = ids && [...new Set(ids)];
    const all = ownKeys(call).selectAll();
    const rows = wanted?.length === 0 ? [] : await (wanted ? all.where('id', 'in', wanted) : all.where('sealed', 'is not', null)).execute();
    // Each id is looked at before the first secret is opened: one that is not ours means none is shown.
    if (wanted && rows.length !== wanted.length) throw new SettingsError('not-found', 'No such key.');
    // A repeat under the same idempotency key shows the same again, and stands in the records once.
    if (call.repeats === undefined) await call.record('apiKeys.reveal', rows.map(({ id }) => id));
    call.remember('revealed');
    return { secrets: await Promise.all(rows.map(async (row) => ({ id: row.id, secret: await openSecret(call.place, row) }))) };
  },

  'apiKeys.update': async (call, { id, addresses }) => {
    const { db, place } = call;
    const row = await place.store.locking(ownKeys(call).selectAll().where('id', '=', id)).executeTakeFirst();
    if (!row) throw new SettingsError('not-found', 'No such key.');
    const current = await keyOf(row, call);
    assertCurrent(call, current.version, () => current);
    if (!addresses) return current;
    assertAddresses(addresses);
    const text = JSON.stringify(addresses);
    await db.updateTable('apikey').set({ addresses: text, updatedAt: place.store.date(call.now) }).where('id', '=', id).execute();
    await call.record('apiKeys.update', [id]);
    await call.mail(noticeMail(call.me.person.email, `The source addresses of the API key "${row.name ?? ''}" were changed.`));
    return keyOf({ ...row, addresses: text }, call);
  },
} satisfies Partial<Handlers>;

/** What a request with a key wants to do. */
export interface KeyUse {
  kind: ApiKey['kind'];
  /** The key may be of this environment only; absent: either. */
  environment?: ApiKey['environment'];
  access: 'read' | 'write';
  /** Where the request comes from: the peer's address, or what a trusted proxy says. */
  address: string | null;
}

export type KeyRefusal = 'malformed' | 'unknown' | 'disabled' | 'expired' | 'wrong-kind' | 'wrong-environment' | 'wrong-permission' | 'address-not-allowed';
export type KeyCheck =
  | { ok: true; key: { id: string; name: string; kind: ApiKey['kind']; environment: ApiKey['environment']; permission: ApiKey['permission']; organizationId: string } }
  | { ok: false; reason: KeyRefusal };

function allows(addresses: readonly SourceAddress[], from: string | null): boolean {
  if (addresses.length === 0) return true;
  const address = from === null ? undefined : parseAddress(unmapped(from));
  // A range that no longer parses allows nothing, rather than everything.
  return address !== undefined && addresses.some((allowed) => {
    const range = parseAddress(unmapped(allowed.address));
    return range !== undefined && containsAddress(range, address);
  });
}

/** A dual-stack socket writes IPv4 peers as ::ffff:192.0.2.1 (RFC 4291 2.5.5.2). */
function unmapped(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** Milliseconds for which a use is not written down again: a busy key shall not mean a write for each request. */
const LAST_USED_STEP = 60_000;

/**
 * Checks a key as an API of the product does at each request: form and checksum first (no look-up for a typing slip), then that it exists,
 * is on, has not expired, is of the kind and environment and has the permission, and comes from where it may. Records its use.
 */
export async function checkApiKey(place: Place, secret: string, use: KeyUse): Promise<KeyCheck> {
  if (!isApiKeySecret(secret)) return { ok: false, reason: 'malformed' };
  const { db } = place.store;
  const row = await db.selectFrom('apikey').selectAll().where('key', '=', await hashApiKey(secret)).where('kind', 'is not', null).executeTakeFirst();
  if (!row) return { ok: false, reason: 'unknown' };
  const now = place.clock();
  const reason = refusalOf(row, use, now);
  if (reason) return { ok: false, reason };
  await noteUse(db, row, use.address, now);
  return { ok: true, key: { id: row.id, name: row.name ?? '', ...known(row), organizationId: row.referenceId } };
}

function refusalOf(row: KeyRow, { kind, environment, access, address }: KeyUse, now: number): KeyRefusal | undefined {
  const key = known(row);
  const expiresAt = millis(row.expiresAt);
  if (!truth(row.enabled)) return 'disabled';
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  if (key.kind !== kind) return 'wrong-kind';
  if (environment && key.environment !== environment) return 'wrong-environment';
  if (key.permission !== 'read-write' && key.permission !== `${access}-only`) return 'wrong-permission';
  return allows(addressesOf(row), address) ? undefined : 'address-not-allowed';
}

async function noteUse(db: Queries, row: KeyRow, address: string | null, now: number): Promise<void> {
  const last = millis(row.lastUsedMoment);
  if (last !== null && now - last < LAST_USED_STEP && row.lastUsedFrom === address) return;
  await db.updateTable('apikey').set({ lastUsedMoment: now, lastUsedFrom: address }).where('id', '=', row.id).execute();
}
