import * as z from 'zod/mini';
import { id, integer, name, nothing, page, pageQuery, seconds, text, time, version, type OperationRow } from './schema.js';
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
  /** On a key that replaces another one: which, and until when that one goes on beside it. Absent once the overlap is over. */
  roll: z.nullable(z.object({ replacesId: id, overlapEndsAt: time })),
  /** How many requests came with this key: each UTC day (`2026-11-24`) of the last 30 that had any, the oldest first. Absent where nobody counts. */
  usage: z.optional(z.array(z.object({ day: z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/)), count: integer }))),
  /** What the person who asks may do to this key. */
  can: z.object({ update: z.boolean(), roll: z.boolean(), revoke: z.boolean() }),
  version,
});

const addresses = z.array(sourceAddress).check(z.maxLength(100));

/** In which state a key is: `expired` wins over `disabled`. */
export const keyState = z.enum(['active', 'disabled', 'expired']);

export const apiKeyUpdate = z.object({
  id,
  name: z.optional(name),
  /** null: never. A moment that has passed is `invalid`: to end a key now, disable or revoke it. */
  expiresAt: z.optional(z.nullable(time)),
  addresses: z.optional(addresses),
  enabled: z.optional(z.boolean()),
});

export const apiKeyCreate = z.object({
  name,
  kind: keyKind,
  environment: keyEnvironment,
  permission: keyPermission,
  expiresAt: z.nullable(time),
  addresses,
});

/** The API keys of the organisation. */
export const apiKeys = {
  /** One page of keys, never with a secret. */
  'apiKeys.list': {
    input: z.object({
      ...pageQuery,
      kind: z.optional(keyKind),
      environment: z.optional(keyEnvironment),
      permission: z.optional(keyPermission),
      state: z.optional(keyState),
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
  /** Makes a key. Its secret is in this answer; whether it can be revealed later is the backend's `policy.apiKeys.reveal`. */
  'apiKeys.create': {
    input: apiKeyCreate,
    output: z.object({ key: apiKey, secret: z.string() }),
    effect: 'write',
    stepUp: 'mfa',
    secret: true,
    changes: ['apiKeys.list'],
  },
  /** Changes a key's name, expiry, source addresses (an empty list means anywhere), or switches it off and on. */
  'apiKeys.update': {
    input: apiKeyUpdate,
    output: apiKey,
    effect: 'write',
    versioned: true,
    stepUp: 'mfa',
    changes: ['apiKeys.list'],
  },
  /**
   * Makes a successor with a new secret; the old key goes on for `overlap` seconds, one of `policy.apiKeys.overlaps`, and then ends by itself.
   * The successor is enabled, whatever the old key is, and where that one expires it gets as long a life as that one had from its creation.
   * `conflict` for a key that is being replaced already, is itself a successor whose overlap runs, or has expired.
   */
  'apiKeys.roll': {
    input: z.object({ id, overlap: seconds }),
    output: z.object({ key: apiKey, secret: z.string(), previous: z.nullable(apiKey) }),
    effect: 'write',
    stepUp: 'mfa',
    secret: true,
    changes: ['apiKeys.list'],
  },
  /** Ends the overlap now: the old key, whose id this takes, is revoked. Finishing what is over succeeds. */
  'apiKeys.finishRoll': { input: z.object({ id }), output: nothing, effect: 'write', stepUp: 'mfa', changes: ['apiKeys.list'] },
  /** Takes the successor back: it is revoked, and the old key, whose id this takes, goes on as before. `conflict` once the overlap is over. */
  'apiKeys.cancelRoll': { input: z.object({ id }), output: apiKey, effect: 'write', stepUp: 'mfa', changes: ['apiKeys.list'] },
  /** Ends keys at once and for good; all of those named, or none. Revoking what is gone succeeds, and says so. */
  'apiKeys.revoke': {
    input: z.object({ ids: z.array(id).check(z.minLength(1), z.maxLength(100)) }),
    output: z.object({ results: z.array(z.object({ id, outcome: z.enum(['revoked', 'gone']) })) }),
    effect: 'write',
    stepUp: 'mfa',
    changes: ['apiKeys.list'],
  },
} as const satisfies Record<string, OperationRow>;
