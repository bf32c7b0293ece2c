import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loaders } from '../../src/locales/loaders.js';
import { resolveLocale } from '../../src/locales/resolve.js';

/** The locale whose texts a tag gets; en: the built-in ones. */
function textsFor(tag: string): string | undefined {
  const found = resolveLocale(tag);
  return found && (Object.keys(loaders).find((name) => loaders[name] === found.load) ?? 'en');
}

describe('The texts for a language tag', () => {
  for (const [tag, texts] of [
    ['de', 'de'],
    ['DE-at', 'de'],
    ['de_CH', 'de'],
    ['ar-EG', 'ar'],
    ['en-US', 'en-US'],
    ['en-us', 'en-US'],
    ['en', 'en'],
    ['en-AU', 'en'],
    // Norwegian is none of ours, and the others are no tags.
    ['no', undefined],
    ['x', undefined],
    ['', undefined],
    ['not a tag', undefined],
  ] as const) {
    it(`${tag || '(empty)'}: ${String(texts)}`, () => {
      assert.equal(textsFor(tag), texts);
    });
  }

  it('keep the tag for dates and numbers', () => {
    assert.equal(resolveLocale('de_AT')?.tag, 'de-AT');
  });
});
