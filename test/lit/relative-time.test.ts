import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { relativeTime } from '../../src/lit/relative-time.js';

describe('A time relative to now', () => {
  const now = Date.parse('2026-11-14T12:00:00Z');
  for (const [iso, words] of [
    ['2026-11-19T12:00:00Z', 'in 5 days'],
    ['2026-11-13T12:00:00Z', 'yesterday'],
    ['2026-11-14T09:00:00Z', '3 hours ago'],
    ['2026-11-14T11:58:00Z', '2 minutes ago'],
    ['2026-11-14T11:59:40Z', 'now'],
    ['2024-11-14T12:00:00Z', '2 years ago'],
  ] as const) {
    it(`is said in the largest unit that fits: ${words}`, () => {
      assert.equal(relativeTime('en-GB', iso, now), words);
    });
  }
});
