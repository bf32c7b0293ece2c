export const keyRoll = {
  title: 'Replace this key',
  body: 'You get a new key in the place of {name}, with the same rights. How long shall the old key ending {last4} go on?',
  overlap: 'The old key goes on for',
  none: 'Stop the old key at once',
  noneHint: 'What still uses it stops working now. Right if the key has leaked.',
  hours: { one: '{count} hour', other: '{count} hours' },
  days: { one: '{count} day', other: '{count} days' },
  untilHint: 'Both keys work until {time}. Then the old one ends by itself.',
  submit: 'Create the new key',
  conflict: 'This key is being replaced already. Reload the page to see it.',
  created: 'The new key is created. Copy it now.',
  secretTitle: 'Your new API key',
} as const;
