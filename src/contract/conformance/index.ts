import type { OperationName } from '../operations.js';
import { accountCases } from './account.js';
import { activityCases } from './activity.js';
import { apiKeyCases } from './api-keys.js';
import { authCases } from './auth.js';
import { companyCases } from './company.js';
import { generalCases } from './general.js';
import type { ConformanceCase, ConformanceHarness, ConformanceWorld } from './harness.js';
import { inputCases } from './inputs.js';
import { listCases } from './lists.js';
import { passkeyCases } from './passkeys.js';
import { mfaCases } from './mfa.js';
import { recoveryCodeCases } from './recovery-codes.js';
import { pictureCases } from './pictures.js';
import { organisationCases } from './organisation.js';
import { invitationCases, teamCases } from './team.js';
import { writeCases } from './writes.js';

export { SoftwareAuthenticator, type AuthenticatorTraits } from './authenticator.js';
export { ConformanceFailure } from './expect.js';
export type { ConformanceCase, ConformanceHarness, ConformanceMail, ConformanceRole, ConformanceWorld } from './harness.js';

/** Every requirement of the contract that a program can check. {@link runConformance} runs them; any other runner can loop over them. */
export const conformanceCases: readonly ConformanceCase[] = [
  // Those that leave their world as it is stand together at the head of each file, so that one world serves many.
  ...generalCases,
  ...inputCases,
  ...listCases,
  ...writeCases,
  ...authCases,
  ...accountCases,
  ...pictureCases,
  ...mfaCases,
  ...recoveryCodeCases,
  ...passkeyCases,
  ...companyCases,
  ...organisationCases,
  ...teamCases,
  ...invitationCases,
  ...apiKeyCases,
  ...activityCases,
];

/** How a case went. What an adapter lacks is skipped, never passed. */
export interface ConformanceResult {
  case: ConformanceCase;
  outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  reason?: string;
}

/**
 * Runs the cases one after another, each in a world of its own; those that leave it as it was share one, until one of them fails.
 *
 * ```ts
 * const results = await runConformance({ createWorld: (seed) => myWorld(seed) });
 * const failed = results.filter((result) => result.outcome === 'failed');
 * ```
 * @param options.only runs the cases for which this is true.
 */
export async function runConformance(harness: ConformanceHarness, options: { only?: (one: ConformanceCase) => boolean } = {}): Promise<ConformanceResult[]> {
  const runner = new Runner(harness);
  const results: ConformanceResult[] = [];
  try {
    for (const one of conformanceCases) {
      if (!options.only || options.only(one)) results.push(await runner.run(one));
    }
  } finally {
    await runner.end();
  }
  return results;
}

type Ability = NonNullable<ConformanceCase['requires']>[number];

class Runner {
  readonly #harness: ConformanceHarness;
  /** What there is to call: known from the first world on. */
  #abilities: { operations: readonly OperationName[]; harness: readonly Ability[] } | undefined;
  /** The world that harmless cases share. */
  #shared: ConformanceWorld | undefined;

  constructor(harness: ConformanceHarness) {
    this.#harness = harness;
  }

  async run(one: ConformanceCase): Promise<ConformanceResult> {
    const lacking = this.#lacking(one);
    if (lacking.length > 0) return { case: one, outcome: 'skipped', reason: `lacks ${lacking.join(', ')}` };
    let world: ConformanceWorld | undefined;
    let failure: unknown;
    try {
      world = (one.harmless && this.#shared) ?? (await this.#harness.createWorld(`${one.area}: ${one.name}`));
      if (!this.#abilities) {
        await this.#look(world);
        const unable = this.#lacking(one);
        if (unable.length > 0) return { case: one, outcome: 'skipped', reason: `lacks ${unable.join(', ')}` };
      }
      await one.run(world);
      return { case: one, outcome: 'passed' };
    } catch (error) {
      failure = error;
      return { case: one, outcome: 'failed', reason: error instanceof Error ? error.message : String(error) };
    } finally {
      // A failed case may have changed what it should not have: the next one begins with a new world.
      if (one.harmless && failure === undefined) this.#shared = world;
      else if (world) {
        if (world === this.#shared) this.#shared = undefined;
        await world.dispose();
      }
    }
  }

  async end(): Promise<void> {
    await this.#shared?.dispose();
    this.#shared = undefined;
  }

  async #look(world: ConformanceWorld): Promise<void> {
    const abilities: readonly Ability[] = ['advance', 'confirmEmail', 'origin'];
    this.#abilities = {
      operations: (await world.as('owner')).operations,
      harness: abilities.filter((ability) => world[ability] !== undefined),
    };
  }

  #lacking(one: ConformanceCase): string[] {
    const abilities = this.#abilities;
    if (!abilities) return [];
    return [
      ...one.needs.filter((operation) => !abilities.operations.includes(operation)),
      ...(one.requires ?? []).filter((ability) => !abilities.harness.includes(ability)).map((ability) => `harness.${ability}`),
    ];
  }
}
