import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeCsv } from '../../src/ui/csv.js';

describe('an exported CSV', () => {
  it('is UTF-8 with a byte order mark and ends each row with CRLF', () => {
    assert.equal(writeCsv([['Name', 'Email'], ['Ada', 'ada@example.com']]), '\uFEFFName,Email\r\nAda,ada@example.com\r\n');
  });

  it('quotes what would break a row, and doubles quotes', () => {
    assert.equal(writeCsv([['Engines, Ltd', 'the "Difference"', 'two\nlines', ' spaced ']]), '\uFEFF"Engines, Ltd","the ""Difference""","two\nlines"," spaced "\r\n');
  });

  for (const formula of ['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =HYPERLINK("http://evil")']) {
    it(`never lets a spreadsheet run ${JSON.stringify(formula)}`, () => {
      const [, text = ''] = writeCsv([[formula]]).split('\uFEFF');
      assert.match(text, /^"?'/);
    });
  }
});
