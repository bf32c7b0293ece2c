import * as z from 'zod/mini';
import { id, page, pageQuery, text, time, version, type OperationRow } from './schema.js';
import { cleanEmail, cleanText } from './text.js';

export const keyKind = z.enum(['integration', 'data', 'product']);
export const keyEnvironment = z.enum(['test', 'production']);
export const keyPermission = z.enum(['read-only', 'write-only', 'read-write']);

/** IPv4, IPv6 or CIDR, with a word on whose it is. Its form stands here; `parseAddress` tells whether it is one. */
export const sourceAddress = z.object({
  address: z.string().check(
    z.overwrite(cleanEmail),
    z.minLength(1, 'required'),
    z.maxLength(64, 'too-long'),
    z.regex(/^[\da-f:.]+(\/\d{1,3})?$/i, 'invalid'),
  ),
  description: z.string().check(z.overwrite(cleanText), z.maxLength(200, 'too-long')),
});

/** A key without its secret: that is the answer of `apiKeys.reveal` alone. */
export const apiKey = z.object({
  id,
  name: text,
  kind: keyKind,
  environment: keyEnvironment,
  permission: keyPermission,
  prefix: z.string(),
  last4: z.string(),
  createdAt: time,
  createdBy: z.nullable(text),
  expiresAt: z.nullable(time),
  lastUsedAt: z.nullable(time),
  lastUsedFrom: z.nullable(z.string()),
  enabled: z.boolean(),
  /** Empty: usable from anywhere. */
  addresses: z.array(sourceAddress),
  revealable: z.boolean(),
  can: z.object({ update: z.boolean() }),
  version,
});

export const apiKeyUpdate = z.object({ id, addresses: z.optional(z.array(sourceAddress).check(z.maxLength(100))) });

/** The API keys of the organisation. */
export const apiKeys = {
  /** One page of keys, never with a secret. */
  'apiKeys.list': {
    input: z.object({
      ...pageQuery,
      kind: z.optional(keyKind),
      environment: z.optional(keyEnvironment),
      permission: z.optional(keyPermission),
    }),
    output: page(apiKey),
    effect: 'read',
  },
  /** The secrets of these keys, or of all; recorded by the backend. */
  'apiKeys.reveal': {
    input: z.object({ ids: z.optional(z.array(id).check(z.maxLength(100))) }),
    output: z.object({ secrets: z.array(z.object({ id, secret: z.string() })) }),
    effect: 'write',
    stepUp: 'mfa',
    secret: true,
  },
  /** Replaces the source addresses from which a key may be used; an empty list means anywhere. */
  'apiKeys.update': {
    input: apiKeyUpdate,
    output: apiKey,
    effect: 'write',
    versioned: true,
    stepUp: 'mfa',
    changes: ['apiKeys.list'],
  },
} as const satisfies Record<string, OperationRow>;
