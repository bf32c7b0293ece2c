import type { BetterAuthPluginDBSchema } from '@better-auth/core/db';

/**
 * What the plugin keeps beside Better Auth's own tables: columns on those, and tables of its own. `getMigrations` makes them.
 * Moments are milliseconds since 1970; nothing here is returned by Better Auth's own endpoints, nor taken from them.
 */

const text = { type: 'string', required: false, input: false, returned: false } as const;
const moment = { type: 'number', bigint: true, required: false, input: false, returned: false } as const;
const count = { type: 'number', required: true, defaultValue: 0, input: false, returned: false } as const;
const needed = { required: true } as const;

export const schema = {
  user: {
    fields: {
      /** Name and address as one searches and sorts by them (`folded`). */
      searchKey: { ...text, index: true },
      /** In settingsPicture. Better Auth's own `image` may be any URL, which no page shall be made to ask. */
      pictureId: text,
      /** IANA, and BCP 47. */
      timeZone: text,
      language: text,
    },
  },
  session: {
    fields: {
      /** The last proof of presence and until when it counts. */
      stepUpMethod: text,
      stepUpUntil: moment,
      /** Until when the sign-in itself counts as recent; absent: as long as a step-up from its beginning. */
      recentUntil: moment,
      /** When the person was last here, to the minute; Better Auth's own `updatedAt` moves once a day. */
      lastSeenMoment: moment,
    },
  },
  twoFactor: {
    fields: {
      /** The time step of the last code that was taken: no code of it or of an earlier step passes again (RFC 6238 5.2). */
      lastStep: count,
    },
  },
  organization: {
    fields: {
      /** ISO 3166-1 alpha-2. */
      country: text,
      /** In settingsPicture. */
      pictureId: text,
      /** From when on members need a second factor; empty: they do not. */
      mfaRequiredMoment: moment,
    },
  },
  member: {
    fields: {
      /** When the row came into the list, as an invitation or a member: its place in the list's own order. */
      enteredAt: { ...moment, defaultValue: () => Date.now() },
      joinedAt: { ...moment, defaultValue: () => Date.now() },
      invitedAt: moment,
      invitedBy: text,
      /** The user's, so that a team is searched and sorted within its own rows. */
      searchKey: text,
    },
    // One for each order that pages of a huge team come in; those by expressions are made in prepare.ts.
    indexes: [{ fields: ['organizationId', 'enteredAt'] }, { fields: ['organizationId', 'joinedAt'] }],
  },
  invitation: {
    fields: {
      /** The token itself is only in the mail. */
      tokenHash: { ...text, index: true },
      emailKey: text,
      searchKey: text,
      /** What became of its mail: sent or bounced. */
      delivery: text,
      enteredAt: { ...moment, defaultValue: () => Date.now() },
      invitedAt: moment,
      invitedBy: text,
    },
    indexes: [{ fields: ['organizationId', 'enteredAt'] }, { fields: ['organizationId', 'invitedAt'] }, { fields: ['organizationId', 'emailKey'] }],
  },
  apikey: {
    fields: {
      kind: text,
      environment: text,
      permission: text,
      last4: text,
      /** The secret under lock (seal.ts); absent where keys are shown at creation only. */
      sealed: text,
      /** JSON: source addresses with descriptions; empty means anywhere. */
      addresses: text,
      /** When it ended for good; the row stays as a mark, so that revoking it again succeeds while an id of elsewhere is not found. */
      revokedMoment: moment,
      /** On a successor: the key that it replaces; on that one: its successor; on both: until when they go on side by side. */
      replacesId: text,
      replacedById: text,
      overlapEndsMoment: moment,
      createdBy: text,
      createdMoment: moment,
      lastUsedMoment: moment,
      lastUsedFrom: text,
      /** The name as one searches by it (`folded`). */
      searchKey: text,
    },
  },
  passkey: {
    fields: { lastUsedMoment: moment },
  },
  /** The last WebAuthn challenge of each session for each purpose, until it is answered; the id names both. */
  settingsChallenge: {
    fields: { challenge: { ...text, ...needed }, expiresAt: { ...moment, ...needed, index: true } },
  },
  /** How many requests came with a key on a UTC day, for thirty days (key-uses.ts). */
  settingsKeyUse: {
    fields: { keyId: { ...text, ...needed, index: true }, day: { ...text, ...needed, index: true }, count: { ...count } },
  },
  settingsAttempt: {
    fields: {
      failures: { ...count },
      waits: { ...count },
      lockedUntil: { ...moment, ...needed },
      /** The last try: after a month of quiet the row says nothing any more. */
      at: { ...moment, index: true },
    },
  },
  settingsEnrolment: {
    fields: { userId: { ...text, ...needed, index: true }, secret: { ...text, ...needed }, expiresAt: { ...moment, ...needed } },
  },
  /** Unused recovery codes, as hashes (rules/recovery-codes.ts); one that was used is gone. Better Auth's own `backupCodes` stay empty. */
  settingsRecoveryCode: {
    fields: { userId: { ...text, ...needed, index: true }, salt: { ...text, ...needed }, hash: { ...text, ...needed } },
  },
  settingsEmailChange: {
    fields: {
      userId: { ...text, ...needed, unique: true },
      email: { ...text, ...needed },
      tokenHash: { ...text, ...needed, index: true },
      expiresAt: { ...moment, ...needed },
    },
  },
  /** Pictures of people and logos of organisations, in base64; each under an id of its own. */
  settingsPicture: {
    fields: { userId: { ...text, index: true }, organizationId: { ...text, index: true }, type: { ...text, ...needed }, data: { ...text, ...needed }, at: { ...moment, ...needed } },
  },
  /** Writes under an idempotency key; the row stands in the same transaction as the effect. */
  settingsWrite: {
    fields: { fingerprint: { ...text, ...needed }, answer: text, reference: text, at: { ...moment, ...needed, index: true } },
  },
  /** Who did what, when, where, with what result. Append-only, no secrets. */
  settingsEvent: {
    fields: {
      at: { ...moment, ...needed, index: true },
      userId: text,
      organizationId: text,
      action: { ...text, ...needed },
      /** JSON: ids, and what people called them at that moment. */
      targets: { ...text, ...needed },
      names: text,
      address: text,
      userAgent: text,
      result: { ...text, ...needed },
    },
    // A person's own events and an organisation's, the newest first.
    indexes: [{ fields: ['userId', 'at'] }, { fields: ['organizationId', 'at'] }],
  },
  /** Who was removed: a mark, so that removing them again succeeds while an id of elsewhere is not found. */
  settingsFormerMember: {
    fields: { organizationId: { ...text, ...needed } },
  },
  /** Which reads changed, and whom it concerns; looked at by every process whose pages listen (events.ts). */
  settingsHint: {
    fields: { at: { ...moment, ...needed, index: true }, reads: { ...text, ...needed }, userId: text, organizationId: text },
  },
  /** Mails wait here, written with the effect they speak of, until they are on their way. */
  settingsMail: {
    fields: {
      at: { ...moment, ...needed },
      to: { ...text, ...needed, index: true },
      subject: { ...text, ...needed },
      text: { ...text, ...needed },
      link: text,
      /** Of an invitation's mail: the hash of its token, which tells of which sending it is. */
      invitationHash: text,
      tries: { ...count },
      /** Not before then: a claim of the process that sends it, or the wait after a failure. */
      dueAt: { ...moment, ...needed, index: true },
    },
  },
} satisfies BetterAuthPluginDBSchema;
