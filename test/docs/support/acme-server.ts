import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SettingsError, type CallOptions, type Company, type Output, type SettingsAdapter, type TeamQuery, type TeamRow, type User } from '../../../src/contract/index.js';
import type { ConformanceRole, ConformanceWorld } from '../../../src/contract/conformance/index.js';
import { memoryHarness } from '../../contract/support/memory-harness.js';

/**
 * The backend of docs/adapters.md: a GraphQL API with names and errors of its own, and what its tests ask it for at /test. Behind it
 * stands the memory backend, so that its rules are real. It answers what a query selects and no more, as GraphQL does.
 * @param schema what it has, in GraphQL's own words; what is not in it is refused
 */
export async function startAcme(schema: string): Promise<{ url: string; close(): Promise<void> }> {
  const worlds = new Map<string, ConformanceWorld>();
  const sessions = new Map<string, SettingsAdapter>();
  const refuseUnknown = checkerOf(schema);
  const nobody = await (await memoryHarness().createWorld('nobody')).as('signedOut');

  async function test(path: string, body: { seed?: string; role?: ConformanceRole }): Promise<unknown> {
    const [, , , id = '', action] = path.split('/');
    const world = worlds.get(id);
    if (path === '/test/worlds') {
      const name = `w${worlds.size}`;
      worlds.set(name, await memoryHarness().createWorld(body.seed ?? name));
      return { world: name };
    }
    if (!world) throw new Error(`No world ${id}.`);
    if (action === 'end') {
      await world.dispose();
      return {};
    }
    const token = `t${sessions.size}`;
    sessions.set(token, await world.reopen(body.role ?? 'signedOut'));
    return { token: body.role === 'signedOut' ? null : token };
  }

  async function graphql(token: string | undefined, { query, variables }: { query: string; variables: Variables }): Promise<unknown> {
    refuseUnknown(query);
    const adapter = sessions.get(token ?? '') ?? nobody;
    try {
      const data: Record<string, unknown> = {};
      for (const field of selectionOf(query)) data[field.name] = select(await resolve(adapter, field.name, variables), field.fields);
      return { data };
    } catch (error) {
      if (SettingsError.is(error)) return { data: null, errors: [{ message: 'refused', extensions: extensionsOf(error) }] };
      throw error;
    }
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      const work = path === '/graphql' ? graphql(token, body as { query: string; variables: Variables }) : test(path, body as { seed?: string });
      work.then(
        (answer) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  // A test that compiles keeps this process from answering for longer than Node keeps a connection.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}

interface Variables {
  displayName?: string;
  timeZone?: string | null;
  language?: string | null;
  title?: string;
  countryCode?: string | null;
  rev?: string;
  requestId?: string;
  first?: number;
  after?: string;
  search?: string;
  states?: string[];
  roles?: string[];
  twoFactor?: boolean;
  order?: TeamQuery['sort'];
}

interface Selection {
  name: string;
  fields: Selection[];
}

/** The fields that a query asks for; arguments are passed over, as each has the variable of its name. */
function selectionOf(query: string): Selection[] {
  const words = query.slice(query.indexOf('{')).replace(/\([^)]*\)/g, '').match(/[{}]|\w+/g) ?? [];
  let position = 0;
  const fields = (): Selection[] => {
    const found: Selection[] = [];
    for (position++; words[position] !== '}'; position++) {
      const name = words[position];
      if (name === undefined) throw new Error('A selection never ends.');
      if (name === '{') found.at(-1)?.fields.push(...fields());
      else found.push({ name, fields: [] });
    }
    return found;
  };
  return fields();
}

interface Field {
  /** Its own, without brackets and exclamation marks. */
  type: string;
  /** Types of its arguments. */
  takes: Map<string, string>;
}

const pairsIn = (text: string): Map<string, string> => new Map(Array.from(text.matchAll(/(\w+): ([^,)\s]+)/g), ([, name = '', type = '']) => [name, type]));

/** Refuses queries that ask for what the schema does not have, or with variables of other types. */
function checkerOf(schema: string): (query: string) => void {
  const types = new Map(
    Array.from(schema.matchAll(/^type (\w+) \{([^}]*)\}/gm), ([, type = '', body = '']): [string, Map<string, Field>] => [
      type,
      new Map(Array.from(body.matchAll(/(\w+)(?:\(([^)]*)\))?: ([^,\n]+)/g), ([, name = '', takes = '', of = '']): [string, Field] => [name, { type: of.replaceAll(/[[\]!\s]/g, ''), takes: pairsIn(takes) }])),
    ]),
  );
  const check = (type: string, selections: readonly Selection[]): void => {
    const fields = types.get(type);
    for (const { name, fields: inner } of selections) {
      const field = fields?.get(name);
      if (!field) throw new Error(`${type} has no field "${name}".`);
      check(field.type, inner);
    }
  };
  return (query) => {
    const root = query.trim().startsWith('mutation') ? 'Mutation' : 'Query';
    check(root, selectionOf(query));
    const variables = pairsIn(/^\s*\w+ \(([^)]*)\)/.exec(query)?.[1] ?? '');
    for (const [, name = '', given = ''] of query.matchAll(/(\w+)\(([^)]*)\)/g)) {
      const takes = types.get(root)?.get(name)?.takes;
      for (const [argument, variable] of pairsIn(given.replaceAll('$', ''))) {
        if (takes?.get(argument) === undefined || takes.get(argument) !== variables.get(variable)) throw new Error(`${name} takes no "${argument}" of type ${String(variables.get(variable))}.`);
      }
    }
  };
}

function select(value: unknown, fields: readonly Selection[]): unknown {
  if (Array.isArray(value)) return value.map((one) => select(one, fields));
  if (fields.length === 0 || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    fields.map(({ name, fields: inner }) => {
      if (!(name in value)) throw new Error(`Cannot query field "${name}".`);
      return [name, select((value as Record<string, unknown>)[name], inner)];
    }),
  );
}

async function resolve(adapter: SettingsAdapter, field: string, variables: Variables): Promise<unknown> {
  const options: CallOptions = { ifMatch: variables.rev, idempotencyKey: variables.requestId };
  switch (field) {
    case 'me':
      return meOf(await adapter.call('auth.context', undefined));
    case 'organisation':
      return organisationOf(await adapter.call('company.get', undefined));
    case 'changeMe': {
      const { displayName: name, timeZone, language } = variables;
      const user = await adapter.call('profile.update', { name, timeZone, language }, options);
      return { ...meOf(await adapter.call('auth.context', undefined)), ...userOf(user) };
    }
    case 'updateOrganisation': {
      const { title, countryCode } = variables;
      return organisationOf(await adapter.call('company.update', { ...(title !== undefined && { name: title }), ...(countryCode !== undefined && { country: countryCode }) }, options));
    }
    case 'people': {
      const { first: limit, after: cursor, search, states, roles: role, twoFactor, order: sort } = variables;
      const status = states?.map((state) => state.toLowerCase() as TeamRow['status']);
      const page = await adapter.call('team.list', { limit, cursor, search, status, role, sort, ...(twoFactor !== undefined && { mfa: twoFactor ? 'on' : 'off' }) });
      return { nodes: page.items.map(personOf), endCursor: page.nextCursor, hasNextPage: page.nextCursor !== null, totalCount: page.total };
    }
    default:
      throw new Error(`Cannot query field "${field}".`);
  }
}

function meOf({ user, organisation, operations, session }: Output<'auth.context'>): object {
  const rights = [...(operations.includes('company.get') ? ['organisation:read'] : []), ...(operations.includes('company.update') ? ['organisation:write'] : [])];
  return { ...userOf(user), role: organisation?.role ?? '', rights, session: session.id, until: session.expiresAt };
}

function userOf(user: User): object {
  return { id: user.id, displayName: user.name, email: user.email, verified: user.emailVerified, hasPassword: user.hasPassword, twoFactor: user.mfa.enabled, timeZone: user.timeZone, language: user.language, rev: user.version };
}

function organisationOf(company: Company): object {
  return { id: company.id, title: company.name, countryCode: company.country, rev: company.version };
}

function personOf(row: TeamRow): object {
  return {
    id: row.id,
    kind: row.type.toUpperCase(),
    displayName: row.name,
    email: row.email,
    role: row.role,
    state: row.status.toUpperCase(),
    isMe: row.self,
    since: row.joinedAt ?? row.invitedAt,
    until: row.expiresAt,
    by: row.invitedBy,
    seenAt: row.lastActiveAt,
    twoFactor: row.mfaEnabled,
    rev: row.version,
  };
}

const codes: Partial<Record<SettingsError['kind'], string>> = {
  unauthenticated: 'UNAUTHENTICATED',
  forbidden: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  invalid: 'BAD_INPUT',
  stale: 'REV_MISMATCH',
  conflict: 'REQUEST_ID_REUSED',
  'rate-limited': 'TOO_MANY',
};

const fieldNames: Partial<Record<string, string>> = { country: 'countryCode', cursor: 'after' };

function extensionsOf({ kind, fields, current, retryAfter }: SettingsError): object {
  const value = current as User | Company | undefined;
  return {
    code: codes[kind] ?? 'INTERNAL',
    fields: fields && Object.fromEntries(Object.entries(fields).map(([name, problem]) => [fieldNames[name] ?? name, problem])),
    current: value && ('email' in value ? userOf(value) : organisationOf(value)),
    retryAfter,
  };
}
