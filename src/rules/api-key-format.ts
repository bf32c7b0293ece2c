import type { ApiKey } from '../contract/operations.js';
import { base62, crc32, randomBase62, type ByteSource } from './bytes.js';

/**
 * What an API key looks like:
 *
 * ```
 * uf_int_live_9vK…(30 characters)…Zq0a3Fh2
 * └─ prefix ─┘└──── random, base62 ───┘└─ checksum
 * ```
 *
 * - The prefix names product, kind (`int`, `dat`, `prd`) and environment (`test`, `live`): secret scanners find keys by it, and
 *   people see at once that a live key stands where a test key belongs.
 * - 30 random base62 characters are 178 bit. The list shows the last four characters, which belong to the checksum
 *   and so tell up to 24 bit about the rest; well over 128 bit stay unknown.
 * - The checksum is the CRC-32 of everything before it in six base62 characters, so that scanners and SDKs tell a real
 *   key from a look-alike without asking anybody.
 */

const KINDS: Record<ApiKey['kind'], string> = { integration: 'int', data: 'dat', product: 'prd' };
const ENVIRONMENTS: Record<ApiKey['environment'], string> = { test: 'test', production: 'live' };
const RANDOM_LENGTH = 30;
const CHECKSUM_LENGTH = 6;

export function apiKeyPrefix(kind: ApiKey['kind'], environment: ApiKey['environment']): string {
  return `uf_${KINDS[kind]}_${ENVIRONMENTS[environment]}_`;
}

function checksum(text: string): string {
  return base62(crc32(text), CHECKSUM_LENGTH);
}

/** A new secret. Worlds pass their own seeded source; everything else takes the platform's. */
export function newApiKeySecret(kind: ApiKey['kind'], environment: ApiKey['environment'], source?: ByteSource): string {
  const body = apiKeyPrefix(kind, environment) + randomBase62(RANDOM_LENGTH, source);
  return body + checksum(body);
}

/** Whether a text has the form of a key and its checksum holds; says nothing about whether the key exists. */
export function isApiKeySecret(text: string): boolean {
  const match = /^(uf_(?:int|dat|prd)_(?:test|live)_[0-9A-Za-z]{30})([0-9A-Za-z]{6})$/.exec(text);
  return match !== null && checksum(match[1] ?? '') === match[2];
}
