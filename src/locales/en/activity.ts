export const activity = {
  title: 'Recent activity',
  body: 'What happened in your account. If something was not you, change your password and end your other sessions.',
  what: 'your activity',
  none: 'Nothing has happened yet.',
} as const;
