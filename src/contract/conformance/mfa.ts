import { expect, expectEqual, expectRefusal, newKey, stepUp, write } from './expect.js';
import type { ConformanceCase } from './harness.js';
import { wrongCode } from './auth.js';

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
      expectEqual(context.stepUp.methods, ['totp'], 'the methods');
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
  {
    area: 'mfa',
    name: 'a repeat of the beginning under its key shows the same enrolment',
    needs: ['mfa.begin'],
    run: async (world) => {
      const member = await world.as('member');
      const idempotencyKey = newKey();
      const first = await write(member, 'mfa.begin', undefined, { idempotencyKey });
      const second = await write(member, 'mfa.begin', undefined, { idempotencyKey });
      expect(first.enrolmentId === second.enrolmentId && first.secret === second.secret, 'the repeat made another enrolment');
    },
  },
  {
    area: 'mfa',
    name: 'turning MFA off needs a fresh code, and then it is off',
    needs: ['mfa.disable', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const error = await expectRefusal(write(owner, 'mfa.disable', undefined), 'step-up-required');
      expectEqual(error.challenge?.methods, ['totp'], 'the methods');
      expectEqual((await owner.call('auth.context', undefined)).user.mfa.enabled, true, 'MFA after a refusal');
      await stepUp(world, 'owner', owner);
      await write(owner, 'mfa.disable', undefined);
      expectEqual((await owner.call('auth.context', undefined)).user.mfa.enabled, false, 'MFA after it was turned off');
    },
  },
  {
    area: 'mfa',
    name: 'what needs MFA asks people without it to enrol',
    needs: ['mfa.disable'],
    run: async (world) => {
      await expectRefusal(write(await world.as('member'), 'mfa.disable', undefined), 'enrolment-required');
    },
  },
];
