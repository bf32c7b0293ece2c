import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AddressList, parseAddresses } from '../../../src/elements/team/address-list.js';

const emails = (text: string): string[] => [...parseAddresses(text)].map(({ email }) => email);
const pairs = (text: string): string[][] => [...parseAddresses(text)].map(({ name, email }) => [name, email]);

describe('Addresses in a text', () => {
  it('are parted by comma, semicolon, space, tab and any line end', () => {
    assert.deepEqual(emails('a@x.org,b@x.org; c@x.org d@x.org\te@x.org\nf@x.org\r\ng@x.org\rh@x.org,,;\n'), ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `${name}@x.org`));
  });

  it('come with names, as mail programs write them', () => {
    assert.deepEqual(pairs('Ada Lovelace <ada@x.org>, "Babbage, Charles" <charles@x.org>; <mary@x.org>, Émilie du Châtelet <emilie@x.org>'), [
      ['Ada Lovelace', 'ada@x.org'],
      ['Babbage, Charles', 'charles@x.org'],
      ['', 'mary@x.org'],
      ['Émilie du Châtelet', 'emilie@x.org'],
    ]);
  });

  it('come as cells of a spreadsheet', () => {
    assert.deepEqual(pairs('Ada Lovelace\tada@x.org\tadmin\nCharles\tcharles@x.org\tmember\n'), [['Ada Lovelace', 'ada@x.org'], ['Charles', 'charles@x.org']]);
  });

  it('lose the signs round them, and what nobody can see', () => {
    assert.deepEqual(emails('(ada@x.org). mailto:b@x.org; "c@x.org", <d@x.org>. \u200be@x.org\u00a0'), ['ada@x.org', 'b@x.org', 'c@x.org', 'd@x.org', 'e@x.org']);
  });

  it('that are none are one wrong thing a part, not one a word', () => {
    assert.deepEqual(emails('Dear team; half an address, ada@x.org'), ['Dear team', 'half an address', 'ada@x.org']);
  });

  it('may be junk of any kind: nothing is thrown, nothing endless', () => {
    for (const junk of ['', ' ', '<<<>>>""', '"', '<', 'a <', '@', '\u0000\uD800', '<>'.repeat(50_000), '"'.repeat(99_999), 'a '.repeat(100_000), '<'.repeat(100_000)]) assert.doesNotThrow(() => emails(junk));
    assert.deepEqual(emails('<<<>>>""'), []);
    assert.equal(emails(Array.from({ length: 100_000 }, (_, index) => `p${String(index)}@x.org`).join('\n')).length, 100_000);
  });
});

describe('The list of who is to be invited', () => {
  it('has each address once, whatever its case, and names those that came again', () => {
    const list = new AddressList();
    assert.deepEqual(list.add(parseAddresses('ada@x.org, ADA@X.org, b@x.org')), { added: 2, wrong: 0 });
    assert.deepEqual(list.add(parseAddresses('B@x.org c@x.org')), { added: 1, wrong: 0 });
    assert.deepEqual(list.items.map(({ email }) => email), ['ada@x.org', 'b@x.org', 'c@x.org']);
    assert.deepEqual(list.doubles, ['ADA@X.org', 'B@x.org']);
  });

  it('knows what is wrong with each, by the checks of the contract', () => {
    const list = new AddressList();
    assert.deepEqual(list.add(parseAddresses(`ada@, nobody, ok@x.org, ${'a'.repeat(260)}@x.org`)), { added: 4, wrong: 3 });
    assert.deepEqual(list.items.map(({ problem }) => problem), ['invalid', 'invalid', undefined, 'too-long']);
  });

  it('takes somebody again who was removed, and gives nobody the id of another', () => {
    const list = new AddressList();
    list.add(parseAddresses('a@x.org b@x.org'));
    const [first] = list.items;
    assert.ok(first);
    list.remove([first]);
    assert.deepEqual(list.add(parseAddresses('A@x.org')), { added: 1, wrong: 0 });
    assert.equal(new Set([...list.items.map(({ id }) => id), first.id]).size, 3);
    list.clear();
    assert.deepEqual([list.items.length, list.doubles.length], [0, 0]);
  });

  it('gives a role to one, or takes it back', () => {
    const list = new AddressList();
    list.add([{ email: 'a@x.org', name: '', role: 'admin' }, { email: 'b@x.org', name: '' }]);
    list.giveRole(list.items[1]?.id ?? 0, 'admin');
    assert.deepEqual(list.items.map(({ role }) => role), ['admin', 'admin']);
    list.giveRole(list.items[0]?.id ?? 0, undefined);
    assert.deepEqual(list.items.map(({ role }) => role), [undefined, 'admin']);
  });
});
