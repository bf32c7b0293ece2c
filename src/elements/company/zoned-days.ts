/** Days where a person is, as date fields write them ("2026-12-03"). Without a time zone: where the device is. */

const DAY = 86_400_000;

/** Milliseconds by which the clocks on the wall are ahead of UTC at a moment. */
function ahead(moment: number, timeZone: string | undefined): number {
  // Swedes write dates as ISO 8601 does.
  const wall = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(moment);
  return Date.parse(`${wall.replace(' ', 'T')}Z`) - Math.floor(moment / 1000) * 1000;
}

/** The day on which a moment falls. */
export function dayOf(moment: number, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(moment);
}

/** So many days later. */
export function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}

/** The moment at which a day begins: midnight, or the first moment after it where the clocks skip midnight; undefined: no such day. */
export function startOfDay(day: string, timeZone: string | undefined): number | undefined {
  const midnight = Date.parse(day);
  if (day.length !== 10 || Number.isNaN(midnight)) return undefined;
  // Clocks change within a day at most once: one of the two offsets round it is right.
  const [early, late] = [ahead(midnight - DAY, timeZone), ahead(midnight + DAY, timeZone)].map((offset) => midnight - offset).sort((a, b) => a - b) as [number, number];
  return dayOf(early, timeZone) === day ? early : late;
}
