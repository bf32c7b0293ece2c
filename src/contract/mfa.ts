import * as z from 'zod/mini';
import { oneTimeCode } from './auth.js';
import { id, integer, nothing, time, type OperationRow } from './schema.js';

/** What an authenticator app needs. The secret is in no other answer. */
export const mfaEnrolment = z.object({
  enrolmentId: id,
  /** base32 without padding (RFC 4648), at least 160 bit (RFC 4226 section 4). */
  secret: z.string().check(z.regex(/^[A-Z2-7]{32,}$/)),
  /** otpauth URI for the QR code. */
  uri: z.string().check(z.regex(/^otpauth:\/\/totp\//)),
  digits: integer.check(z.minimum(6), z.maximum(8)),
  /** Seconds for which a code stands. */
  period: integer.check(z.minimum(1)),
  algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']),
  expiresAt: time,
});

/** Shown this once, and kept by the backend as hashes only; null in the repeat of a call whose answer was lost. */
const recoveryCodes = z.nullable(z.array(z.string()));

/** The second factor: one-time codes of an authenticator app (RFC 6238), and codes for the day on which the phone is gone. */
export const mfa = {
  /** Starts an enrolment; nothing is on until `mfa.confirm`. `conflict` where MFA is on already. */
  'mfa.begin': { input: nothing, output: mfaEnrolment, effect: 'write', stepUp: 'recent', secret: true },
  /** The first right code turns MFA on, counts as a step-up and brings recovery codes, each good once. `not-found` when the enrolment expired. */
  'mfa.confirm': {
    input: z.object({ enrolmentId: id, code: oneTimeCode }),
    output: z.object({ recoveryCodes }),
    effect: 'write',
    secret: true,
    changes: ['auth.context', 'team.list'],
  },
  /** Turns MFA off; its recovery codes stop working. */
  'mfa.disable': { input: nothing, output: nothing, effect: 'write', stepUp: 'mfa', changes: ['auth.context', 'team.list'] },
  /** Makes new recovery codes; the old ones stop working. */
  'recoveryCodes.regenerate': {
    input: nothing,
    output: z.object({ recoveryCodes }),
    effect: 'write',
    stepUp: 'mfa',
    secret: true,
    changes: ['auth.context'],
  },
} as const satisfies Record<string, OperationRow>;
