import { SettingsError } from '../../contract/errors.js';
import type { ApiKey } from '../../contract/operations.js';
import { apiKeyPrefix } from '../../rules/api-key-format.js';
import { assertAddresses } from '../../rules/addresses.js';
import { assertCurrent, organisationOf, record, type Call, type MemoryHandlers } from './call.js';
import { notice } from './mails.js';
import { pageOf, type Position } from './paging.js';
import { mayCall } from '../../rules/policy.js';
import { iso, isoOrNull, type KeyRow } from './state.js';

function keyOf(key: KeyRow, call: Call): ApiKey {
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
    expiresAt: null,
    lastUsedAt: isoOrNull(key.lastUsedAt),
    lastUsedFrom: key.lastUsedFrom,
    enabled: key.enabled,
    addresses: key.addresses,
    revealable: true,
    can: { update: mayCall('apiKeys.update', call.me.member?.role) },
    version: String(key.revision),
  };
}

/** Ids of other organisations do not exist here. */
function ownKey(call: Call, id: string): KeyRow {
  const key = call.transaction.get('apiKeys', id);
  if (key?.organisationId !== organisationOf(call).id) throw new SettingsError('not-found', 'No such key.');
  return key;
}

function ownKeys(call: Call): KeyRow[] {
  const organisation = organisationOf(call);
  return [...call.transaction.all('apiKeys')].filter((key) => key.organisationId === organisation.id);
}

const KINDS: readonly ApiKey['kind'][] = ['integration', 'data', 'product'];
const ENVIRONMENTS: readonly ApiKey['environment'][] = ['production', 'test'];

/** By kind, what runs in production first, the newest first. */
function position(key: KeyRow): Position {
  return [KINDS.indexOf(key.kind), ENVIRONMENTS.indexOf(key.environment), -key.createdAt, key.id];
}

export const apiKeyHandlers = {
  'apiKeys.list': (call, query) => {
    const search = (query.search ?? '').toLowerCase();
    const rows = ownKeys(call).filter(
      (key) =>
        (query.kind === undefined || key.kind === query.kind) &&
        (query.environment === undefined || key.environment === query.environment) &&
        (query.permission === undefined || key.permission === query.permission) &&
        key.name.toLowerCase().includes(search),
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

  'apiKeys.update': (call, { id, addresses }) => {
    const key = ownKey(call, id);
    assertCurrent(call, String(key.revision), () => keyOf(key, call));
    if (!addresses) return keyOf(key, call);
    assertAddresses(addresses);
    const after = call.transaction.put('apiKeys', { ...key, addresses, revision: key.revision + 1 });
    record(call, 'apiKeys.update', [key.id]);
    notice(call.transaction, call.now, call.me.person.email, `The source addresses of the API key "${key.name}" were changed.`);
    return keyOf(after, call);
  },
} satisfies Partial<MemoryHandlers>;
