export const mfa = {
  title: 'Multi-factor authentication',
  body: 'A second step at sign-in, and before your API keys are shown.',
  off: 'Not set up',
  offBody: 'You need an authenticator app on your phone.',
  setUp: 'Setup Multi-factor authentication',
  on: 'Multi-factor authentication is on',
  onBody: 'Your authenticator app gives you the codes.',
  turnOff: 'Turn off',
} as const;
