import type { OperationName } from '../operations.js';
import { accountCases } from './account.js';
import { apiKeyCases } from './api-keys.js';
import { authCases } from './auth.js';
import { companyCases } from './company.js';
import { generalCases } from './general.js';
import type { ConformanceCase, ConformanceHarness } from './harness.js';
import { mfaCases } from './mfa.js';
import { invitationCases, teamCases } from './team.js';

export { ConformanceFailure } from './expect.js';
export type { ConformanceCase, ConformanceHarness, ConformanceMail, ConformanceRole, ConformanceWorld } from './harness.js';

/** Every requirement of the contract that a program can check. Any runner can loop over them; {@link runConformance} is one. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...authCases,
  ...accountCases,
  ...mfaCases,
  ...companyCases,
  ...teamCases,
  ...invitationCases,
  ...apiKeyCases,
  ...generalCases,
];

/** How a case went. What an adapter lacks is skipped, never passed. */
export interface ConformanceResult {
  case: ConformanceCase;
  outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  reason?: string;
}

/**
 * Runs the cases one after another, each in a world of its own.
 *
 * ```ts
 * const results = await runConformance({ createWorld: (seed) => myWorld(seed) });
 * const failed = results.filter((result) => result.outcome === 'failed');
 * ```
 * @param options.only runs the cases for which this is true.
 */
export async function runConformance(harness: ConformanceHarness, options: { only?: (one: ConformanceCase) => boolean } = {}): Promise<ConformanceResult[]> {
  const results: ConformanceResult[] = [];
  for (const one of conformanceCases) {
    if (!options.only || options.only(one)) results.push(await runCase(harness, one));
  }
  return results;
}

async function runCase(harness: ConformanceHarness, one: ConformanceCase): Promise<ConformanceResult> {
  const world = await harness.createWorld(`${one.area}: ${one.name}`);
  try {
    const { operations } = await world.as('owner');
    const lacking: string[] = [
      ...one.needs.filter((operation: OperationName) => !operations.includes(operation)),
      ...(one.requires ?? []).filter((ability) => world[ability] === undefined).map((ability) => `harness.${ability}`),
    ];
    if (lacking.length > 0) return { case: one, outcome: 'skipped', reason: `lacks ${lacking.join(', ')}` };
    await one.run(world);
    return { case: one, outcome: 'passed' };
  } catch (error) {
    return { case: one, outcome: 'failed', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await world.dispose();
  }
}
