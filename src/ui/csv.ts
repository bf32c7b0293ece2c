/**
 * Rows as CSV (RFC 4180) that spreadsheets read without running what it says: a cell that a spreadsheet would take for a
 * formula begins with an apostrophe (OWASP, "CSV Injection"). The byte order mark tells Excel that it is UTF-8.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${csvLines(rows)}`;
}

/** The same as lines of a file that is made piece by piece: its byte order mark comes first, and once. */
export function csvLines(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const safe = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Hands the browser a file to keep. Nothing leaves the page. */
export function download(name: string, text: string | string[], type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([text].flat(), { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read it only after the click was handled.
  setTimeout(() => { URL.revokeObjectURL(url); }, 60_000);
}
