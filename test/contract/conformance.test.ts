import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conformanceCases, runConformance, type ConformanceHarness } from '../../src/contract/conformance/index.js';
import { recipes } from '../../src/contract/conformance/recipes.js';
import { defineAdapter, operationNames, SettingsError, type OperationName, type SettingsAdapter } from '../../src/contract/index.js';
import { examples } from '../../src/contract/examples.js';
import { rowOf } from '../../src/contract/operations.js';
import { memoryHarness } from './support/memory-harness.js';

/** Names of derived cases begin with the operation; the others say what holds in their area. */
const isDerived = ({ name }: { name: string }): boolean => operationNames.some((operation) => name.startsWith(`${operation} `) || name.startsWith(`${operation}:`));

/** What is named by id and yet belongs to a person: one of somebody else's is as good as gone, and ending what is gone succeeds. */
const personal: readonly OperationName[] = ['sessions.end'];

describe('conformance suite', () => {
  it('has a case of its own for every read, and a recipe for every write', () => {
    const own = new Set(conformanceCases.filter((one) => !isDerived(one)).flatMap(({ needs }) => needs));
    for (const operation of operationNames) {
      if (rowOf(operation).effect === 'read') assert.ok(own.has(operation), operation);
      else assert.ok(Object.hasOwn(recipes, operation), operation);
    }
  });

  it('knows how to name something of another organisation for every write that names something of one', () => {
    const naming = operationNames.filter((operation) => {
      const input: unknown = examples[operation].input;
      return !personal.includes(operation) && typeof input === 'object' && input !== null && ('id' in input || 'ids' in input);
    });
    assert.ok(naming.length >= 4);
    for (const operation of naming) {
      assert.ok(conformanceCases.some(({ name }) => name === `${operation} of what belongs to another organisation, or is not there, is not found`), operation);
    }
  });

  it('names each case once', () => {
    const names = conformanceCases.map(({ area, name }) => `${area}: ${name}`);
    assert.equal(new Set(names).size, names.length);
  });

  it('finds only operations of the table in the needs, each once', () => {
    for (const { name, needs } of conformanceCases) {
      for (const operation of needs) assert.ok(operationNames.includes(operation), operation);
      assert.equal(new Set(needs).size, needs.length, name);
    }
  });

  it('skips, and never passes, what an adapter lacks, and makes no world for it', async () => {
    let worlds = 0;
    const harness = counting(
      memoryHarness((adapter) => defineAdapter({ name: 'small', operations: { 'auth.context': (input, options) => adapter.call('auth.context', input, options) } })),
      () => worlds++,
    );
    const results = await runConformance(harness, { only: ({ area }) => area === 'company' });
    assert.ok(results.length > 10);
    assert.deepEqual(new Set(results.map(({ outcome }) => outcome)), new Set(['skipped']));
    assert.match(results[0]?.reason ?? '', /^lacks company\.get/);
    assert.equal(worlds, 1);
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

  it('takes every world away once, gives harmless cases one world, and a new one after a failure', async () => {
    let made = 0;
    let gone = 0;
    const broken = memoryHarness((adapter) => ({
      ...adapter,
      call: (operation, input, options) => (operation === 'email.cancel' && options?.signal ? Promise.reject(new SettingsError('offline')) : adapter.call(operation, input, options)),
    }));
    const harness = counting(broken, () => made++, () => gone++);
    const results = await runConformance(harness, { only: ({ harmless, name }) => harmless === true && name.includes('aborted') });
    assert.equal(results.length, operationNames.length);
    assert.deepEqual(results.filter(({ outcome }) => outcome === 'failed').map((result) => result.case.name), ['email.cancel that is aborted before it starts rejects as aborted']);
    assert.deepEqual([made, gone], [2, 2]);
  });

  it('reports a world that cannot be made as the failure of its case', async () => {
    const results = await runConformance({ createWorld: () => Promise.reject(new Error('No database.')) }, { only: ({ area }) => area === 'mfa' });
    assert.ok(results.length > 5);
    assert.ok(results.every(({ outcome, reason }) => outcome === 'failed' && reason === 'No database.'));
  });
});

/** Tells of each world that is made or taken away. */
function counting(harness: ConformanceHarness, made: () => void, gone: () => void = () => undefined): ConformanceHarness {
  return {
    createWorld: async (seed) => {
      made();
      const world = await harness.createWorld(seed);
      return {
        ...world,
        dispose: async () => {
          gone();
          await world.dispose();
        },
      };
    },
  };
}

describe('memory adapter against the conformance suite', async () => {
  /** How each operation has ended: what the suite has really seen. */
  const seen = new Map<string, Set<string>>();
  const note = (operation: string, end: string): void => {
    seen.set(operation, (seen.get(operation) ?? new Set()).add(end));
  };
  const watched = (adapter: SettingsAdapter): SettingsAdapter => ({
    ...adapter,
    call: async (operation, input, options) => {
      try {
        const answer = await adapter.call(operation, input, options);
        note(operation, 'answer');
        return answer;
      } catch (error) {
        note(operation, SettingsError.is(error) ? error.kind : 'thrown');
        throw error;
      }
    },
  });
  const results = await runConformance(memoryHarness(watched));
  for (const result of results) {
    it(`${result.case.area}: ${result.case.name}`, () => {
      assert.equal(result.outcome, 'passed', result.reason);
    });
  }

  it('ran every case', () => {
    assert.equal(results.length, conformanceCases.length);
  });

  for (const operation of operationNames) {
    it(`has seen ${operation} succeed, and fail in every way that its row allows`, () => {
      const row = rowOf(operation);
      const guarded = row.public !== true && operation !== 'auth.signOut';
      const takes = typeof examples[operation].input === 'object' ? examples[operation].input : {};
      const expected = [
        'answer',
        'aborted',
        ...(guarded ? ['unauthenticated'] : []),
        ...(Object.keys(takes).length > 0 ? ['invalid'] : []),
        // A key that was used for something else. What takes nothing can only be something else by being another operation, which then says so.
        ...(row.effect === 'write' && guarded && Object.keys(takes).length > 0 ? ['conflict'] : []),
        ...(row.versioned ? ['stale'] : []),
        ...(row.stepUp ? ['step-up-required'] : []),
        ...(row.stepUp === 'mfa' ? ['enrolment-required'] : []),
        ...(['id', 'ids', 'token', 'enrolmentId'].some((name) => name in takes) && !personal.includes(operation) ? ['not-found'] : []),
        ...(['code', 'currentPassword'].some((name) => name in takes) ? ['wrong-credential', 'rate-limited'] : []),
        ...(operation === 'company.update' || /^(apiKeys|team)\.(?!list)/.test(operation) || operation === 'apiKeys.list' ? ['forbidden'] : []),
      ];
      const ends = seen.get(operation) ?? new Set<string>();
      assert.deepEqual(expected.filter((end) => !ends.has(end)), []);
      assert.deepEqual([...ends].filter((end) => ['unexpected', 'unsupported', 'unavailable', 'offline', 'thrown'].includes(end)), []);
    });
  }
});
