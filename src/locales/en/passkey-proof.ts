export const passkeyProof = {
  body: 'To go on, confirm with a passkey: your fingerprint, your face, your screen lock or your security key.',
  bodyKeys: 'To see your API keys, confirm with a passkey: your fingerprint, your face, your screen lock or your security key.',
  verify: 'Use a passkey',
  gaveUp: 'Your passkey was not used. It was cancelled, or it took too long. Try again when you are ready.',
  wrong: 'That passkey was not accepted.',
  unsupported: 'This browser could not use a passkey on this page.',
} as const;
