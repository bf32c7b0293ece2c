import type { SettingsAdapter } from '../adapter.js';
import { operationNames, rowOf, type OperationName } from '../operations.js';
import {
  addressOf, areaOf, callSample, everyKey, expect, expectEqual, expectRefusal, freshAddress, GOOD_PASSWORD, has, newestToken, newKey, outcomeOf, overheard, sampleInputs,
  stepUp, textsIn, write, wrongCode,
} from './expect.js';
import type { ConformanceCase, ConformanceRole } from './harness.js';
import { inviteOne } from './recipes.js';

/** Signing out of nothing may succeed; what is public needs nobody. */
const guarded = operationNames.filter((operation) => rowOf(operation).public !== true && operation !== 'auth.signOut');
const reads = operationNames.filter((operation) => rowOf(operation).effect === 'read');

/** What belongs to an organisation; all else belongs to the person, and everybody may. */
const organisationAreas = ['company', 'logo', 'organisation', 'team', 'apiKeys', 'audit'];
/** What of it is for plain members too. */
const forMembers: readonly OperationName[] = ['company.get', 'organisation.switch', 'organisation.leave', 'team.list'];
/** What is the owners' alone. */
const forOwners: readonly OperationName[] = ['organisation.transfer', 'organisation.delete'];

/** The matrix: who may call what. */
function mayCall(role: ConformanceRole, operation: OperationName): boolean {
  if (forOwners.includes(operation)) return role === 'owner' || role === 'outsider';
  return role !== 'member' || !organisationAreas.includes(areaOf(operation)) || forMembers.includes(operation);
}

const signedIn = ['owner', 'admin', 'member', 'outsider'] as const;

/** All that reads answer to this person, but for what needs more than a sample to be read. */
async function readAll(session: SettingsAdapter, role: ConformanceRole): Promise<void> {
  for (const read of reads) if (has(session, read) && mayCall(role, read)) await outcomeOf(callSample(session, read));
}

/** No text may hold one of the secrets, but where it was asked for. */
function expectSilent(heard: readonly { operation: OperationName; said: unknown }[], secrets: readonly string[], what: string): void {
  expect(secrets.length > 0 && secrets.every((secret) => secret.length >= 8), `there is no ${what} to look for`);
  for (const { operation, said } of heard) {
    if (rowOf(operation).secret) continue;
    for (const text of textsIn(said)) for (const secret of secrets) expect(!text.includes(secret), `${operation} says ${what}`);
  }
}

/** What holds for whole columns of the operations table; derived from it, so that a new row is covered by being there. */
export const generalCases: ConformanceCase[] = [
  ...guarded.map(
    (operation): ConformanceCase => ({
      area: areaOf(operation),
      name: `${operation} without a session is unauthenticated`,
      needs: [operation],
      harmless: true,
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
      harmless: true,
      run: async (world) => {
        const controller = new AbortController();
        controller.abort();
        const call = (await world.as('owner')).call(operation, sampleInputs[operation], { signal: controller.signal, idempotencyKey: newKey() });
        await expectRefusal(call, 'aborted');
      },
    }),
  ),
  ...signedIn.map(
    (role): ConformanceCase => ({
      area: 'auth',
      name: `the context names to the ${role} what the ${role} may call, and all else is forbidden`,
      needs: ['auth.context'],
      harmless: true,
      run: async (world) => {
        const session = await world.as(role);
        const { operations } = await session.call('auth.context', undefined);
        const allowed = session.operations.filter((operation) => mayCall(role, operation));
        expectEqual([...operations].sort(), [...allowed].sort(), `named to the ${role}`);
        for (const operation of session.operations) if (!mayCall(role, operation)) await expectRefusal(callSample(session, operation), 'forbidden');
      },
    }),
  ),
  ...signedIn.map(
    (role): ConformanceCase => ({
      area: 'auth',
      name: `nothing that the ${role} may call is forbidden, nor unknown`,
      needs: ['auth.context'],
      run: async (world) => {
        const session = await world.as(role);
        // What takes rights away comes last.
        const surrenders = (operation: OperationName): number => Number(rowOf(operation).surrenders === true);
        for (const operation of [...session.operations].sort((left, right) => surrenders(left) - surrenders(right))) {
          if (!mayCall(role, operation) || operation === 'auth.signOut') continue;
          const outcome = await outcomeOf(callSample(session, operation));
          const kind = 'kind' in outcome ? outcome.kind : 'answered';
          expect(!['forbidden', 'unauthenticated', 'unsupported', 'unexpected', 'unavailable'].includes(kind), `${operation} is ${kind}`);
        }
      },
    }),
  ),
  {
    area: 'auth',
    name: 'a session that was ended elsewhere is unauthenticated in every operation',
    needs: ['password.change'],
    run: async (world) => {
      const member = await world.as('member');
      const other = await world.reopen('member');
      const change = { currentPassword: world.password('member'), newPassword: GOOD_PASSWORD, signOutOthers: true };
      // It has been used, so that whoever keeps answers has some.
      await readAll(other, 'member');
      await write(member, 'password.change', change);
      for (const operation of guarded) if (has(other, operation)) await expectRefusal(callSample(other, operation), 'unauthenticated');
    },
  },
  {
    area: 'auth',
    name: 'a session that signed out is unauthenticated in every operation',
    needs: ['auth.signOut'],
    run: async (world) => {
      const owner = await world.as('owner');
      await readAll(owner, 'owner');
      await write(owner, 'auth.signOut', undefined);
      for (const operation of guarded) if (has(owner, operation)) await expectRefusal(callSample(owner, operation), 'unauthenticated');
    },
  },
  {
    area: 'account',
    name: 'the idempotency key of somebody else means nothing',
    needs: ['email.change', 'auth.context'],
    run: async (world) => {
      const idempotencyKey = newKey();
      const input = { email: freshAddress('moved') };
      const owners = await write(await world.as('owner'), 'email.change', input, { idempotencyKey });
      const member = await world.as('member');
      const members = await write(member, 'email.change', input, { idempotencyKey });
      expect(members.id !== owners.id, 'the answer is that of somebody else');
      expectEqual((await member.call('auth.context', undefined)).user.pendingEmail, input.email, 'the effect under a key that somebody else has used');
    },
  },
  {
    area: 'account',
    name: 'fields that an operation does not have change nothing',
    needs: ['profile.update', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const before = await member.call('auth.context', undefined);
      // As a program that sends too much, or more than it may: nobody gives themselves a role or an address in this way.
      const more = { id: 'nothing', email: freshAddress('assigned'), emailVerified: false, pendingEmail: freshAddress('pending'), role: 'owner', mfa: { enabled: true }, hasPassword: false };
      const input = { name: 'Quux Of The Suite', ...more };
      const after = await write(member, 'profile.update', input, { ifMatch: before.user.version });
      expectEqual(after, { ...before.user, name: input.name, version: after.version }, 'the user');
      const read = await member.call('auth.context', undefined);
      expectEqual(read.user, after, 'the user, read back');
      expectEqual([read.organisation?.role, read.operations], [before.organisation?.role, before.operations], 'role and rights');
    },
  },
  {
    area: 'apiKeys',
    name: 'nothing but revealing ever says the secret of a key',
    needs: ['apiKeys.reveal', 'apiKeys.list', 'auth.stepUp'],
    run: async (world) => {
      const heard: { operation: OperationName; said: unknown }[] = [];
      const owner = overheard(await stepUp(world, 'owner'), (operation, said) => heard.push({ operation, said }));
      const { secrets } = await write(owner, 'apiKeys.reveal', {});
      const [key] = await everyKey(owner);
      if (key && has(owner, 'apiKeys.update')) {
        const { id, version: ifMatch } = key;
        await write(owner, 'apiKeys.update', { id, addresses: [{ address: '203.0.113.0/24', description: '' }] }, { ifMatch });
        await expectRefusal(write(owner, 'apiKeys.update', { id, addresses: [] }, { ifMatch }), 'stale');
      }
      await readAll(owner, 'owner');
      await everyKey(owner);
      expectSilent(heard, secrets.map(({ secret }) => secret), 'the secret of a key');
    },
  },
  {
    area: 'mfa',
    name: 'nothing but the beginning of an enrolment ever says its secret',
    needs: ['mfa.begin', 'mfa.confirm'],
    run: async (world) => {
      const heard: { operation: OperationName; said: unknown }[] = [];
      const member = overheard(await world.as('member'), (operation, said) => heard.push({ operation, said }));
      const enrolment = await write(member, 'mfa.begin', undefined);
      const code = await world.code('member', enrolment);
      await readAll(member, 'member');
      const { enrolmentId, secret } = enrolment;
      const wrong = await expectRefusal(write(member, 'mfa.confirm', { enrolmentId, code: wrongCode(code) }), 'wrong-credential');
      const confirmed = await write(member, 'mfa.confirm', { enrolmentId, code });
      await readAll(member, 'member');
      for (const text of textsIn([confirmed, wrong.message, wrong.fields, wrong.current])) expect(!text.includes(secret), 'the confirmation says the secret');
      expectSilent(heard, [secret], 'the secret of an enrolment');
    },
  },
  {
    area: 'team',
    name: 'nothing but the mail ever says the token of an invitation',
    needs: ['team.invite', 'team.list', 'team.resend', 'invitation.get'],
    run: async (world) => {
      const heard: { operation: OperationName; said: unknown }[] = [];
      const owner = overheard(await world.as('owner'), (operation, said) => heard.push({ operation, said }));
      const email = freshAddress('invited');
      const { id } = await inviteOne(owner, email);
      const first = await newestToken(world, email);
      await owner.call('invitation.get', { token: first });
      await write(owner, 'team.resend', { id });
      const second = await newestToken(world, email);
      await owner.call('invitation.get', { token: second });
      await expectRefusal(owner.call('invitation.get', { token: first }), 'not-found');
      await owner.call('team.list', { search: email });
      await readAll(owner, 'owner');
      expectSilent(heard, [first, second], 'the token of an invitation');
    },
  },
  {
    area: 'account',
    name: 'no answer and no refusal ever says a password, or the token of a change of address',
    needs: ['password.change', 'email.change', 'auth.context'],
    run: async (world) => {
      const heard: { operation: OperationName; said: unknown }[] = [];
      const member = overheard(await world.as('member'), (operation, said) => heard.push({ operation, said }));
      const email = freshAddress('moved');
      await write(member, 'email.change', { email });
      const token = await newestToken(world, email);
      const currentPassword = world.password('member');
      const wrong = 'what it certainly never was';
      const tooShort = 'v9-short';
      await expectRefusal(write(member, 'password.change', { currentPassword: wrong, newPassword: GOOD_PASSWORD, signOutOthers: false }), 'wrong-credential');
      await expectRefusal(write(member, 'password.change', { currentPassword, newPassword: tooShort, signOutOthers: false }), 'invalid');
      await write(member, 'password.change', { currentPassword, newPassword: GOOD_PASSWORD, signOutOthers: false });
      if (has(member, 'auth.stepUp')) await write(member, 'auth.stepUp', { method: 'password', password: GOOD_PASSWORD });
      await readAll(member, 'member');
      const address = await addressOf(world, 'member');
      expect(!address.includes(currentPassword), 'the address of the member holds their password');
      expectSilent(heard, [currentPassword, wrong, tooShort, GOOD_PASSWORD, token], 'a password or a token');
    },
  },
];
