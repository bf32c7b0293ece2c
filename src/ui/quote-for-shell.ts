/** A text as one word of a POSIX shell, whatever is in it (POSIX 2.2.2). */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
