import type { CreationOptions, RequestOptions } from '../contract/webauthn.js';
import { base64Url, digest, randomBytes, utf8 } from './bytes.js';

/** Passkeys: what WebAuthn ceremonies (W3C Web Authentication Level 3) are begun with, the same by every backend of ours. */

/** For how long a challenge waits for its answer; the browser's own prompt ends with it. */
export const PASSKEY_CHALLENGE_SECONDS = 300;
/** More than that nobody can tell apart, and each stands in the browser's question. */
export const PASSKEYS_MAX = 25;
/** COSE algorithms, the preferred first: ES256, which all authenticators have but some TPMs, and RS256, which those have. */
export const PASSKEY_ALGORITHMS: readonly number[] = [-7, -257];

/** The site that passkeys belong to. */
export interface RelyingParty {
  /** The domain: of every origin the host, or a parent of it. */
  readonly id: string;
  readonly name: string;
  /** The pages that may ask. */
  readonly origins: readonly string[];
}

/** A passkey as ceremonies name it. */
export interface Credential {
  readonly id: string;
  readonly transports: readonly string[];
}

/** 256 random bits, twice what WebAuthn asks for (13.4.3). */
export function newPasskeyChallenge(): string {
  return base64Url(randomBytes(32));
}

function descriptors(credentials: readonly Credential[]): RequestOptions['allowCredentials'] {
  return credentials.map(({ id, transports }) => ({ id, type: 'public-key', ...(transports.length > 0 && { transports: [...transports] }) }));
}

/** @param credentials those that the person has: none of them is made a second time on the same authenticator */
export async function passkeyCreation(party: RelyingParty, person: { id: string; name: string; email: string }, challenge: string, credentials: readonly Credential[]): Promise<CreationOptions> {
  return {
    rp: { id: party.id, name: party.name },
    // The same at each time, so that an authenticator knows the account again; nobody reads out of it who it is (14.6.1).
    user: { id: base64Url(await digest(utf8(`passkey ${person.id}`))), name: person.email, displayName: person.name },
    challenge,
    pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: PASSKEY_CHALLENGE_SECONDS * 1000,
    excludeCredentials: descriptors(credentials),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  };
}

export function passkeyRequest(party: RelyingParty, challenge: string, credentials: readonly Credential[]): RequestOptions {
  return { challenge, timeout: PASSKEY_CHALLENGE_SECONDS * 1000, rpId: party.id, allowCredentials: descriptors(credentials), userVerification: 'required' };
}
