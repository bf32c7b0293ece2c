import type * as z from 'zod/mini';
import { operationNames, rowOf, type OperationName } from '../operations.js';

/**
 * The HTTP column of the operations table: where each operation stands below the base URL of the settings API. It has a file of its
 * own because a page whose adapter is not HTTP shall not pay for it; a row that is missing here does not compile. Schemas,
 * versions, proofs and idempotency are the table's own and are not repeated.
 */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Names in braces are fields of the input; all other fields go into the query (GET) or the body. */
  path: `/${string}`;
  /** The body is a picture itself (the input's `bytes`) under its own Content-Type (the input's `type`), instead of JSON. */
  picture?: true;
  /** The status of success: 200 with a body, 204 without one, unless told. */
  status?: 201;
  /** The URL of what was made, for `Location` (RFC 9110 10.2.2). Names in braces are fields of the answer, by their path. */
  location?: `/${string}`;
}

export const routes = {
  'auth.context': { method: 'GET', path: '/context' },
  'auth.stepUp': { method: 'POST', path: '/step-up' },
  'auth.passkeyOptions': { method: 'POST', path: '/step-up/passkey-options' },
  'auth.endStepUp': { method: 'DELETE', path: '/step-up' },
  'auth.signOut': { method: 'DELETE', path: '/session' },
  'profile.update': { method: 'PATCH', path: '/me' },
  'avatar.set': { method: 'PUT', path: '/me/avatar', picture: true },
  'avatar.remove': { method: 'DELETE', path: '/me/avatar' },
  'email.change': { method: 'POST', path: '/me/email-change' },
  'email.resend': { method: 'POST', path: '/me/email-change/resend' },
  'email.cancel': { method: 'DELETE', path: '/me/email-change' },
  'password.change': { method: 'PUT', path: '/me/password' },
  'account.delete': { method: 'DELETE', path: '/me' },
  'mfa.begin': { method: 'POST', path: '/me/mfa', status: 201, location: '/me/mfa/{enrolmentId}' },
  'mfa.confirm': { method: 'POST', path: '/me/mfa/{enrolmentId}/confirm' },
  'mfa.disable': { method: 'DELETE', path: '/me/mfa' },
  'recoveryCodes.regenerate': { method: 'POST', path: '/me/recovery-codes', status: 201 },
  'passkeys.list': { method: 'GET', path: '/me/passkeys' },
  'passkeys.begin': { method: 'POST', path: '/me/passkeys/options' },
  'passkeys.finish': { method: 'POST', path: '/me/passkeys', status: 201, location: '/me/passkeys/{id}' },
  'passkeys.rename': { method: 'PATCH', path: '/me/passkeys/{id}' },
  'passkeys.remove': { method: 'DELETE', path: '/me/passkeys/{id}' },
  'sessions.list': { method: 'GET', path: '/me/sessions' },
  'sessions.end': { method: 'DELETE', path: '/me/sessions/{id}' },
  'sessions.endOthers': { method: 'DELETE', path: '/me/sessions' },
  'company.get': { method: 'GET', path: '/company' },
  'company.update': { method: 'PATCH', path: '/company' },
  'logo.set': { method: 'PUT', path: '/company/logo', picture: true },
  'logo.remove': { method: 'DELETE', path: '/company/logo' },
  'organisation.switch': { method: 'POST', path: '/organisations/{id}/switch' },
  'organisation.leave': { method: 'POST', path: '/company/leave' },
  'organisation.transfer': { method: 'POST', path: '/company/transfer' },
  'organisation.delete': { method: 'DELETE', path: '/company' },
  'team.list': { method: 'GET', path: '/team' },
  'team.invite': { method: 'POST', path: '/team/invitations' },
  'team.resend': { method: 'POST', path: '/team/invitations/{id}/resend' },
  'team.revoke': { method: 'DELETE', path: '/team/invitations/{id}' },
  'team.link': { method: 'POST', path: '/team/invitations/{id}/link' },
  'team.changeRole': { method: 'PATCH', path: '/team/{id}' },
  'team.remove': { method: 'DELETE', path: '/team/{id}' },
  // The token is a secret: it never stands in a path or a query, which logs keep.
  'invitation.get': { method: 'POST', path: '/invitations/lookup' },
  'invitation.accept': { method: 'POST', path: '/invitations/accept' },
  'invitation.decline': { method: 'POST', path: '/invitations/decline' },
  'apiKeys.list': { method: 'GET', path: '/api-keys' },
  'apiKeys.reveal': { method: 'POST', path: '/api-keys/reveal' },
  'apiKeys.create': { method: 'POST', path: '/api-keys', status: 201, location: '/api-keys/{key.id}' },
  'apiKeys.update': { method: 'PATCH', path: '/api-keys/{id}' },
  'apiKeys.roll': { method: 'POST', path: '/api-keys/{id}/roll', status: 201, location: '/api-keys/{key.id}' },
  'apiKeys.finishRoll': { method: 'POST', path: '/api-keys/{id}/roll/finish' },
  'apiKeys.cancelRoll': { method: 'DELETE', path: '/api-keys/{id}/roll' },
  'apiKeys.revoke': { method: 'POST', path: '/api-keys/revoke' },
  'activity.list': { method: 'GET', path: '/me/activity' },
  'audit.list': { method: 'GET', path: '/audit-events' },
} as const satisfies Record<OperationName, Route>;

/** Carries `CallOptions.organisation`, percent-encoded. */
export const ORGANISATION_HEADER = 'Settings-Organisation';

/** The row with its optional columns: what generic code reads. */
export function routeOf(operation: OperationName): Route {
  return routes[operation];
}

/** The names in braces of a route's path. */
export function pathFields(path: string): string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
}

interface Compiled {
  operation: OperationName;
  method: string;
  pattern: RegExp;
  names: readonly string[];
}

/** Made by the first who asks, which is a server: a page writes paths and never reads them. */
let compiled: readonly Compiled[] | undefined;

function compile(): readonly Compiled[] {
  return operationNames.map((operation) => {
    const { method, path } = routeOf(operation);
    return { operation, method, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`), names: pathFields(path) };
  });
}

/** What a request to this path means: the operation and its path's fields; or the methods that the path has; or nothing. */
export type Match = { operation: OperationName; fields: Record<string, string> } | { allow: string[] } | undefined;

/** Finds the operation behind a method and a path (without the base URL). A path that cannot be decoded matches nothing. */
export function matchRoute(method: string, path: string): Match {
  const candidates = (compiled ??= compile()).flatMap((route) => {
    const found = route.pattern.exec(path);
    return found ? [{ route, found }] : [];
  });
  const hit = candidates.find(({ route }) => route.method === method);
  if (!hit) return candidates.length > 0 ? { allow: candidates.map(({ route }) => route.method) } : undefined;
  try {
    const fields = Object.fromEntries(hit.route.names.map((name, index) => [name, decodeURIComponent(hit.found[index + 1] ?? '')]));
    return { operation: hit.route.operation, fields };
  } catch {
    return undefined;
  }
}

/** The fields of a read as a query: a list is the field again and again. Undefined fields stay out. */
export function writeQuery(fields: Readonly<Record<string, unknown>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') query.append(name, String(one));
    }
  }
  return query;
}

/** A query as the input of a read: what a string cannot say (a number, a list), the operation's schema does. */
export function readQuery(operation: OperationName, query: URLSearchParams): Record<string, unknown> {
  const { def } = rowOf(operation).input._zod as { def: { shape?: Record<string, z.core.$ZodType> } };
  return Object.fromEntries<unknown>(
    Array.from(new Set(query.keys()), (name): [string, unknown] => {
      const all = query.getAll(name);
      // Own fields only: a query may name __proto__.
      const field = def.shape && Object.hasOwn(def.shape, name) ? def.shape[name] : undefined;
      const type = field && typeOf(field);
      if (type === 'array') return [name, all];
      const [value = ''] = all;
      // The schema refuses what is no number; an empty text is none, though Number() says zero.
      return [name, type === 'number' && value.trim() !== '' ? Number(value) : value];
    }),
  );
}

/** The URL of what was made, below the base URL; undefined where the operation makes nothing that has one. */
export function locationOf(operation: OperationName, answer: unknown): string | undefined {
  return routeOf(operation).location?.replace(/\{([\w.]+)\}/g, (_, path: string) => {
    const value = path.split('.').reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null ? new Map<string, unknown>(Object.entries(inner)).get(name) : undefined), answer);
    return encodeURIComponent(String(value));
  });
}

/** What kind of value a field of an input takes, however optional it is. */
function typeOf(schema: z.core.$ZodType): string {
  const { def } = schema._zod as { def: { type: string; innerType?: z.core.$ZodType } };
  return def.innerType ? typeOf(def.innerType) : def.type;
}
