import { containsAddress, parseAddress, SettingsError, type ApiKey, type SourceAddress } from '@userflux/settings/contract';
import { apiKeyPrefix, assertAddresses, folded, isApiKeySecret, KEY_OVERLAPS, mayCall, newApiKeySecret, noticeMail, randomToken, successorExpiry } from '@userflux/settings/rules';
import { defaultKeyHasher } from '@better-auth/api-key';
import { sql } from 'kysely';
import { z } from 'zod';
import { assertCurrent, organisationOf, versionOf, type Call, type Handlers, type Place } from './call.js';
import { usageOf, type KeyUses } from './key-uses.js';
import { iso, isoOrNull, millis, moment, truth, type Tables } from './store.js';
import { behind, contains, readCursor, writeCursor } from './paging.js';
import { lockOrganisation } from './team.js';

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
  return versionOf('apiKey', row.id, row.name, addressesOf(row), truth(row.enabled), millis(row.expiresAt), row.replacesId, row.replacedById, millis(row.overlapEndsMoment));
}

/** Revoked, or replaced by a successor whose overlap is over: the clock ends it, no write has to. */
function isGone(row: KeyRow, now: number): boolean {
  const ends = millis(row.overlapEndsMoment);
  return row.revokedMoment !== null || (row.replacedById !== null && ends !== null && ends <= now);
}

function expiryOf(row: KeyRow): number | null {
  const ends = [millis(row.expiresAt), row.replacedById === null ? null : millis(row.overlapEndsMoment)].filter((moment) => moment !== null);
  return ends.length > 0 ? Math.min(...ends) : null;
}

/** What the row says of its replacement, while both keys go on. */
function rollOf(row: KeyRow, now: number): ApiKey['roll'] {
  const ends = millis(row.overlapEndsMoment);
  return row.replacesId !== null && ends !== null && ends > now ? { replacesId: row.replacesId, overlapEndsAt: iso(ends) } : null;
}

function mayRoll(row: KeyRow, now: number): boolean {
  return rollOf(row, now) === null && row.replacedById === null && (expiryOf(row) ?? Infinity) > now;
}

async function keyOf(row: KeyRow, call: Call): Promise<ApiKey> {
  return answerOf(row, call, await usageOf(call.db, [row.id], call.now));
}

async function answerOf(row: KeyRow, call: Call, usage: Awaited<ReturnType<typeof usageOf>>): Promise<ApiKey> {
  const what = known(row);
  const role = call.me.member?.role;
  return {
    id: row.id,
    name: row.name ?? '',
    ...what,
    prefix: row.prefix ?? apiKeyPrefix(what.kind, what.environment),
    last4: row.last4 ?? '',
    createdAt: iso(moment(row.createdMoment)),
    createdBy: row.createdBy,
    expiresAt: isoOrNull(expiryOf(row)),
    lastUsedAt: isoOrNull(millis(row.lastUsedMoment)),
    lastUsedFrom: row.lastUsedFrom,
    enabled: truth(row.enabled),
    addresses: addressesOf(row),
    revealable: call.place.reveal === 'step-up' && row.sealed !== null,
    roll: rollOf(row, call.now),
    usage: usage.get(row.id),
    can: { update: mayCall('apiKeys.update', role), roll: mayCall('apiKeys.roll', role) && mayRoll(row, call.now), revoke: mayCall('apiKeys.revoke', role) },
    version: await versionOfKey(row),
  };
}

/** The keys of the caller's organisation, gone or not: nobody else's exist here. */
function allKeys(call: Call) {
  return call.db.selectFrom('apikey').where('referenceId', '=', organisationOf(call).id).where('kind', 'is not', null);
}

function ownKeys(call: Call) {
  return allKeys(call)
    .where('revokedMoment', 'is', null)
    .where((expressions) => expressions.or([expressions('replacedById', 'is', null), expressions('overlapEndsMoment', '>', call.now)]));
}

/**
 * One key, gone or not. Changes of an organisation's keys are made one after another: most concern a key and its neighbour in a roll, and two
 * that took the two in turns would wait for each other for ever.
 */
async function lockKey(call: Call, id: string): Promise<KeyRow> {
  await lockOrganisation(call, organisationOf(call).id);
  const row = await allKeys(call).selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new SettingsError('not-found', 'No such key.');
  return row;
}

async function readKey(call: Call, id: string): Promise<KeyRow> {
  const row = await ownKeys(call).selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new SettingsError('not-found', 'No such key.');
  return row;
}

async function changeKey(call: Call, id: string, changes: Partial<Omit<KeyRow, 'id'>>): Promise<void> {
  await call.db.updateTable('apikey').set({ ...changes, updatedAt: call.place.store.date(call.now) }).where('id', '=', id).execute();
}

const untied = { replacesId: null, replacedById: null, overlapEndsMoment: null };

/**
 * Ends a key for good: nothing of it opens anything any more, by whatever way, and its neighbour in a roll stands alone; but one that the
 * end of its overlap has ended stays ended.
 */
async function revokeKey(call: Call, { id, replacesId, replacedById }: KeyRow): Promise<void> {
  const neighbours = [replacesId, replacedById].filter((neighbour) => neighbour !== null);
  if (neighbours.length > 0) await call.db.updateTable('apikey').set(untied).where('id', 'in', neighbours).where('overlapEndsMoment', '>', call.now).execute();
  await changeKey(call, id, { ...untied, revokedMoment: call.now, enabled: call.place.store.boolean(false), key: `revoked:${id}`, sealed: null });
}

interface NewKey {
  name: string;
  kind: ApiKey['kind'];
  environment: ApiKey['environment'];
  permission: ApiKey['permission'];
  expiresAt: number | null;
  addresses: string;
  replacesId: string | null;
  overlapEndsMoment: number | null;
}

async function makeKey(call: Call, key: NewKey): Promise<{ id: string; secret: string }> {
  const { db, me, now, place } = call;
  const id = randomToken();
  const secret = newApiKeySecret(key.kind, key.environment);
  const at = place.store.date(now);
  await db
    .insertInto('apikey')
    .values({
      ...key,
      id,
      configId: 'default',
      referenceId: organisationOf(call).id,
      start: null,
      prefix: apiKeyPrefix(key.kind, key.environment),
      key: await hashApiKey(secret),
      last4: secret.slice(-4),
      sealed: place.reveal === 'step-up' ? await place.seal.close(id, secret) : null,
      enabled: place.store.boolean(true),
      rateLimitEnabled: place.store.boolean(false),
      requestCount: 0,
      expiresAt: key.expiresAt === null ? null : place.store.date(key.expiresAt),
      createdAt: at,
      updatedAt: at,
      searchKey: folded(key.name),
      createdMoment: now,
      createdBy: me.person.name,
    })
    .execute();
  return { id, secret };
}

function assertFuture(expiresAt: string | null | undefined, now: number): void {
  if (typeof expiresAt === 'string' && !(Date.parse(expiresAt) > now)) {
    throw new SettingsError('invalid', 'This moment has passed.', { fields: { expiresAt: 'invalid' } });
  }
}

const kindRank = sql<number>`case "kind" when 'integration' then 0 when 'data' then 1 else 2 end`;
const environmentRank = sql<number>`case "environment" when 'production' then 0 else 1 end`;

/** The secret under its lock. A text that does not open was touched, or the server's secret was changed: that is nobody's input. */
async function openSecret(place: Place, row: KeyRow): Promise<string> {
  if (row.sealed === null) throw new SettingsError('not-found', 'This key was shown when it was made, and cannot be shown again.');
  return place.seal.open(row.id, row.sealed);
}

/**
 * The answer to the repeat of a call that made a key: the same key, with its secret. Where that is not kept, the lost answer had its only
 * copy: the key gets another one, unless it was used, so that somebody has the first.
 */
async function shown(call: Call, id: string): Promise<{ key: ApiKey; secret: string }> {
  const row = await readKey(call, id);
  const lost = call.place.reveal === 'creation-only' && row.lastUsedMoment === null;
  const secret = lost ? await renewSecret(call, row) : await openSecret(call.place, row);
  return { key: await keyOf(lost ? await readKey(call, id) : row, call), secret };
}

async function renewSecret(call: Call, row: KeyRow): Promise<string> {
  const { kind, environment } = known(row);
  const secret = newApiKeySecret(kind, environment);
  await changeKey(call, row.id, { key: await hashApiKey(secret), last4: secret.slice(-4) });
  return secret;
}

/** The key beside its successor, while it goes on. */
async function previousOf(call: Call, successorId: string): Promise<ApiKey | null> {
  const roll = rollOf(await readKey(call, successorId), call.now);
  return roll && keyOf(await readKey(call, roll.replacesId), call);
}

/** `expired` wins over `disabled`, as in {@link expiryOf}. */
function stateIs(state: 'active' | 'disabled' | 'expired', { place: { store }, now }: Call) {
  const on = sql<boolean>`"enabled" = ${store.boolean(true)}`;
  const over = sql<boolean>`("expiresAt" is not null and "expiresAt" <= ${store.date(now)})`;
  if (state === 'expired') return over;
  return state === 'active' ? sql<boolean>`(${on} and not ${over})` : sql<boolean>`(not (${on}) and not ${over})`;
}

/** What the end of an overlap has ended is put out for good: nothing of its secret stays. */
export async function sweepEndedKeys({ store }: Place, now: number): Promise<void> {
  await store.db
    .updateTable('apikey')
    .set({ ...untied, revokedMoment: sql<number>`"overlapEndsMoment"`, enabled: store.boolean(false), key: sql<string>`'revoked:' || "id"`, sealed: null })
    .where('replacedById', 'is not', null)
    .where('overlapEndsMoment', '<=', now)
    .execute();
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
    if (query.state) filtered = filtered.where(stateIs(query.state, call));
    if (query.search) filtered = filtered.where(contains(sql.ref('searchKey'), folded(query.search)));
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
    const usage = await usageOf(call.db, items.map((row) => row.id), call.now);
    return {
      items: await Promise.all(items.map((row) => answerOf(row, call, usage))),
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

  'apiKeys.create': async (call, { name, kind, environment, permission, expiresAt, addresses }) => {
    if (call.repeats !== undefined) return shown(call, call.repeats);
    assertFuture(expiresAt, call.now);
    assertAddresses(addresses);
    const made = await makeKey(call, {
      name,
      kind,
      environment,
      permission,
      expiresAt: expiresAt === null ? null : Date.parse(expiresAt),
      addresses: JSON.stringify(addresses),
      replacesId: null,
      overlapEndsMoment: null,
    });
    await call.record('apiKeys.create', [made.id]);
    await call.mail(noticeMail(call.me.person.email, `The API key "${name}" was created.`));
    call.remember(made.id);
    return { key: await keyOf(await readKey(call, made.id), call), secret: made.secret };
  },

  'apiKeys.update': async (call, { id, name, expiresAt, addresses, enabled }) => {
    const { store } = call.place;
    const row = await lockKey(call, id);
    if (isGone(row, call.now)) throw new SettingsError('not-found', 'No such key.');
    const current = await keyOf(row, call);
    assertCurrent(call, current.version, () => current);
    assertFuture(expiresAt, call.now);
    if (addresses) assertAddresses(addresses);
    if ([name, expiresAt, addresses, enabled].every((value) => value === undefined)) return current;
    await changeKey(call, id, {
      ...(name !== undefined && { name, searchKey: folded(name) }),
      ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : store.date(Date.parse(expiresAt)) }),
      ...(addresses && { addresses: JSON.stringify(addresses) }),
      ...(enabled !== undefined && { enabled: store.boolean(enabled) }),
    });
    await call.record('apiKeys.update', [id]);
    const what = `the API key "${row.name ?? ''}"`;
    const changes = [
      name !== undefined && `The name of ${what} was changed to "${name}".`,
      expiresAt !== undefined && `The expiry of ${what} was changed.`,
      addresses && `The source addresses of ${what} were changed.`,
      enabled !== undefined && `${what.replace('t', 'T')} was ${enabled ? 'enabled' : 'disabled'}.`,
    ];
    await call.mail(noticeMail(call.me.person.email, changes.filter((change) => typeof change === 'string').join(' ')));
    return keyOf(await readKey(call, id), call);
  },

  'apiKeys.roll': async (call, { id, overlap }) => {
    if (call.repeats !== undefined) return { ...(await shown(call, call.repeats)), previous: await previousOf(call, call.repeats) };
    const row = await lockKey(call, id);
    if (isGone(row, call.now)) throw new SettingsError('not-found', 'No such key.');
    if (!KEY_OVERLAPS.includes(overlap)) throw new SettingsError('invalid', 'No such overlap.', { fields: { overlap: 'invalid' } });
    if (!mayRoll(row, call.now)) throw new SettingsError('conflict', 'This key cannot be replaced now.');
    const overlapEndsMoment = overlap === 0 ? null : call.now + overlap * 1000;
    const made = await makeKey(call, {
      ...known(row),
      name: row.name ?? '',
      expiresAt: successorExpiry({ createdAt: moment(row.createdMoment), expiresAt: millis(row.expiresAt) }, call.now),
      addresses: row.addresses ?? '[]',
      replacesId: overlap === 0 ? null : id,
      overlapEndsMoment,
    });
    if (overlap === 0) await revokeKey(call, row);
    // A roll that made this key itself is over, or this one would be refused.
    else await changeKey(call, id, { replacesId: null, replacedById: made.id, overlapEndsMoment });
    await call.record('apiKeys.roll', [id, made.id]);
    await call.mail(noticeMail(call.me.person.email, `The API key "${row.name ?? ''}" was replaced by a new one.`));
    call.remember(made.id);
    return { key: await keyOf(await readKey(call, made.id), call), secret: made.secret, previous: await previousOf(call, made.id) };
  },

  'apiKeys.finishRoll': async (call, { id }) => {
    const row = await lockKey(call, id);
    if (isGone(row, call.now)) return;
    if (row.replacedById === null) throw new SettingsError('conflict', 'This key is not being replaced.');
    await revokeKey(call, row);
    await call.record('apiKeys.finishRoll', [id]);
    await call.mail(noticeMail(call.me.person.email, `The old API key "${row.name ?? ''}" was ended; the new one goes on.`));
  },

  'apiKeys.cancelRoll': async (call, { id }) => {
    const row = await lockKey(call, id);
    if (isGone(row, call.now) || row.replacedById === null) throw new SettingsError('conflict', 'This key is not being replaced.');
    const successor = await readKey(call, row.replacedById);
    await revokeKey(call, successor);
    await call.record('apiKeys.cancelRoll', [id, successor.id]);
    await call.mail(noticeMail(call.me.person.email, `The new API key "${row.name ?? ''}" was taken back; the old one goes on.`));
    return keyOf(await readKey(call, id), call);
  },

  'apiKeys.revoke': async (call, { ids }) => {
    const wanted = [...new Set(ids)];
    await lockOrganisation(call, organisationOf(call).id);
    const rows = await allKeys(call).selectAll().where('id', 'in', wanted).execute();
    // Each id is looked at before the first key ends: one that is not ours means none does.
    if (rows.length !== wanted.length) throw new SettingsError('not-found', 'No such key.');
    const revoked = rows.filter((row) => !isGone(row, call.now));
    for (const row of revoked) await revokeKey(call, row);
    if (revoked.length > 0) {
      await call.record('apiKeys.revoke', revoked.map(({ id }) => id));
      const [first] = revoked;
      await call.mail(noticeMail(call.me.person.email, revoked.length === 1 ? `The API key "${first?.name ?? ''}" was revoked.` : `${String(revoked.length)} API keys were revoked.`));
    }
    return { results: wanted.map((id) => ({ id, outcome: revoked.some((row) => row.id === id) ? ('revoked' as const) : ('gone' as const) })) };
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
 * is on, has not expired, is of the kind and environment and has the permission, and comes from where it may. Its use is written down behind the answer.
 */
export async function checkApiKey(place: Place, uses: KeyUses, secret: string, use: KeyUse): Promise<KeyCheck> {
  if (!isApiKeySecret(secret)) return { ok: false, reason: 'malformed' };
  const { db } = place.store;
  const row = await db.selectFrom('apikey').selectAll().where('key', '=', await hashApiKey(secret)).where('kind', 'is not', null).executeTakeFirst();
  if (!row) return { ok: false, reason: 'unknown' };
  const now = place.clock();
  const reason = refusalOf(row, use, now);
  if (reason) return { ok: false, reason };
  const last = millis(row.lastUsedMoment);
  const written = last !== null && now - last < LAST_USED_STEP && row.lastUsedFrom === use.address;
  uses.note(row.id, now, written ? undefined : { from: use.address });
  return { ok: true, key: { id: row.id, name: row.name ?? '', ...known(row), organizationId: row.referenceId } };
}

function refusalOf(row: KeyRow, { kind, environment, access, address }: KeyUse, now: number): KeyRefusal | undefined {
  const key = known(row);
  const expiresAt = expiryOf(row);
  if (isGone(row, now)) return 'unknown';
  if (!truth(row.enabled)) return 'disabled';
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  if (key.kind !== kind) return 'wrong-kind';
  if (environment && key.environment !== environment) return 'wrong-environment';
  if (key.permission !== 'read-write' && key.permission !== `${access}-only`) return 'wrong-permission';
  return allows(addressesOf(row), address) ? undefined : 'address-not-allowed';
}
