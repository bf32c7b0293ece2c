import { operationNames, rowOf, type OperationName } from '../operations.js';
import { callSample, everyKey, expect, expectEqual, expectRefusal, newestToken, newKey, sampleInputs, stepUp, textsIn, write } from './expect.js';
import type { ConformanceCase } from './harness.js';

/** `company.update` belongs to the area company. */
export function areaOf(operation: OperationName): string {
  return operation.split('.')[0] ?? operation;
}

/** Signing out of nothing may succeed; what is public needs nobody. */
const guarded = operationNames.filter((operation) => rowOf(operation).public !== true && operation !== 'auth.signOut');
const reads = operationNames.filter((operation) => rowOf(operation).effect === 'read');

/** What holds for whole columns of the operations table; derived from it, so that a new row is covered by being there. */
export const generalCases: ConformanceCase[] = [
  ...guarded.map(
    (operation): ConformanceCase => ({
      area: areaOf(operation),
      name: `${operation} without a session is unauthenticated`,
      needs: [operation],
      run: async (world) => {
        await expectRefusal(callSample(await world.as('signedOut'), operation), 'unauthenticated');
      },
    }),
  ),
  ...operationNames.map(
    (operation): ConformanceCase => ({
      area: areaOf(operation),
      name: `${operation} that is aborted before it starts rejects as aborted`,
      needs: [operation],
      run: async (world) => {
        const controller = new AbortController();
        controller.abort();
        const call = (await world.as('owner')).call(operation, sampleInputs[operation], { signal: controller.signal, idempotencyKey: newKey() });
        await expectRefusal(call, 'aborted');
      },
    }),
  ),
  {
    area: 'auth',
    name: 'operations that the context does not name are forbidden, those it names are not',
    needs: ['auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const { operations } = await member.call('auth.context', undefined);
      for (const operation of member.operations) {
        if (operation === 'auth.signOut' || rowOf(operation).public === true) continue;
        if (operations.includes(operation)) {
          const kind = await callSample(member, operation).then(
            () => 'fulfilled',
            (error: unknown) => (error instanceof Error && 'kind' in error ? error.kind : 'thrown'),
          );
          expect(kind !== 'forbidden' || operation === 'invitation.accept', `${operation} is named and yet forbidden`);
        } else {
          await expectRefusal(callSample(member, operation), 'forbidden');
        }
      }
    },
  },
  {
    area: 'auth',
    name: 'the context names only operations that the adapter has',
    needs: ['auth.context'],
    run: async (world) => {
      for (const role of ['owner', 'admin', 'member', 'outsider'] as const) {
        const adapter = await world.as(role);
        const { operations } = await adapter.call('auth.context', undefined);
        const missing = operations.filter((name) => !adapter.operations.some((operation) => operation === name));
        expectEqual(missing, [], `named to the ${role} but not there`);
      }
    },
  },
  {
    area: 'apiKeys',
    name: 'no read ever holds the secret of a key',
    needs: ['apiKeys.reveal', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const { secrets } = await write(owner, 'apiKeys.reveal', {});
      expect(secrets.length > 0, 'the world has keys');
      const answers: unknown[] = [await everyKey(owner)];
      for (const read of reads) if (owner.operations.includes(read) && read !== 'invitation.get') answers.push(await callSample(owner, read));
      for (const text of textsIn(answers)) {
        for (const { secret } of secrets) expect(!text.includes(secret), 'a read holds the secret of a key');
      }
    },
  },
  {
    area: 'mfa',
    name: 'no read ever holds the secret of an enrolment',
    needs: ['mfa.begin'],
    run: async (world) => {
      const member = await world.as('member');
      const { secret } = await write(member, 'mfa.begin', undefined);
      const { operations } = await member.call('auth.context', undefined);
      for (const read of reads) {
        if (!operations.includes(read) || read === 'invitation.get') continue;
        for (const text of textsIn(await callSample(member, read))) expect(!text.includes(secret), `${read} holds the secret of an enrolment`);
      }
    },
  },
  {
    area: 'team',
    name: 'no row and no result of an invitation holds the token',
    needs: ['team.invite', 'team.list', 'team.resend'],
    run: async (world) => {
      const owner = await world.as('owner');
      const email = 'token-scan@example.com';
      const invited = await write(owner, 'team.invite', { invitations: [{ email, role: 'member' }] });
      const first = await newestToken(world, email);
      const id = invited.results[0]?.row?.id ?? '';
      const resent = await write(owner, 'team.resend', { id });
      const second = await newestToken(world, email);
      const listed = await owner.call('team.list', { search: email });
      for (const text of textsIn([invited, resent, listed])) {
        expect(!text.includes(first) && !text.includes(second), 'an answer holds the token of an invitation');
      }
    },
  },
];
