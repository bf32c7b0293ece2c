import { base64, fromBase64, pbkdf2, randomBytes, sameText, type Bytes } from '../../rules/bytes.js';

/**
 * A server takes hundreds of thousands of rounds (OWASP: 600,000) or
 * Argon2id; here 20,000 keep tests and slow phones quick, and what they guard are the demo's own passwords.
 * The number stands in each hash, so raising it leaves older hashes readable.
 */
const ROUNDS = 20_000;

function derive(password: string, salt: Bytes, rounds: number): Promise<string> {
  // The same letter can be typed as one or as two code points; without a normal form one keyboard locks out the other.
  return pbkdf2(password.normalize('NFC'), salt, rounds);
}

/** `pbkdf2-sha256$rounds$salt$hash` */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return ['pbkdf2-sha256', String(ROUNDS), base64(salt), await derive(password, salt, ROUNDS)].join('$');
}

/** Without a hash (nobody has this address, or they have no password) the work is done all the same, so that time tells nothing. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, rounds = String(ROUNDS), salt = base64(new Uint8Array(16)), expected = ''] = hash?.split('$') ?? [];
  const derived = await derive(password, fromBase64(salt), Number(rounds));
  return hash !== null && sameText(derived, expected);
}
