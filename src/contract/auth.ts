import * as z from 'zod/mini';
import { addressText, id, integer, nothing, seconds, text, time, version, type OperationRow } from './schema.js';
import { cleanCode, cleanRecoveryCode } from './text.js';
import { assertion, requestOptions } from './webauthn.js';

/** Proofs of presence that this contract knows. */
export const stepUpMethod = z.enum(['totp', 'recovery-code', 'password', 'passkey']);

/** A one-time code of an authenticator app, 6 to 8 digits (RFC 6238). */
export const oneTimeCode = z.string().check(
  z.overwrite(cleanCode),
  z.minLength(1, 'required'),
  z.regex(/^\d{6,8}$/, 'invalid'),
);

/** Letters and digits, in any case, with spaces and dashes wherever they were typed; 64 only bounds what a backend has to hash. */
export const recoveryCode = z.string().check(
  z.overwrite(cleanRecoveryCode),
  z.minLength(1, 'required'),
  z.regex(/^[A-Z0-9]{1,64}$/, 'invalid'),
);

/** Passwords are taken as they are; 4096 only bounds what a backend has to hash. */
export const password = z.string().check(z.minLength(1, 'required'), z.maxLength(4096, 'too-long'));

/** A person, as they see themselves. */
export const user = z.object({
  id,
  name: text,
  email: addressText,
  emailVerified: z.boolean(),
  /** The new address that waits for its confirmation; the old one works until then. */
  pendingEmail: z.nullable(addressText),
  /** Served by the backend itself. Over HTTP it may be relative to the API's base URL. */
  avatarUrl: z.nullable(z.string()),
  hasPassword: z.boolean(),
  /** `recoveryCodesLeft`: unused ones; null without MFA, and where the backend has none. */
  mfa: z.object({ enabled: z.boolean(), recoveryCodesLeft: z.nullable(integer) }),
  /** IANA; null: as on the device. */
  timeZone: z.nullable(z.string()),
  /** BCP 47; null: as on the page. */
  language: z.nullable(z.string()),
  /** Of the person's own details: what `profile.update` carries. */
  version,
});

const organisationSummary = z.object({
  id,
  name: text,
  role: z.string(),
  /** Nobody else owns it: this person can neither leave it nor delete their account. Absent where the backend does not say. */
  onlyOwner: z.optional(z.boolean()),
});

/** Who is signed in, in which organisation, what they may do, and the limits that an interface has to know. */
export const authContext = z.object({
  user,
  organisation: z.nullable(
    z.object({
      id,
      name: text,
      country: z.nullable(z.string()),
      logoUrl: z.nullable(z.string()),
      role: z.string(),
      /** See `company.get`. Once it has passed, `operations` has nothing of the organisation for a person without MFA. */
      mfaRequiredFrom: z.optional(z.nullable(time)),
    }),
  ),
  organisations: z.array(organisationSummary),
  session: z.object({ id, expiresAt: z.nullable(time) }),
  /** `methods`: what this person can prove presence by now, the best first; a password only where MFA is off. */
  stepUp: z.object({ methods: z.array(stepUpMethod), maxAge: seconds, freshUntil: z.nullable(time) }),
  /** What this backend has **and** this person may call now: the only source for what is shown. */
  operations: z.array(z.string()),
  policy: z.object({
    password: z.object({
      minLength: integer,
      minLengthWithMfa: z.nullable(integer),
      maxLength: z.nullable(integer),
      refusesCommon: z.boolean(),
    }),
    apiKeys: z.object({
      kinds: z.array(z.string()),
      environments: z.array(z.string()),
      permissions: z.array(z.string()),
      /** `creation-only` backends keep a hash: they can never show a secret again. */
      reveal: z.enum(['step-up', 'creation-only']),
      /** Seconds for which an old key may go on beside its successor. */
      overlaps: z.array(seconds),
    }),
    invitations: z.object({ roles: z.array(z.string()), expiresIn: seconds }),
    /** Roles that this person may give to members, the least first. */
    memberRoles: z.optional(z.array(z.string())),
    pageSize: integer.check(z.minimum(1), z.maximum(100)),
  }),
  /** Changes with anything in this context. */
  version,
});

/** One way to prove that the person is there. */
export const stepUpProof = z.union([
  z.object({ method: z.enum(['totp']), code: oneTimeCode }),
  z.object({ method: z.enum(['recovery-code']), code: recoveryCode }),
  z.object({ method: z.enum(['password']), password }),
  z.object({ method: z.enum(['passkey']), assertion }),
]);

/** The session: who it is, and the proof that the person is there. */
export const auth = {
  /** Who is signed in, where, and what they may do. `unauthenticated` when nobody is. */
  'auth.context': { input: nothing, output: authContext, effect: 'read' },
  /** Proves that the person is there; fresh until the time answered. */
  'auth.stepUp': { input: stepUpProof, output: z.object({ freshUntil: time }), effect: 'write', changes: ['auth.context', 'passkeys.list'] },
  /** What `navigator.credentials.get()` is given for a step-up by passkey. Its challenge works once, for minutes, in this session alone. `not-found` where the person has no passkey. */
  'auth.passkeyOptions': { input: nothing, output: requestOptions, effect: 'write' },
  /** Ends the freshness at once ("Lock now"). */
  'auth.endStepUp': { input: nothing, output: nothing, effect: 'write', changes: ['auth.context'] },
  /** Ends this session and no other. Without one it succeeds as well. */
  'auth.signOut': { input: nothing, output: nothing, effect: 'write', ends: true },
} as const satisfies Record<string, OperationRow>;

