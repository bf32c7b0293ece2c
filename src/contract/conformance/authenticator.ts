import type { Assertion, CreationOptions, Registration, RequestOptions } from '../webauthn.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** What an authenticator, and the browser before it, says about itself. */
export interface AuthenticatorTraits {
  /** Whether it has recognised the person, by a finger or a PIN. */
  verifiesUser?: boolean;
  /** Whether what it holds is kept in other places as well. */
  synced?: boolean;
  /** COSE: ES256 or RS256. */
  algorithm?: -7 | -257;
}

const ALGORITHMS = {
  [-7]: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  [-257]: { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
} as const;

/**
 * Browser and authenticator in one, in software: real keys, real signatures, attestation `none`. It asks nobody anything, and holds
 * one passkey at a time; what it is told to say it says, so that a backend can be told wrong things as well.
 */
export class SoftwareAuthenticator {
  /** Of the page that asks. */
  origin: string;
  readonly traits: Required<AuthenticatorTraits>;
  /** Signatures made. */
  counter = 0;
  #credential: { id: string; key: CryptoKey } | undefined;
  #attestation = '';

  constructor(origin: string, traits: AuthenticatorTraits = {}) {
    this.origin = origin;
    this.traits = { verifiesUser: true, synced: false, algorithm: -7, ...traits };
  }

  /** As `navigator.credentials.create()`. */
  async create(options: CreationOptions): Promise<Registration> {
    const { algorithm } = this.traits;
    const pair = await globalThis.crypto.subtle.generateKey(ALGORITHMS[algorithm], true, ['sign', 'verify']);
    const id = globalThis.crypto.getRandomValues(new Uint8Array(16));
    this.#credential = { id: base64Url(id), key: pair.privateKey };
    const cose = coseKey(algorithm, await globalThis.crypto.subtle.exportKey('jwk', pair.publicKey));
    // AAGUID: all zero, as of authenticators that do not say what they are.
    const authData = await this.#authenticatorData(options.rp.id, concat(new Uint8Array(16), new Uint8Array([0, id.length]), id, cose));
    this.#attestation = base64Url(concat(head(5, 3), text('fmt'), text('none'), text('attStmt'), head(5, 0), text('authData'), head(2, authData.length), authData));
    return this.again(options.challenge);
  }

  /** The passkey that it holds, as if it had been made for this challenge: without attestation nothing signs that. */
  again(challenge: string): Registration {
    if (!this.#credential) throw new Error('This authenticator holds no passkey.');
    return {
      id: this.#credential.id,
      type: 'public-key',
      response: { clientDataJSON: base64Url(this.#clientData('webauthn.create', challenge)), attestationObject: this.#attestation, transports: ['internal'] },
    };
  }

  /** As `navigator.credentials.get()`. */
  async get(options: RequestOptions): Promise<Assertion> {
    if (!this.#credential) throw new Error('This authenticator holds no passkey.');
    const { id, key } = this.#credential;
    this.counter++;
    const authenticatorData = await this.#authenticatorData(options.rpId);
    const clientData = this.#clientData('webauthn.get', options.challenge);
    const hash = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', clientData));
    const raw = new Uint8Array(await globalThis.crypto.subtle.sign(ALGORITHMS[this.traits.algorithm], key, concat(authenticatorData, hash)));
    const signature = this.traits.algorithm === -7 ? derSignature(raw) : raw;
    return {
      id,
      type: 'public-key',
      response: { clientDataJSON: base64Url(clientData), authenticatorData: base64Url(authenticatorData), signature: base64Url(signature) },
    };
  }

  #clientData(type: string, challenge: string): Bytes {
    return utf8(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }

  async #authenticatorData(rpId = new URL(this.origin).hostname, attested?: Bytes): Promise<Bytes> {
    const { verifiesUser, synced } = this.traits;
    const site = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', utf8(rpId)));
    const flags = 1 + (verifiesUser ? 4 : 0) + (synced ? 8 + 16 : 0) + (attested ? 64 : 0);
    const counter = new Uint8Array(4);
    new DataView(counter.buffer).setUint32(0, this.counter);
    return concat(site, new Uint8Array([flags]), counter, attested ?? new Uint8Array(0));
  }
}

function utf8(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text));
}

function concat(...parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function base64Url(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}

function fromBase64Url(text = ''): Bytes {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}

/** The head of a CBOR item (RFC 8949 section 3): its kind, and its length or value. */
function head(kind: number, value: number): Bytes {
  if (value < 24) return new Uint8Array([(kind << 5) | value]);
  return value < 256 ? new Uint8Array([(kind << 5) | 24, value]) : new Uint8Array([(kind << 5) | 25, value >> 8, value & 255]);
}

function text(value: string): Bytes {
  const bytes = utf8(value);
  return concat(head(3, bytes.length), bytes);
}

/** A whole number: negative ones are counted from -1. */
function whole(value: number): Bytes {
  return value < 0 ? head(1, -1 - value) : head(0, value);
}

/** RFC 9053: kind of key, algorithm, and its numbers. */
function coseKey(algorithm: -7 | -257, key: JsonWebKey): Bytes {
  const bytes = (value: string | undefined): Bytes => concat(head(2, fromBase64Url(value).length), fromBase64Url(value));
  const common = (kind: number): Bytes[] => [whole(1), whole(kind), whole(3), whole(algorithm)];
  return algorithm === -7
    ? concat(head(5, 5), ...common(2), whole(-1), whole(1), whole(-2), bytes(key.x), whole(-3), bytes(key.y))
    : concat(head(5, 4), ...common(3), whole(-1), bytes(key.n), whole(-2), bytes(key.e));
}

/** WebAuthn wants both numbers of an ECDSA signature in ASN.1 (RFC 3279 section 2.2.3), Web Crypto has them side by side. */
function derSignature(raw: Bytes): Bytes {
  const numbers = concat(derNumber(raw.slice(0, 32)), derNumber(raw.slice(32)));
  return concat(new Uint8Array([0x30, numbers.length]), numbers);
}

/** An ASN.1 integer: without zeros before it, but one where it would look negative. */
function derNumber(bytes: Bytes): Bytes {
  const first = bytes.findIndex((byte) => byte !== 0);
  const significant = bytes.slice(first);
  const number = (significant[0] ?? 0) >= 128 ? concat(new Uint8Array(1), significant) : significant;
  return concat(new Uint8Array([2, number.length]), number);
}
