import type { CallOptions } from '../../contract/adapter.js';
import { SettingsError } from '../../contract/errors.js';
import { ORGANISATION_HEADER, pathFields, routeOf, writeQuery } from '../../contract/http/routes.js';
import { rowOf, type OperationName } from '../../contract/operations.js';

export interface WireRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** The body before it is JSON; undefined: none. */
  json?: unknown;
  /** The body as it is. */
  body?: Uint8Array<ArrayBuffer>;
}

/** One call as a request, from the operations table and its HTTP column. @param input what the operation's schema made of it */
export function writeRequest(base: string, operation: OperationName, input: unknown, options: CallOptions): WireRequest {
  const { method, path, picture } = routeOf(operation);
  const row = rowOf(operation);
  const rest: Record<string, unknown> = { ...(input ?? {}) };
  let url = base + path;
  for (const name of pathFields(path)) {
    url = url.replace(`{${name}}`, () => segment(String(rest[name])));
    Reflect.deleteProperty(rest, name);
  }
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' };
  if (options.organisation !== undefined) headers[ORGANISATION_HEADER] = encodeURIComponent(options.organisation);
  if (row.effect === 'write') {
    // No form and no link can send this header: a page of another origin has to ask first (CSRF).
    headers['Idempotency-Key'] = options.idempotencyKey ?? randomKey();
    // Without a version: whatever it is now (RFC 9110 13.1.1).
    if (row.versioned) headers['If-Match'] = options.ifMatch === undefined ? '*' : `"${options.ifMatch}"`;
  }
  if (picture) {
    // Its schema made it: a picture goes as it is, not as JSON with a third more bytes.
    const { type, bytes } = rest as { type: string; bytes: Uint8Array<ArrayBuffer> };
    return { method, url, headers: { ...headers, 'Content-Type': type }, body: bytes };
  }
  if (method !== 'GET') return { method, url, headers, json: hasBody(operation, path) ? rest : undefined };
  const query = writeQuery(rest).toString();
  return { method, url: query ? `${url}?${query}` : url, headers, json: undefined };
}

/** Whether the operation's input has fields that are not in its path. */
function hasBody(operation: OperationName, path: string): boolean {
  const { def } = rowOf(operation).input._zod as { def: { type: string; shape?: Record<string, unknown> } };
  const inPath = pathFields(path);
  return def.shape ? Object.keys(def.shape).some((name) => !inPath.includes(name)) : def.type !== 'void';
}

function segment(value: string): string {
  try {
    const text = encodeURIComponent(value);
    // URLs lose these, encoded or not, and then mean something else.
    if (text !== '.' && text !== '..') return text;
  } catch {
    // Half a surrogate pair.
  }
  throw new SettingsError('not-found', 'An id that cannot stand in a path.');
}

/** 128 random bits. `crypto.randomUUID` is missing on pages that are not secure contexts. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
