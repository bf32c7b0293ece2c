import type { FieldProblem } from '../contract/errors.js';
import { countCharacters } from '../contract/text.js';
import { commonPasswords, commonWords } from './common-passwords.js';

/** Rules after NIST SP 800-63B-4: length and a blocklist, no composition rules, nothing that expires. */
export const PASSWORD_MIN = 15;
export const PASSWORD_MIN_WITH_MFA = 8;
/** Far over the 64 that must be accepted; bounds the work of hashing. */
export const PASSWORD_MAX = 256;

/**
 * What is wrong with a new password, if anything.
 * @param about words that this person's guessers know: their name, address, company, the product.
 */
export function passwordProblem(password: string, about: readonly string[], withMfa: boolean): FieldProblem | undefined {
  const length = countCharacters(password);
  if (length < (withMfa ? PASSWORD_MIN_WITH_MFA : PASSWORD_MIN)) return 'too-short';
  if (length > PASSWORD_MAX) return 'too-long';
  return isCommonPassword(password, about) ? 'common' : undefined;
}

/** Whether a password stands on the list, is a run or a repetition, or is put together of listed words and words about the person. */
export function isCommonPassword(password: string, about: readonly string[] = []): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  if (commonPasswords.has(plain) || isRepetition(plain) || isRun(plain)) return true;
  const known = about.flatMap((text) => text.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3);
  const whole = unleet(plain);
  // The longest first, so that "administrator" is not left as "istrator", nor "welcome" as "wel e".
  const rest = [...known, ...commonWords].sort((left, right) => right.length - left.length).reduce((text, word) => text.replaceAll(word, '\n'), whole);
  // Nothing but known words, with a year or some exclamation marks around them.
  return rest !== whole && countCharacters(rest.replace(/\n/g, '')) <= 8 && !/\p{L}{2}/u.test(rest);
}

/** "p@ssw0rd" is the word that everybody sees in it; only signs inside words are read so, digits at the end stay. */
function unleet(text: string): string {
  const letters: Record<string, string> = { '@': 'a', $: 's', '0': 'o', '1': 'i', '3': 'e' };
  return text.replace(/(?<=\p{L})[@$013](?=[\p{L}@$013]*\p{L})/gu, (sign) => letters[sign] ?? sign);
}

/** One short piece again and again: "aaaaaaaaaaaaaaa", "abc123abc123abc". */
function isRepetition(text: string): boolean {
  for (let length = 1; length <= Math.min(6, text.length / 2); length++) {
    if (text === text.slice(0, length).repeat(Math.ceil(text.length / length)).slice(0, text.length)) return true;
  }
  return false;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789'.repeat(4);
const KEYBOARDS = ['qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm', 'azertyuiopqsdfghjklmwxcvbn'];
const RUNS = [ALPHABET, DIGITS, ...KEYBOARDS].flatMap((row) => [row, Array.from(row).reverse().join('')]);

/** Neighbours on the keyboard, in the alphabet or among the digits, forwards or backwards. */
function isRun(text: string): boolean {
  return RUNS.some((row) => row.includes(text));
}
