import type { SettingsAdapter } from '../adapter.js';
import { addressOf, expect, expectEqual, expectRefusal, has, newRecoveryCodes, stepUp, write, wrongCode } from './expect.js';
import type { ConformanceCase } from './harness.js';

const prove = (session: SettingsAdapter, code: string) => write(session, 'auth.stepUp', { method: 'recovery-code', code });
const leftOf = async (session: SettingsAdapter) => (await session.call('auth.context', undefined)).user.mfa.recoveryCodesLeft;
/** Another code of the same form. */
const another = (code: string): string => code.replace(/[0-9A-Za-z](?=[^0-9A-Za-z]*$)/, (last) => (last === '2' ? '3' : '2'));

export const recoveryCodeCases: ConformanceCase[] = [
  {
    area: 'recoveryCodes',
    name: 'a recovery code proves presence as a second factor, once, and the count says how many are left',
    needs: ['recoveryCodes.regenerate', 'auth.stepUp', 'auth.context', 'apiKeys.reveal'],
    run: async (world) => {
      const codes = await newRecoveryCodes(world, 'owner');
      const [code = '', next = ''] = codes;
      expect(codes.length >= 2 && new Set(codes).size === codes.length, 'there are several codes, each another');
      const session = await world.reopen('owner');
      const before = await session.call('auth.context', undefined);
      expectEqual(before.user.mfa.recoveryCodesLeft, codes.length, 'codes left, new');
      expectEqual(before.stepUp.methods.slice(0, 2), ['totp', 'recovery-code'], 'the methods, the best first');
      const { freshUntil } = await prove(session, code);
      const after = await session.call('auth.context', undefined);
      expectEqual(after.stepUp.freshUntil, freshUntil, 'fresh until');
      expectEqual(after.user.mfa.recoveryCodesLeft, codes.length - 1, 'codes left after one was used');
      await write(session, 'apiKeys.reveal', {});
      await expectRefusal(prove(session, code), 'wrong-credential');
      await expectRefusal(prove(await world.reopen('owner'), code), 'wrong-credential');
      await prove(await world.reopen('owner'), next);
    },
  },
  {
    area: 'recoveryCodes',
    name: 'of parallel calls with one recovery code, one is accepted',
    needs: ['recoveryCodes.regenerate', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const [code = '', ...rest] = await newRecoveryCodes(world, 'owner');
      const sessions = [await world.reopen('owner'), await world.reopen('owner')];
      const calls = Array.from({ length: 10 }, (_, index) => prove(sessions[index % 2] as SettingsAdapter, code));
      const accepted = (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled').length;
      expectEqual(accepted, 1, 'accepted');
      expectEqual(await leftOf(sessions[0] as SettingsAdapter), rest.length, 'codes left');
    },
  },
  {
    area: 'recoveryCodes',
    name: 'the last recovery code is no way any more, and its proof goes on counting',
    needs: ['recoveryCodes.regenerate', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const session = await world.as('owner');
      for (const code of await newRecoveryCodes(world, 'owner', session)) await prove(session, code);
      const { stepUp: state, user } = await session.call('auth.context', undefined);
      expectEqual(user.mfa.recoveryCodesLeft, 0, 'codes left');
      expect(state.methods.includes('totp') && !state.methods.includes('recovery-code'), 'a recovery code is still offered');
      expect(state.freshUntil !== null, 'the proof by the last code does not count');
    },
  },
  {
    area: 'recoveryCodes',
    name: 'a recovery code is taken however it is typed: small letters, spaces, other dashes, full width',
    needs: ['recoveryCodes.regenerate', 'auth.stepUp'],
    run: async (world) => {
      const session = await world.as('owner');
      const codes = await newRecoveryCodes(world, 'owner', session);
      const typings = [
        (code: string) => ` ${code.toLowerCase()} `,
        (code: string) => code.replace(/-/g, ''),
        (code: string) => code.replace(/-/g, ' \u2013 '),
        (code: string) => code.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
      ];
      for (const [index, typed] of typings.entries()) await prove(session, typed(codes[index] ?? ''));
    },
  },
  {
    area: 'recoveryCodes',
    name: 'new recovery codes end the old ones, and so does turning MFA off',
    needs: ['recoveryCodes.regenerate', 'auth.stepUp', 'auth.context', 'mfa.disable', 'mfa.begin', 'mfa.confirm'],
    run: async (world) => {
      const session = await world.as('owner');
      const [first = ''] = await newRecoveryCodes(world, 'owner', session);
      const { recoveryCodes } = await write(session, 'recoveryCodes.regenerate', undefined);
      await expectRefusal(prove(session, first), 'wrong-credential');
      await write(session, 'mfa.disable', undefined);
      expectEqual(await leftOf(session), null, 'codes left without MFA');
      const second = recoveryCodes?.[0] ?? '';
      await expectRefusal(prove(session, second), 'enrolment-required', 'wrong-credential');
      const enrolment = await write(session, 'mfa.begin', undefined).catch(async () => {
        await write(session, 'auth.stepUp', { method: 'password', password: world.password('owner') });
        return write(session, 'mfa.begin', undefined);
      });
      await write(session, 'mfa.confirm', { enrolmentId: enrolment.enrolmentId, code: await world.code('owner', enrolment) });
      await expectRefusal(prove(session, second), 'wrong-credential');
    },
  },
  {
    area: 'recoveryCodes',
    name: 'the code that turns MFA on brings recovery codes that work',
    needs: ['mfa.begin', 'mfa.confirm', 'auth.stepUp', 'auth.context', 'recoveryCodes.regenerate'],
    run: async (world) => {
      const member = await world.as('member');
      expectEqual(await leftOf(member), null, 'codes left without MFA');
      await expectRefusal(prove(member, 'AAAA-AAAA-AAAA'), 'enrolment-required', 'wrong-credential');
      const enrolment = await write(member, 'mfa.begin', undefined);
      const { recoveryCodes } = await write(member, 'mfa.confirm', { enrolmentId: enrolment.enrolmentId, code: await world.code('member', enrolment) });
      expectEqual(await leftOf(member), recoveryCodes?.length, 'codes left');
      await prove(await world.reopen('member'), recoveryCodes?.[0] ?? '');
    },
  },
  {
    area: 'recoveryCodes',
    name: 'wrong recovery codes and wrong one-time codes are one count, and its wait holds for right ones of both kinds',
    needs: ['recoveryCodes.regenerate', 'auth.stepUp'],
    run: async (world) => {
      const owner = await world.as('owner');
      const [right = ''] = await newRecoveryCodes(world, 'owner', owner);
      const code = await world.code('owner');
      for (let tries = 0; tries < 10; tries++) {
        const call = tries % 2 === 0 ? prove(owner, another(right)) : write(owner, 'auth.stepUp', { method: 'totp', code: wrongCode(code) });
        const error = await expectRefusal(call, 'wrong-credential', 'rate-limited');
        if (error.kind === 'rate-limited') break;
        expect(tries < 9, 'ten wrong codes of two kinds and no wait');
      }
      const other = await world.reopen('owner');
      await expectRefusal(prove(other, right), 'rate-limited');
      await expectRefusal(write(other, 'auth.stepUp', { method: 'totp', code }), 'rate-limited');
    },
  },
  {
    area: 'recoveryCodes',
    name: 'the owner of the account hears by mail that a recovery code was used, and not the code',
    needs: ['recoveryCodes.regenerate', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const address = await addressOf(world, 'owner');
      const codes = await newRecoveryCodes(world, 'owner');
      const before = (await world.mails(address)).length;
      await prove(await world.reopen('owner'), codes[0] ?? '');
      const mails = (await world.mails(address)).slice(before);
      expectEqual(mails.length, 1, 'mails');
      for (const mail of await world.mails(address)) expect(!codes.some((code) => JSON.stringify(mail).includes(code)), 'a mail says a recovery code');
    },
  },
  {
    area: 'recoveryCodes',
    name: 'nothing but what makes recovery codes ever says one',
    needs: ['recoveryCodes.regenerate', 'auth.stepUp', 'auth.context'],
    run: async (world) => {
      const session = await stepUp(world, 'owner');
      const { recoveryCodes } = await write(session, 'recoveryCodes.regenerate', undefined);
      const said = [await session.call('auth.context', undefined), ...(has(session, 'sessions.list') ? [await session.call('sessions.list', {})] : [])];
      const refused = await expectRefusal(prove(session, another(recoveryCodes?.[0] ?? '')), 'wrong-credential');
      const text = JSON.stringify([...said, refused.message, refused.fields, refused.current]);
      for (const code of recoveryCodes ?? []) expect(!text.includes(code) && !text.includes(code.replace(/-/g, '')), 'a recovery code is said');
    },
  },
];
