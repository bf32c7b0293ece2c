export const recoveryCode = {
  wrongCode: 'That recovery code did not match, or was used before. Each one works once.',
  codeMissing: 'Enter one of your recovery codes.',
  codeInvalid: 'A recovery code is made of letters and digits, as it stands in your list.',
} as const;
