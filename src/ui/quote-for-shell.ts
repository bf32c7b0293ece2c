/** A text as one word of a POSIX shell, whatever is in it (POSIX 2.2.2); as it is where nothing in it is special. */
export function quoteForShell(text: string): string {
  return /^[\w:/.@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
