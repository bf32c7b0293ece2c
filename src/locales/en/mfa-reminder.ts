export const mfaReminder = {
  toCome: '{organisation} requires multi-factor authentication from {date}',
  toComeBody: 'Its owners and admins decided so, and you have none yet. From that moment on, only your own account is open to people without it.',
  begun: '{organisation} requires multi-factor authentication',
  begunBody: 'Its owners and admins decided so, and you have none yet. Until you set it up, only your own account is open to you. It takes a minute and an authenticator app, then everything opens again.',
} as const;
