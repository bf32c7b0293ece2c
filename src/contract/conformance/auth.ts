import { expect, expectEqual, expectRefusal, freshAddress, GOOD_PASSWORD, stepUp, write, wrongCode } from './expect.js';
import type { ConformanceCase } from './harness.js';

export const authCases: ConformanceCase[] = [
  {
    area: 'auth',
    name: 'the context says who is signed in and in what role',
    needs: ['auth.context'],
    run: async (world) => {
      for (const role of ['owner', 'admin', 'member'] as const) {
        const context = await (await world.as(role)).call('auth.context', undefined);
        expectEqual(context.organisation?.role, role, 'the role');
        expectEqual(context.organisations.find(({ id }) => id === context.organisation?.id)?.role, role, 'the role among the organisations');
        expectEqual(context.user.mfa.enabled, role !== 'member', `MFA of the ${role}`);
      }
    },
  },
  {
    area: 'auth',
    name: 'the version of the context stays while nothing changes, and changes with it',
    needs: ['auth.context', 'profile.update'],
    run: async (world) => {
      const member = await world.as('member');
      const before = await member.call('auth.context', undefined);
      expectEqual((await member.call('auth.context', undefined)).version, before.version, 'the version without a change');
      await write(member, 'profile.update', { name: 'Quux Of The Suite' }, { ifMatch: before.user.version });
      expect((await member.call('auth.context', undefined)).version !== before.version, 'the version stays although the name changed');
    },
  },
  {
    area: 'auth',
    name: 'a one-time code makes the session fresh, and the context says until when',
    needs: ['auth.stepUp', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      expectEqual((await owner.call('auth.context', undefined)).stepUp.freshUntil, null, 'fresh before any proof');
      const { freshUntil } = await write(owner, 'auth.stepUp', { method: 'totp', code: await world.code('owner') });
      const { stepUp: state } = await owner.call('auth.context', undefined);
      expectEqual(state.freshUntil, freshUntil, 'fresh until');
      expect(state.methods.includes('totp'), 'the code is among the methods');
    },
  },
  {
    area: 'auth',
    name: 'a wrong code is a wrong credential with tries left, and proves nothing',
    needs: ['auth.stepUp', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const code = wrongCode(await world.code('owner'));
      const error = await expectRefusal(write(owner, 'auth.stepUp', { method: 'totp', code }), 'wrong-credential');
      expect(typeof error.attemptsLeft === 'number', 'tries left are told');
      expectEqual((await owner.call('auth.context', undefined)).stepUp.freshUntil, null, 'fresh after a wrong code');
    },
  },
  {
    area: 'auth',
    name: 'a code works once',
    needs: ['auth.stepUp'],
    run: async (world) => {
      const owner = await world.as('owner');
      const code = await world.code('owner');
      await write(owner, 'auth.stepUp', { method: 'totp', code });
      await expectRefusal(write(owner, 'auth.stepUp', { method: 'totp', code }), 'wrong-credential');
      await expectRefusal(write(await world.reopen('owner'), 'auth.stepUp', { method: 'totp', code }), 'wrong-credential');
    },
  },
  {
    area: 'auth',
    name: 'of parallel calls with one code, one is accepted',
    needs: ['auth.stepUp'],
    run: async (world) => {
      const first = await world.as('owner');
      const second = await world.reopen('owner');
      const code = await world.code('owner');
      const calls = Array.from({ length: 10 }, (_, index) => write(index % 2 === 0 ? first : second, 'auth.stepUp', { method: 'totp', code }));
      const accepted = (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled').length;
      expectEqual(accepted, 1, 'accepted');
    },
  },
  {
    area: 'auth',
    name: 'wrong codes are followed by a wait, which right codes keep too',
    needs: ['auth.stepUp'],
    run: async (world) => {
      const owner = await world.as('owner');
      const other = await world.reopen('owner');
      const right = await world.code('owner');
      const code = wrongCode(right);
      for (let tries = 0; tries < 10; tries++) {
        const error = await expectRefusal(write(owner, 'auth.stepUp', { method: 'totp', code }), 'wrong-credential', 'rate-limited');
        if (error.kind === 'rate-limited') break;
        expect(tries < 9, 'ten wrong codes and no wait');
      }
      const error = await expectRefusal(write(other, 'auth.stepUp', { method: 'totp', code: right }), 'rate-limited');
      expect((error.retryAfter ?? 0) > 0, 'the wait is told');
    },
  },
  {
    area: 'auth',
    name: 'wrong codes that come all at once are counted as well',
    needs: ['auth.stepUp'],
    run: async (world) => {
      const owner = await world.as('owner');
      const right = await world.code('owner');
      const guesses = Array.from({ length: 15 }, () => write(owner, 'auth.stepUp', { method: 'totp', code: wrongCode(right) }));
      const kinds: string[] = [];
      for (const guess of await Promise.allSettled(guesses)) {
        expect(guess.status === 'rejected', 'a wrong code was taken');
        kinds.push((await expectRefusal(Promise.reject(guess.reason as Error), 'wrong-credential', 'rate-limited')).kind);
      }
      expect(kinds.filter((kind) => kind === 'wrong-credential').length <= 10, 'more than ten codes could be tried');
      await expectRefusal(write(owner, 'auth.stepUp', { method: 'totp', code: right }), 'rate-limited');
    },
  },
  {
    area: 'auth',
    name: 'wrong passwords are followed by a wait, which right ones keep too, and which is one for all forms',
    needs: ['auth.stepUp', 'password.change'],
    run: async (world) => {
      const member = await world.as('member');
      const other = await world.reopen('member');
      const change = { currentPassword: 'quite another one', newPassword: GOOD_PASSWORD, signOutOthers: false };
      for (let tries = 0; tries < 10; tries++) {
        const call = tries % 2 === 0 ? write(member, 'password.change', change) : write(member, 'auth.stepUp', { method: 'password', password: 'quite another one' });
        const error = await expectRefusal(call, 'wrong-credential', 'rate-limited');
        if (error.kind === 'rate-limited') break;
        expect(tries < 9, 'ten wrong passwords and no wait');
      }
      const password = world.password('member');
      const error = await expectRefusal(write(other, 'auth.stepUp', { method: 'password', password }), 'rate-limited');
      expect((error.retryAfter ?? 0) > 0, 'the wait is told');
      await expectRefusal(write(member, 'password.change', { ...change, currentPassword: password }), 'rate-limited');
    },
  },
  {
    area: 'auth',
    name: 'who has no MFA proves presence by password',
    needs: ['auth.stepUp', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      expectEqual((await member.call('auth.context', undefined)).stepUp.methods, ['password'], 'the methods');
      await expectRefusal(write(member, 'auth.stepUp', { method: 'password', password: 'quite another one' }), 'wrong-credential');
      await write(member, 'auth.stepUp', { method: 'password', password: world.password('member') });
      expect((await member.call('auth.context', undefined)).stepUp.freshUntil !== null, 'fresh after the password');
    },
  },
  {
    area: 'auth',
    name: 'with MFA on, a password alone proves too little',
    needs: ['auth.stepUp', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      await expectRefusal(write(owner, 'auth.stepUp', { method: 'password', password: world.password('owner') }), 'step-up-required', 'invalid', 'wrong-credential');
      expectEqual((await owner.call('auth.context', undefined)).stepUp.freshUntil, null, 'fresh after a password');
    },
  },
  {
    area: 'auth',
    name: 'a step-up belongs to its session',
    needs: ['auth.stepUp', 'auth.context', 'apiKeys.reveal'],
    run: async (world) => {
      await stepUp(world, 'owner');
      await expectRefusal(write(await world.reopen('owner'), 'apiKeys.reveal', {}), 'step-up-required');
    },
  },
  {
    area: 'auth',
    name: 'a step-up ends when it is told to',
    needs: ['auth.stepUp', 'auth.endStepUp', 'apiKeys.reveal'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      await write(owner, 'apiKeys.reveal', {});
      await write(owner, 'auth.endStepUp', undefined);
      await expectRefusal(write(owner, 'apiKeys.reveal', {}), 'step-up-required');
      await write(owner, 'auth.endStepUp', undefined);
    },
  },
  {
    area: 'auth',
    name: 'ending the step-up also closes what a recent sign-in had opened',
    needs: ['auth.endStepUp', 'email.change'],
    run: async (world) => {
      const member = await world.as('member');
      await write(member, 'auth.endStepUp', undefined);
      await expectRefusal(write(member, 'email.change', { email: freshAddress('moved') }), 'step-up-required');
      // It was this session that was locked, and no other.
      await write(await world.reopen('member'), 'email.change', { email: freshAddress('moved') });
    },
  },
  {
    area: 'auth',
    name: 'a step-up ends by itself after its age',
    needs: ['auth.stepUp', 'auth.context', 'apiKeys.reveal'],
    requires: ['advance'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const { maxAge } = (await owner.call('auth.context', undefined)).stepUp;
      await write(owner, 'apiKeys.reveal', {});
      await world.advance?.(maxAge + 1);
      await expectRefusal(write(owner, 'apiKeys.reveal', {}), 'step-up-required');
      expectEqual((await owner.call('auth.context', undefined)).stepUp.freshUntil, null, 'fresh after its age');
    },
  },
  {
    area: 'auth',
    name: 'signing out ends this session and no other',
    needs: ['auth.signOut', 'auth.context'],
    run: async (world) => {
      const first = await world.as('member');
      const second = await world.reopen('member');
      await write(first, 'auth.signOut', undefined);
      await expectRefusal(first.call('auth.context', undefined), 'unauthenticated');
      await second.call('auth.context', undefined);
    },
  },
];
