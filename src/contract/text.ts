/**
 * What people type, made comparable: spaces around a value and characters nobody can see
 * inside it are dropped rather than refused. The same functions run in the widgets and in
 * every adapter, so that both see the same value.
 */

/** Controls, soft hyphen, zero-width and bidi controls: invisible, and useful only for spoofing. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what this removes
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** One line of text without what cannot be seen. Joiners stay: Persian, Hindi and emoji need them. */
export function cleanText(text: string): string {
  // Dropping characters brings others together: spaces to fold, letters and accents to compose. So both come last.
  return text.replace(/\s/gu, ' ').replace(INVISIBLE, '').normalize('NFC').replace(/ +/g, ' ').trim();
}

/** An email address as people mean it: joiners never belong in one. */
export function cleanEmail(text: string): string {
  return cleanText(text).replace(/[\u200c\u200d]/g, '');
}

/** A one-time code: "123 456", "123-456", full-width and Arabic-Indic digits all become "123456". */
export function cleanCode(text: string): string {
  return cleanEmail(text.normalize('NFKC'))
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[\s\p{Pd}.]/gu, '');
}

/** A recovery code: "abcd efgh-jkmn", in full width or with other dashes, becomes "ABCDEFGHJKMN". */
export function cleanRecoveryCode(text: string): string {
  return cleanCode(text).toUpperCase();
}

/** Characters as people count them (Unicode code points), for password lengths (NIST SP 800-63B-4). */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}
