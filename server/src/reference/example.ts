import type { ApiKey } from '@userflux/settings/contract';
import { Hono, type Context } from 'hono';
import { verifyApiKey, type KeyRefusal, type KeyUse } from '../plugin/index.js';
import type { Auth } from './auth.js';

/**
 * What API keys are for: an API of the product, small but guarded as a real one. Each path takes keys of one kind, for reading or for
 * writing; the environment of the key says which data it sees. A refusal names its reason: whoever holds a key may know what
 * it lacks, and a wrong configuration is found in a minute.
 *
 * | path | kind | permission |
 * |---|---|---|
 * | GET /api/example/metrics | Data | read |
 * | GET /api/example/products | Product | read |
 * | PUT /api/example/products | Product | write |
 * | POST /api/example/events | Integration | write |
 */
export function exampleApi<Env extends object>(auth: Auth, addressOf: (c: Context<Env>) => string): Hono<Env> {
  const api = new Hono<Env>();

  const guarded = (kind: ApiKey['kind'], access: KeyUse['access'], answer: (environment: ApiKey['environment']) => object) => async (c: Context<Env>): Promise<Response> => {
    // RFC 6750 section 2.1. Never in a query, which logs keep.
    const secret = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (secret === undefined) return refuse(401, 'missing', 'Send the key as Authorization: Bearer <key>.');
    const check = await verifyApiKey(auth, secret, { kind, access, address: addressOf(c) });
    if (!check.ok) return refuse(STATUS[check.reason], check.reason, WORDS[check.reason]);
    return Response.json({ key: { id: check.key.id, name: check.key.name }, environment: check.key.environment, ...answer(check.key.environment) });
  };

  api.get('/metrics', guarded('data', 'read', (environment) => ({ metrics: [{ name: 'active users', value: environment === 'test' ? 12 : 48_210 }] })));
  api.get('/products', guarded('product', 'read', () => ({ products: [{ id: 'difference-engine', name: 'Difference Engine' }] })));
  api.put('/products', guarded('product', 'write', () => ({ accepted: true })));
  api.post('/events', guarded('integration', 'write', () => ({ accepted: true })));
  return api;
}

/** 401: this is no key that opens anything; 403: it is one, and not for this (RFC 6750 section 3.1). */
const STATUS: Record<KeyRefusal, 401 | 403> = {
  malformed: 401,
  unknown: 401,
  disabled: 401,
  expired: 401,
  'wrong-kind': 403,
  'wrong-environment': 403,
  'wrong-permission': 403,
  'address-not-allowed': 403,
};

const WORDS: Record<KeyRefusal, string> = {
  malformed: 'This is not an API key: its form or its checksum is wrong.',
  unknown: 'There is no such API key.',
  disabled: 'This API key is disabled.',
  expired: 'This API key has expired.',
  'wrong-kind': 'This API key is of another kind than this path takes.',
  'wrong-environment': 'This API key is of another environment.',
  'wrong-permission': 'This API key does not have the permission for this.',
  'address-not-allowed': 'This API key may not be used from this address.',
};

function refuse(status: 401 | 403, reason: string, detail: string): Response {
  const error = status === 401 ? (reason === 'missing' ? 'Bearer' : 'Bearer error="invalid_token"') : 'Bearer error="insufficient_scope"';
  return new Response(JSON.stringify({ type: 'about:blank', status, title: status === 401 ? 'Unauthorized' : 'Forbidden', detail, reason }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'WWW-Authenticate': error },
  });
}
