import { SettingsError } from '../../contract/errors.js';
import type { ApiKey } from '../../contract/operations.js';
import { apiKeyPrefix, newApiKeySecret } from '../../rules/api-key-format.js';
import { randomToken } from '../../rules/bytes.js';
import { assertAddresses } from '../../rules/addresses.js';
import { successorExpiry } from '../../rules/key-expiry.js';
import { firstUsageDay } from '../../rules/key-usage.js';
import { folded } from '../../rules/text.js';
import { assertCurrent, organisationOf, record, type Call, type MemoryHandlers } from './call.js';
import { notice } from './mails.js';
import { pageOf, type Position } from './paging.js';
import { KEY_OVERLAPS, mayCall } from '../../rules/policy.js';
import { iso, isoOrNull, type KeyRow } from './state.js';

/** Revoked, or replaced by a successor whose overlap is over: the clock ends it, no write has to. */
function isGone(key: KeyRow, now: number): boolean {
  return key.revokedAt !== null || (key.replacedBy !== null && key.replacedBy.endsAt <= now);
}

function expiryOf(key: KeyRow): number | null {
  const ends = [key.expiresAt, key.replacedBy?.endsAt ?? null].filter((moment) => moment !== null);
  return ends.length > 0 ? Math.min(...ends) : null;
}

function stateOf(key: KeyRow, now: number): 'active' | 'disabled' | 'expired' {
  if ((expiryOf(key) ?? Infinity) <= now) return 'expired';
  return key.enabled ? 'active' : 'disabled';
}

function keyOf(key: KeyRow, call: Call): ApiKey {
  const { now } = call;
  const role = call.me.member?.role;
  const roll = key.replaces && key.replaces.endsAt > now ? key.replaces : null;
  return {
    id: key.id,
    name: key.name,
    kind: key.kind,
    environment: key.environment,
    permission: key.permission,
    prefix: apiKeyPrefix(key.kind, key.environment),
    last4: key.secret.slice(-4),
    createdAt: iso(key.createdAt),
    createdBy: key.createdBy,
    expiresAt: isoOrNull(expiryOf(key)),
    lastUsedAt: isoOrNull(key.lastUsedAt),
    lastUsedFrom: key.lastUsedFrom,
    enabled: key.enabled,
    addresses: key.addresses,
    revealable: true,
    roll: roll && { replacesId: roll.id, overlapEndsAt: iso(roll.endsAt) },
    usage: key.usage.filter(({ day }) => day >= firstUsageDay(now)),
    can: {
      update: mayCall('apiKeys.update', role),
      roll: mayCall('apiKeys.roll', role) && roll === null && key.replacedBy === null && stateOf(key, now) !== 'expired',
      revoke: mayCall('apiKeys.revoke', role),
    },
    version: String(key.revision),
  };
}

/** A key of the caller's organisation, gone or not. Ids of other organisations do not exist here. */
function anyKey(call: Call, id: string): KeyRow {
  const key = call.transaction.get('apiKeys', id);
  if (key?.organisationId !== organisationOf(call).id) throw new SettingsError('not-found', 'No such key.');
  return key;
}

function ownKey(call: Call, id: string): KeyRow {
  const key = anyKey(call, id);
  if (isGone(key, call.now)) throw new SettingsError('not-found', 'No such key.');
  return key;
}

function ownKeys(call: Call): KeyRow[] {
  const organisation = organisationOf(call);
  return [...call.transaction.all('apiKeys')].filter((key) => key.organisationId === organisation.id && !isGone(key, call.now));
}

function change(call: Call, key: KeyRow, changes: Partial<KeyRow>): KeyRow {
  return call.transaction.put('apiKeys', { ...key, ...changes, revision: key.revision + 1 });
}

/** What a change of keys tells those who would like to know. */
function tell(call: Call, what: string): void {
  notice(call.transaction, call.now, call.me.person.email, what);
}

function assertFuture(expiresAt: string | null | undefined, now: number): void {
  if (typeof expiresAt === 'string' && !(Date.parse(expiresAt) > now)) {
    throw new SettingsError('invalid', 'This moment has passed.', { fields: { expiresAt: 'invalid' } });
  }
}

/** Ends the tie between a key and its successor, on the side that stays. What the end of an overlap has ended stays ended. */
function release(call: Call, key: KeyRow): void {
  for (const [side, other] of [['replaces', key.replacedBy], ['replacedBy', key.replaces]] as const) {
    const row = other && call.transaction.get('apiKeys', other.id);
    if (row && !isGone(row, call.now)) change(call, row, { [side]: null });
  }
}

function revoke(call: Call, key: KeyRow): void {
  release(call, key);
  // What is gone has no secret any more; its last four characters stay for the records.
  change(call, key, { revokedAt: call.now, secret: key.secret.slice(-4), replaces: null, replacedBy: null });
}

const KINDS: readonly ApiKey['kind'][] = ['integration', 'data', 'product'];
const ENVIRONMENTS: readonly ApiKey['environment'][] = ['production', 'test'];

/** By kind, what runs in production first, the newest first. */
function position(key: KeyRow): Position {
  return [KINDS.indexOf(key.kind), ENVIRONMENTS.indexOf(key.environment), -key.createdAt, key.id];
}

export const apiKeyHandlers = {
  'apiKeys.list': (call, query) => {
    const search = folded(query.search ?? '');
    const rows = ownKeys(call).filter(
      (key) =>
        (query.kind === undefined || key.kind === query.kind) &&
        (query.environment === undefined || key.environment === query.environment) &&
        (query.permission === undefined || key.permission === query.permission) &&
        (query.state === undefined || stateOf(key, call.now) === query.state) &&
        folded(key.name).includes(search),
    );
    const page = pageOf({ rows, position, order: 'apiKeys', cursor: query.cursor, limit: query.limit ?? call.place.pageSize });
    return { ...page, items: page.items.map((key) => keyOf(key, call)) };
  },

  'apiKeys.reveal': (call, { ids }) => {
    // Each id is looked at before the first secret is read: one that is not ours means none is shown.
    const keys = ids ? [...new Set(ids)].map((id) => ownKey(call, id)) : ownKeys(call);
    // A repeat under the same idempotency key shows the same again, and stands in the records once.
    if (call.repeats === undefined) record(call, 'apiKeys.reveal', keys.map((key) => key.id));
    call.remember('revealed');
    return { secrets: keys.map((key) => ({ id: key.id, secret: key.secret })) };
  },

  'apiKeys.create': (call, { name, kind, environment, permission, expiresAt, addresses }) => {
    const { transaction, now, me } = call;
    if (call.repeats !== undefined) return shown(call, call.repeats);
    assertFuture(expiresAt, now);
    assertAddresses(addresses);
    const key = transaction.put('apiKeys', {
      id: randomToken(),
      organisationId: organisationOf(call).id,
      name,
      kind,
      environment,
      permission,
      secret: newApiKeySecret(kind, environment),
      createdAt: now,
      createdBy: me.person.name,
      lastUsedAt: null,
      lastUsedFrom: null,
      enabled: true,
      expiresAt: expiresAt === null ? null : Date.parse(expiresAt),
      revokedAt: null,
      replaces: null,
      replacedBy: null,
      addresses,
      usage: [],
      revision: 1,
    });
    record(call, 'apiKeys.create', [key.id]);
    tell(call, `The API key "${name}" was created.`);
    call.remember(key.id);
    return shown(call, key.id);
  },

  'apiKeys.update': (call, { id, name, expiresAt, addresses, enabled }) => {
    const key = ownKey(call, id);
    assertCurrent(call, String(key.revision), () => keyOf(key, call));
    assertFuture(expiresAt, call.now);
    if (addresses) assertAddresses(addresses);
    if ([name, expiresAt, addresses, enabled].every((value) => value === undefined)) return keyOf(key, call);
    const after = change(call, key, {
      name: name ?? key.name,
      expiresAt: expiresAt === undefined ? key.expiresAt : expiresAt === null ? null : Date.parse(expiresAt),
      addresses: addresses ?? key.addresses,
      enabled: enabled ?? key.enabled,
    });
    record(call, 'apiKeys.update', [key.id]);
    tell(call, `The API key "${after.name}" was changed.`);
    return keyOf(after, call);
  },

  'apiKeys.roll': (call, { id, overlap }) => {
    const { transaction, now, me } = call;
    if (call.repeats !== undefined) return { ...shown(call, call.repeats), previous: previousOf(call, call.repeats) };
    const key = ownKey(call, id);
    if (!KEY_OVERLAPS.includes(overlap)) throw new SettingsError('invalid', 'No such overlap.', { fields: { overlap: 'invalid' } });
    if (!keyOf(key, call).can.roll) throw new SettingsError('conflict', 'This key cannot be replaced now.');
    const endsAt = now + overlap * 1000;
    const successor = transaction.put('apiKeys', {
      ...key,
      id: randomToken(),
      secret: newApiKeySecret(key.kind, key.environment),
      createdAt: now,
      createdBy: me.person.name,
      lastUsedAt: null,
      lastUsedFrom: null,
      usage: [],
      enabled: true,
      expiresAt: successorExpiry(key, now),
      replacedBy: null,
      replaces: overlap === 0 ? null : { id: key.id, endsAt },
      revision: 1,
    });
    if (overlap === 0) revoke(call, key);
    else change(call, key, { replacedBy: { id: successor.id, endsAt } });
    record(call, 'apiKeys.roll', [key.id, successor.id]);
    tell(call, `The API key "${key.name}" was replaced by a new one.`);
    call.remember(successor.id);
    return { ...shown(call, successor.id), previous: previousOf(call, successor.id) };
  },

  'apiKeys.finishRoll': (call, { id }) => {
    const key = anyKey(call, id);
    if (isGone(key, call.now)) return;
    if (key.replacedBy === null) throw new SettingsError('conflict', 'This key is not being replaced.');
    revoke(call, key);
    record(call, 'apiKeys.finishRoll', [key.id]);
    tell(call, `The old API key "${key.name}" was ended; the new one goes on.`);
  },

  'apiKeys.cancelRoll': (call, { id }) => {
    const key = anyKey(call, id);
    if (isGone(key, call.now) || key.replacedBy === null) throw new SettingsError('conflict', 'This key is not being replaced.');
    const successor = anyKey(call, key.replacedBy.id);
    revoke(call, successor);
    record(call, 'apiKeys.cancelRoll', [key.id, successor.id]);
    tell(call, `The new API key "${key.name}" was taken back; the old one goes on.`);
    return keyOf(anyKey(call, id), call);
  },

  'apiKeys.revoke': (call, { ids }) => {
    // Each id is looked at before the first key ends: one that is not ours means none does.
    const keys = [...new Set(ids)].map((id) => anyKey(call, id));
    const results = keys.map((key) => {
      const outcome = isGone(key, call.now) ? ('gone' as const) : ('revoked' as const);
      // Anew from the table: revoking an earlier one of them may have changed it.
      if (outcome === 'revoked') revoke(call, anyKey(call, key.id));
      return { id: key.id, outcome };
    });
    const revoked = results.filter(({ outcome }) => outcome === 'revoked').map(({ id }) => id);
    if (revoked.length > 0) {
      record(call, 'apiKeys.revoke', revoked);
      tell(call, revoked.length === 1 ? `The API key "${keys.find(({ id }) => id === revoked[0])?.name ?? ''}" was revoked.` : `${String(revoked.length)} API keys were revoked.`);
    }
    return { results };
  },
} satisfies Partial<MemoryHandlers>;

/** A key with its secret, for the answers that show one. */
function shown(call: Call, id: string): { key: ApiKey; secret: string } {
  const key = ownKey(call, id);
  return { key: keyOf(key, call), secret: key.secret };
}

/** The key beside its successor, while it goes on. */
function previousOf(call: Call, successorId: string): ApiKey | null {
  const previous = ownKey(call, successorId).replaces;
  return previous && previous.endsAt > call.now ? keyOf(anyKey(call, previous.id), call) : null;
}
