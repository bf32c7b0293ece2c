import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { demoWorld, longNamesWorld, rightToLeftWorld } from '../../src/adapters/memory/worlds.js';

describe('The demo worlds', () => {
  it('do not change one another: each call gives the same world anew', () => {
    const demo = JSON.stringify(demoWorld());
    const long = JSON.stringify(longNamesWorld());
    rightToLeftWorld();
    assert.equal(JSON.stringify(demoWorld()), demo);
    assert.equal(JSON.stringify(longNamesWorld()), long);
  });
});
