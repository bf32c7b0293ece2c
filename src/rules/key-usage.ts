const DAY = 86_400_000;

/** For how many days requests with a key are told, today's included. */
export const USAGE_DAYS = 30;

/** The UTC day of a moment: `2026-11-24`. */
export function utcDay(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** The first day whose requests are still told. */
export function firstUsageDay(now: number): string {
  return utcDay(now - (USAGE_DAYS - 1) * DAY);
}
