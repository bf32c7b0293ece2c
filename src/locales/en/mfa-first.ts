export const mfaFirst = {
  title: 'Set up multi-factor authentication first',
  body: 'Only people with multi-factor authentication may do this, and you have none yet. Setting it up takes a minute. Then it goes on by itself.',
  setUp: 'Setup Multi-factor authentication',
} as const;
