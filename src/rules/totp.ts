import type { MfaEnrolment } from '../contract/operations.js';
import { base32, fromBase32, randomBytes, sameText, type Bytes } from './bytes.js';

/** One-time codes of authenticator apps: HOTP (RFC 4226) over time (RFC 6238), SHA-1, 6 digits, 30 seconds. */

export const TOTP_DIGITS = 6;
export const TOTP_PERIOD = 30;

/** A new 160-bit secret (RFC 4226 section 4 recommends that length) in base32. */
export function newTotpSecret(): string {
  return base32(randomBytes(20));
}

/** The number of whole periods since 1970 (RFC 6238 section 4.2). */
export function timeStep(now: number): number {
  return Math.floor(now / 1000 / TOTP_PERIOD);
}

/** The code of a counter (RFC 4226 section 5.3). */
export async function hotp(key: Bytes, counter: number, digits: number = TOTP_DIGITS): Promise<string> {
  const message = new DataView(new ArrayBuffer(8));
  message.setBigUint64(0, BigInt(counter));
  const secret = await globalThis.crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const digest = new DataView(await globalThis.crypto.subtle.sign('HMAC', secret, message.buffer));
  const offset = digest.getUint8(digest.byteLength - 1) & 15;
  const value = digest.getUint32(offset) & 0x7fffffff;
  return String(value % 10 ** digits).padStart(digits, '0');
}

/**
 * The time step that this code belongs to, or undefined. Only the current step and the one before count (people
 * are slow, clocks drift), and only steps later than the last one accepted: that is what makes a code work once.
 */
export async function acceptedStep(secret: string, code: string, now: number, lastStep: number): Promise<number | undefined> {
  const key = fromBase32(secret);
  const current = timeStep(now);
  for (const step of [current, current - 1]) {
    if (step > lastStep && sameText(await hotp(key, step), code)) return step;
  }
  return undefined;
}

/**
 * The URI behind the QR code (the "Key Uri Format" of Google Authenticator). Every part is percent-encoded: apps
 * read a plus as a plus, and a bare colon in the issuer would end the issuer.
 */
export function otpauthUri(secret: string, issuer: string, account: string): string {
  const part = (text: string): string => encodeURIComponent(wellFormed(text));
  const settings = `algorithm=SHA1&digits=${String(TOTP_DIGITS)}&period=${String(TOTP_PERIOD)}`;
  return `otpauth://totp/${part(issuer)}:${part(account)}?secret=${secret}&issuer=${part(issuer)}&${settings}`;
}

/** An enrolment as the contract answers it: what an authenticator app needs to know. */
export function enrolmentOf(enrolment: { id: string; secret: string; expiresAt: number }, issuer: string, account: string): MfaEnrolment {
  return {
    enrolmentId: enrolment.id,
    secret: enrolment.secret,
    uri: otpauthUri(enrolment.secret, issuer, account),
    digits: TOTP_DIGITS,
    period: TOTP_PERIOD,
    algorithm: 'SHA1',
    expiresAt: new Date(enrolment.expiresAt).toISOString(),
  };
}

/** encodeURIComponent throws at half a surrogate pair; names can end in one when they were cut. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
