import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conformanceCases, runConformance } from '../../src/contract/conformance/index.js';
import { memoryHarness } from './support/memory-harness.js';
import { sabotages } from './support/sabotaged.js';

describe('the conformance suite finds', () => {
  for (const { bug, foundBy, begin } of sabotages) {
    it(bug, async () => {
      const only = (one: { area: string; name: string }): boolean => `${one.area}: ${one.name}` === foundBy;
      assert.ok(conformanceCases.some(only), `there is no case "${foundBy}"`);
      const [honest] = await runConformance(memoryHarness(), { only });
      assert.equal(honest?.outcome, 'passed', honest?.reason);
      const [result] = await runConformance(memoryHarness(begin()), { only });
      assert.equal(result?.outcome, 'failed', `"${foundBy}" did not notice`);
    });
  }
});
