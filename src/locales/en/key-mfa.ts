export const keyMfa = {
  title: 'Set up multi-factor authentication first',
  body: 'API keys are shown only to people who confirm a code from an authenticator app. Setting it up takes a minute.',
  setUp: 'Setup Multi-factor authentication',
} as const;
