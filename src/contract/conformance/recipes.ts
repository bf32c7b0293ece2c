import type { SettingsAdapter } from '../adapter.js';
import { examplePicture, otherPicture } from '../examples.js';
import { rowOf, type ApiKey, type Input, type OperationName, type TeamRow, type WriteOperation } from '../operations.js';
import { addPasskey, addressOf, authenticatorOf, everyKey, everyRow, everySession, expect, freshAddress, GOOD_PASSWORD, newestToken, newRecoveryCodes, outcomeOf, passkeysOf, stepUp, write, wrongCode } from './expect.js';
import type { ConformanceCase, ConformanceRole, ConformanceWorld } from './harness.js';

/** A write that is ready to be made. */
export interface Arrangement<Op extends OperationName> {
  /** Succeeds now. */
  input: Input<Op>;
  /** Another input that would be right to send as well; absent where the operation takes none. */
  other?: Input<Op>;
  /** The version to carry, for versioned writes. */
  ifMatch?: string;
  /** Who gets a mail by it: one, and no second one by a repeat. */
  mailsTo?: string;
  /** What reads show of the effect: one thing before, another after. Absent where no read shows it. */
  effect?: (session: SettingsAdapter) => Promise<unknown>;
  /** The effect is one on this session alone. */
  here?: true;
}

/** Something of the second organisation, named to somebody of the first. */
export interface Foreign<Op extends OperationName> {
  input: Input<Op>;
  ifMatch?: string;
  /** Reads it as its owners see it. */
  look: () => Promise<unknown>;
}

/** How one write is brought to succeed. Everything that holds for all writes is checked with it; see writes.ts. */
export interface Recipe<Op extends OperationName> {
  /** Who makes it: of those who may, one who has MFA where the operation's row asks for it. */
  role: ConformanceRole;
  /** What it calls besides. */
  needs: readonly OperationName[];
  /** What the harness has to be able to. */
  requires?: NonNullable<ConformanceCase['requires']>;
  /** Ends the session in which it is called. */
  ends?: true;
  /** Takes no proof, as its row asks for one by inputs that are none of these; the others have a case of their own. */
  unproven?: true;
  /** The answer shows something that can be shown only once: a repeat succeeds and may leave it out. */
  once?: true;
  arrange: (world: ConformanceWorld, session: SettingsAdapter) => Promise<Arrangement<Op>>;
  /** For writes that name something of an organisation. */
  foreign?: (world: ConformanceWorld) => Promise<Foreign<Op>>;
}

const contextIsThere = async (session: SettingsAdapter) => 'answer' in (await outcomeOf(session.call('auth.context', undefined)));
const userOf = async (session: SettingsAdapter) => (await session.call('auth.context', undefined)).user;
const logoOf = async (session: SettingsAdapter) => (await session.call('company.get', undefined)).logoUrl;
/** The organisation that the session is in. */
export const hereOf = async (session: SettingsAdapter): Promise<string> => (await session.call('auth.context', undefined)).organisation?.id ?? '';
/** The person's organisations, and their role in each. */
const placesOf = async (session: SettingsAdapter) => (await session.call('auth.context', undefined)).organisations.map(({ id, role }) => [id, role]).sort();
const freshUntil = async (session: SettingsAdapter) => (await session.call('auth.context', undefined)).stepUp.freshUntil;

export async function inviteOne(adapter: SettingsAdapter, email: string, role = 'member'): Promise<TeamRow> {
  const { results } = await write(adapter, 'team.invite', { invitations: [{ email, role }] });
  const [result] = results;
  expect(result?.outcome === 'sent' && result.row !== undefined, `the invitation was not sent: ${result?.outcome ?? 'no result'}`);
  return result.row;
}

/** The token by which the outsider may join the first organisation. */
export async function inviteOutsider(world: ConformanceWorld, role = 'member'): Promise<string> {
  const email = await addressOf(world, 'outsider');
  await inviteOne(await world.as('owner'), email, role);
  return newestToken(world, email);
}

export async function rowFor(adapter: SettingsAdapter, email: string): Promise<TeamRow | undefined> {
  return (await everyRow(adapter, { search: email })).find((row) => row.email === email);
}

export async function firstKey(adapter: SettingsAdapter): Promise<ApiKey> {
  const [key] = (await adapter.call('apiKeys.list', {})).items;
  expect(key !== undefined, 'the world has keys');
  return key;
}

async function theirInvitation(world: ConformanceWorld): Promise<{ input: { id: string }; look: () => Promise<unknown> }> {
  const outsider = await world.as('outsider');
  const invitations = async (): Promise<TeamRow[]> => (await everyRow(outsider)).filter((row) => row.type === 'invitation');
  const [row] = await invitations();
  expect(row !== undefined, 'the organisation of the outsider has an invitation');
  return { input: { id: row.id }, look: invitations };
}

const namesOfPasskeys = async (session: SettingsAdapter): Promise<string[]> => (await passkeysOf(session)).map(({ name }) => name);

/** What adding a passkey takes, and where its answers are bound to. */
const withPasskeys = { needs: ['passkeys.list', 'passkeys.begin', 'passkeys.finish', 'auth.stepUp', 'auth.endStepUp', 'auth.context'], requires: ['origin'] } as const;

/** A passkey of somebody with a second factor, whose proof is over again. */
async function oneOfTheirs(world: ConformanceWorld, role: ConformanceRole, session: SettingsAdapter, name?: string): Promise<string> {
  await stepUp(world, role, session);
  const { id } = await addPasskey(session, authenticatorOf(world), name);
  await write(session, 'auth.endStepUp', undefined);
  return id;
}

async function theirPasskey(world: ConformanceWorld): Promise<{ id: string; look: () => Promise<unknown> }> {
  const outsider = await world.as('outsider');
  return { id: await oneOfTheirs(world, 'outsider', outsider), look: () => passkeysOf(outsider) };
}

/** A member of the second organisation, as its owner sees the team. */
async function theirMember(world: ConformanceWorld): Promise<{ row: TeamRow; look: () => Promise<unknown> }> {
  const outsider = await world.as('outsider');
  const row = (await everyRow(outsider)).find(({ self }) => self);
  expect(row !== undefined, 'the outsider is in the second organisation');
  return { row, look: () => everyRow(outsider) };
}

/** The row of a person of the world, as the owner sees it. */
export async function memberRow(world: ConformanceWorld, role: ConformanceRole, session?: SettingsAdapter): Promise<TeamRow> {
  const row = await rowFor(session ?? (await world.as('owner')), await addressOf(world, role));
  expect(row?.type === 'member', `the ${role} is not in the team`);
  return row;
}

/** A key of the owner's that is being replaced: an hour beside its successor. */
const rollRecipe = {
  role: 'owner',
  needs: ['apiKeys.list', 'apiKeys.roll', 'auth.stepUp'],
  arrange: async (world: ConformanceWorld, session: SettingsAdapter) => {
    await stepUp(world, 'owner', session);
    const { id } = await firstKey(session);
    await write(session, 'apiKeys.roll', { id, overlap: 3600 });
    await write(session, 'auth.endStepUp', undefined);
    const other = (await everyKey(session)).find((key) => key.id !== id);
    return { input: { id }, other: { id: other?.id ?? '' }, effect: (reader: SettingsAdapter) => everyKey(reader) };
  },
  foreign: async (world: ConformanceWorld) => {
    const outsider = await world.as('outsider');
    return { input: { id: (await firstKey(outsider)).id }, look: () => everyKey(outsider) };
  },
} as const;

export const recipes: { readonly [Op in WriteOperation]: Recipe<Op> } = {
  'auth.stepUp': {
    role: 'owner',
    needs: ['auth.context'],
    arrange: async (world) => {
      const code = await world.code('owner');
      return { input: { method: 'totp', code }, other: { method: 'totp', code: wrongCode(code) }, effect: freshUntil, here: true };
    },
  },
  'auth.passkeyOptions': {
    ...withPasskeys,
    role: 'member',
    arrange: async (world, session) => {
      await addPasskey(session, authenticatorOf(world));
      return { input: undefined };
    },
  },
  'auth.endStepUp': {
    role: 'owner',
    needs: ['auth.context', 'auth.stepUp'],
    arrange: async (world, session) => {
      await stepUp(world, 'owner', session);
      return { input: undefined, effect: freshUntil, here: true };
    },
  },
  'auth.signOut': {
    role: 'member',
    needs: ['auth.context'],
    ends: true,
    arrange: () =>
      Promise.resolve({
        input: undefined,
        effect: contextIsThere,
        here: true as const,
      }),
  },
  'profile.update': {
    role: 'member',
    needs: ['auth.context'],
    arrange: async (_world, session) => ({
      input: { name: 'Quux Of The Suite' },
      other: { name: 'Corge Of The Suite' },
      ifMatch: (await userOf(session)).version,
      effect: userOf,
    }),
  },
  'avatar.set': {
    role: 'member',
    needs: ['auth.context'],
    arrange: () => Promise.resolve({ input: examplePicture, other: otherPicture, effect: async (session: SettingsAdapter) => (await userOf(session)).avatarUrl }),
  },
  'avatar.remove': {
    role: 'member',
    needs: ['auth.context', 'avatar.set'],
    arrange: async (_world, session) => {
      await write(session, 'avatar.set', examplePicture);
      return { input: undefined, effect: async (reader) => (await userOf(reader)).avatarUrl };
    },
  },
  'account.delete': {
    role: 'member',
    needs: ['auth.context'],
    ends: true,
    arrange: async (_world, session) => {
      const { email } = await userOf(session);
      return { input: { confirmation: email }, mailsTo: email, effect: contextIsThere, here: true };
    },
  },
  'email.change': {
    role: 'member',
    needs: ['auth.context'],
    arrange: () => {
      const email = freshAddress('moved');
      return Promise.resolve({
        input: { email },
        other: { email: freshAddress('moved-elsewhere') },
        mailsTo: email,
        effect: async (session: SettingsAdapter) => (await userOf(session)).pendingEmail,
      });
    },
  },
  'email.resend': {
    role: 'member',
    needs: ['email.change'],
    arrange: async (_world, session) => {
      const email = freshAddress('moved');
      await write(session, 'email.change', { email });
      return { input: undefined, mailsTo: email };
    },
  },
  'email.cancel': {
    role: 'member',
    needs: ['auth.context', 'email.change'],
    arrange: async (_world, session) => {
      await write(session, 'email.change', { email: freshAddress('moved') });
      return { input: undefined, effect: async (reader) => (await userOf(reader)).pendingEmail };
    },
  },
  'password.change': {
    role: 'member',
    needs: [],
    arrange: (world) => {
      const change = { currentPassword: world.password('member'), newPassword: GOOD_PASSWORD, signOutOthers: false };
      return Promise.resolve({ input: change, other: { ...change, newPassword: `${GOOD_PASSWORD} twice` } });
    },
  },
  'mfa.begin': { role: 'member', needs: [], arrange: () => Promise.resolve({ input: undefined }) },
  'mfa.confirm': {
    role: 'member',
    needs: ['auth.context', 'mfa.begin'],
    once: true,
    arrange: async (world, session) => {
      const enrolment = await write(session, 'mfa.begin', undefined);
      const { enrolmentId } = enrolment;
      const code = await world.code('member', enrolment);
      return { input: { enrolmentId, code }, other: { enrolmentId, code: wrongCode(code) }, effect: async (reader) => (await userOf(reader)).mfa.enabled };
    },
  },
  'recoveryCodes.regenerate': {
    role: 'owner',
    needs: ['auth.context', 'auth.stepUp', 'auth.endStepUp'],
    once: true,
    arrange: async (world, session) => {
      // One is used up, so that the count shows that there are new ones.
      const [code = ''] = await newRecoveryCodes(world, 'owner', session);
      await write(session, 'auth.stepUp', { method: 'recovery-code', code });
      await write(session, 'auth.endStepUp', undefined);
      return { input: undefined, effect: async (reader) => (await userOf(reader)).mfa.recoveryCodesLeft };
    },
  },
  'mfa.disable': {
    role: 'owner',
    needs: ['auth.context'],
    arrange: () => Promise.resolve({ input: undefined, effect: async (session: SettingsAdapter) => (await userOf(session)).mfa.enabled }),
  },
  'passkeys.begin': { role: 'owner', needs: ['auth.stepUp'], arrange: () => Promise.resolve({ input: undefined }) },
  'passkeys.finish': {
    ...withPasskeys,
    role: 'owner',
    arrange: async (world, session) => {
      await stepUp(world, 'owner', session);
      const options = await write(session, 'passkeys.begin', undefined);
      await write(session, 'auth.endStepUp', undefined);
      const credential = await authenticatorOf(world).create(options);
      return { input: { name: 'Made By The Suite', credential }, other: { name: 'Another One', credential }, mailsTo: await addressOf(world, 'owner'), effect: namesOfPasskeys };
    },
  },
  'passkeys.rename': {
    ...withPasskeys,
    role: 'member',
    arrange: async (world, session) => {
      const { id } = await addPasskey(session, authenticatorOf(world));
      return { input: { id, name: 'Renamed By The Suite' }, other: { id, name: 'Renamed Once More' }, effect: namesOfPasskeys };
    },
    foreign: async (world) => {
      const { id, look } = await theirPasskey(world);
      return { input: { id, name: 'Taken' }, look };
    },
  },
  'passkeys.remove': {
    ...withPasskeys,
    role: 'owner',
    arrange: async (world, session) => {
      const first = await oneOfTheirs(world, 'owner', session, 'First');
      const second = await oneOfTheirs(world, 'owner', session, 'Second');
      return { input: { id: first }, other: { id: second }, mailsTo: await addressOf(world, 'owner'), effect: namesOfPasskeys };
    },
    foreign: async (world) => {
      const { id, look } = await theirPasskey(world);
      return { input: { id }, look };
    },
  },
  'sessions.end': {
    role: 'member',
    needs: ['sessions.list'],
    arrange: async (world, session) => {
      const others = async (reader: SettingsAdapter): Promise<string[]> => (await everySession(reader)).filter(({ current }) => !current).map(({ id }) => id);
      await (await world.reopen('member')).call('auth.context', undefined);
      await (await world.reopen('member')).call('auth.context', undefined);
      const [first = '', second = ''] = await others(session);
      return { input: { id: first }, other: { id: second }, effect: async (reader) => (await everySession(reader)).map(({ id }) => id).includes(first) };
    },
  },
  'sessions.endOthers': {
    role: 'member',
    needs: ['sessions.list'],
    arrange: async (world) => {
      await (await world.reopen('member')).call('auth.context', undefined);
      return { input: undefined, effect: async (reader) => (await everySession(reader)).length > 1, here: true };
    },
  },
  'company.update': {
    role: 'owner',
    needs: ['company.get'],
    unproven: true,
    arrange: async (_world, session) => ({
      input: { name: 'Renamed By The Suite', country: 'FR' },
      other: { name: 'Renamed Once More' },
      ifMatch: (await session.call('company.get', undefined)).version,
      effect: (reader) => reader.call('company.get', undefined),
    }),
  },
  'logo.set': {
    role: 'owner',
    needs: ['company.get'],
    arrange: () => Promise.resolve({ input: examplePicture, other: otherPicture, effect: logoOf }),
  },
  'logo.remove': {
    role: 'owner',
    needs: ['company.get', 'logo.set'],
    arrange: async (_world, session) => {
      await write(session, 'logo.set', examplePicture);
      return { input: undefined, effect: logoOf };
    },
  },
  'organisation.switch': {
    role: 'outsider',
    needs: ['auth.context', 'team.invite', 'invitation.accept'],
    arrange: async (world, session) => {
      const home = await hereOf(session);
      await write(session, 'invitation.accept', { token: await inviteOutsider(world) });
      return { input: { id: home }, other: { id: await hereOf(session) }, effect: hereOf, here: true };
    },
    foreign: async (world) => {
      const owner = await world.as('owner');
      return { input: { id: await hereOf(owner) }, look: () => everyRow(owner) };
    },
  },
  'organisation.leave': {
    role: 'outsider',
    needs: ['auth.context', 'team.invite', 'invitation.accept'],
    arrange: async (world, session) => {
      await write(session, 'invitation.accept', { token: await inviteOutsider(world) });
      return { input: undefined, effect: placesOf };
    },
  },
  'organisation.transfer': {
    role: 'owner',
    needs: ['auth.context', 'team.list'],
    arrange: async (world, session) => {
      const { id, email } = await memberRow(world, 'admin', session);
      return { input: { memberId: id }, other: { memberId: (await memberRow(world, 'member', session)).id }, mailsTo: email, effect: placesOf };
    },
    foreign: async (world) => {
      const { row, look } = await theirMember(world);
      return { input: { memberId: row.id }, look };
    },
  },
  'organisation.delete': {
    role: 'owner',
    needs: ['auth.context'],
    arrange: async (world, session) => {
      const confirmation = (await session.call('auth.context', undefined)).organisation?.name ?? '';
      return { input: { confirmation }, other: { confirmation: 'Another Name' }, mailsTo: await addressOf(world, 'owner'), effect: placesOf };
    },
  },
  'team.invite': {
    role: 'owner',
    needs: ['team.list'],
    arrange: () => {
      const email = freshAddress('invited');
      return Promise.resolve({
        input: { invitations: [{ email, role: 'member' }] },
        other: { invitations: [{ email: freshAddress('invited-too'), role: 'member' }] },
        mailsTo: email,
        effect: async (session: SettingsAdapter) => (await everyRow(session, { search: 'conformance-invited' })).map((row) => [row.email, row.status, row.role]),
      });
    },
  },
  'team.resend': {
    role: 'owner',
    needs: ['team.invite', 'team.list'],
    arrange: async (_world, session) => {
      const email = freshAddress('invited');
      const { id } = await inviteOne(session, email);
      return { input: { id }, other: { id: (await inviteOne(session, freshAddress('invited-too'))).id }, mailsTo: email };
    },
    foreign: theirInvitation,
  },
  'team.revoke': {
    role: 'owner',
    needs: ['team.invite', 'team.list'],
    arrange: async (_world, session) => {
      const { id } = await inviteOne(session, freshAddress('invited'));
      const { id: other } = await inviteOne(session, freshAddress('invited-too'));
      return { input: { id }, other: { id: other }, effect: async (reader) => (await everyRow(reader, { search: 'conformance-invited' })).map((row) => row.email) };
    },
    foreign: theirInvitation,
  },
  'team.link': {
    role: 'owner',
    needs: ['team.invite', 'team.list', 'invitation.get'],
    arrange: async (world, session) => {
      const { id } = await inviteOne(session, freshAddress('invited'));
      const token = await newestToken(world, freshAddress('invited'));
      const other = { id: (await inviteOne(session, freshAddress('invited-too'))).id };
      // What shows it: the link of the mail opens nothing any more.
      return { input: { id }, other, effect: (reader) => outcomeOf(reader.call('invitation.get', { token })) };
    },
    foreign: theirInvitation,
  },
  'team.changeRole': {
    role: 'owner',
    needs: ['team.list', 'auth.context'],
    arrange: async (world, session) => {
      const { id, version, email } = await memberRow(world, 'admin', session);
      const effect = async (reader: SettingsAdapter): Promise<unknown> => (await everyRow(reader)).map((row) => [row.id, row.role]);
      return { input: { id, role: 'owner' }, other: { id, role: 'member' }, ifMatch: version, mailsTo: email, effect };
    },
    foreign: async (world) => {
      const { row, look } = await theirMember(world);
      return { input: { id: row.id, role: 'member' }, ifMatch: row.version, look };
    },
  },
  'team.remove': {
    role: 'owner',
    needs: ['team.list', 'auth.context'],
    arrange: async (world, session) => {
      const { id, version, email } = await memberRow(world, 'admin', session);
      const other = await memberRow(world, 'member', session);
      return { input: { id }, other: { id: other.id }, ifMatch: version, mailsTo: email, effect: async (reader) => (await everyRow(reader)).map((row) => row.id) };
    },
    foreign: async (world) => {
      const { row, look } = await theirMember(world);
      return { input: { id: row.id }, ifMatch: row.version, look };
    },
  },
  'invitation.accept': {
    role: 'outsider',
    needs: ['auth.context', 'team.invite'],
    arrange: async (world) => {
      const token = await inviteOutsider(world);
      return {
        input: { token },
        other: { token: 'no-such-token' },
        effect: async (session) => (await session.call('auth.context', undefined)).organisations.map(({ id, role }) => [id, role]).sort(),
      };
    },
  },
  'invitation.decline': {
    role: 'outsider',
    needs: ['auth.context', 'invitation.get', 'team.invite'],
    arrange: async (world) => {
      const token = await inviteOutsider(world);
      return { input: { token }, other: { token: 'no-such-token' }, effect: async (session) => (await session.call('invitation.get', { token })).status };
    },
  },
  'apiKeys.reveal': {
    role: 'owner',
    needs: ['apiKeys.list'],
    arrange: async (_world, session) => ({ input: {}, other: { ids: [(await firstKey(session)).id] } }),
    foreign: async (world) => {
      const outsider = await world.as('outsider');
      return { input: { ids: [(await firstKey(outsider)).id] }, look: () => everyKey(outsider) };
    },
  },
  'apiKeys.create': {
    role: 'owner',
    needs: ['apiKeys.list'],
    arrange: () => {
      const input = { name: 'Made By The Suite', kind: 'data', environment: 'test', permission: 'read-only', expiresAt: null, addresses: [] } as const;
      return Promise.resolve({ input: { ...input, addresses: [] }, other: { ...input, name: 'Another One', addresses: [] }, effect: everyKey });
    },
  },
  'apiKeys.update': {
    role: 'owner',
    needs: ['apiKeys.list'],
    arrange: async (_world, session) => {
      const { id, version } = await firstKey(session);
      return {
        input: { id, addresses: [{ address: '203.0.113.0/24', description: 'Office' }] },
        other: { id, addresses: [{ address: '2001:db8::/32', description: '' }] },
        ifMatch: version,
        effect: (reader) => everyKey(reader),
      };
    },
    foreign: async (world) => {
      const outsider = await world.as('outsider');
      const { id, version } = await firstKey(outsider);
      return { input: { id, addresses: [] }, ifMatch: version, look: () => everyKey(outsider) };
    },
  },
  'apiKeys.roll': {
    role: 'owner',
    needs: ['apiKeys.list'],
    arrange: async (_world, session) => {
      const { id } = await firstKey(session);
      return { input: { id, overlap: 3600 }, other: { id, overlap: 86_400 }, effect: everyKey };
    },
    foreign: async (world) => {
      const outsider = await world.as('outsider');
      return { input: { id: (await firstKey(outsider)).id, overlap: 3600 }, look: () => everyKey(outsider) };
    },
  },
  'apiKeys.finishRoll': rollRecipe,
  'apiKeys.cancelRoll': rollRecipe,
  'apiKeys.revoke': {
    role: 'owner',
    needs: ['apiKeys.list'],
    arrange: async (_world, session) => {
      const [first, second] = await everyKey(session);
      return { input: { ids: [first?.id ?? ''] }, other: { ids: [second?.id ?? ''] }, effect: everyKey };
    },
    foreign: async (world) => {
      const outsider = await world.as('outsider');
      return { input: { ids: [(await firstKey(outsider)).id] }, look: () => everyKey(outsider) };
    },
  },
};

/** Whether the recipe's person, who has a second factor where the row may ask for one, has to prove it. */
export function provedByFactor(operation: WriteOperation): boolean {
  const { stepUp: proof } = rowOf(operation);
  return (proof === 'mfa' || proof === 'strongest') && recipeOf(operation).unproven !== true;
}

/** The recipe of any write; which input goes with which operation is checked where the recipes are written. */
export function recipeOf(operation: WriteOperation): Recipe<WriteOperation> {
  return recipes[operation];
}
