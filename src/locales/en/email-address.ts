export const emailAddress = {
  missing: 'Enter an email address.',
  invalid: 'An address looks like name@example.com.',
  refused: 'Nobody can sign in here with this address. Use one of plain letters from a to z, digits and . _ + -.',
} as const;
