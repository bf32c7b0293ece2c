import { addressOf, everyKey, everyRow, everySession, expect, expectEqual, expectRefusal, freshAddress, GOOD_PASSWORD, has, newestToken, write } from './expect.js';
import type { ConformanceCase } from './harness.js';

const NEW_ADDRESS = freshAddress('new-owner');

export const accountCases: ConformanceCase[] = [
  {
    area: 'account',
    name: 'a saved name is read back at once, in other sessions too',
    needs: ['profile.update', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const before = (await owner.call('auth.context', undefined)).user;
      const after = await write(owner, 'profile.update', { name: '  Zoë \u202e Quux ' }, { ifMatch: before.version });
      expectEqual(after.name, 'Zoë Quux', 'the name, without what cannot be seen');
      expect(after.version !== before.version, 'the version stays although the name changed');
      expectEqual((await owner.call('auth.context', undefined)).user.name, after.name, 'read back');
      expectEqual((await (await world.reopen('owner')).call('auth.context', undefined)).user.name, after.name, 'read in another session');
    },
  },
  {
    area: 'account',
    name: 'an empty name is invalid at its field',
    needs: ['profile.update'],
    run: async (world) => {
      const error = await expectRefusal(write(await world.as('owner'), 'profile.update', { name: ' \u200b ' }), 'invalid');
      expectEqual(error.fields?.['name'], 'required', 'the problem of the name');
    },
  },
  {
    area: 'account',
    name: 'time zone and language are read back, stay where they are not given, and go with null',
    needs: ['profile.update', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const places = async (): Promise<unknown> => {
        const { timeZone, language } = (await member.call('auth.context', undefined)).user;
        return [timeZone, language];
      };
      const version = async (): Promise<string> => (await member.call('auth.context', undefined)).user.version;
      await write(member, 'profile.update', { timeZone: 'Pacific/Auckland', language: 'en-gb' }, { ifMatch: await version() });
      expectEqual(await places(), ['Pacific/Auckland', 'en-GB'], 'time zone and language');
      await write(member, 'profile.update', { name: 'Quux Of The Suite' }, { ifMatch: await version() });
      expectEqual(await places(), ['Pacific/Auckland', 'en-GB'], 'time zone and language after another change');
      await write(member, 'profile.update', { timeZone: null, language: null }, { ifMatch: await version() });
      expectEqual(await places(), [null, null], 'time zone and language after they were taken away');
    },
  },
  {
    area: 'account',
    name: 'a time zone and a language that there are not are invalid at their fields',
    needs: ['profile.update', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const { user } = await member.call('auth.context', undefined);
      for (const [field, value] of [['timeZone', 'Europe/Atlantis'], ['timeZone', '+01:00'], ['language', 'English, please'], ['language', 'en-US-en-US-x']] as const) {
        const error = await expectRefusal(write(member, 'profile.update', { [field]: value }, { ifMatch: user.version }), 'invalid');
        expectEqual(error.fields, { [field]: 'invalid' }, `the problems of ${value}`);
      }
      expectEqual((await member.call('auth.context', undefined)).user, user, 'the user after refusals');
    },
  },
  {
    area: 'account',
    name: 'the only owner of an organisation cannot delete their account, and the context says so before',
    needs: ['account.delete', 'auth.context', 'team.list'],
    run: async (world) => {
      const owner = await world.as('owner');
      const { user, organisations } = await owner.call('auth.context', undefined);
      expectEqual(organisations.map(({ onlyOwner }) => onlyOwner), [true], 'whether the owner is the only one');
      await expectRefusal(write(owner, 'account.delete', { confirmation: user.email }), 'conflict');
      expectEqual((await owner.call('auth.context', undefined)).user, user, 'the owner after the refusal');
      const admin = await (await world.as('admin')).call('auth.context', undefined);
      expectEqual(admin.organisations.map(({ onlyOwner }) => onlyOwner), [false], 'whether the admin is the only owner');
    },
  },
  {
    area: 'account',
    name: 'an account is deleted only under its own address, typed',
    needs: ['account.delete', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      for (const confirmation of [await addressOf(world, 'owner'), 'delete', freshAddress('nobody')]) {
        const { fields } = await expectRefusal(write(member, 'account.delete', { confirmation }), 'invalid');
        expectEqual(Object.keys(fields ?? {}), ['confirmation'], 'where it is wrong');
      }
      await member.call('auth.context', undefined);
    },
  },
  {
    area: 'account',
    name: 'a deleted account is gone from every session and from the team; the keys of the organisation stay',
    needs: ['account.delete', 'auth.context', 'team.list', 'apiKeys.list'],
    run: async (world) => {
      const owner = await world.as('owner');
      const [admin, other] = [await world.as('admin'), await world.reopen('admin')];
      const { user } = await other.call('auth.context', undefined);
      const keys = await everyKey(owner);
      await write(admin, 'account.delete', { confirmation: ` ${user.email.toUpperCase()} ` });
      for (const session of [admin, other]) await expectRefusal(session.call('auth.context', undefined), 'unauthenticated');
      expectEqual((await everyRow(owner, { search: user.email })).map(({ email }) => email), [], 'rows of the team under the address');
      expectEqual(await everyKey(owner), keys, 'the keys');
      if (!has(owner, 'audit.list')) return;
      const { items } = await owner.call('audit.list', { action: ['account.delete'] });
      expectEqual(items.map(({ actor, result }) => [actor, result]), [[{ id: user.id, name: null }, 'ok']], 'the event, which has an id and no name');
    },
  },
  {
    area: 'account',
    name: 'a new address waits for its confirmation',
    needs: ['email.change', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const before = await addressOf(world, 'owner');
      const user = await write(owner, 'email.change', { email: NEW_ADDRESS });
      expectEqual([user.email, user.pendingEmail], [before, NEW_ADDRESS], 'address and pending address');
      const read = (await owner.call('auth.context', undefined)).user;
      expectEqual([read.email, read.pendingEmail], [before, NEW_ADDRESS], 'address and pending address, read back');
      await newestToken(world, NEW_ADDRESS);
      expect((await world.mails(before)).length > 0, 'the old address hears of it');
    },
  },
  {
    area: 'account',
    name: 'the confirmed address takes the place of the old one',
    needs: ['email.change', 'auth.context'],
    requires: ['confirmEmail'],
    run: async (world) => {
      const owner = await world.as('owner');
      await write(owner, 'email.change', { email: NEW_ADDRESS });
      const token = await newestToken(world, NEW_ADDRESS);
      await world.confirmEmail?.(token);
      const { user } = await owner.call('auth.context', undefined);
      expectEqual([user.email, user.pendingEmail], [NEW_ADDRESS, null], 'address and pending address');
    },
  },
  {
    area: 'account',
    name: 'an address that somebody has looks like any other from outside',
    needs: ['email.change', 'auth.context'],
    run: async (world) => {
      const taken = await addressOf(world, 'outsider');
      const user = await write(await world.as('owner'), 'email.change', { email: taken });
      expectEqual(user.pendingEmail, taken, 'the pending address');
    },
  },
  {
    area: 'account',
    name: 'the address one has already is invalid as unchanged',
    needs: ['email.change', 'auth.context'],
    run: async (world) => {
      const email = await addressOf(world, 'owner');
      const error = await expectRefusal(write(await world.as('owner'), 'email.change', { email: email.toUpperCase() }), 'invalid');
      expectEqual(error.fields?.['email'], 'unchanged', 'the problem of the address');
    },
  },
  {
    area: 'account',
    name: 'a link that is sent again kills the earlier one',
    needs: ['email.change', 'email.resend'],
    requires: ['confirmEmail'],
    run: async (world) => {
      const owner = await world.as('owner');
      await write(owner, 'email.change', { email: NEW_ADDRESS });
      const first = await newestToken(world, NEW_ADDRESS);
      await write(owner, 'email.resend', undefined);
      const second = await newestToken(world, NEW_ADDRESS);
      expect(first !== second, 'the same link was sent again');
      await expectRefusal(world.confirmEmail?.(first) ?? Promise.resolve(), 'not-found');
      await world.confirmEmail?.(second);
    },
  },
  {
    area: 'account',
    name: 'resending sends a mail, and without a pending change is not found',
    needs: ['email.change', 'email.resend'],
    run: async (world) => {
      const owner = await world.as('owner');
      await expectRefusal(write(owner, 'email.resend', undefined), 'not-found');
      await write(owner, 'email.change', { email: NEW_ADDRESS });
      const before = (await world.mails(NEW_ADDRESS)).length;
      const user = await write(owner, 'email.resend', undefined);
      expectEqual(user.pendingEmail, NEW_ADDRESS, 'the pending address');
      expectEqual((await world.mails(NEW_ADDRESS)).length, before + 1, 'mails');
    },
  },
  {
    area: 'account',
    name: 'the link of a cancelled change is dead, and one that was followed works no second time',
    needs: ['email.change', 'email.cancel', 'auth.context'],
    requires: ['confirmEmail'],
    run: async (world) => {
      const owner = await world.as('owner');
      const before = await addressOf(world, 'owner');
      await write(owner, 'email.change', { email: NEW_ADDRESS });
      const cancelled = await newestToken(world, NEW_ADDRESS);
      await write(owner, 'email.cancel', undefined);
      await expectRefusal(world.confirmEmail?.(cancelled) ?? Promise.resolve(), 'not-found');
      expectEqual((await owner.call('auth.context', undefined)).user.email, before, 'the address after a dead link');
      await write(owner, 'email.change', { email: NEW_ADDRESS });
      const token = await newestToken(world, NEW_ADDRESS);
      await world.confirmEmail?.(token);
      await expectRefusal(world.confirmEmail?.(token) ?? Promise.resolve(), 'not-found');
    },
  },
  {
    area: 'account',
    name: 'a cancelled change is gone, and cancelling again succeeds',
    needs: ['email.change', 'email.cancel', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      await write(owner, 'email.change', { email: NEW_ADDRESS });
      expectEqual((await write(owner, 'email.cancel', undefined)).pendingEmail, null, 'the pending address');
      expectEqual((await write(owner, 'email.cancel', undefined)).pendingEmail, null, 'the pending address the second time');
      expectEqual((await owner.call('auth.context', undefined)).user.pendingEmail, null, 'the pending address, read back');
    },
  },
  {
    area: 'account',
    name: 'a wrong current password is a wrong credential, and changes nothing',
    needs: ['password.change', 'auth.stepUp'],
    run: async (world) => {
      const member = await world.as('member');
      const change = { currentPassword: 'quite another one', newPassword: GOOD_PASSWORD, signOutOthers: false };
      const error = await expectRefusal(write(member, 'password.change', change), 'wrong-credential');
      expect(typeof error.attemptsLeft === 'number', 'tries left are told');
      await write(member, 'auth.stepUp', { method: 'password', password: world.password('member') });
    },
  },
  {
    area: 'account',
    name: 'a new password that is too short, too long, common or the old one is invalid at its field',
    needs: ['password.change', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const currentPassword = world.password('member');
      const { password: rules } = (await member.call('auth.context', undefined)).policy;
      const wrong: [string, string][] = [
        ['v9', 'too-short'],
        [currentPassword, 'unchanged'],
      ];
      if (rules.refusesCommon) wrong.push(['passwordpassword', 'common']);
      if (rules.maxLength !== null) wrong.push([GOOD_PASSWORD.padEnd(rules.maxLength + 1, ' and so on'), 'too-long']);
      for (const [newPassword, problem] of wrong) {
        const error = await expectRefusal(write(member, 'password.change', { currentPassword, newPassword, signOutOthers: false }), 'invalid');
        expectEqual(error.fields?.['newPassword'], problem, 'the problem of the new password');
      }
    },
  },
  {
    area: 'account',
    name: 'after a change the new password works and the old one does not',
    needs: ['password.change', 'auth.stepUp'],
    run: async (world) => {
      const member = await world.as('member');
      const currentPassword = world.password('member');
      await write(member, 'password.change', { currentPassword, newPassword: GOOD_PASSWORD, signOutOthers: false });
      await expectRefusal(write(member, 'auth.stepUp', { method: 'password', password: currentPassword }), 'wrong-credential');
      await write(member, 'auth.stepUp', { method: 'password', password: GOOD_PASSWORD });
    },
  },
  {
    area: 'account',
    name: 'other sessions end with the old password when asked, and only then',
    needs: ['password.change', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const other = await world.reopen('member');
      const currentPassword = world.password('member');
      await write(member, 'password.change', { currentPassword, newPassword: GOOD_PASSWORD, signOutOthers: false });
      await other.call('auth.context', undefined);
      await write(member, 'password.change', { currentPassword: GOOD_PASSWORD, newPassword: `${GOOD_PASSWORD} twice`, signOutOthers: true });
      await expectRefusal(other.call('auth.context', undefined), 'unauthenticated');
      await member.call('auth.context', undefined);
    },
  },
  {
    area: 'sessions',
    name: 'the list has the sessions of this person, one of them the current, and each says when it began',
    needs: ['sessions.list', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const other = await world.reopen('member');
      const theirs = (await other.call('auth.context', undefined)).session.id;
      const mine = (await member.call('auth.context', undefined)).session.id;
      const listed = await everySession(member);
      expectEqual(listed.filter(({ current }) => current).map(({ id }) => id), [mine], 'the current one');
      expect(listed.some(({ id }) => id === theirs), 'the other session is missing');
      const outsider = await everySession(await world.as('outsider'));
      expect(!outsider.some(({ id }) => id === mine || id === theirs), 'somebody else reads them');
    },
  },
  {
    area: 'sessions',
    name: 'a session that is ended is signed out; the others, and those of somebody else, stay',
    needs: ['sessions.list', 'sessions.end', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const [second, third, outsider] = [await world.reopen('member'), await world.reopen('member'), await world.as('outsider')];
      const { id } = (await second.call('auth.context', undefined)).session;
      const foreign = (await outsider.call('auth.context', undefined)).session.id;
      await third.call('auth.context', undefined);
      await write(member, 'sessions.end', { id });
      await write(member, 'sessions.end', { id });
      await write(member, 'sessions.end', { id: foreign });
      await expectRefusal(second.call('auth.context', undefined), 'unauthenticated');
      await third.call('auth.context', undefined);
      await outsider.call('auth.context', undefined);
      await expectRefusal(write(member, 'sessions.end', { id: (await member.call('auth.context', undefined)).session.id }), 'conflict');
      await member.call('auth.context', undefined);
    },
  },
  {
    area: 'sessions',
    name: 'ending all others leaves the one that asks',
    needs: ['sessions.list', 'sessions.endOthers', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const others = [await world.reopen('member'), await world.reopen('member')];
      for (const other of others) await other.call('auth.context', undefined);
      await write(member, 'sessions.endOthers', undefined);
      for (const other of others) await expectRefusal(other.call('auth.context', undefined), 'unauthenticated');
      expectEqual((await everySession(member)).map(({ current }) => current), [true], 'what is left');
    },
  },
];
