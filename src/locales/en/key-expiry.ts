export const keyExpiry = {
  expiry: 'Expiry',
  never: 'Never',
  days: { one: '{count} day', other: '{count} days' },
  year: '1 year',
  date: 'On a date',
  neverHint: 'Works until you revoke it.',
  onHint: 'Expires on {date}.',
  day: 'Last day',
  dayMissing: 'Choose the last day on which the key works.',
  dayPast: 'This day has passed. Choose today or a later one.',
} as const;
