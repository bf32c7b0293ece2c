import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { containsAddress, parseAddress } from '../../src/contract/index.js';

const contains = (range: string, address: string): boolean => {
  const [outer, inner] = [parseAddress(range), parseAddress(address)];
  assert.ok(outer && inner, `${range} and ${address} are addresses`);
  return containsAddress(outer, inner);
};

describe('parseAddress', () => {
  for (const [text, prefix] of [
    ['192.0.2.1', 32],
    ['0.0.0.0/0', 0],
    ['10.0.0.0/8', 8],
    ['203.0.113.0/24', 24],
    ['203.0.113.128/25', 25],
    ['192.0.2.1/32', 32],
    ['::', 128],
    ['::/0', 0],
    ['::1', 128],
    ['2001:db8::/32', 32],
    ['2001:DB8:0:0:0:0:0:1', 128],
    ['2001:db8:1843::/48', 48],
    ['::ffff:192.0.2.1', 128],
    ['fe80::/10', 10],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.equal(parseAddress(text)?.prefix, prefix);
    });
  }

  for (const text of [
    '', ' ', 'anywhere', 'localhost', '192.0.2', '192.0.2.1.1', '192.0.2.256', '192.0.02.1', '192.0.2.-1', '0x7f.0.0.1', '3221225985', '192.0.2.1/', '192.0.2.1/33',
    '192.0.2.1/024', '192.0.2.0/24/24', '192.0.2.0/-1', '192.0.2.0/2 4', '1.2.3.4:80', '[::1]', '::1%eth0', ':::', '2001:db8', '1::2::3', '2001:db8::/129', 'g::1', '12345::',
    '1:2:3:4:5:6:7:8:9', '::1/', '192.0.2.1@evil', '::1]/a', '２.2.2.2',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parseAddress(text), undefined);
    });
  }

  for (const text of ['10.0.0.5/8', '203.0.113.1/24', '203.0.113.129/25', '2001:db8::1/32', '::1/0', 'fec0::/9']) {
    it(`refuses ${text}: bits are set behind the prefix`, () => {
      assert.equal(parseAddress(text), undefined);
    });
  }

  it('reads every way to write one IPv6 address as the same', () => {
    const bytes = parseAddress('2001:db8::1')?.bytes;
    for (const text of ['2001:DB8::1', '2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8:0:0::1', '2001:db8::0.0.0.1']) assert.deepEqual(parseAddress(text)?.bytes, bytes);
  });
});

describe('containsAddress', () => {
  it('holds inside a network and not beside it', () => {
    assert.ok(contains('203.0.113.0/24', '203.0.113.255'));
    assert.ok(!contains('203.0.113.0/24', '203.0.114.0'));
    assert.ok(contains('203.0.113.128/25', '203.0.113.128'));
    assert.ok(!contains('203.0.113.128/25', '203.0.113.127'));
    assert.ok(contains('2001:db8::/33', '2001:db8:7fff::1'));
    assert.ok(!contains('2001:db8::/33', '2001:db8:8000::1'));
    assert.ok(contains('192.0.2.7', '192.0.2.7'));
    assert.ok(!contains('192.0.2.7', '192.0.2.6'));
  });

  it('holds for everything of its own family, and nothing of the other', () => {
    assert.ok(contains('0.0.0.0/0', '255.255.255.255'));
    assert.ok(contains('::/0', 'ffff::ffff'));
    assert.ok(!contains('0.0.0.0/0', '::1'));
    assert.ok(!contains('::/0', '127.0.0.1'));
  });

  it('does not take a wider network for a part of a narrower one', () => {
    assert.ok(contains('10.0.0.0/8', '10.1.0.0/16'));
    assert.ok(!contains('10.1.0.0/16', '10.0.0.0/8'));
  });
});
