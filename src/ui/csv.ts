/**
 * Rows as CSV (RFC 4180) that spreadsheets read without running what it says: a cell that a spreadsheet would take for a
 * formula begins with an apostrophe (OWASP, "CSV Injection"). The byte order mark tells Excel that it is UTF-8.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const safe = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

/** Hands the browser a file to keep. Nothing leaves the page. */
export function download(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read it only after the click was handled.
  setTimeout(() => { URL.revokeObjectURL(url); }, 60_000);
}
