/** Random values, encodings and digests: the few that the backend needs, on Web Crypto alone (browsers and Node 20). */

/** Bytes for the cipher functions of the platform. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Where random bytes come from: the platform, or a seeded source for worlds that must look the same each time. */
export type ByteSource = (length: number) => Bytes;

export const randomBytes: ByteSource = (length) => globalThis.crypto.getRandomValues(new Uint8Array(length));

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Unbiased base62 text: bytes from 248 up are thrown away, since 256 is no multiple of 62. */
export function randomBase62(length: number, source: ByteSource = randomBytes): string {
  let text = '';
  while (text.length < length) {
    for (const byte of source(length)) {
      if (byte < 248 && text.length < length) text += BASE62.charAt(byte % 62);
    }
  }
  return text;
}

/** A whole number in base62, padded with zeros. */
export function base62(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 62)) text = BASE62.charAt(rest % 62) + text;
  return text;
}

/** An id or a token that nobody guesses: 27 characters, 160 bit. */
export function randomToken(): string {
  return randomBase62(27);
}

/** base32 without padding (RFC 4648 section 6), as authenticator apps want it. */
export function base32(bytes: Bytes): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer & 0xff) << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32.charAt((buffer >> (bits - 5)) & 31);
  }
  return bits > 0 ? text + BASE32.charAt((buffer << (5 - bits)) & 31) : text;
}

/** Reads base32 without padding. */
export function fromBase32(text: string): Bytes {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of text) {
    const value = BASE32.indexOf(character);
    if (value < 0) throw new TypeError('Not base32.');
    buffer = ((buffer & 0xff) << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 255);
    }
  }
  return new Uint8Array(bytes);
}

export function base64(bytes: Uint8Array): string {
  // One by one: a picture has more bytes than a function takes arguments.
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** base64url without padding (RFC 4648 section 5), as WebAuthn and JSON Web Keys write bytes. */
export function base64Url(bytes: Bytes): string {
  return base64(bytes).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}

export function fromBase64Url(text: string): Bytes {
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}

export function utf8(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text));
}

/** SHA-256 in base64. Fit for tokens and fingerprints, never for passwords. */
export async function sha256(text: string): Promise<string> {
  return base64(await digest(utf8(text)));
}

/** SHA-256 of bytes. */
export async function digest(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
}

/** PBKDF2 with SHA-256, 256 bit in base64: the one slow hash that Web Crypto has. */
export async function pbkdf2(text: string, salt: Bytes, rounds: number): Promise<string> {
  const key = await globalThis.crypto.subtle.importKey('raw', utf8(text), 'PBKDF2', false, ['deriveBits']);
  return base64(new Uint8Array(await globalThis.crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, key, 256)));
}

/** Compares without telling by its time where the first difference is. */
export function sameText(left: string, right: string): boolean {
  let difference = left.length ^ right.length;
  for (let index = 0; index < left.length; index++) difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}

/** CRC-32 as in zip and PNG (ISO 3309): finds typing slips, proves nothing about who made the text. */
export function crc32(text: string): number {
  let remainder = 0xffffffff;
  for (const byte of utf8(text)) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
