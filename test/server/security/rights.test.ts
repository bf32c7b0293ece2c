import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rowOf, type OperationName } from '@userflux/settings/contract';
import { examplePicture } from '../../../src/contract/examples.js';
import { ADA_PASSWORD } from '../../../src/adapters/memory/worlds.js';
import { call, codeOfReply, field, native, onBoth, signedOut, type Lab, type Reply, type Visitor } from './support.js';

type Role = 'owner' | 'admin' | 'member' | 'alone' | 'signedOut';
const PEOPLE: Record<Role, string | null> = { owner: 'ada@example.com', admin: 'charles@example.com', member: 'mary@example.com', alone: 'henry@example.com', signedOut: null };
const STRANGER = 'georg@example.org';

const FORBIDDEN = '403 forbidden';
const NOBODY = '401 unauthenticated';
const NONE = '404 not-found';

interface Row {
  input: Record<string, unknown>;
  /** In the own organisation, with a proof of presence where one has a second factor: owner, admin, member, in no organisation, signed out. */
  own: readonly [owner: string, admin: string, member: string, alone: string, signedOut: string];
  /** What an owner of another organisation gets with the same ids; absent: nothing in the input belongs to an organisation. */
  other?: string;
}

const everybody = (outcome: string, withoutSession = NOBODY): Row['own'] => [outcome, outcome, outcome, outcome, withoutSession];

/** By hand, from the contract: not derived from the rules that it checks. A new operation does not compile without its row. */
const MATRIX: Record<OperationName, Row> = {
  'auth.context': { input: {}, own: everybody('200') },
  'auth.stepUp': { input: { method: 'totp', code: '000000' }, own: ['403 wrong-credential', '403 wrong-credential', '403 enrolment-required', '403 enrolment-required', NOBODY] },
  'auth.passkeyOptions': { input: {}, own: everybody(NONE) },
  'auth.endStepUp': { input: {}, own: everybody('204') },
  'auth.signOut': { input: {}, own: everybody('204', '204') },
  'profile.update': { input: { name: 'Somebody Else' }, own: everybody('200') },
  'avatar.set': { input: { ...examplePicture }, own: everybody('200') },
  'avatar.remove': { input: {}, own: everybody('200') },
  // Nobody's address: the right one is tried in account.test.ts.
  'account.delete': { input: { confirmation: 'nobody@example.net' }, own: everybody('422 invalid') },
  'email.change': { input: { email: 'somebody.else@example.net' }, own: everybody('200') },
  'email.resend': { input: {}, own: everybody('200') },
  'email.cancel': { input: {}, own: everybody('200') },
  'password.change': { input: { currentPassword: 'wrong', newPassword: 'a-long-new-password-1', signOutOthers: true }, own: everybody('403 wrong-credential') },
  'mfa.begin': { input: {}, own: ['409 conflict', '409 conflict', '201', '201', NOBODY] },
  'mfa.confirm': { input: { enrolmentId: 'guessed', code: '000000' }, own: everybody(NONE) },
  'passkeys.list': { input: {}, own: everybody('200') },
  'passkeys.begin': { input: {}, own: everybody('200') },
  'passkeys.finish': { input: { name: 'Phone', credential: { id: 'YQ', type: 'public-key', response: { clientDataJSON: 'YQ', attestationObject: 'YQ' } } }, own: everybody(NONE) },
  'passkeys.rename': { input: { id: 'guessed', name: 'Mine' }, own: everybody(NONE) },
  'passkeys.remove': { input: { id: 'guessed' }, own: everybody(NONE) },
  'company.get': { input: {}, own: ['200', '200', '200', FORBIDDEN, NOBODY] },
  'company.update': { input: { name: 'Analytical Engines Ltd' }, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY] },
  'logo.set': { input: { ...examplePicture }, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY] },
  'logo.remove': { input: {}, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY] },
  'organisation.switch': { input: { id: 'guessed' }, own: everybody(NONE), other: NONE },
  'organisation.transfer': { input: { memberId: 'guessed' }, own: [NONE, FORBIDDEN, FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'organisation.delete': { input: { confirmation: 'Something Else' }, own: ['422 invalid', FORBIDDEN, FORBIDDEN, FORBIDDEN, NOBODY], other: '422 invalid' },
  'team.list': { input: {}, own: ['200', '200', '200', FORBIDDEN, NOBODY] },
  'team.invite': { input: { invitations: [{ email: 'new@example.net', role: 'admin' }] }, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY] },
  'team.resend': { input: { id: 'org-analytical.invitation-1' }, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'team.link': { input: { id: 'org-analytical.invitation-1' }, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'team.changeRole': { input: { id: 'org-analytical.member-7', role: 'admin' }, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'team.remove': { input: { id: 'org-analytical.member-8' }, own: ['204', '204', FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'team.revoke': { input: { id: 'org-analytical.invitation-2' }, own: ['204', '204', FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'invitation.get': { input: { token: 'guessed' }, own: everybody(NONE, NONE) },
  'invitation.accept': { input: { token: 'guessed' }, own: everybody(NONE) },
  'invitation.decline': { input: { token: 'guessed' }, own: everybody(NONE, NONE) },
  'apiKeys.list': { input: {}, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY] },
  'apiKeys.reveal': { input: { ids: ['org-analytical.key-1'] }, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'apiKeys.update': { input: { id: 'org-analytical.key-1', addresses: [] }, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'apiKeys.create': { input: { name: 'Nightly', kind: 'data', environment: 'test', permission: 'read-only', expiresAt: null, addresses: [] }, own: ['201', '201', FORBIDDEN, FORBIDDEN, NOBODY], other: '201' },
  'apiKeys.roll': { input: { id: 'org-analytical.key-2', overlap: 3600 }, own: ['201', '409 conflict', FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'apiKeys.finishRoll': { input: { id: 'org-analytical.key-2' }, own: ['204', '204', FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'apiKeys.cancelRoll': { input: { id: 'org-analytical.key-2' }, own: ['409 conflict', '409 conflict', FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'apiKeys.revoke': { input: { ids: ['org-analytical.key-3'] }, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY], other: NONE },
  'sessions.list': { input: {}, own: everybody('200') },
  'sessions.end': { input: { id: 'guessed' }, own: everybody('204') },
  'sessions.endOthers': { input: {}, own: everybody('204') },
  'activity.list': { input: {}, own: everybody('200') },
  'audit.list': { input: {}, own: ['200', '200', FORBIDDEN, FORBIDDEN, NOBODY] },
  // Last: they take the place and the second factor away.
  'organisation.leave': { input: {}, own: ['409 conflict', '200', '200', FORBIDDEN, NOBODY], other: '409 conflict' },
  'recoveryCodes.regenerate': { input: {}, own: ['201', '201', '403 enrolment-required', '403 enrolment-required', NOBODY] },
  'mfa.disable': { input: {}, own: ['204', '204', '403 enrolment-required', '403 enrolment-required', NOBODY] },
};
const OPERATIONS = Object.keys(MATRIX) as OperationName[];
const OF_THE_ORGANISATION = OPERATIONS.filter((operation) => /^(company|logo|organisation|team|apiKeys|audit)\./.test(operation));

async function visit(lab: Lab, role: Role): Promise<Visitor> {
  const email = PEOPLE[role];
  if (email === null) return signedOut;
  return role === 'owner' || role === 'admin' ? lab.proven(email) : lab.as(email);
}

async function owners({ place: { store } }: Lab, organizationId = 'org-analytical'): Promise<number> {
  return (await store.db.selectFrom('member').select('id').where('organizationId', '=', organizationId).where('role', '=', 'owner').execute()).length;
}

onBoth('who may do what', (lab) => {
  it('every operation by every role in the own organisation, as the table of this test says', async () => {
    const { db } = lab().place.store;
    // Somebody with an account who is in no organisation.
    await db.deleteFrom('member').where('userId', '=', await lab().userId(PEOPLE.alone ?? '')).execute();
    const [charles, mary] = [await lab().userId(PEOPLE.admin ?? ''), await lab().userId(PEOPLE.member ?? '')];
    const places = await db.selectFrom('member').selectAll().where('organizationId', '=', 'org-analytical').execute();
    const outcomes: Record<string, string[]> = {};
    for (const operation of OPERATIONS) {
      const { input } = MATRIX[operation];
      const row: string[] = [];
      for (const role of ['owner', 'admin', 'member', 'alone', 'signedOut'] as const) {
        await db.deleteFrom('settingsAttempt').execute();
        row.push(codeOfReply(await call(lab().server, await visit(lab(), role), operation, input)));
      }
      outcomes[operation] = row;
    }
    assert.deepEqual(outcomes, Object.fromEntries(OPERATIONS.map((operation) => [operation, [...MATRIX[operation].own]])));
    // Who has left comes back for what follows.
    const left = new Set((await db.selectFrom('settingsFormerMember').select('id').execute()).map(({ id }) => id));
    await db.insertInto('member').values(places.filter(({ id, userId }) => left.has(id) && [charles, mary].includes(userId))).execute();
    await db.deleteFrom('settingsFormerMember').execute();
    await db.updateTable('user').set({ twoFactorEnabled: lab().place.store.boolean(true) }).where('email', 'in', ['ada@example.com', 'charles@example.com']).execute();
  });

  it('an owner of another organisation finds nothing under ids of this one, reads none of its rows, and changes nothing', async () => {
    const { db } = lab().place.store;
    const before = JSON.stringify([await db.selectFrom('organization').selectAll().where('id', '=', 'org-analytical').execute(), await db.selectFrom('apikey').selectAll().where('referenceId', '=', 'org-analytical').orderBy('id').execute(), await db.selectFrom('invitation').selectAll().where('organizationId', '=', 'org-analytical').orderBy('id').execute(), await db.selectFrom('member').selectAll().where('organizationId', '=', 'org-analytical').orderBy('id').execute()]);
    for (const operation of OF_THE_ORGANISATION) {
      const { input, other } = MATRIX[operation];
      const georg = await lab().proven(STRANGER);
      const reply = await call(lab().server, georg, operation, operation === 'company.update' ? { name: 'Difference Works AB' } : input);
      assert.equal(codeOfReply(reply), other ?? '200', operation);
      assert.doesNotMatch(reply.text, /org-analytical|Analytical Engines|@example\.com/, operation);
    }
    // Some of one's own among those of others: none is shown.
    const mixed = await call(lab().server, await lab().proven(STRANGER), 'apiKeys.reveal', { ids: ['org-difference.key-1', 'org-analytical.key-1'] });
    assert.equal(codeOfReply(mixed), NONE);
    assert.doesNotMatch(mixed.text, /uf_(int|dat|prd)_/);
    assert.equal(JSON.stringify([await db.selectFrom('organization').selectAll().where('id', '=', 'org-analytical').execute(), await db.selectFrom('apikey').selectAll().where('referenceId', '=', 'org-analytical').orderBy('id').execute(), await db.selectFrom('invitation').selectAll().where('organizationId', '=', 'org-analytical').orderBy('id').execute(), await db.selectFrom('member').selectAll().where('organizationId', '=', 'org-analytical').orderBy('id').execute()]), before);
    // Nor does a session that names an organisation which is not one's own.
    const forged = await lab().proven(STRANGER);
    await db.updateTable('session').set({ activeOrganizationId: 'org-analytical' }).where('id', '=', forged.sessionId ?? '').execute();
    assert.equal(field(await call(lab().server, forged, 'company.get'), 'id'), 'org-difference');
  });

  it('rights end in the middle of a session: demoted, removed, signed out elsewhere; under an old idempotency key, too', async () => {
    const { db } = lab().place.store;
    const john = await lab().as('john@example.com');
    const invite = (key: string): Promise<Reply> => call(lab().server, john, 'team.invite', { invitations: [{ email: 'by.john@example.net', role: 'member' }] }, { key });
    assert.equal((await invite('before')).status, 200);
    const userId = await lab().userId('john@example.com');
    const outcomes = async (): Promise<Record<string, string>> => {
      const replies: Record<string, string> = {};
      // Going elsewhere is everybody's own.
      for (const operation of OF_THE_ORGANISATION) if (!/^organisation\.(switch|leave)$/.test(operation)) replies[operation] = codeOfReply(await call(lab().servers[1], john, operation, MATRIX[operation].input));
      return replies;
    };
    await db.updateTable('member').set({ role: 'member' }).where('userId', '=', userId).execute();
    assert.deepEqual(await outcomes(), { 'company.get': '200', 'company.update': FORBIDDEN, 'logo.set': FORBIDDEN, 'logo.remove': FORBIDDEN, 'team.list': '200', 'team.invite': FORBIDDEN, 'team.resend': FORBIDDEN, 'team.revoke': FORBIDDEN, 'team.link': FORBIDDEN, 'team.changeRole': FORBIDDEN, 'team.remove': FORBIDDEN, 'organisation.transfer': FORBIDDEN, 'organisation.delete': FORBIDDEN, 'audit.list': FORBIDDEN, 'apiKeys.list': FORBIDDEN, 'apiKeys.reveal': FORBIDDEN, 'apiKeys.update': FORBIDDEN, 'apiKeys.create': FORBIDDEN, 'apiKeys.roll': FORBIDDEN, 'apiKeys.finishRoll': FORBIDDEN, 'apiKeys.cancelRoll': FORBIDDEN, 'apiKeys.revoke': FORBIDDEN });
    assert.equal(codeOfReply(await invite('before')), FORBIDDEN);
    // What nobody knows as a role has the least rights; of several, the greatest counts.
    for (const [role, outcome] of [['superuser', FORBIDDEN], ['Owner', FORBIDDEN], ['', FORBIDDEN], ['member,admin', '200']] as const) {
      await db.updateTable('member').set({ role }).where('userId', '=', userId).execute();
      assert.equal(codeOfReply(await call(lab().server, john, 'apiKeys.list')), outcome, role);
    }
    const own = await call(lab().server, john, 'auth.context');
    assert.ok((field(own, 'operations') as string[]).includes('team.invite'));
    await db.deleteFrom('member').where('userId', '=', userId).execute();
    assert.deepEqual(new Set(Object.values(await outcomes())), new Set([FORBIDDEN]));
    const context = await call(lab().server, john, 'auth.context');
    assert.equal(field(context, 'organisation'), null);
    assert.deepEqual((field(context, 'operations') as string[]).filter((name) => /^(company|team|apiKeys)\./.test(name)), []);
    assert.equal((await call(lab().server, john, 'profile.update', { name: 'John Herschel' })).status, 200);
    await db.deleteFrom('session').where('id', '=', john.sessionId ?? '').execute();
    for (const operation of OPERATIONS.filter((each) => rowOf(each).public !== true && each !== 'auth.signOut')) assert.equal(codeOfReply(await call(lab().server, john, operation, MATRIX[operation].input)), NOBODY, operation);
    assert.equal(codeOfReply(await invite('before')), NOBODY);
  });

  it('a session whose time is over, a cookie with a wrong signature, and one of somebody else are nobody', async () => {
    const ada = await lab().as('ada@example.com');
    const [name = '', value = ''] = ada.cookie.split('=');
    const plain = decodeURIComponent(value);
    const forged = [plain.replace(/\.(.)/, (_, first: string) => `.${first === 'A' ? 'B' : 'A'}`), plain.split('.')[0] ?? '', `${plain}x`, plain.replace(/^./, (first) => (first === 'x' ? 'y' : 'x')), '', '.', 'null'];
    for (const cookie of forged) assert.equal(codeOfReply(await call(lab().server, { cookie: `${name}=${encodeURIComponent(cookie)}` }, 'auth.context')), NOBODY, cookie);
    assert.equal(codeOfReply(await call(lab().server, { cookie: '' }, 'auth.context', {}, { headers: { authorization: `Bearer ${plain.split('.')[0] ?? ''}` } })), NOBODY);
    assert.equal((await call(lab().server, ada, 'auth.context')).status, 200);
    const { store } = lab().place;
    await store.db.updateTable('session').set({ expiresAt: store.date(Date.now() - 1000) }).where('id', '=', ada.sessionId ?? '').execute();
    assert.equal(codeOfReply(await call(lab().server, ada, 'company.get')), NOBODY);
  });

  it('of four owners who demote and remove each other and themselves in 100 calls at once, one is left, who can do neither to themselves', async () => {
    const { db } = lab().place.store;
    const emails = ['ada@example.com', 'charles@example.com', 'augustus@example.com', 'sophia@example.com'];
    const ids = await Promise.all(emails.map((email) => lab().userId(email)));
    await db.updateTable('member').set({ role: 'owner' }).where('userId', 'in', ids).where('organizationId', '=', 'org-analytical').execute();
    const rows = await db.selectFrom('member').select(['id', 'userId']).where('userId', 'in', ids).where('organizationId', '=', 'org-analytical').execute();
    const sessions = await Promise.all(emails.map((email) => lab().proven(email)));
    assert.equal(await owners(lab()), 4);
    const attempts = sessions.flatMap((session) => rows.flatMap(({ id }) => [['team.changeRole', { id, role: 'member' }], ['team.remove', { id }], ['team.changeRole', { id, role: 'admin' }]].map(([operation, input]) => ({ session, operation: operation as OperationName, input: input as object }))));
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const { session, operation, input } = attempts[(index * 7) % attempts.length] ?? attempts[0] ?? assert.fail();
        return call(lab().servers[index % 2 === 0 ? 0 : 1], session, operation, { ...input });
      }),
    );
    const known = ['200', '204', FORBIDDEN, NONE, '409 conflict'];
    assert.deepEqual([...new Set(replies.map(codeOfReply))].filter((code) => !known.includes(code)), []);
    assert.equal(await owners(lab()), 1);
    const last = await db.selectFrom('member').select(['id', 'userId']).where('organizationId', '=', 'org-analytical').where('role', '=', 'owner').executeTakeFirstOrThrow();
    const session = sessions[ids.indexOf(last.userId)] ?? assert.fail();
    for (const [operation, input] of [['team.changeRole', { id: last.id, role: 'member' }], ['team.remove', { id: last.id }]] as const) assert.equal(codeOfReply(await call(lab().server, session, operation, input)), '409 conflict');
    assert.equal(await owners(lab()), 1);
  });

  it('a member who is removed, or whose role is changed, hears of it by mail; their open page is told to look, and their other organisations are left alone', async () => {
    const { db } = lab().place.store;
    const owner = await db.selectFrom('member').innerJoin('user', 'user.id', 'member.userId').select('user.email').where('organizationId', '=', 'org-analytical').where('role', '=', 'owner').executeTakeFirstOrThrow();
    const acting = await lab().proven(owner.email);
    const jane = await lab().as('jane@example.com');
    const userId = await lab().userId('jane@example.com');
    await db.insertInto('member').values({ id: 'jane-elsewhere', organizationId: 'org-difference', userId, role: 'member', createdAt: lab().place.store.date(Date.now()), enteredAt: lab().clock(), joinedAt: lab().clock() }).execute();
    await db.updateTable('session').set({ activeOrganizationId: 'org-analytical' }).where('id', '=', jane.sessionId ?? '').execute();
    const { id } = await db.selectFrom('member').select('id').where('userId', '=', userId).where('organizationId', '=', 'org-analytical').executeTakeFirstOrThrow();
    const subjects = async (): Promise<string[]> => (await db.selectFrom('settingsMail').select('subject').where('to', '=', 'jane@example.com').orderBy('at').orderBy('id').execute()).map(({ subject }) => subject);
    assert.equal((await call(lab().server, acting, 'team.changeRole', { id, role: 'admin' })).status, 200);
    assert.deepEqual(await subjects(), ['Your role in Analytical Engines Ltd has changed']);
    await db.deleteFrom('settingsHint').execute();
    assert.equal((await call(lab().server, acting, 'team.remove', { id })).status, 204);
    assert.deepEqual((await subjects()).slice(1), ['You are no longer in Analytical Engines Ltd']);
    const hints = await db.selectFrom('settingsHint').select(['reads', 'organizationId']).execute();
    assert.ok(hints.some(({ reads, organizationId }) => organizationId === 'org-analytical' && reads.split(' ').includes('auth.context')));
    assert.equal(field(await call(lab().server, jane, 'company.get'), 'id'), 'org-difference');
    await db.deleteFrom('member').where('id', '=', 'jane-elsewhere').execute();
    // Her row in the team goes by the mark of who was there, and for nobody else.
    assert.equal((await call(lab().server, acting, 'team.remove', { id })).status, 204);
    assert.equal(codeOfReply(await call(lab().server, await lab().proven(STRANGER), 'team.remove', { id })), NONE);
  });

  it('the last owner stays, whatever 100 calls of the endpoints of Better Auth try: all are closed', async () => {
    const { db } = lab().place.store;
    const before = await db.selectFrom('member').selectAll().where('organizationId', '=', 'org-analytical').orderBy('id').execute();
    const owner = before.find(({ role }) => role === 'owner')?.id;
    const attempts: [string, object][] = [
      ['/organization/update-member-role', { memberId: owner, role: 'member', organizationId: 'org-analytical' }],
      ['/organization/remove-member', { memberIdOrEmail: 'ada@example.com', organizationId: 'org-analytical' }],
      ['/organization/leave', { organizationId: 'org-analytical' }],
      ['/organization/delete', { organizationId: 'org-analytical' }],
      ['/organization/update', { organizationId: 'org-analytical', data: { name: 'Evil Ltd' } }],
      ['/organization/accept-invitation', { invitationId: 'org-analytical.invitation-1' }],
      ['/organization/invite-member', { email: 'eve@example.net', role: 'owner', organizationId: 'org-analytical' }],
      ['/delete-user', { password: ADA_PASSWORD }],
    ];
    const sessions = await Promise.all(['ada@example.com', 'charles@example.com', 'mary@example.com', STRANGER].map((email) => lab().proven(email)));
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const [path, body] = attempts[index % attempts.length] ?? ['', {}];
        return native(lab().server, path, body, sessions[index % sessions.length]);
      }),
    );
    assert.deepEqual(new Set(replies.map(codeOfReply)), new Set(['403 CLOSED']));
    assert.deepEqual(await db.selectFrom('member').selectAll().where('organizationId', '=', 'org-analytical').orderBy('id').execute(), before);
  });
});
