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

/** The second factor: one-time codes of an authenticator app (RFC 6238). */
export const mfa = {
  /** Starts an enrolment; nothing is on until `mfa.confirm`. `conflict` where MFA is on already. */
  'mfa.begin': { input: nothing, output: mfaEnrolment, effect: 'write', stepUp: 'recent', secret: true },
  /** The first right code turns MFA on and counts as a step-up. `not-found` when the enrolment expired. */
  'mfa.confirm': {
    input: z.object({ enrolmentId: id, code: oneTimeCode }),
    output: z.object({ recoveryCodes: z.nullable(z.array(z.string())) }),
    effect: 'write',
    secret: true,
    changes: ['auth.context', 'team.list'],
  },
  /** Turns MFA off. */
  'mfa.disable': { input: nothing, output: nothing, effect: 'write', stepUp: 'mfa', changes: ['auth.context', 'team.list'] },
} as const satisfies Record<string, OperationRow>;
