/**
 * A language that nobody speaks, made from the English texts: two fifths longer, accented, with the marks of right-to-left text at both ends.
 * What does not fit in it will not fit in German; what stands in it without accents does not go through the locales.
 */
import * as en from '../../src/locales/en.js';
import { loaders } from '../../src/locales/loaders.js';
import type { Message, Translation } from '../../src/locales/messages.js';

/** Dates, numbers, countries and plural rules are Greek, which is long too, and cannot be taken for English. */
export const PSEUDO = 'el-XA';

const plain = 'AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz';
const accented = 'ÅåƁƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĻļḾḿÑñÖöÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž';
const accentOf = new Map(Array.from(plain, (letter, index) => [letter, accented.charAt(index)]));

/** RIGHT-TO-LEFT MARK: nothing to be seen, unless something takes a text apart. */
const MARK = '\u200f';

/** Vowels twice, every letter with an accent; placeholders and spaces at the ends stay. */
export function pseudo(text: string): string {
  const [, before = '', words = '', behind = ''] = /^(\s*)([^]*?)(\s*)$/.exec(text) ?? [];
  const long = words
    .split(/(\{\w+\})/)
    .map((piece, index) => (index % 2 ? piece : piece.replaceAll(/[aeiou]/gi, (vowel) => vowel + vowel.toLowerCase()).replaceAll(/[a-z]/gi, (letter) => accentOf.get(letter) ?? letter)))
    .join('');
  return `${before}${MARK}[${long}]${MARK}${behind}`;
}

const pseudoMessage = (message: Message): Message => (typeof message === 'string' ? pseudo(message) : { ...message, ...Object.fromEntries(Object.entries(message).map(([form, text]) => [form, pseudo(text)])) });

/** All texts. */
export function pseudoMessages(): Translation {
  return Object.fromEntries(Object.entries(en).map(([area, texts]) => [area, Object.fromEntries(Object.entries(texts).map(([key, message]: [string, Message]) => [key, pseudoMessage(message)]))]));
}

/** From here on a page speaks it where its `lang` is {@link PSEUDO}. */
export function definePseudo(): void {
  const known: Record<string, () => Promise<{ default: Translation }>> = loaders;
  known[PSEUDO] ??= () => Promise.resolve({ default: pseudoMessages() });
}
