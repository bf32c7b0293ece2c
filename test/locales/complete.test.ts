import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { errorKinds, SettingsError } from '../../src/contract/errors.js';
import { errorText, type CommonTexts } from '../../src/elements/base/texts.js';
import * as en from '../../src/locales/en.js';
import { loaders } from '../../src/locales/loaders.js';
import type { Message } from '../../src/locales/messages.js';

type Areas = Readonly<Record<string, Readonly<Record<string, Message>>>>;
const english: Areas = en;

const formsOf = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const placeholdersOf = (texts: readonly string[]): string[] => [...new Set(texts.flatMap((text) => Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => String(name))))].sort();
const keysOf = (areas: Areas): string[] => Object.entries(areas).flatMap(([area, texts]) => Object.keys(texts).map((key) => `${area}.${key}`)).sort();
/** Each text of a locale beside its English. */
const pairsOf = (areas: Areas): [string, Message, Message][] =>
  Object.entries(areas).flatMap(([area, texts]) => Object.entries(texts).flatMap(([key, text]): [string, Message, Message][] => (english[area]?.[key] === undefined ? [] : [[`${area}.${key}`, text, english[area][key]]])));

const edge = /^\s|\s$/;
/** What several languages write as English does: names, abbreviations, files. Three words in a row are none of it. */
const sentence = /[a-z]+ [a-z]+ [a-z]+/i;

for (const [tag, load] of Object.entries(loaders)) {
  describe(`The texts in ${tag}`, () => {
    const read = async (): Promise<Areas> => (await load()).default;
    const plural = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.slice().sort();

    it('have each key of English, and no other', async () => {
      assert.deepEqual(keysOf(await read()), keysOf(english));
    });

    it('have the placeholders of English, in each form; the number may be a word in some', async () => {
      for (const [key, text, original] of pairsOf(await read())) {
        const wanted = placeholdersOf(formsOf(original));
        assert.deepEqual(placeholdersOf(formsOf(text)), wanted, key);
        for (const form of formsOf(text)) assert.deepEqual(placeholdersOf([form, '{count}']), placeholdersOf([...formsOf(original), '{count}']), key);
      }
    });

    it('have the plural forms that the language has, where English has plurals', async () => {
      for (const [key, text, original] of pairsOf(await read())) {
        assert.equal(typeof text, typeof original, key);
        // British English leaves out a form that nobody meets ("at least 12 characters").
        if (typeof text !== 'string' && tag !== 'en-US') assert.deepEqual(Object.keys(text).sort(), plural, key);
      }
    });

    it('are not empty, and have no space at an end unless English has', async () => {
      for (const [key, text, original] of pairsOf(await read())) {
        for (const form of formsOf(text)) {
          assert.notEqual(form.trim(), '', key);
          assert.notEqual(form, '-', key);
          assert.equal(edge.test(form), formsOf(original).some((one) => edge.test(one)), key);
        }
      }
    });

    if (tag !== 'en-US') {
      it('have no English sentence left in them', async () => {
        for (const [key, text, original] of pairsOf(await read())) {
          for (const form of formsOf(text)) if (sentence.test(form.replaceAll(/\{\w+\}/g, ''))) assert.ok(!formsOf(original).includes(form), `${key}: ${form}`);
        }
      });

      it('say each kind of failure in the language', async () => {
        const areas = await read();
        /** As the widgets read them, without values in their places. */
        const say = (source: Areas): CommonTexts => {
          const read = (...[key]: readonly unknown[]): string => formsOf(source['common']?.[String(key)] ?? '').at(-1) ?? '';
          return Object.assign(read, { rich: () => [] });
        };
        for (const kind of errorKinds) {
          const error = new SettingsError(kind);
          const text = errorText(say(areas), error);
          assert.ok(text.length > 3, kind);
          assert.notEqual(text, errorText(say(english), error), kind);
        }
      });
    }
  });
}

describe('The English texts', () => {
  it('are all used', () => {
    const code = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.ts') && !path.startsWith('locales/'))
      .map((path) => readFileSync(`src/${path}`, 'utf8'))
      .join('\n');
    // A name that is put together (`${kind}Body`) is used if both of its ends are.
    const composed = Array.from(code.matchAll(/`(\w*)\$\{[^}`]*\}(\w*)`/g), ([, start = '', end = '']) => [start, end] as const).filter(([start, end]) => start + end !== '');
    // What a key may do is put together of its kind and its permission.
    const unused = Object.entries(english)
      // What the backends write down, test/contract/event-words.test.ts holds.
      .filter(([area]) => area !== 'eventActions')
      .flatMap(([area, texts]) => Object.keys(texts).filter((key) => !/^(integration|data|product)(Read|Write|Both)$/.test(key) && !new RegExp(`\\b${key}\\b`).test(code) && !composed.some(([start, end]) => key.length > (start + end).length && key.startsWith(start) && key.endsWith(end))).map((key) => `${area}.${key}`));
    assert.deepEqual(unused, []);
  });
});
