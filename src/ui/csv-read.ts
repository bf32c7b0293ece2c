/** Files beyond this are no list of people: 5 MB. */
export const LARGEST_FILE = 5_000_000;

/** Why a file cannot be read: too large, no text at all, a quotation that does not end (with its line), or nothing in it. */
export type FileProblem = 'too-large' | 'not-text' | 'unterminated' | 'empty';

export class UnreadableFile extends Error {
  constructor(
    readonly problem: FileProblem,
    /** Where it is wrong, counted from 1. */
    readonly line = 0,
  ) {
    super(problem);
  }
}

const SEPARATORS = [',', ';', '\t', '|'] as const;

/**
 * The text of a file as spreadsheets write it: UTF-8, UTF-16 (Excel's "Unicode text") with or without a byte order mark, else the
 * one byte a letter of older Windows programs.
 * @throws {UnreadableFile}
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > LARGEST_FILE) throw new UnreadableFile('too-large');
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  // Pictures, archives, workbooks: no text has a NUL in it.
  if (text.includes('\0')) throw new UnreadableFile('not-text');
  return text;
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Without a mark every second byte of Latin text is 0: the high halves.
  const head = bytes.subarray(0, 512);
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const half = head.length / 2;
  if ((zeros[1] ?? 0) > half * 0.7 && zeros[0] === 0) return 'utf-16le';
  if ((zeros[0] ?? 0) > half * 0.7 && zeros[1] === 0) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** What parts the cells: the sign that comes most often, and equally often, in the first lines outside quotation marks. */
export function separatorOf(text: string): string {
  // Excel writes down what it used.
  const told = /^\uFEFF?sep=([^\w"\r\n])[\r\n]/i.exec(text)?.[1];
  if (told !== undefined) return told;
  const lines: Record<string, number>[] = [{}];
  let quoted = false;
  for (const sign of text.slice(0, 20_000)) {
    if (sign === '"') quoted = !quoted;
    if (quoted) continue;
    if (sign === '\n' || sign === '\r') {
      if (lines.length >= 10) break;
      lines.push({});
    }
    const line = lines.at(-1);
    if (line) line[sign] = (line[sign] ?? 0) + 1;
  }
  const filled = lines.filter((line) => Object.keys(line).some((sign) => sign !== '\n' && sign !== '\r'));
  const score = (separator: string): number => {
    const counts = filled.map((line) => line[separator] ?? 0);
    const most = Math.max(0, ...counts);
    // A comma inside one name does not make a column of every line.
    return most === 0 ? 0 : counts.filter((count) => count === most).length * 100 + Math.min(99, most);
  };
  return SEPARATORS.reduce((best, separator) => (score(separator) > score(best) ? separator : best), ',');
}

/**
 * The cells of a CSV (RFC 4180), once through, however long: quoted cells may hold separators, doubled quotes and line breaks; lines end by
 * LF, CRLF or CR. Lines without anything in them are left out. A cell is text and nothing else: what looks like a formula stays
 * the text that it is, without the apostrophe that {@link writeCsv} puts before it.
 * @throws {UnreadableFile} `unterminated` where a quotation does not end, `empty` where nothing is in it
 */
export function readCsv(text: string, separator = separatorOf(text)): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = /^\uFEFF?(?:sep=.(?:\r\n|\r|\n))?/i.exec(text)?.[0].length ?? 0;
  const ends = new RegExp(`[${separator === '\t' ? '\\t' : `\\${separator}`}\\r\\n]`, 'g');
  const take = (cell: string): void => void row.push(cell.trim().replace(/^'(?=\s*[=+\-@])/, ''));
  const finish = (): void => {
    if (row.some(Boolean)) rows.push(row);
    row = [];
  };
  while (at < text.length) {
    if (text[at] === '"') {
      const [cell, next] = quotedCell(text, at);
      // What stands between the closing quote and the separator is kept: some programs put a space there.
      ends.lastIndex = next;
      const end = ends.exec(text)?.index ?? text.length;
      take(cell + text.slice(next, end));
      at = end;
    } else {
      ends.lastIndex = at;
      const end = ends.exec(text)?.index ?? text.length;
      take(text.slice(at, end));
      at = end;
    }
    if (text[at] === separator) {
      at++;
      if (at === text.length) take('');
      continue;
    }
    finish();
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  finish();
  if (rows.length === 0) throw new UnreadableFile('empty');
  return rows;
}

/** The cell whose opening quote stands at `start`, and where it is over. */
function quotedCell(text: string, start: number): [cell: string, next: number] {
  let end = start + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) throw new UnreadableFile('unterminated', text.slice(0, start).split(/\r\n|\r|\n/).length);
    if (text[end + 1] !== '"') return [text.slice(start + 1, end).replaceAll('""', '"'), end + 1];
    end += 2;
  }
}
