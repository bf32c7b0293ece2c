import { atOnce, expect, expectEqual, expectRefusal, write, wrongCode } from './expect.js';
import type { ConformanceCase } from './harness.js';

export const mfaCases: ConformanceCase[] = [
  {
    area: 'mfa',
    name: 'an enrolment shows a secret that apps can read, and turns nothing on',
    needs: ['mfa.begin', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const enrolment = await write(member, 'mfa.begin', undefined);
      const uri = new URL(enrolment.uri);
      expectEqual(uri.searchParams.get('secret'), enrolment.secret, 'the secret in the URI');
      expect(!enrolment.uri.includes('+'), 'a plus stands in the URI; apps read it as a plus');
      const { user } = await member.call('auth.context', undefined);
      expect(decodeURIComponent(uri.pathname).endsWith(user.email), 'the URI names the account');
      expectEqual(user.mfa.enabled, false, 'MFA before a code');
    },
  },
  {
    area: 'mfa',
    name: 'the first right code turns MFA on and counts as a step-up',
    needs: ['mfa.begin', 'mfa.confirm', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const enrolment = await write(member, 'mfa.begin', undefined);
      await write(member, 'mfa.confirm', { enrolmentId: enrolment.enrolmentId, code: await world.code('member', enrolment) });
      const context = await member.call('auth.context', undefined);
      expectEqual(context.user.mfa.enabled, true, 'MFA after a right code');
      expect(context.stepUp.freshUntil !== null, 'the code counts as a step-up');
      expectEqual(context.stepUp.methods[0], 'totp', 'the best method');
      expect(!context.stepUp.methods.includes('password'), 'a password is among the methods');
    },
  },
  {
    area: 'mfa',
    name: 'the code that turned MFA on does not work again',
    needs: ['mfa.begin', 'mfa.confirm', 'auth.stepUp'],
    run: async (world) => {
      const member = await world.as('member');
      const enrolment = await write(member, 'mfa.begin', undefined);
      const code = await world.code('member', enrolment);
      await write(member, 'mfa.confirm', { enrolmentId: enrolment.enrolmentId, code });
      await expectRefusal(write(member, 'auth.stepUp', { method: 'totp', code }), 'wrong-credential');
    },
  },
  {
    area: 'mfa',
    name: 'a wrong code leaves MFA off and the enrolment open',
    needs: ['mfa.begin', 'mfa.confirm', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const enrolment = await write(member, 'mfa.begin', undefined);
      const code = await world.code('member', enrolment);
      await expectRefusal(write(member, 'mfa.confirm', { enrolmentId: enrolment.enrolmentId, code: wrongCode(code) }), 'wrong-credential');
      expectEqual((await member.call('auth.context', undefined)).user.mfa.enabled, false, 'MFA after a wrong code');
      await write(member, 'mfa.confirm', { enrolmentId: enrolment.enrolmentId, code });
    },
  },
  {
    area: 'mfa',
    name: 'an enrolment that is not there, or of somebody else, is not found',
    needs: ['mfa.begin', 'mfa.confirm'],
    run: async (world) => {
      const enrolment = await write(await world.as('member'), 'mfa.begin', undefined);
      const code = await world.code('member', enrolment);
      await expectRefusal(write(await world.as('member'), 'mfa.confirm', { enrolmentId: 'nothing', code }), 'not-found');
      await expectRefusal(write(await world.as('admin'), 'mfa.confirm', { enrolmentId: enrolment.enrolmentId, code }), 'not-found');
    },
  },
  {
    area: 'mfa',
    name: 'of confirmations at once by one code, one is accepted',
    needs: ['mfa.begin', 'mfa.confirm', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const enrolment = await write(member, 'mfa.begin', undefined);
      const input = { enrolmentId: enrolment.enrolmentId, code: await world.code('member', enrolment) };
      const accepted = await atOnce(5, () => write(member, 'mfa.confirm', input), 'not-found', 'conflict', 'wrong-credential');
      expectEqual(accepted.length, 1, 'accepted');
      expectEqual((await member.call('auth.context', undefined)).user.mfa.enabled, true, 'MFA');
    },
  },
  {
    area: 'mfa',
    name: 'wrong codes of an enrolment are followed by a wait, which right codes keep too',
    needs: ['mfa.begin', 'mfa.confirm', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const enrolment = await write(member, 'mfa.begin', undefined);
      const { enrolmentId } = enrolment;
      const code = await world.code('member', enrolment);
      for (let tries = 0; tries < 10; tries++) {
        const error = await expectRefusal(write(member, 'mfa.confirm', { enrolmentId, code: wrongCode(code) }), 'wrong-credential', 'rate-limited');
        if (error.kind === 'rate-limited') break;
        expect(tries < 9, 'ten wrong codes and no wait');
      }
      await expectRefusal(write(member, 'mfa.confirm', { enrolmentId, code }), 'rate-limited');
      expectEqual((await member.call('auth.context', undefined)).user.mfa.enabled, false, 'MFA after a wait was imposed');
    },
  },
  {
    area: 'mfa',
    name: 'an enrolment ends by itself',
    needs: ['mfa.begin', 'mfa.confirm'],
    requires: ['advance'],
    run: async (world) => {
      const member = await world.as('member');
      const enrolment = await write(member, 'mfa.begin', undefined);
      await world.advance?.(601);
      const code = await world.code('member', enrolment);
      await expectRefusal(write(member, 'mfa.confirm', { enrolmentId: enrolment.enrolmentId, code }), 'not-found');
    },
  },
  {
    area: 'mfa',
    name: 'setting up what is on already is a conflict',
    needs: ['mfa.begin'],
    run: async (world) => {
      await expectRefusal(write(await world.as('owner'), 'mfa.begin', undefined), 'conflict');
    },
  },
];
