import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cleanCode, cleanEmail, cleanText, countCharacters } from '../../src/contract/index.js';

describe('cleanText', () => {
  it('drops what cannot be seen and folds white space', () => {
    assert.equal(cleanText('  Ada \n\t Lovelace\u00a0 '), 'Ada Lovelace');
    assert.equal(cleanText('Ada\u202e\u2066\u200e\u200b\ufeff\u00ad\u0000'), 'Ada');
    assert.equal(cleanText('\u200b \u2060'), '');
  });

  it('writes equal letters in one way', () => {
    assert.equal(cleanText('Zoe\u0308'), 'Zo\u00eb');
  });

  it('keeps joiners, which scripts and emoji need', () => {
    for (const text of ['می\u200cخواهم', '👩\u200d💻', 'क्\u200dष']) assert.equal(cleanText(text), text);
  });

  it('is the same when done twice', () => {
    for (const text of ['a \u200b b', '\u0000 x', 'e\u200b\u0301']) assert.equal(cleanText(cleanText(text)), cleanText(text));
  });
});

describe('cleanEmail', () => {
  it('drops joiners too', () => {
    assert.equal(cleanEmail(' ada\u200d@example.com\u200c '), 'ada@example.com');
  });
});

describe('cleanCode', () => {
  for (const text of ['123456', ' 123 456 ', '123-456', '123\u2013456', '123.456', '１２３４５６', '١٢٣٤٥٦', '۱۲۳۴۵۶', '123\u200b456\u202c']) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.equal(cleanCode(text), '123456');
    });
  }

  it('leaves what is no digit to be refused', () => {
    assert.equal(cleanCode('12a456'), '12a456');
  });
});

describe('countCharacters', () => {
  it('counts code points', () => {
    assert.equal(countCharacters('añ🦊'), 3);
    assert.equal(countCharacters(''), 0);
  });
});
