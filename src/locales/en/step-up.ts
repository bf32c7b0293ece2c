export const stepUp = {
  mfaTitle: 'Complete MFA',
  mfaBody: 'To go on, confirm that it is you with the six-digit code from your authenticator app.',
  mfaBodyKeys: 'To see your API keys, confirm that it is you with the six-digit code from your authenticator app.',
  mfaCode: 'One-time code',
  verify: 'Verify',
  passwordTitle: 'Confirm that it is you',
  passwordBody: 'Enter your password to go on.',
  password: 'Password',
  showPassword: 'Show {label}',
  wrongPassword: 'That is not your password.',
  passwordMissing: 'Enter your password.',
} as const;
