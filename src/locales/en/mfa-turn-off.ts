export const mfaTurnOff = {
  title: 'Turn off multi-factor authentication?',
  body: 'Your password alone will then open your account, and your API keys cannot be shown.',
  keep: 'Keep it on',
  turnedOff: 'Multi-factor authentication is off.',
} as const;
