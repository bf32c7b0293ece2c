export const events = {
  ok: 'Done',
  'wrong-credential': 'Wrong password or code',
  'rate-limited': 'Too many tries',
  forbidden: 'Not allowed',
  'step-up-required': 'Password right, code still to come',
  refused: 'Refused ({result})',
  more: { one: 'and {count} more', other: 'and {count} more' },
  gone: 'A deleted account',
  nobody: 'Nobody signed in',
  showMore: 'Show more',
  loaded: { one: '{count} more event is shown.', other: '{count} more events are shown.' },
} as const;
