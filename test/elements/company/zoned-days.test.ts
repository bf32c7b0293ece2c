import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayOf, daysAfter, startOfDay } from '../../../src/elements/company/zoned-days.js';

describe('The moment at which a day begins', () => {
  for (const [day, zone, begins] of [
    ['2026-12-03', 'Europe/London', '2026-12-03T00:00:00.000Z'],
    ['2026-07-01', 'Europe/London', '2026-06-30T23:00:00.000Z'],
    // The days on which the clocks change.
    ['2026-03-29', 'Europe/London', '2026-03-29T00:00:00.000Z'],
    ['2026-10-25', 'Europe/London', '2026-10-24T23:00:00.000Z'],
    // As far from UTC as it goes.
    ['2026-12-03', 'Pacific/Kiritimati', '2026-12-02T10:00:00.000Z'],
    ['2026-12-03', 'Pacific/Pago_Pago', '2026-12-03T11:00:00.000Z'],
    ['2026-12-03', 'Asia/Kathmandu', '2026-12-02T18:15:00.000Z'],
    // Midnight is skipped: the day begins at one o'clock.
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
  ] as const) {
    it(`${day} in ${zone}: ${begins}`, () => {
      const moment = startOfDay(day, zone) ?? 0;
      assert.equal(new Date(moment).toISOString(), begins);
      assert.equal(dayOf(moment, zone), day);
      assert.equal(dayOf(moment - 1, zone), daysAfter(day, -1));
    });
  }

  it('is unknown for what is no day', () => {
    assert.equal(startOfDay('', 'Europe/London'), undefined);
    assert.equal(startOfDay('some day!!', 'Europe/London'), undefined);
  });
});
