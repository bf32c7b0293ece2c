import type { SettingsAdapter } from '../adapter.js';
import type { OperationName } from '../operations.js';
import { addressOf, atOnce, callSample, everyKey, everyRow, expect, expectEqual, expectRefusal, stepUp, write } from './expect.js';
import type { ConformanceCase, ConformanceWorld } from './harness.js';
import { hereOf, inviteOne, inviteOutsider, memberRow } from './recipes.js';
import { expectProofFirst } from './writes.js';

/** The outsider, who has joined the first organisation as well: where they are at home, and where they are now. */
async function inTwo(world: ConformanceWorld, role = 'member'): Promise<{ session: SettingsAdapter; home: string; away: string }> {
  const session = await world.as('outsider');
  const home = await hereOf(session);
  await write(session, 'invitation.accept', { token: await inviteOutsider(world, role) });
  return { session, home, away: await hereOf(session) };
}

const joining: readonly OperationName[] = ['auth.context', 'team.invite', 'invitation.accept'];

/** MFA from now on. */
async function requireMfa(world: ConformanceWorld, from: string): Promise<SettingsAdapter> {
  const owner = await stepUp(world, 'owner');
  const { version } = await owner.call('company.get', undefined);
  await write(owner, 'company.update', { mfaRequiredFrom: from }, { ifMatch: version });
  return owner;
}

const LONG_AGO = '2020-01-01T00:00:00Z';

export const organisationCases: ConformanceCase[] = [
  {
    area: 'organisation',
    name: 'a switch takes this session, and no other, to the other organisation: all that is read is of that one',
    needs: ['organisation.switch', 'company.get', 'team.list', 'apiKeys.list', ...joining],
    run: async (world) => {
      const { session, home, away } = await inTwo(world);
      const other = await world.reopen('outsider');
      const context = await write(session, 'organisation.switch', { id: away });
      expectEqual([context.organisation?.id, context.organisation?.role], [away, 'member'], 'the organisation of the answer');
      expect(!context.operations.includes('apiKeys.list'), 'what the other role may do goes along');
      expectEqual((await session.call('company.get', undefined)).id, away, 'the company after the switch');
      await expectRefusal(session.call('apiKeys.list', {}), 'forbidden');
      const theirs = (await everyRow(session)).map(({ id }) => id);
      const elsewhere = await write(other, 'organisation.switch', { id: home });
      expectEqual(elsewhere.organisation?.id, home, 'the other session');
      expectEqual(await hereOf(session), away, 'the first session after a switch of the other');
      const own = (await everyRow(other)).map(({ id }) => id);
      expect(own.every((id) => !theirs.includes(id)), 'rows of one organisation are in the list of the other');
    },
  },
  {
    area: 'organisation',
    name: 'a call that means another organisation than the session is in by now is a conflict, and does nothing there',
    needs: ['organisation.switch', 'company.get', 'company.update', ...joining],
    run: async (world) => {
      const { session, home, away } = await inTwo(world, 'admin');
      await write(session, 'organisation.switch', { id: away });
      const before = await session.call('company.get', undefined);
      await expectRefusal(write(session, 'company.update', { name: 'Meant For Another' }, { organisation: home }), 'conflict');
      await expectRefusal(session.call('company.get', undefined, { organisation: home }), 'conflict');
      expectEqual(await session.call('company.get', undefined, { organisation: away }), before, 'the company');
      const { user } = await session.call('auth.context', undefined, { organisation: home });
      expect(user.id !== '', 'the own account is for every organisation');
    },
  },
  {
    area: 'organisation',
    name: 'who leaves is in another organisation of theirs, or in none, and not in the team any more',
    needs: ['organisation.leave', 'company.get', 'team.list', ...joining],
    run: async (world) => {
      const { session, home } = await inTwo(world);
      const address = await addressOf(world, 'outsider');
      const context = await write(session, 'organisation.leave', undefined);
      expectEqual(context.organisation?.id, home, 'where they are then');
      expectEqual((await session.call('company.get', undefined)).id, home, 'the company that they read then');
      const owner = await world.as('owner');
      expect((await everyRow(owner)).every((row) => row.type === 'invitation' || row.email !== address), 'they are in the team');
      const member = await world.as('member');
      const none = await write(member, 'organisation.leave', undefined);
      expectEqual([none.organisation, none.organisations], [null, []], 'the organisations of somebody who had one');
      for (const operation of ['company.get', 'team.list'] as const) await expectRefusal(callSample(member, operation), 'forbidden');
      expect(none.operations.includes('auth.context'), 'their own account stays');
    },
  },
  {
    area: 'organisation',
    name: 'the last owner cannot leave',
    needs: ['organisation.leave', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const before = await owner.call('auth.context', undefined);
      await expectRefusal(write(owner, 'organisation.leave', undefined), 'conflict');
      expectEqual(await owner.call('auth.context', undefined), before, 'the context after the refusal');
    },
  },
  {
    area: 'organisation',
    name: 'handing over makes that member an owner and the owner an admin, and both hear of it',
    needs: ['organisation.transfer', 'auth.context', 'team.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const { id, email } = await memberRow(world, 'member', owner);
      const own = await addressOf(world, 'owner');
      const before = (await world.mails(own)).length;
      const context = await write(owner, 'organisation.transfer', { memberId: id });
      expectEqual(context.organisation?.role, 'admin', 'the role of who handed over');
      expectEqual((await memberRow(world, 'member', owner)).role, 'owner', 'the role of who took over');
      expectEqual([(await world.mails(email)).length, (await world.mails(own)).length - before], [1, 1], 'mails');
      await expectRefusal(write(owner, 'organisation.transfer', { memberId: id }), 'forbidden');
    },
  },
  {
    area: 'organisation',
    name: 'of several handovers at once one goes through, and there is an owner after it',
    needs: ['organisation.transfer', 'auth.context', 'team.list', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const heirs = [await memberRow(world, 'member', owner), await memberRow(world, 'admin', owner)];
      const answers = await atOnce(6, (index) => write(owner, 'organisation.transfer', { memberId: heirs[index % 2]?.id ?? '' }), 'forbidden', 'conflict');
      expectEqual(answers.length, 1, 'handovers');
      expectEqual((await everyRow(owner, { role: ['owner'] })).length, 1, 'owners');
    },
  },
  {
    area: 'organisation',
    name: 'nobody hands over to an owner, to themselves or to somebody who is only invited',
    needs: ['organisation.transfer', 'auth.context', 'team.list', 'team.invite', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const { id } = await memberRow(world, 'owner', owner);
      await expectRefusal(write(owner, 'organisation.transfer', { memberId: id }), 'conflict');
      const invited = await inviteOne(owner, 'conformance-heir@example.net');
      await expectRefusal(write(owner, 'organisation.transfer', { memberId: invited.id }), 'not-found');
      expectEqual((await owner.call('auth.context', undefined)).organisation?.role, 'owner', 'the role after refusals');
    },
  },
  {
    area: 'organisation',
    name: 'nothing but its exact name deletes an organisation',
    needs: ['organisation.delete', 'auth.context', 'company.get', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const before = await owner.call('company.get', undefined);
      for (const confirmation of [`${before.name}s`, before.name.toUpperCase() === before.name ? before.name.toLowerCase() : before.name.toUpperCase()]) {
        const error = await expectRefusal(write(owner, 'organisation.delete', { confirmation }), 'invalid');
        expectEqual(error.fields, { confirmation: 'mismatch' }, 'what is wrong');
      }
      expectEqual(await owner.call('company.get', undefined), before, 'the company after refusals');
    },
  },
  {
    area: 'organisation',
    name: 'when it is deleted nobody is in it any more, its invitations open nothing, and other organisations stay as they are',
    needs: ['organisation.delete', 'apiKeys.list', 'company.get', 'team.list', 'auth.stepUp', ...joining],
    run: async (world) => {
      const { session, home } = await inTwo(world, 'admin');
      const owner = await stepUp(world, 'owner');
      const member = await world.as('member');
      const { name: confirmation } = await owner.call('company.get', undefined);
      const answer = await write(owner, 'organisation.delete', { confirmation });
      expectEqual([answer.organisation, answer.organisations], [null, []], 'the organisations of its only owner');
      for (const [who, reader] of [['the owner', owner], ['the member', member]] as const) {
        const { organisation, operations } = await reader.call('auth.context', undefined);
        expectEqual(organisation, null, `the organisation of ${who}`);
        expect(!operations.includes('company.get'), `${who} may still read the company`);
        for (const operation of ['company.get', 'team.list', 'apiKeys.list'] as const) await expectRefusal(callSample(reader, operation), 'forbidden');
      }
      expectEqual(await hereOf(session), home, 'where somebody with another organisation is then');
      expect((await everyKey(session)).length > 0, 'the keys of the other organisation are gone');
    },
  },
  {
    area: 'organisation',
    name: 'once MFA is required, members without it get no further than their own account, leaving and its set-up; with it they do',
    needs: ['company.update', 'company.get', 'team.list', 'auth.context', 'auth.stepUp', 'mfa.begin', 'mfa.confirm'],
    run: async (world) => {
      const member = await world.as('member');
      const before = await member.call('auth.context', undefined);
      const owner = await requireMfa(world, LONG_AGO);
      const context = await member.call('auth.context', undefined);
      for (const operation of ['company.get', 'team.list'] as const) {
        await expectRefusal(callSample(member, operation), 'enrolment-required');
        expect(!context.operations.includes(operation), `${operation} is said to be possible`);
      }
      expect(typeof context.organisation?.mfaRequiredFrom === 'string', 'the context does not say since when');
      for (const operation of ['mfa.begin', 'organisation.leave', 'auth.signOut'] as const) expect(context.operations.includes(operation) === before.operations.includes(operation), `${operation} went as well`);
      await owner.call('team.list', {});
      const enrolment = await write(member, 'mfa.begin', undefined);
      await write(member, 'mfa.confirm', { enrolmentId: enrolment.enrolmentId, code: await world.code('member', enrolment) });
      await member.call('company.get', undefined);
      expectEqual((await member.call('auth.context', undefined)).operations, before.operations, 'what they may do with MFA');
    },
  },
  {
    area: 'organisation',
    name: 'until the day from which MFA is required nothing changes for those without',
    needs: ['company.update', 'company.get', 'auth.context', 'auth.stepUp'],
    requires: ['advance'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const { session } = await owner.call('auth.context', undefined);
      // Two days from now, by the backend's clock: a session's end is the one time that is known to lie ahead.
      const from = await requiredIn(owner, session.expiresAt);
      const member = await world.as('member');
      expectEqual((await member.call('company.get', undefined)).mfaRequiredFrom, from, 'the time, as the member reads it');
      expect((await member.call('auth.context', undefined)).operations.includes('company.get'), 'what they may do before');
    },
  },
  {
    area: 'organisation',
    name: 'who requires MFA of others has it themselves; whoever has none hears of it by mail, and nobody else',
    needs: ['company.update', 'company.get', 'mfa.disable', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const [member, admin] = [await addressOf(world, 'member'), await addressOf(world, 'admin')];
      const before = [(await world.mails(member)).length, (await world.mails(admin)).length];
      const owner = await requireMfa(world, LONG_AGO);
      expectEqual([(await world.mails(member)).length, (await world.mails(admin)).length], [(before[0] ?? 0) + 1, before[1] ?? 0], 'mails');
      const required = await owner.call('company.get', undefined);
      const lifted = await write(owner, 'company.update', { mfaRequiredFrom: null }, { ifMatch: required.version });
      expectEqual(lifted.mfaRequiredFrom, null, 'the time after it was lifted');
      await write(await stepUp(world, 'owner', owner), 'mfa.disable', undefined);
      for (const mfaRequiredFrom of [LONG_AGO, null]) await expectRefusal(write(owner, 'company.update', { mfaRequiredFrom }, { ifMatch: lifted.version }), 'enrolment-required');
      expectEqual(await owner.call('company.get', undefined), lifted, 'the company after the refusal');
    },
  },
  {
    area: 'organisation',
    name: 'from when on MFA is required is set, moved and lifted after a fresh proof alone; what is changed without it takes none',
    needs: ['company.update', 'company.get', 'auth.context', 'auth.stepUp', 'auth.endStepUp'],
    run: async (world) => {
      const owner = await world.as('owner');
      const mailsTo = await addressOf(world, 'member');
      for (const mfaRequiredFrom of ['2098-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z', null]) {
        const { version: ifMatch } = await owner.call('company.get', undefined);
        const before = (await world.mails(mailsTo)).length;
        const mails = async (): Promise<number> => (await world.mails(mailsTo)).length - before;
        const effect = async (reader: SettingsAdapter): Promise<unknown> => (await reader.call('company.get', undefined)).mfaRequiredFrom;
        await expectProofFirst(world, 'company.update', { session: owner, input: { mfaRequiredFrom }, carrying: { ifMatch }, effect, mailsTo, mails }, 'owner');
        expectEqual(await mails(), mfaRequiredFrom === null ? 0 : 1, 'mails after the proof');
        await write(owner, 'auth.endStepUp', undefined);
      }
      const { version: ifMatch, mfaRequiredFrom } = await owner.call('company.get', undefined);
      await expectRefusal(write(owner, 'company.update', { name: 'Beside The Policy', mfaRequiredFrom }, { ifMatch }), 'step-up-required');
      const { name } = await write(owner, 'company.update', { name: 'Without The Policy' }, { ifMatch });
      expectEqual(name, 'Without The Policy', 'the name that was changed without a proof');
    },
  },
  {
    area: 'team',
    name: 'the list can be had of those without MFA, and of those with it, by those who see it',
    needs: ['team.list'],
    harmless: true,
    run: async (world) => {
      for (const role of ['owner', 'member'] as const) {
        const session = await world.as(role);
        const everybody = (await everyRow(session)).filter(({ type }) => type === 'member');
        const seen = everybody.some(({ mfaEnabled }) => mfaEnabled !== null);
        for (const mfa of ['on', 'off'] as const) {
          if (!seen) {
            await expectRefusal(session.call('team.list', { mfa }), 'forbidden');
            continue;
          }
          const rows = await everyRow(session, { mfa });
          expectEqual(rows.map(({ id }) => id).sort(), everybody.filter((row) => row.mfaEnabled === (mfa === 'on')).map(({ id }) => id).sort(), `those with MFA ${mfa}`);
          expectEqual((await session.call('team.list', { mfa, limit: 1 })).total ?? rows.length, rows.length, 'their number');
        }
      }
    },
  },
];

async function requiredIn(owner: SettingsAdapter, expiresAt: string | null): Promise<string> {
  const from = expiresAt ?? '2099-01-01T00:00:00.000Z';
  const { version } = await owner.call('company.get', undefined);
  const { mfaRequiredFrom } = await write(owner, 'company.update', { mfaRequiredFrom: from }, { ifMatch: version });
  expectEqual(Date.parse(mfaRequiredFrom ?? ''), Date.parse(from), 'the time that was set');
  return mfaRequiredFrom ?? '';
}
