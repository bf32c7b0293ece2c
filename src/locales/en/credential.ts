export const credential = {
  triesLeft: { one: '{count} try left.', other: '{count} tries left.' },
} as const;
