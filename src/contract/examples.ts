import type { ApiKey, AuthContext, Company, Event, Input, OperationName, Output, Passkey, TeamRow, User } from './operations.js';

/**
 * One example of what goes into and comes out of every operation, from the demo world: Ada Lovelace, owner of Analytical Engines
 * Ltd, has MFA on. They stand in the OpenAPI document, and the conformance suite makes its samples of them. Codes, tokens and
 * secrets have the right form and are plainly none. Not part of the package's index: no page pays for them.
 */

const ORGANISATION = 'wX4sTq9LbE2nRv7KcJ0mZyHa5fUdP3gQ';

/** Where a server has the pictures, seen from its base URL. */
const AVATAR = 'pictures/3kVn8QzRw1TxJ5cYb7LmHd0SpGe';
const LOGO = 'pictures/9wBf2XcKv6NqZ4tMr8JhLs1PdYa';

const OTHER_ORGANISATION = 'bD7cMw2KfH9pQx4TzV6nYs1GjL8rEu3A';

const user: User = {
  id: 'a8GdK2pVx0Rj6YwQm4TzNc1LhSe7Bf3U',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  emailVerified: true,
  pendingEmail: null,
  avatarUrl: null,
  hasPassword: true,
  mfa: { enabled: true, recoveryCodesLeft: 10 },
  timeZone: null,
  language: null,
  version: '7',
};

const withPendingEmail: User = { ...user, pendingEmail: 'countess@example.com' };

const context: AuthContext = {
  user,
  organisation: { id: ORGANISATION, name: 'Analytical Engines Ltd', country: 'GB', logoUrl: null, role: 'owner', mfaRequiredFrom: null },
  organisations: [
    { id: ORGANISATION, name: 'Analytical Engines Ltd', role: 'owner', onlyOwner: true },
    { id: OTHER_ORGANISATION, name: 'Difference Works AB', role: 'member', onlyOwner: false },
  ],
  session: { id: 'Yt5BhW8qNs3VfJ1xKd7RzGmP0cLe6Ua2', expiresAt: '2026-12-23T12:00:00.000Z' },
  stepUp: { methods: ['totp', 'recovery-code'], maxAge: 600, freshUntil: '2026-11-23T12:10:00.000Z' },
  operations: [
    'auth.context', 'auth.stepUp', 'auth.passkeyOptions', 'auth.endStepUp', 'auth.signOut',
    'profile.update', 'avatar.set', 'avatar.remove', 'email.change', 'email.resend', 'email.cancel', 'password.change', 'account.delete',
    'mfa.begin', 'mfa.confirm', 'mfa.disable', 'recoveryCodes.regenerate',
    'passkeys.list', 'passkeys.begin', 'passkeys.finish', 'passkeys.rename', 'passkeys.remove',
    'sessions.list', 'sessions.end', 'sessions.endOthers',
    'company.get', 'company.update', 'logo.set', 'logo.remove', 'organisation.switch', 'organisation.leave', 'organisation.transfer', 'organisation.delete',
    'team.list', 'team.invite', 'team.resend', 'team.revoke', 'team.link', 'team.changeRole', 'team.remove', 'invitation.get', 'invitation.accept', 'invitation.decline',
    'apiKeys.list', 'apiKeys.reveal', 'apiKeys.create', 'apiKeys.update', 'apiKeys.roll', 'apiKeys.finishRoll', 'apiKeys.cancelRoll', 'apiKeys.revoke',
    'activity.list', 'audit.list',
  ],
  policy: {
    password: { minLength: 15, minLengthWithMfa: 8, maxLength: 256, refusesCommon: true },
    apiKeys: {
      kinds: ['integration', 'data', 'product'],
      environments: ['test', 'production'],
      permissions: ['read-only', 'write-only', 'read-write'],
      reveal: 'step-up',
      overlaps: [],
    },
    invitations: { roles: ['member', 'admin'], expiresIn: 604_800 },
    memberRoles: ['member', 'admin', 'owner'],
    pageSize: 25,
  },
  version: 'q1Zr8TfWn5',
};

/** Mary Somerville, who has just joined: what the invitation's link leads to. */
const joined: AuthContext = {
  ...context,
  user: {
    ...user,
    id: 'm3NfQ7zTb9Xk1WsJc5VyLd0RpHg8Ee2K',
    name: 'Mary Somerville',
    email: 'mary@example.com',
    mfa: { enabled: false, recoveryCodesLeft: null },
    version: '1',
  },
  organisation: { id: ORGANISATION, name: 'Analytical Engines Ltd', country: 'GB', logoUrl: null, role: 'member', mfaRequiredFrom: null },
  organisations: [{ id: ORGANISATION, name: 'Analytical Engines Ltd', role: 'member', onlyOwner: false }],
  session: { id: 'Jk2LmX6vCw9TdR4sPz8QbHf1NgYe7Ba0', expiresAt: '2026-12-23T12:00:00.000Z' },
  stepUp: { methods: ['password'], maxAge: 600, freshUntil: null },
  operations: context.operations.filter((name) => !/^(apiKeys|audit|logo)\.|^organisation\.(transfer|delete)$|^team\.(?!list)|^company\.update$/.test(name)),
  version: 'c7Vb2MxKd9',
};

const recoveryCodes = ['AAAA-AAAA-AAA0', 'AAAA-AAAA-AAA1', 'AAAA-AAAA-AAA2', 'AAAA-AAAA-AAA3', 'AAAA-AAAA-AAA4', 'AAAA-AAAA-AAA5', 'AAAA-AAAA-AAA6', 'AAAA-AAAA-AAA7', 'AAAA-AAAA-AAA8', 'AAAA-AAAA-AAA9'];

/** In Difference Works AB, where Ada is a member: after a switch, or after the end of Analytical Engines Ltd for her. */
const elsewhere: AuthContext = {
  ...context,
  organisation: { id: OTHER_ORGANISATION, name: 'Difference Works AB', country: 'SE', logoUrl: null, role: 'member', mfaRequiredFrom: null },
  operations: joined.operations,
  version: 'e5Gt9XbRz2',
};

/** Ada, after she has handed the organisation over. */
const asAdmin: AuthContext = {
  ...context,
  organisation: { id: ORGANISATION, name: 'Analytical Engines Ltd', country: 'GB', logoUrl: null, role: 'admin', mfaRequiredFrom: null },
  organisations: context.organisations.map((each) => ({ ...each, ...(each.id === ORGANISATION && { role: 'admin', onlyOwner: false }) })),
  operations: context.operations.filter((name) => !/^organisation\.(transfer|delete)$/.test(name)),
  version: 'h8Wd4NsYq6',
};

const company: Company = { id: ORGANISATION, name: 'Analytical Engines Ltd', country: 'GB', logoUrl: null, mfaRequiredFrom: null, version: '4' };

const member: TeamRow = {
  id: 'r6TyUi2OpL8kJhG4fDsA0zXcVb5NmQw1',
  type: 'member',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  role: 'owner',
  status: 'accepted',
  self: true,
  joinedAt: '2025-09-29T12:00:00.000Z',
  invitedAt: null,
  invitedBy: null,
  expiresAt: null,
  lastActiveAt: '2026-11-23T11:55:00.000Z',
  mfaEnabled: true,
  delivery: null,
  lastOwner: true,
  can: { changeRole: false, remove: false, resend: false, revoke: false, copyLink: false },
  version: '7',
};

const colleague: TeamRow = {
  ...member,
  id: 'u2YhGt6RfDe4SwAq8ZxCvBn1MkJoIlP3',
  name: 'Charles Babbage',
  email: 'charles@example.com',
  role: 'admin',
  self: false,
  joinedAt: '2025-10-06T12:00:00.000Z',
  lastOwner: false,
  can: { changeRole: true, remove: true, resend: false, revoke: false, copyLink: false },
  version: '3',
};

const invited: TeamRow = {
  id: 'e9WqAz3SxD7cRfV1tGbY5hNuJm2KiLo8',
  type: 'invitation',
  name: null,
  email: 'luigi.menabrea@example.com',
  role: 'member',
  status: 'pending',
  self: false,
  joinedAt: null,
  invitedAt: '2026-11-21T12:00:00.000Z',
  invitedBy: 'Ada Lovelace',
  expiresAt: '2026-11-28T12:00:00.000Z',
  lastActiveAt: null,
  mfaEnabled: null,
  delivery: 'sent',
  can: { changeRole: true, remove: false, resend: true, revoke: true, copyLink: true },
  version: '2',
};

const resent: TeamRow = { ...invited, invitedAt: '2026-11-23T12:00:00.000Z', expiresAt: '2026-11-30T12:00:00.000Z', version: '3' };

const key: ApiKey = {
  id: 'k4HbVn8MzQ2wXs6EdC0rFtG9yUjI1oP5',
  name: 'Metrics warehouse',
  kind: 'data',
  environment: 'production',
  permission: 'read-only',
  prefix: 'uf_dat_live_',
  last4: 'MPLE',
  createdAt: '2026-06-22T12:00:00.000Z',
  createdBy: 'Ada Lovelace',
  expiresAt: null,
  lastUsedAt: '2026-11-23T11:48:00.000Z',
  lastUsedFrom: '203.0.113.24',
  enabled: true,
  addresses: [
    { address: '203.0.113.0/24', description: 'London office' },
    { address: '2001:db8:1843::/48', description: 'Data centre' },
  ],
  revealable: true,
  roll: null,
  can: { update: true, roll: true, revoke: true },
  version: '5',
};

const passkey: Passkey = { id: 'p5XcVb7NmL3kJh9GfDsA2qWeRtYu8IoP', name: 'Ada’s phone', createdAt: '2026-09-14T08:05:00.000Z', lastUsedAt: '2026-11-23T09:41:00.000Z', synced: true };
const CREDENTIAL = 'ZXhhbXBsZS1jcmVkZW50aWFs';
const CHALLENGE = 'ZXhhbXBsZS1jaGFsbGVuZ2UtdGhhdC1uby1vbmUtZ2V0cw';
const revealed: Event = {
  id: 't2Rf8LmZ',
  at: '2026-11-23T12:01:00.000Z',
  actor: { id: user.id, name: user.name },
  action: 'apiKeys.reveal',
  targets: [key.name],
  address: '203.0.113.24',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  result: 'ok',
};

/** Fails its checksum, and says so to people: nobody takes it for a key that leaked. */
const NEW_KEY = 'k2Vb8NmQw4ErTy6UiOp1AsDf3GhJ5KlZ';
const KEY_SECRET = 'uf_dat_live_thisIsNoKeyItIsAnExampleOnlyEXAMPLE';
const TOTP_SECRET = 'EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAM';
const INVITATION_TOKEN = 'exampleTokenFromTheMailAAAA';

const onePixel = (base64: string): Input<'avatar.set'> => ({ type: 'image/png', bytes: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) });

/** Blue, and green. */
export const examplePicture = onePixel('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mOQizwLAAHdAUVcWr9GAAAAAElFTkSuQmCC');
export const otherPicture = onePixel('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mPgLncGAAFWAMY0DLCcAAAAAElFTkSuQmCC');

export const examples: { readonly [Op in OperationName]: { readonly input: Input<Op>; readonly output: Output<Op> } } = {
  'auth.context': { input: undefined, output: context },
  'auth.stepUp': { input: { method: 'totp', code: '123456' }, output: { freshUntil: '2026-11-23T12:10:00.000Z' } },
  'auth.passkeyOptions': {
    input: undefined,
    output: { challenge: CHALLENGE, timeout: 300_000, rpId: 'example.com', allowCredentials: [{ id: CREDENTIAL, type: 'public-key', transports: ['internal'] }], userVerification: 'required' },
  },
  'auth.endStepUp': { input: undefined, output: undefined },
  'auth.signOut': { input: undefined, output: undefined },
  'profile.update': { input: { name: 'Ada King', timeZone: 'Europe/London', language: 'en-GB' }, output: { ...user, name: 'Ada King', timeZone: 'Europe/London', language: 'en-GB', version: '8' } },
  'avatar.set': { input: examplePicture, output: { ...user, avatarUrl: AVATAR } },
  'avatar.remove': { input: undefined, output: user },
  'email.change': { input: { email: 'countess@example.com' }, output: withPendingEmail },
  'email.resend': { input: undefined, output: withPendingEmail },
  'email.cancel': { input: undefined, output: user },
  'password.change': {
    input: { currentPassword: 'the password until now', newPassword: 'a new one that nobody guesses', signOutOthers: true },
    output: undefined,
  },
  'account.delete': { input: { confirmation: 'ada@example.com' }, output: undefined },
  'mfa.begin': {
    input: undefined,
    output: {
      enrolmentId: 'n7CvBx1ZaS5dQwE9rTyU3iOpL0kJhG4f',
      secret: TOTP_SECRET,
      uri: `otpauth://totp/UserFlux:ada%40example.com?secret=${TOTP_SECRET}&issuer=UserFlux&algorithm=SHA1&digits=6&period=30`,
      digits: 6,
      period: 30,
      algorithm: 'SHA1',
      expiresAt: '2026-11-23T12:10:00.000Z',
    },
  },
  'mfa.confirm': { input: { enrolmentId: 'n7CvBx1ZaS5dQwE9rTyU3iOpL0kJhG4f', code: '123456' }, output: { recoveryCodes } },
  'mfa.disable': { input: undefined, output: undefined },
  'recoveryCodes.regenerate': { input: undefined, output: { recoveryCodes } },
  'passkeys.list': { input: undefined, output: { passkeys: [passkey] } },
  'passkeys.begin': {
    input: undefined,
    output: {
      rp: { id: 'example.com', name: 'UserFlux' },
      user: { id: 'ZXhhbXBsZS11c2Vy', name: 'ada@example.com', displayName: 'Ada Lovelace' },
      challenge: CHALLENGE,
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }],
      timeout: 300_000,
      excludeCredentials: [{ id: CREDENTIAL, type: 'public-key', transports: ['internal'] }],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    },
  },
  'passkeys.finish': {
    input: { name: 'Key on the ring', credential: { id: 'bmV3LWNyZWRlbnRpYWw', type: 'public-key', response: { clientDataJSON: 'ZXhhbXBsZQ', attestationObject: 'ZXhhbXBsZQ', transports: ['usb'] } } },
    output: { id: 'r9OiUyTr4EwQ1aSdFgHjKlZx6CvBnM2p', name: 'Key on the ring', createdAt: '2026-11-23T12:00:00.000Z', lastUsedAt: null, synced: false },
  },
  'passkeys.rename': { input: { id: passkey.id, name: 'Phone' }, output: { ...passkey, name: 'Phone' } },
  'passkeys.remove': { input: { id: passkey.id }, output: undefined },
  'sessions.list': {
    input: { limit: 25 },
    output: {
      items: [
        { id: 'Yt5BhW8qNs3VfJ1xKd7RzGmP0cLe6Ua2', current: true, userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', address: '203.0.113.24', place: null, createdAt: '2026-11-23T12:00:00.000Z', lastActiveAt: '2026-11-23T12:00:00.000Z', expiresAt: '2026-12-23T12:00:00.000Z' },
      ],
      nextCursor: null,
      total: 1,
    },
  },
  'sessions.end': { input: { id: 'p4Lk7JhG2fDsA9zXcV6bNmQw1ErTyUi0' }, output: undefined },
  'sessions.endOthers': { input: undefined, output: undefined },
  'company.get': { input: undefined, output: company },
  'company.update': {
    input: { name: 'Analytical Engines of Turin', country: 'IT' },
    output: { ...company, name: 'Analytical Engines of Turin', country: 'IT', version: '5' },
  },
  'logo.set': { input: examplePicture, output: { ...company, logoUrl: LOGO } },
  'logo.remove': { input: undefined, output: company },
  'organisation.switch': { input: { id: OTHER_ORGANISATION }, output: elsewhere },
  'organisation.leave': { input: undefined, output: { ...elsewhere, organisations: elsewhere.organisations.slice(1) } },
  'organisation.transfer': { input: { memberId: 'u5HyTr4FgV8bNj2MkL7oPi9QaZ1wSx3E' }, output: asAdmin },
  'organisation.delete': { input: { confirmation: 'Analytical Engines Ltd' }, output: { ...elsewhere, organisations: elsewhere.organisations.slice(1) } },
  'team.list': {
    input: { limit: 25, search: 'example.com', status: ['accepted', 'pending'], role: ['owner', 'member'], sort: 'name' },
    output: { items: [member, invited], nextCursor: null, total: 2 },
  },
  'team.invite': {
    input: {
      invitations: [
        { email: 'luigi.menabrea@example.com', role: 'member' },
        { email: 'charles@example.com', role: 'admin' },
      ],
    },
    output: {
      results: [
        { email: 'luigi.menabrea@example.com', outcome: 'sent', row: invited },
        { email: 'charles@example.com', outcome: 'already-member' },
      ],
    },
  },
  'team.resend': { input: { id: invited.id }, output: resent },
  'team.revoke': { input: { id: invited.id }, output: undefined },
  'team.link': { input: { id: invited.id }, output: { url: `https://app.example.com/#invitation=${INVITATION_TOKEN}` } },
  'team.changeRole': { input: { id: colleague.id, role: 'member' }, output: { ...colleague, role: 'member', version: '4' } },
  'team.remove': { input: { id: colleague.id }, output: undefined },
  'invitation.get': {
    input: { token: INVITATION_TOKEN },
    output: {
      organisationName: 'Analytical Engines Ltd',
      email: 'mary@example.com',
      role: 'member',
      invitedBy: 'Ada Lovelace',
      expiresAt: '2026-11-28T12:00:00.000Z',
      status: 'pending',
    },
  },
  'invitation.accept': { input: { token: INVITATION_TOKEN }, output: joined },
  'invitation.decline': { input: { token: INVITATION_TOKEN }, output: undefined },
  'apiKeys.list': {
    input: { limit: 25, search: 'metrics', kind: 'data', environment: 'production', permission: 'read-only' },
    output: { items: [key], nextCursor: null, total: 1 },
  },
  'apiKeys.reveal': { input: { ids: [key.id] }, output: { secrets: [{ id: key.id, secret: KEY_SECRET }] } },
  'apiKeys.create': {
    input: { name: 'Nightly export', kind: 'data', environment: 'production', permission: 'read-only', expiresAt: '2027-11-24T00:00:00Z', addresses: [] },
    output: { key: { ...key, id: NEW_KEY, name: 'Nightly export', expiresAt: '2027-11-24T00:00:00Z', lastUsedAt: null, lastUsedFrom: null, addresses: [], version: '1' }, secret: KEY_SECRET },
  },
  'apiKeys.update': {
    input: { id: key.id, addresses: [{ address: '203.0.113.0/24', description: 'London office' }] },
    output: { ...key, addresses: [{ address: '203.0.113.0/24', description: 'London office' }], version: '6' },
  },
  'apiKeys.roll': {
    input: { id: key.id, overlap: 86_400 },
    output: {
      key: { ...key, id: NEW_KEY, lastUsedAt: null, lastUsedFrom: null, roll: { replacesId: key.id, overlapEndsAt: '2026-11-25T09:30:00Z' }, can: { update: true, roll: false, revoke: true }, version: '1' },
      secret: KEY_SECRET,
      previous: { ...key, expiresAt: '2026-11-25T09:30:00Z', can: { update: true, roll: false, revoke: true }, version: '6' },
    },
  },
  'apiKeys.finishRoll': { input: { id: key.id }, output: undefined },
  'apiKeys.cancelRoll': { input: { id: key.id }, output: { ...key, version: '7' } },
  'apiKeys.revoke': { input: { ids: [key.id] }, output: { results: [{ id: key.id, outcome: 'revoked' }] } },
  'activity.list': {
    input: { limit: 25 },
    output: { items: [{ ...revealed, id: 'u7Wd3KpX', at: '2026-11-23T12:04:00.000Z', action: 'password.change', targets: [] }, revealed], nextCursor: null },
  },
  'audit.list': {
    input: { limit: 25, actor: 'ada', action: ['apiKeys', 'team.invite'], from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' },
    output: { items: [revealed], nextCursor: null },
  },
};
