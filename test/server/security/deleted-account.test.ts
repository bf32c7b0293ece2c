import assert from 'node:assert/strict';
import { it } from 'node:test';
import { passkeysWorld, type World } from '@userflux/settings/adapters/memory';
import { ADA_RECOVERY_CODES } from '../../../src/adapters/memory/worlds.js';
import { assertProblem, call, everythingAtRest, onBoth, type Lab } from './support.js';

const ADA = 'ada@example.com';
const CHARLES = 'charles@example.com';

/** Ada has every kind of credential, and may leave: Charles owns the company as well. Charles has passkeys and recovery codes too. */
function leavingWorld(): World {
  const world = passkeysWorld();
  const [ada, charles] = [ADA, CHARLES].map((email) => world.people.find((person) => person.email === email));
  assert.ok(ada?.passkeys && ada.totpSecret && charles);
  Object.assign(charles, { totpSecret: ada.totpSecret, recoveryCodes: [...ADA_RECOVERY_CODES], passkeys: [{ name: 'Pixel', synced: true, addedAgo: 1, usedAgo: null }] });
  for (const { members } of world.organisations) for (const member of members) if (member.email === CHARLES) member.role = 'owner';
  return world;
}

/** How many rows there are in each table of credentials, of this person; challenges are told by their sessions. */
async function credentialsOf({ place }: Lab, userId: string, sessionIds: readonly string[]): Promise<Record<string, number>> {
  const { db } = place.store;
  const counts: Record<string, number> = {};
  for (const table of ['session', 'account', 'twoFactor', 'passkey', 'settingsRecoveryCode', 'settingsEnrolment', 'settingsEmailChange'] as const) {
    counts[table] = (await db.selectFrom(table).select('id').where('userId', '=', userId).execute()).length;
  }
  const challenges = await db.selectFrom('settingsChallenge').select('id').execute();
  counts['settingsChallenge'] = challenges.filter(({ id }) => sessionIds.some((session) => id.startsWith(`${session} `))).length;
  counts['settingsAttempt'] = (await db.selectFrom('settingsAttempt').select('id').where('id', 'like', `%:${userId}`).execute()).length;
  return counts;
}

/** Leaves a challenge for each purpose in each session, and tries that failed. */
async function useEverything(lab: Lab, email: string): Promise<string[]> {
  const visitors = [await lab.proven(email), await lab.as(email)] as const;
  assert.equal((await call(lab.server, visitors[0], 'passkeys.begin')).status, 200);
  for (const visitor of visitors) assert.equal((await call(lab.server, visitor, 'auth.passkeyOptions')).status, 200);
  assertProblem(await call(lab.server, visitors[1], 'auth.stepUp', { method: 'totp', code: '000000' }), 403, 'wrong-credential');
  return visitors.map(({ sessionId }) => sessionId ?? '');
}

onBoth(
  'a deleted account',
  (lab) => {
    it('takes passkeys, recovery codes, challenges and every other credential with it, of that person and of nobody else', async () => {
      const [ada, charles] = [await lab().userId(ADA), await lab().userId(CHARLES)];
      const [adasSessions, charlesSessions] = [await useEverything(lab(), ADA), await useEverything(lab(), CHARLES)];
      const last = await lab().proven(ADA);
      assert.equal((await call(lab().server, last, 'email.change', { email: 'ada@example.net' })).status, 200);
      const before = await credentialsOf(lab(), ada, adasSessions);
      for (const table of ['account', 'twoFactor', 'settingsEmailChange']) assert.equal(before[table], 1, table);
      assert.deepEqual([before['passkey'], before['settingsRecoveryCode'], before['settingsChallenge']], [3, ADA_RECOVERY_CODES.length, 3]);
      assert.ok((before['settingsAttempt'] ?? 0) > 0);
      const others = await credentialsOf(lab(), charles, charlesSessions);

      const reply = await call(lab().server, last, 'account.delete', { confirmation: ADA });
      assert.equal(reply.status, 204, reply.text);
      const after = await credentialsOf(lab(), ada, adasSessions);
      assert.deepEqual(after, Object.fromEntries(Object.keys(before).map((table) => [table, 0])));
      assert.deepEqual(await credentialsOf(lab(), charles, charlesSessions), others, 'what Charles has');
      assert.equal(others['settingsChallenge'], 3);
    });

    it('leaves its id only where the organisation keeps what was done', async () => {
      const mary = await lab().userId('mary@example.com');
      assert.equal((await call(lab().server, await lab().proven('mary@example.com'), 'account.delete', { confirmation: 'mary@example.com' })).status, 204);
      const where = new Set((await everythingAtRest(lab())).filter(({ value }) => value.includes(mary)).map((each) => each.where));
      assert.deepEqual([...where].filter((column) => !/^settings(?:Event|Hint|FormerMember)\./.test(column)), []);
    });
  },
  () => ({ world: leavingWorld() }),
);
