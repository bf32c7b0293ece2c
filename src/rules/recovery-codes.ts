import { cleanRecoveryCode } from '../contract/text.js';
import { base64, fromBase64, pbkdf2, randomBytes, sameText, type ByteSource } from './bytes.js';

/** How many one has at a time. */
export const RECOVERY_CODES = 10;

/** Crockford's base32: no letter that is taken for a digit, none that makes words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 60 random bits: far from guessing within the tries that a brake leaves, and, by way of the hash, from trying all of them. */
const CHARACTERS = 12;
/** The least that SP 800-132 names. What guards the hashes are the bits of the code: a password's few would need far more. */
const ROUNDS = 1000;

/** New codes in the form in which people read them: "4F7K-9QXM-2BTA". */
export function newRecoveryCodes(count = RECOVERY_CODES, source: ByteSource = randomBytes): string[] {
  const codes = new Set<string>();
  while (codes.size < count) {
    const code = Array.from(source(CHARACTERS), (byte) => ALPHABET.charAt(byte & 31)).join('');
    codes.add(code.replace(/(.{4})(?=.)/g, '$1-'));
  }
  return [...codes];
}

/** What is kept of somebody's codes, in base64 (NIST SP 800-63B-4 3.1.2.2). One salt for all: one derivation a try, however many are left. */
export interface HashedRecoveryCodes {
  salt: string;
  hashes: string[];
}

export async function hashRecoveryCodes(codes: readonly string[]): Promise<HashedRecoveryCodes> {
  const salt = base64(randomBytes(16));
  return { salt, hashes: await Promise.all(codes.map((code) => hashRecoveryCode(code, salt))) };
}

/** The hash of the code that was typed, if it is one of these. Letters that are read as digits count as those; all are compared, whichever it is. */
export async function findRecoveryCode({ salt, hashes }: HashedRecoveryCodes, code: string): Promise<string | undefined> {
  const typed = await hashRecoveryCode(code, salt);
  let found: string | undefined;
  for (const hash of hashes) if (sameText(hash, typed)) found = hash;
  return found;
}

function hashRecoveryCode(code: string, salt: string): Promise<string> {
  return pbkdf2(cleanRecoveryCode(code).replace(/[IL]/g, '1').replace(/O/g, '0'), fromBase64(salt), ROUNDS);
}
