/** Units of relative times, largest first, with their seconds. */
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How far from now, in the language of a BCP 47 tag: "in 5 days", "3 hours ago", "yesterday". */
export function relativeTime(tag: string, iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', Infinity] as const);
  return format.format(Math.round(seconds / size), unit);
}
