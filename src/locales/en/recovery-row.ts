export const recoveryRow = {
  title: 'Recovery codes',
  left: { one: '{count} code left', other: '{count} codes left' },
  body: 'For the day when your phone is not at hand.',
  few: 'Make new ones before you run out.',
  none: 'Without your authenticator app you could not sign in. Make new ones now.',
  make: 'Make new codes',
  askTitle: 'Make new recovery codes?',
  askBody: 'The codes that you saved before stop working at once.',
  keep: 'Keep the old ones',
  made: 'Your new recovery codes are saved.',
} as const;
