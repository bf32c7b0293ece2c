import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expiryOf, momentOf } from '../../../src/elements/api-keys/expiry.js';

const on = (day: string, zone: string): string | null => momentOf({ expiry: 'date', expiresAt: day }, zone);

it('a key ends with its last day in the zone of the person, whatever that of the device is', () => {
  assert.equal(on('2026-11-14', 'UTC'), '2026-11-14T23:59:59.000Z');
  assert.equal(on('2026-11-14', 'Pacific/Kiritimati'), '2026-11-14T09:59:59.000Z');
  assert.equal(on('2026-11-14', 'Pacific/Pago_Pago'), '2026-11-15T10:59:59.000Z');
  assert.equal(on('2026-11-14', 'Asia/Kolkata'), '2026-11-14T18:29:59.000Z');
});

it('on the days on which clocks change, too', () => {
  assert.equal(on('2026-03-29', 'Europe/Berlin'), '2026-03-29T21:59:59.000Z');
  assert.equal(on('2026-10-25', 'Europe/Berlin'), '2026-10-25T22:59:59.000Z');
  // At midnight itself.
  assert.equal(on('2026-04-23', 'Africa/Cairo'), '2026-04-23T21:59:59.000Z');
});

it('the day that a field shows is the one that it was saved with', () => {
  for (const zone of ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin', 'America/St_Johns']) {
    for (const day of ['2026-01-01', '2026-03-29', '2026-10-25', '2028-02-29']) assert.equal(expiryOf(on(day, zone), zone).expiresAt, day, `${day} in ${zone}`);
  }
});

it('so many days are counted from the day that it is there; no day is none', () => {
  const zone = 'Pacific/Kiritimati';
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(Date.now());
  assert.equal(momentOf({ expiry: '30', expiresAt: '' }, zone), new Date(Date.parse(`${today}T09:59:59Z`) + 30 * 86_400_000).toISOString());
  assert.equal(momentOf({ expiry: 'date', expiresAt: '' }, zone), null);
  assert.equal(momentOf({ expiry: 'never', expiresAt: '2026-01-01' }, zone), null);
});
