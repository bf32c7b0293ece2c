export const oneTimeCode = {
  wrongCode: 'That code did not match. Check the time on your phone and try the next code.',
  codeMissing: 'Enter the six digits that your app shows.',
  codeInvalid: 'A code has six digits. Letters and signs do not belong in it.',
} as const;
