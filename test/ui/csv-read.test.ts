import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeText, LARGEST_FILE, readCsv, separatorOf, UnreadableFile } from '../../src/ui/csv-read.js';
import { writeCsv } from '../../src/ui/csv.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const wide = (text: string, big = false, mark = true): Uint8Array => {
  const buffer = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
  return new Uint8Array(big ? buffer.swap16() : buffer);
};
const problemOf = (work: () => unknown): [string, number] => {
  try {
    work();
  } catch (error) {
    if (error instanceof UnreadableFile) return [error.problem, error.line];
  }
  return ['none', 0];
};

describe('A CSV that is read', () => {
  it('has the cells of RFC 4180: quoted separators, doubled quotes, line breaks inside', () => {
    assert.deepEqual(readCsv('a,b\r\n"x,y","say ""hi""",\r\n"two\r\nlines",z\r\n'), [['a', 'b'], ['x,y', 'say "hi"', ''], ['two\r\nlines', 'z']]);
  });

  for (const [name, end] of [['LF', '\n'], ['CRLF', '\r\n'], ['CR', '\r']] as const) {
    it(`has lines that end by ${name}, the last one or not, and no empty ones`, () => {
      const lines = ['email', 'ada@example.com', '', ' , ', 'charles@example.com'];
      assert.deepEqual(readCsv(lines.join(end)), [['email'], ['ada@example.com'], ['charles@example.com']]);
      assert.deepEqual(readCsv(`${lines.join(end)}${end}${end}`).length, 3);
    });
  }

  for (const separator of [',', ';', '\t', '|']) {
    it(`is parted by ${JSON.stringify(separator)} where that is what it uses`, () => {
      const text = ['email', 'name', 'role'].join(separator) + '\n' + ['ada@example.com', '"Lovelace, Ada; Countess"', 'admin'].join(separator) + '\n';
      assert.equal(separatorOf(text), separator);
      assert.deepEqual(readCsv(text)[1], ['ada@example.com', 'Lovelace, Ada; Countess', 'admin']);
    });
  }

  it('is parted by what comes in every line, not by a comma in one name', () => {
    assert.equal(separatorOf('name;email\nLovelace, Ada, Countess, of;ada@example.com\nCharles;charles@example.com\n'), ';');
  });

  it('may name its separator, as Excel does', () => {
    assert.deepEqual(readCsv('sep=;\r\na;b,c\r\n'), [['a', 'b,c']]);
    assert.deepEqual(readCsv('\uFEFFsep=\t\na,b\tc\n'), [['a,b', 'c']]);
    assert.equal(separatorOf('sep=d\na,b\n'), ',', 'a letter parts nothing');
  });

  it('of one column is one column', () => {
    assert.deepEqual(readCsv('ada@example.com\ncharles@example.com'), [['ada@example.com'], ['charles@example.com']]);
  });

  it('keeps an empty last cell, and what stands behind a closing quote', () => {
    assert.deepEqual(readCsv('a,\n"b" ,c'), [['a', ''], ['b', 'c']]);
    assert.deepEqual(readCsv('a,'), [['a', '']]);
  });

  it('takes a formula for the text that it is, and what writeCsv made safe for what it was', () => {
    assert.deepEqual(readCsv('=1+1,"=cmd|\'/c calc\'!A1"'), [['=1+1', "=cmd|'/c calc'!A1"]]);
    const rows = [['=HYPERLINK("x")', '+49', '-1', '@ada', "O'Neill", 'a"b', 'c,d', 'two\nlines']];
    assert.deepEqual(readCsv(writeCsv(rows)), rows);
  });

  it('says in which line a quotation begins that does not end', () => {
    assert.deepEqual(problemOf(() => readCsv('a,b\n"c\r\nd",e\n"f,g\nh\n')), ['unterminated', 4]);
  });

  it('with nothing in it says so', () => {
    for (const text of ['', '\uFEFF', '\n\r\n', ',,,\n,""', 'sep=;\n']) assert.deepEqual(problemOf(() => readCsv(text)), ['empty', 0], JSON.stringify(text));
  });

  it('may have 100,000 lines', () => {
    const rows = readCsv('ada@example.com,"Lovelace, ""Ada""",admin\r\n'.repeat(100_000));
    assert.equal(rows.length, 100_000);
    assert.deepEqual(rows.at(-1), ['ada@example.com', 'Lovelace, "Ada"', 'admin']);
  });
});

describe('The text of a file', () => {
  const text = 'email;name\r\njosé@example.com;José Ñandú\r\n';

  it('is read as UTF-8, with a byte order mark and without', () => {
    assert.equal(decodeText(bytes(text)), text);
    assert.equal(decodeText(bytes(`\uFEFF${text}`)), text);
  });

  it('is read as UTF-16 of either order, with a mark and without', () => {
    for (const big of [false, true]) for (const mark of [false, true]) assert.equal(decodeText(wide(text, big, mark)), text, `${String(big)} ${String(mark)}`);
    assert.equal(decodeText(wide('名前\t電子メール\nエイダ\tada@example.com\n')), '名前\t電子メール\nエイダ\tada@example.com\n');
  });

  it('is read as the one byte a letter of older programs where it is no UTF-8', () => {
    assert.equal(decodeText(Uint8Array.from([0x4a, 0x6f, 0x73, 0xe9])), 'José');
  });

  it('is none where it is a picture or a workbook, and is not read where it is too large', () => {
    assert.deepEqual(problemOf(() => decodeText(Uint8Array.from([0x50, 0x4b, 3, 4, 0x14, 0, 6, 0, 8, 0, 0x21, 0, 1, 2, 3]))), ['not-text', 0]);
    assert.deepEqual(problemOf(() => decodeText(new Uint8Array(LARGEST_FILE + 1))), ['too-large', 0]);
    assert.equal(decodeText(new Uint8Array(LARGEST_FILE).fill(65)).length, LARGEST_FILE);
  });
});
