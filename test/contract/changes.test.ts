import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callSample, isEqual, stepUp, write } from '../../src/contract/conformance/expect.js';
import type { ConformanceRole, ConformanceWorld } from '../../src/contract/conformance/index.js';
import { provedByFactor, recipeOf, recipes } from '../../src/contract/conformance/recipes.js';
import { operationNames, type OperationName, type WriteOperation } from '../../src/contract/index.js';
import { rowOf } from '../../src/contract/operations.js';
import { memoryHarness } from './support/memory-harness.js';

/** Whatever happens stands in these: they show what was, and a list of events that moved under its reader would not be read. */
const RECORDS: readonly OperationName[] = ['activity.list', 'audit.list'];
/** The reads whose answer depends on nothing but who asks. */
const reads = operationNames.filter((operation) => rowOf(operation).effect === 'read' && operation !== 'invitation.get' && !RECORDS.includes(operation));
const people = ['owner', 'member', 'outsider'] as const;

/** What everybody reads, one answer (or refusal) for each person and read. */
async function everything(world: ConformanceWorld): Promise<Map<string, unknown>> {
  const answers = new Map<string, unknown>();
  for (const person of people) {
    const session = await world.as(person);
    for (const read of reads) answers.set(`${person} ${read}`, await callSample(session, read).catch((error: unknown) => (error instanceof Error ? error.message : 'refused')));
  }
  return answers;
}

async function changedReads(operation: WriteOperation): Promise<Set<OperationName>> {
  const world = await memoryHarness().createWorld(operation);
  const { role, arrange }: { role: ConformanceRole; arrange: ReturnType<typeof recipeOf>['arrange'] } = recipeOf(operation);
  // Signing in is a change of its own (last active): everybody is there before it begins.
  for (const person of people) await world.as(person).then((one) => one.call('auth.context', undefined));
  const session = await world.as(role);
  const { input, ifMatch } = await arrange(world, session);
  if (provedByFactor(operation)) await stepUp(world, role, session);
  const before = await everything(world);
  await write(session, operation, input, { ifMatch });
  const after = await everything(world);
  await world.dispose();
  return new Set(reads.filter((read) => people.some((person) => !isEqual(before.get(`${person} ${read}`), after.get(`${person} ${read}`)))));
}

describe('the operations table names every read that a write changes, for the client to load again:', () => {
  for (const operation of operationNames) {
    // What ends the session changes everything; the client drops it all.
    if (!Object.hasOwn(recipes, operation) || rowOf(operation).ends) continue;
    it(operation, async () => {
      const named: readonly string[] = rowOf(operation).changes ?? [];
      const unnamed = [...(await changedReads(operation as WriteOperation))].filter((read) => !named.includes(read));
      assert.deepEqual(unnamed, []);
    });
  }
});
