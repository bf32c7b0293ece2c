import type { Assertion, Registration } from '../../contract/webauthn.js';
import { base64Url, digest, fromBase64Url, sameText, type Bytes } from '../../rules/bytes.js';
import { PASSKEY_ALGORITHMS, type RelyingParty } from '../../rules/passkeys.js';
import type { PasskeyRow } from './state.js';

/**
 * What an authenticator answers, verified (W3C Web Authentication Level 3, sections 7.1 and 7.2) on Web Crypto alone. No attestation: which
 * model of authenticator it is makes no difference here. Loaded when the first passkey answers.
 */

/** Whether it was made by this call; nothing where it was not, or cannot be read. */
export async function verifyRegistration(
  credential: Registration,
  challenge: string,
  party: RelyingParty,
): Promise<Pick<PasskeyRow, 'credentialId' | 'publicKey' | 'counter' | 'backupEligible' | 'backedUp'> | undefined> {
  return readable(async () => {
    const { clientDataJSON, attestationObject } = credential.response;
    if (!isClientData(clientDataJSON, 'webauthn.create', challenge, party)) return undefined;
    const attestation = new CborReader(fromBase64Url(attestationObject)).read();
    const bytes = attestation instanceof Map ? attestation.get('authData') : undefined;
    if (!(bytes instanceof Uint8Array)) return undefined;
    const data = await readAuthenticatorData(bytes, party);
    if (!data?.credential || base64Url(data.credential.id) !== credential.id) return undefined;
    const publicKey = jsonWebKey(new CborReader(data.credential.key).read());
    if (!publicKey) return undefined;
    // Refuses a point that is not on the curve, which would verify nothing later on.
    await importKey(publicKey);
    const { counter, backupEligible, backedUp } = data;
    return { credentialId: credential.id, publicKey: JSON.stringify(publicKey), counter, backupEligible, backedUp };
  });
}

/** What its use has changed; nothing where it is not this passkey's answer to this challenge. */
export async function verifyAssertion(assertion: Assertion, challenge: string, party: RelyingParty, passkey: PasskeyRow): Promise<Pick<PasskeyRow, 'counter' | 'backedUp'> | undefined> {
  return readable(async () => {
    const { clientDataJSON, authenticatorData, signature } = assertion.response;
    if (!isClientData(clientDataJSON, 'webauthn.get', challenge, party)) return undefined;
    const signed = fromBase64Url(authenticatorData);
    const data = await readAuthenticatorData(signed, party);
    // 6.1.1: a counter that does not rise is that of a copy. Passkeys that are kept in several places do not count at all.
    if (!data || ((data.counter > 0 || passkey.counter > 0) && data.counter <= passkey.counter)) return undefined;
    if (data.backupEligible !== passkey.backupEligible) return undefined;
    const key = await importKey(JSON.parse(passkey.publicKey) as JsonWebKey);
    const bytes = fromBase64Url(signature);
    const message = concat(signed, await digest(fromBase64Url(clientDataJSON)));
    const raw = key.algorithm.name === 'ECDSA' ? rawSignature(bytes) : bytes;
    if (!(await globalThis.crypto.subtle.verify({ name: key.algorithm.name, hash: 'SHA-256' }, key, raw, message))) return undefined;
    return { counter: data.counter, backedUp: data.backedUp };
  });
}

/** Bytes from outside may be anything: what cannot be read is no answer. */
async function readable<Answer>(read: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

function isClientData(json: string, type: string, challenge: string, { origins }: RelyingParty): boolean {
  const data: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(json)));
  if (typeof data !== 'object' || data === null || !('type' in data) || !('challenge' in data) || !('origin' in data)) return false;
  return data.type === type && typeof data.challenge === 'string' && sameText(data.challenge, challenge) && typeof data.origin === 'string' && origins.includes(data.origin);
}

interface AuthenticatorData {
  counter: number;
  backupEligible: boolean;
  backedUp: boolean;
  /** At a registration. */
  credential: { id: Bytes; key: Bytes } | undefined;
}

const PRESENT = 1;
const VERIFIED = 4;
const BACKUP_ELIGIBLE = 8;
const BACKED_UP = 16;
const ATTESTED = 64;

/** 6.1; nothing where it is of another site, or nobody was there whom the authenticator knows. */
async function readAuthenticatorData(bytes: Bytes, party: RelyingParty): Promise<AuthenticatorData | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(32);
  const has = (flag: number): boolean => (flags & flag) !== 0;
  if (base64Url(bytes.slice(0, 32)) !== base64Url(await digest(new TextEncoder().encode(party.id)))) return undefined;
  if (!has(PRESENT) || !has(VERIFIED) || (has(BACKED_UP) && !has(BACKUP_ELIGIBLE))) return undefined;
  const idEnd = has(ATTESTED) ? 55 + view.getUint16(53) : 0;
  return {
    counter: view.getUint32(33),
    backupEligible: has(BACKUP_ELIGIBLE),
    backedUp: has(BACKED_UP),
    credential: has(ATTESTED) ? { id: bytes.slice(55, idEnd), key: bytes.slice(idEnd) } : undefined,
  };
}

/** A COSE key (RFC 9053) as a JSON Web Key; nothing where it is of none of our algorithms. */
function jsonWebKey(cose: Cbor): JsonWebKey | undefined {
  if (!(cose instanceof Map)) return undefined;
  const algorithm = cose.get(3);
  if (typeof algorithm !== 'number' || !PASSKEY_ALGORITHMS.includes(algorithm)) return undefined;
  const part = (label: number): string => {
    const value = cose.get(label);
    return value instanceof Uint8Array ? base64Url(value) : '';
  };
  return algorithm === -7 ? { kty: 'EC', crv: 'P-256', x: part(-2), y: part(-3) } : { kty: 'RSA', n: part(-1), e: part(-2) };
}

function importKey(key: JsonWebKey): Promise<CryptoKey> {
  const algorithm = key.kty === 'EC' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  return globalThis.crypto.subtle.importKey('jwk', key, algorithm, false, ['verify']);
}

/** WebAuthn signs in ASN.1 (RFC 3279 section 2.2.3); Web Crypto wants both numbers side by side, 32 bytes each. */
function rawSignature(der: Bytes): Bytes {
  const raw = new Uint8Array(64);
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0;
    const number = der.slice(at + 2, at + 2 + length);
    const significant = number.slice(Math.max(0, number.length - 32));
    raw.set(significant, end - significant.length);
    at += 2 + length;
  }
  return raw;
}

function concat(left: Bytes, right: Bytes): Bytes {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}

type Cbor = number | string | boolean | null | Bytes | Cbor[] | Map<Cbor, Cbor>;

/** As much of CBOR (RFC 8949) as CTAP2 lets authenticators send: definite lengths, no tags, no fractions. */
class CborReader {
  readonly #bytes: Bytes;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @throws {RangeError} behind the end */
  read(): Cbor {
    const head = this.#view.getUint8(this.#at++);
    const length = this.#length(head & 31);
    switch (head >> 5) {
      case 0:
        return length;
      case 1:
        return -1 - length;
      case 2:
        return this.#take(length);
      case 3:
        return new TextDecoder().decode(this.#take(length));
      case 4:
        return this.#times(length, () => this.read());
      case 5:
        return new Map(this.#times(length, () => [this.read(), this.read()]));
      default:
        if (head === 0xf4 || head === 0xf5) return head === 0xf5;
        if (head === 0xf6) return null;
        throw new TypeError('Not CBOR of an authenticator.');
    }
  }

  #length(short: number): number {
    if (short < 24) return short;
    const size = { 24: 1, 25: 2, 26: 4 }[short];
    if (size === undefined) throw new TypeError('Not CBOR of an authenticator.');
    const at = this.#at;
    this.#at += size;
    return size === 1 ? this.#view.getUint8(at) : size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  #take(length: number): Bytes {
    if (this.#at + length > this.#bytes.length) throw new RangeError('The bytes end.');
    return this.#bytes.slice(this.#at, (this.#at += length));
  }

  #times<Item>(count: number, item: () => Item): Item[] {
    const items: Item[] = [];
    for (let done = 0; done < count; done++) items.push(item());
    return items;
  }
}
