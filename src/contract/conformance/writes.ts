import type { CallOptions, SettingsAdapter } from '../adapter.js';
import { operationNames, rowOf, type OperationName, type WriteOperation } from '../operations.js';
import { areaOf, atOnce, callSample, expect, expectEqual, expectRefusal, isEqual, newKey, stepUp, write } from './expect.js';
import type { ConformanceCase, ConformanceRole, ConformanceWorld } from './harness.js';
import { provedByFactor, recipeOf, recipes, type Arrangement } from './recipes.js';

/**
 * What holds for every write: its effect, repeats, versions, proofs, ids of elsewhere. All derived from the columns of the operations
 * table; what a write needs to succeed stands in its recipe.
 */

function isWrite(operation: OperationName): operation is WriteOperation {
  return Object.hasOwn(recipes, operation);
}

/** Every write of the table. */
export const writes = operationNames.filter(isWrite);

export interface Prepared extends Arrangement<WriteOperation> {
  session: SettingsAdapter;
  /** The version, where the write carries one. */
  carrying: CallOptions;
  /** Mails that the write has sent by now. */
  mails: () => Promise<number>;
}

/** A session of the recipe's person, and an input that works; the proof that the row asks for is given, unless it is left to the case. */
export async function prepare(world: ConformanceWorld, operation: WriteOperation, proof: 'given' | 'left' = 'given'): Promise<Prepared> {
  const { role, arrange } = recipeOf(operation);
  const session = await world.as(role);
  const arrangement = await arrange(world, session);
  if (proof === 'given' && provedByFactor(operation)) await stepUp(world, role, session);
  const { ifMatch, mailsTo } = arrangement;
  const mailbox = async (): Promise<number> => (mailsTo === undefined ? 0 : (await world.mails(mailsTo)).length);
  const before = await mailbox();
  return { ...arrangement, session, carrying: ifMatch === undefined ? {} : { ifMatch }, mails: async () => (await mailbox()) - before };
}

/** Proves presence in the way that this person's context asks for. */
async function prove(world: ConformanceWorld, role: ConformanceRole, session: SettingsAdapter): Promise<void> {
  const { methods } = (await session.call('auth.context', undefined)).stepUp;
  if (methods.includes('totp')) await stepUp(world, role, session);
  else await write(session, 'auth.stepUp', { method: 'password', password: world.password(role) });
}

function versionOf(answer: unknown): string {
  expect(typeof answer === 'object' && answer !== null && 'version' in answer && typeof answer.version === 'string', 'the answer has no version');
  return answer.version;
}

const needsOf = (operation: WriteOperation, ...more: OperationName[]): OperationName[] => [
  ...new Set([operation, ...recipeOf(operation).needs, ...(provedByFactor(operation) ? (['auth.stepUp'] as const) : []), ...more]),
];

const requiredBy = (operation: WriteOperation): NonNullable<ConformanceCase['requires']> => recipeOf(operation).requires ?? [];

function effectCase(operation: WriteOperation): ConformanceCase {
  return {
    area: areaOf(operation),
    name: `${operation} has its effect, which is read at once, in another session too`,
    needs: needsOf(operation),
    requires: requiredBy(operation),
    run: async (world) => {
      const { session, input, carrying, effect, here, mailsTo, mails } = await prepare(world, operation);
      const before = await effect?.(session);
      // Signed in before the write: it may change how one signs in. It has read, so that whoever keeps answers has some.
      const other = effect && !here ? await world.reopen(recipeOf(operation).role) : undefined;
      if (other) await effect?.(other);
      const answer = await write(session, operation, input, carrying);
      expect(rowOf(operation).output.safeParse(answer).success, 'the answer has another shape than the contract says');
      if (effect) {
        const after = await effect(session);
        expect(!isEqual(after, before), 'no read shows the effect');
        if (other) expectEqual(await effect(other), after, 'the effect as another session reads it');
      }
      if (carrying.ifMatch !== undefined && answer !== undefined) expect(versionOf(answer) !== carrying.ifMatch, 'the version stays although the value changed');
      if (mailsTo !== undefined) expectEqual(await mails(), 1, 'mails');
    },
  };
}

function repeatCase(operation: WriteOperation): ConformanceCase {
  const { ends = false, once = false, role } = recipeOf(operation);
  const row = rowOf(operation);
  // A key that was used for one write of nothing is sent with another such write, where the operation itself takes none.
  const instead = operation === 'auth.endStepUp' ? 'email.cancel' : 'auth.endStepUp';
  // Whose a key is tells the session: who has none, or has just ended it, has no keys to mix up.
  const mixable = !ends && row.public !== true;
  return {
    area: areaOf(operation),
    name: `${operation} repeated under its key, at once and later, has one effect and one answer${mixable ? '; with another input it is a conflict' : ''}`,
    needs: needsOf(operation, ...(row.input.safeParse(undefined).success && mixable ? [instead] as const : [])),
    requires: requiredBy(operation),
    run: async (world) => {
      const { session, input, other, carrying, effect, mailsTo, mails } = await prepare(world, operation);
      const options = { ...carrying, idempotencyKey: newKey() };
      // While the first is under way a backend may also say "in flight" (conflict); what it may not do is to do it again.
      const answers = await atOnce(4, () => write(session, operation, input, options), 'conflict', ...(ends ? (['unauthenticated'] as const) : []));
      if (!once) for (const answer of answers) expectEqual(answer, answers[0], 'one of the answers to the same call at once');
      const after = await effect?.(session);
      if (ends) {
        await write(session, operation, input, options).catch((error: unknown) => expectRefusal(Promise.reject(error as Error), 'unauthenticated'));
      } else {
        const repeated = await write(session, operation, input, options);
        if (!once) expectEqual(repeated, answers[0], 'the answer to the repeat');
      }
      expectEqual(await effect?.(session), after, 'what reads show after the repeat');
      if (mailsTo !== undefined) expectEqual(await mails(), 1, 'mails after repeats');
      if (!mixable) return;
      if (other === undefined) await expectRefusal(write(session, instead, undefined, options), 'conflict');
      else await expectRefusal(write(session, operation, other, options), 'conflict');
      expectEqual(await effect?.(await world.as(role)), after, 'what reads show after the conflict');
      if (mailsTo !== undefined) expectEqual(await mails(), 1, 'mails after the conflict');
    },
  };
}

function staleCase(operation: WriteOperation): ConformanceCase {
  return {
    area: areaOf(operation),
    name: `${operation} on an old version is stale, brings the current value and overwrites nothing; on the current one it goes through`,
    needs: needsOf(operation),
    requires: requiredBy(operation),
    run: async (world) => {
      const { session, input, other, carrying, effect } = await prepare(world, operation);
      const first = await write(session, operation, input, carrying);
      const after = await effect?.(session);
      for (const ifMatch of [carrying.ifMatch, 'no such version']) {
        const error = await expectRefusal(write(session, operation, other ?? input, { ifMatch }), 'stale');
        expectEqual(error.current, first, 'the current value that comes with it');
      }
      expectEqual(await effect?.(session), after, 'what reads show after stale writes');
      await write(session, operation, other ?? input, { ifMatch: versionOf(first) });
      expect(!isEqual(await effect?.(session), after), 'the write on the current version had no effect');
    },
  };
}

function raceCase(operation: WriteOperation): ConformanceCase {
  return {
    area: areaOf(operation),
    name: `${operation}: of saves at once on one version, one wins`,
    needs: needsOf(operation),
    requires: requiredBy(operation),
    run: async (world) => {
      const { session, input, other, carrying, effect } = await prepare(world, operation);
      const before = await effect?.(session);
      const answers = await atOnce(6, (index) => write(session, operation, index % 2 === 0 ? input : (other ?? input), carrying), 'stale');
      expectEqual(answers.length, 1, 'saves that won');
      expect(!isEqual(await effect?.(session), before), 'the one that won had no effect');
    },
  };
}

/** The refusal must say what would do, and the same call under the same key must go through after it. */
export async function expectProofFirst(world: ConformanceWorld, operation: WriteOperation, prepared: Pick<Prepared, 'session' | 'input' | 'carrying' | 'effect' | 'mailsTo' | 'mails'>, role: ConformanceRole): Promise<void> {
  const { session, input, carrying, effect, mailsTo, mails } = prepared;
  const before = await effect?.(session);
  const options = { ...carrying, idempotencyKey: newKey() };
  const { challenge } = await expectRefusal(write(session, operation, input, options), 'step-up-required');
  const { methods, maxAge } = (await session.call('auth.context', undefined)).stepUp;
  expectEqual(challenge, { methods, maxAge }, 'what would do, as the refusal says and the context');
  expectEqual(await effect?.(session), before, 'what reads show after the refusal');
  if (mailsTo !== undefined) expectEqual(await mails(), 0, 'mails after the refusal');
  await prove(world, role, session);
  await write(session, operation, input, options);
  if (effect) expect(!isEqual(await effect(session), before), 'after the proof the call had no effect');
}

function proofCase(operation: WriteOperation): ConformanceCase {
  return {
    area: areaOf(operation),
    name: `${operation} without a fresh proof is refused, says what would do, and goes through after it`,
    needs: needsOf(operation, 'auth.context', 'auth.stepUp'),
    requires: requiredBy(operation),
    run: async (world) => {
      await expectProofFirst(world, operation, await prepare(world, operation, 'left'), recipeOf(operation).role);
    },
  };
}

function recentCase(operation: WriteOperation): ConformanceCase {
  return {
    area: areaOf(operation),
    name: `${operation} long after the sign-in is refused, says what would do, and goes through after it`,
    needs: needsOf(operation, 'auth.context', 'auth.stepUp'),
    requires: ['advance', ...requiredBy(operation)],
    run: async (world) => {
      const prepared = await prepare(world, operation);
      const { maxAge } = (await prepared.session.call('auth.context', undefined)).stepUp;
      await world.advance?.(maxAge + 1);
      await expectProofFirst(world, operation, prepared, recipeOf(operation).role);
    },
  };
}

function enrolmentCase(operation: WriteOperation): ConformanceCase {
  return {
    area: areaOf(operation),
    name: `${operation} asks people without MFA to set it up`,
    needs: needsOf(operation, 'mfa.disable', 'auth.stepUp'),
    requires: requiredBy(operation),
    run: async (world) => {
      const { session, input, carrying, effect } = await prepare(world, operation);
      await write(session, 'mfa.disable', undefined);
      const before = await effect?.(session);
      await expectRefusal(write(session, operation, input, carrying), 'enrolment-required');
      expectEqual(await effect?.(session), before, 'what reads show after the refusal');
    },
  };
}

function foreignCase(operation: WriteOperation, foreign: NonNullable<ReturnType<typeof recipeOf>['foreign']>): ConformanceCase {
  return {
    area: areaOf(operation),
    name: `${operation} of what belongs to another organisation, or is not there, is not found`,
    needs: needsOf(operation),
    requires: requiredBy(operation),
    run: async (world) => {
      const { role } = recipeOf(operation);
      const session = await world.as(role);
      if (provedByFactor(operation)) await stepUp(world, role, session);
      const { input, ifMatch, look } = await foreign(world);
      const before = await look();
      await expectRefusal(write(session, operation, input, ifMatch === undefined ? {} : { ifMatch }), 'not-found');
      expectEqual(await look(), before, 'what its owners see');
      await expectRefusal(callSample(session, operation), 'not-found');
    },
  };
}

export const writeCases: ConformanceCase[] = writes.flatMap((operation) => {
  const { versioned = false, stepUp: proof, output } = rowOf(operation);
  // What takes something away has no newer version to go on with: its cases stand in its area.
  const goesOn = versioned && !output.safeParse(undefined).success;
  const { foreign } = recipeOf(operation);
  return [
    effectCase(operation),
    repeatCase(operation),
    ...(goesOn ? [staleCase(operation), raceCase(operation)] : []),
    ...(provedByFactor(operation) ? [proofCase(operation)] : []),
    ...(proof === 'mfa' && provedByFactor(operation) ? [enrolmentCase(operation)] : []),
    ...(proof === 'recent' ? [recentCase(operation)] : []),
    ...(foreign ? [foreignCase(operation, foreign)] : []),
  ];
});

