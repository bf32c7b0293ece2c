import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conformanceCases, runConformance } from '../../src/contract/conformance/index.js';
import { defineAdapter, operationNames } from '../../src/contract/index.js';
import { memoryHarness } from './support/memory-harness.js';

describe('conformance suite', () => {
  it('has a case of its own for every operation of the table', () => {
    const derived = / without a session is unauthenticated$| that is aborted before it starts /;
    const own = new Set(conformanceCases.filter(({ name }) => !derived.test(name)).flatMap(({ needs }) => needs));
    assert.deepEqual(operationNames.filter((operation) => !own.has(operation)), []);
  });

  it('names each case once', () => {
    const names = conformanceCases.map(({ area, name }) => `${area}: ${name}`);
    assert.equal(new Set(names).size, names.length);
  });

  it('finds only operations of the table in the needs', () => {
    for (const { needs } of conformanceCases) for (const operation of needs) assert.ok(operationNames.includes(operation), operation);
  });

  it('skips, and never passes, what an adapter lacks', async () => {
    const harness = memoryHarness((adapter) =>
      defineAdapter({ name: 'small', operations: { 'auth.context': (input, options) => adapter.call('auth.context', input, options) } }),
    );
    const results = await runConformance(harness, { only: ({ area }) => area === 'company' });
    assert.ok(results.length > 10);
    assert.deepEqual(new Set(results.map(({ outcome }) => outcome)), new Set(['skipped']));
    assert.match(results[0]?.reason ?? '', /^lacks company\.get/);
  });

  it('skips what the harness cannot do', async () => {
    const harness = memoryHarness();
    const withoutTime = {
      createWorld: async (seed: string) => {
        const world = await harness.createWorld(seed);
        delete world.advance;
        return world;
      },
    };
    const results = await runConformance(withoutTime, { only: ({ requires }) => requires?.includes('advance') === true });
    assert.ok(results.length >= 4);
    assert.ok(results.every(({ outcome, reason }) => outcome === 'skipped' && reason === 'lacks harness.advance'));
  });
});

describe('memory adapter against the conformance suite', async () => {
  const results = await runConformance(memoryHarness());
  for (const result of results) {
    it(`${result.case.area}: ${result.case.name}`, () => {
      assert.equal(result.outcome, 'passed', result.reason);
    });
  }

  it('ran every case', () => {
    assert.equal(results.length, conformanceCases.length);
  });
});
