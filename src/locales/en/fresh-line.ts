export const freshLine = {
  name: 'Proof of presence',
  open: { one: 'Protected actions are open for {count} more minute.', other: 'Protected actions are open for {count} more minutes.' },
  lock: 'Lock now',
  locked: 'Locked. The next protected action asks you again.',
} as const;
