import * as z from 'zod/mini';
import { integer } from './schema.js';

/**
 * What WebAuthn says in JSON (Web Authentication Level 3, 5.1.8 to 5.1.10: `PublicKeyCredential.toJSON()` and its `parse...FromJSON()`), as far as
 * this contract uses it.
 */

/** Bytes: base64url without padding (RFC 4648 section 5). */
const bytes = z.string().check(z.maxLength(16_384), z.regex(/^[\w-]+$/));
const type = z.enum(['public-key']);

const transports = z.optional(z.array(z.string().check(z.maxLength(32))).check(z.maxLength(16)));
const descriptor = z.object({ id: bytes, type, transports });

/** PublicKeyCredentialCreationOptionsJSON: what `navigator.credentials.create()` is given. */
export const creationOptions = z.object({
  rp: z.object({ id: z.optional(z.string()), name: z.string() }),
  user: z.object({ id: bytes, name: z.string(), displayName: z.string() }),
  challenge: bytes,
  pubKeyCredParams: z.array(z.object({ type, alg: integer })),
  /** Milliseconds. */
  timeout: z.optional(integer),
  /** The passkeys that the person has: an authenticator that holds one of them makes no second one. */
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.optional(
    z.object({ authenticatorAttachment: z.optional(z.string()), residentKey: z.optional(z.string()), userVerification: z.optional(z.string()) }),
  ),
});

/** PublicKeyCredentialRequestOptionsJSON: what `navigator.credentials.get()` is given. */
export const requestOptions = z.object({
  challenge: bytes,
  timeout: z.optional(integer),
  rpId: z.optional(z.string()),
  allowCredentials: z.array(descriptor),
  userVerification: z.optional(z.string()),
});

/** RegistrationResponseJSON: what `create()` answered. */
export const registration = z.object({
  id: bytes,
  type,
  response: z.object({ clientDataJSON: bytes, attestationObject: bytes, transports }),
});

/** AuthenticationResponseJSON: what `get()` answered. */
export const assertion = z.object({
  id: bytes,
  type,
  response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes }),
});

export type CreationOptions = z.output<typeof creationOptions>;
export type RequestOptions = z.output<typeof requestOptions>;
export type Registration = z.output<typeof registration>;
export type Assertion = z.output<typeof assertion>;
