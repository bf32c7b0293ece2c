import type { SettingsAdapter } from '../adapter.js';
import { operationNames, type Event, type Input, type WriteOperation } from '../operations.js';
import { areaOf, everyKey, everyPage, expect, expectDistinct, expectEqual, expectRefusal, freshAddress, GOOD_PASSWORD, newKey, stepUp, textsIn, write, wrongCode } from './expect.js';
import type { ConformanceCase } from './harness.js';
import { firstKey, inviteOne, provedByFactor, recipeOf, recipes } from './recipes.js';

/** Who did what: that it is written down, for whom, and that it is all there by pages. */

export function everyEvent(adapter: SettingsAdapter, limit = 100, between?: (page: number) => Promise<void>): Promise<Event[]> {
  return everyPage((cursor) => adapter.call('activity.list', { limit, ...cursor }), between);
}

export function everyAudited(adapter: SettingsAdapter, query: Input<'audit.list'> = {}, between?: (page: number) => Promise<void>): Promise<Event[]> {
  return everyPage((cursor) => adapter.call('audit.list', { limit: 100, ...query, ...cursor }), between);
}

/** Writes that leave no event, since what they begin has one when it is done; and one that leaves nobody to read their own (account.ts reads it as the organisation does). */
const SILENT: readonly WriteOperation[] = ['email.resend', 'mfa.begin', 'passkeys.begin', 'auth.passkeyOptions', 'account.delete'];

const recorded = operationNames.filter((operation): operation is WriteOperation => Object.hasOwn(recipes, operation) && !(SILENT as readonly string[]).includes(operation));

function recordCase(operation: WriteOperation): ConformanceCase {
  const { role, needs, requires = [], arrange } = recipeOf(operation);
  const proves = provedByFactor(operation);
  return {
    area: areaOf(operation),
    name: `${operation} stands among the events of who made it, once, however often it is repeated under its key`,
    needs: [...new Set([operation, ...needs, 'activity.list' as const, 'auth.context' as const, ...(proves ? (['auth.stepUp'] as const) : [])])],
    requires,
    run: async (world) => {
      // Another session reads: the write may end the one that makes it.
      const reader = await world.reopen(role);
      const session = await world.as(role);
      const { id } = (await session.call('auth.context', undefined)).user;
      const { input, ifMatch } = await arrange(world, session);
      if (proves) await stepUp(world, role, session);
      const before = new Set((await everyEvent(reader)).map((event) => event.id));
      const options = { idempotencyKey: newKey(), ...(ifMatch !== undefined && { ifMatch }) };
      await write(session, operation, input, options);
      if (!recipeOf(operation).ends) await write(session, operation, input, options);
      // What ends the other sessions ends the reader's, too.
      const still = operation === 'sessions.end' || operation === 'sessions.endOthers' ? session : reader;
      const made = (await everyEvent(still)).filter((event) => !before.has(event.id));
      expectEqual(made.map(({ action, actor, result }) => [action, actor?.id, result]), [[operation, id, 'ok']], 'the events since');
    },
  };
}

const expectNewestFirst = (events: readonly Event[]): void => {
  for (const [index, { at }] of events.entries()) expect(index === 0 || Date.parse(at) <= Date.parse(events[index - 1]?.at ?? ''), 'an older event stands before a newer one');
};

export const activityCases: ConformanceCase[] = [
  ...recorded.map(recordCase),
  {
    area: 'activity',
    name: 'a try with a wrong password or code stands among the events, with its result',
    needs: ['activity.list', 'password.change', 'auth.stepUp'],
    run: async (world) => {
      const owner = await world.as('owner');
      await expectRefusal(write(owner, 'password.change', { currentPassword: 'not the password', newPassword: GOOD_PASSWORD, signOutOthers: false }), 'wrong-credential');
      await expectRefusal(write(owner, 'auth.stepUp', { method: 'totp', code: wrongCode(await world.code('owner')) }), 'wrong-credential');
      expectEqual(
        (await everyEvent(owner)).slice(0, 2).map(({ action, result }) => [action, result]),
        [
          ['auth.stepUp', 'wrong-credential'],
          ['password.change', 'wrong-credential'],
        ],
        'the newest two events',
      );
    },
  },
  {
    area: 'activity',
    name: 'everybody has their own events, and nobody those of somebody else',
    needs: ['activity.list', 'profile.update', 'auth.context'],
    run: async (world) => {
      for (const role of ['owner', 'member', 'outsider'] as const) {
        const session = await world.as(role);
        const { user } = await session.call('auth.context', undefined);
        await write(session, 'profile.update', { name: `Named ${role}` }, { ifMatch: user.version });
      }
      for (const role of ['owner', 'member', 'outsider'] as const) {
        const session = await world.as(role);
        const { id } = (await session.call('auth.context', undefined)).user;
        const events = await everyEvent(session);
        expect(events.some(({ action }) => action === 'profile.update'), 'the own event is missing');
        expect(events.every(({ actor }) => actor?.id === id), 'there is an event of somebody else');
        expect(events.every(({ actor }) => actor?.name === `Named ${role}`), 'somebody is called otherwise than they are called now');
      }
    },
  },
  {
    area: 'activity',
    name: 'two hundred and fifty events come by pages, the newest first, none twice and none left out, while others are written',
    needs: ['activity.list', 'audit.list', 'profile.update', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      let { version } = (await owner.call('auth.context', undefined)).user;
      let count = 0;
      const change = async (): Promise<void> => {
        count++;
        ({ version } = await write(owner, 'profile.update', { name: `Name ${String(count)}` }, { ifMatch: version }));
      };
      while (count < 250) await change();
      for (const every of [everyEvent, (session: SettingsAdapter, limit: number, between?: () => Promise<void>) => everyAudited(session, { limit }, between)]) {
        const whole = await every(owner, 100);
        expect(whole.length >= 250, `of 250 events there are ${String(whole.length)}`);
        expectNewestFirst(whole);
        expectDistinct(whole.map(({ id }) => id), 'an event');
        const seen = await every(owner, 30, change);
        expectEqual(seen.map(({ id }) => id), whole.map(({ id }) => id), 'the events that were there when the first page was read');
        expectEqual((await every(owner, 3)).slice(0, 3).map(({ action }) => action), ['profile.update', 'profile.update', 'profile.update'], 'the newest events');
      }
    },
  },
  {
    area: 'audit',
    name: 'owners and admins read the events of their organisation, whoever made them, and none of another; members read none',
    needs: ['audit.list', 'company.update', 'company.get', 'profile.update', 'auth.context'],
    run: async (world) => {
      const ids: Partial<Record<string, string>> = {};
      for (const role of ['owner', 'admin', 'member', 'outsider'] as const) {
        const session = await world.as(role);
        const { user } = await session.call('auth.context', undefined);
        ids[role] = user.id;
        await write(session, 'profile.update', { name: `Named ${role}` }, { ifMatch: user.version });
      }
      const owner = await world.as('owner');
      await write(owner, 'company.update', { name: 'Renamed By The Suite' }, { ifMatch: (await owner.call('company.get', undefined)).version });
      for (const role of ['owner', 'admin'] as const) {
        const events = await everyAudited(await world.as(role));
        for (const who of ['owner', 'admin', 'member']) expect(events.some(({ action, actor }) => action === 'profile.update' && actor?.id === ids[who]), `an event of the ${who} is missing`);
        expect(events.some(({ action }) => action === 'company.update'), 'the change of the company is missing');
        expect(!events.some(({ actor }) => actor?.id === ids['outsider']), 'there is an event of another organisation');
      }
      const theirs = await everyAudited(await world.as('outsider'));
      expect(theirs.length > 0 && theirs.every(({ actor }) => actor?.id === ids['outsider']), 'another organisation reads events of this one');
      await expectRefusal((await world.as('member')).call('audit.list', {}), 'forbidden');
    },
  },
  {
    area: 'audit',
    name: 'a reveal is written down with the name of each key that was shown, be it one or all',
    needs: ['audit.list', 'apiKeys.list', 'apiKeys.reveal', 'auth.stepUp'],
    run: async (world) => {
      const owner = await stepUp(world, 'owner');
      const keys = await everyKey(owner);
      const key = await firstKey(owner);
      await write(owner, 'apiKeys.reveal', { ids: [key.id] });
      await write(owner, 'apiKeys.reveal', {});
      const [all, one] = await everyAudited(owner, { action: ['apiKeys.reveal'] });
      expectEqual(one?.targets, [key.name], 'what the first one showed');
      expectEqual([...(all?.targets ?? [])].sort(), keys.map(({ name }) => name).sort(), 'what the second one showed');
    },
  },
  {
    area: 'audit',
    name: 'what happened to an invitation says whose, by address',
    needs: ['audit.list', 'team.invite', 'team.list', 'team.revoke'],
    run: async (world) => {
      const owner = await world.as('owner');
      const email = freshAddress('audited');
      const { id } = await inviteOne(owner, email);
      await write(owner, 'team.revoke', { id });
      expectEqual((await everyAudited(owner, { action: ['team'] })).slice(0, 2).map(({ action, targets }) => [action, targets]), [['team.revoke', [email]], ['team.invite', [email]]], 'the newest two events');
    },
  },
  {
    area: 'audit',
    name: 'the list can be asked for a person by name or address, for actions or areas, and for a span of time',
    needs: ['audit.list', 'profile.update', 'auth.stepUp', 'auth.endStepUp', 'auth.context'],
    run: async (world) => {
      const owner = await world.as('owner');
      const admin = await stepUp(world, 'admin');
      await write(admin, 'auth.endStepUp', undefined);
      const { user } = await admin.call('auth.context', undefined);
      await write(admin, 'profile.update', { name: 'Élodie Of The Suite' }, { ifMatch: user.version });
      await write(owner, 'profile.update', { name: 'Somebody Else' }, { ifMatch: (await owner.call('auth.context', undefined)).user.version });
      for (const actor of ['élodie', 'SUITE elodie', user.email.toUpperCase()]) {
        const events = await everyAudited(owner, { actor });
        expect(events.length >= 3 && events.every((event) => event.actor?.id === user.id), `the events of "${actor}" are not those of one person`);
      }
      expectEqual(await everyAudited(owner, { actor: 'nobody is called like this' }), [], 'the events of nobody');
      const actionsOf = async (query: Input<'audit.list'>): Promise<string[]> => [...new Set((await everyAudited(owner, query)).map(({ action }) => action))].sort();
      expectEqual(await actionsOf({ action: ['auth.stepUp'] }), ['auth.stepUp'], 'one action');
      expectEqual(await actionsOf({ action: ['auth.stepUp', 'profile'] }), ['auth.stepUp', 'profile.update'], 'an action and an area');
      expectEqual(await actionsOf({ action: ['prof', 'auth.step', '%', 'auth_stepUp'] }), [], 'what is no action');
      const all = await everyAudited(owner);
      const moment = all[1]?.at ?? '';
      const since = await everyAudited(owner, { from: moment });
      const until = await everyAudited(owner, { to: moment });
      expect(since.length > 1 && since.every(({ at }) => Date.parse(at) >= Date.parse(moment)), 'an event from before the span');
      expect(until.every(({ at }) => Date.parse(at) < Date.parse(moment)), 'an event from after the span');
      expectEqual([...since, ...until].map(({ id }) => id), all.map(({ id }) => id), 'both spans together');
    },
  },
  {
    area: 'audit',
    name: 'no event ever says a password, a code, the secret of a key or the token of a link',
    needs: ['audit.list', 'activity.list', 'password.change', 'auth.stepUp', 'apiKeys.list', 'apiKeys.reveal', 'team.invite', 'team.list'],
    run: async (world) => {
      const owner = await world.as('owner');
      const code = await world.code('owner');
      await write(owner, 'auth.stepUp', { method: 'totp', code });
      const { secrets } = await write(owner, 'apiKeys.reveal', {});
      const wrong = 'typed into the wrong field';
      await expectRefusal(write(owner, 'password.change', { currentPassword: wrong, newPassword: GOOD_PASSWORD, signOutOthers: false }), 'wrong-credential');
      await write(owner, 'password.change', { currentPassword: world.password('owner'), newPassword: GOOD_PASSWORD, signOutOthers: false });
      const email = freshAddress('audited');
      await inviteOne(owner, email);
      const tokens = (await world.mails(email)).flatMap(({ token }) => token ?? []);
      expect(tokens.length > 0, 'no mail with a link arrived');
      const said = [...textsIn(await everyAudited(owner)), ...textsIn(await everyEvent(owner))];
      for (const secret of [wrong, GOOD_PASSWORD, world.password('owner'), ...tokens, ...secrets.map((each) => each.secret)]) expect(!said.some((text) => text.includes(secret)), 'an event says a secret');
      expect(!said.includes(code), 'an event says a code');
    },
  },
];
