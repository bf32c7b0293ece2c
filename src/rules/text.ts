/** Addresses that differ only in case or in how a letter is written reach the same mailbox for nearly everyone. */
export function emailKey(email: string): string {
  return email.normalize('NFKC').toLowerCase();
}

/** Case, accents and width do not matter when one looks for somebody. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
