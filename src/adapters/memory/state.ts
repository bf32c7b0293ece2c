import * as z from 'zod/mini';
import { keyEnvironment, keyKind, keyPermission, sourceAddress } from '../../contract/api-keys.js';
import { stepUpMethod } from '../../contract/auth.js';
import { roles } from '../../rules/policy.js';

/**
 * What the backend remembers: a few tables of plain rows. Rows are never changed in place, only replaced, so
 * that a transaction can be dropped whole. The schemas check what comes back out of IndexedDB.
 */

/** Milliseconds since 1970. */
const moment = z.number();
const text = z.string();

export const role = z.enum(roles);

export const tables = {
  people: z.object({
    id: text,
    name: text,
    email: text,
    /** The address in the form in which addresses are compared. */
    emailKey: text,
    emailVerified: z.boolean(),
    /** See passwords.ts; null: this person has none. */
    passwordHash: z.nullable(text),
    /** `lastStep` is the time step of the last code that was taken: no code of it or of an earlier step passes again (RFC 6238 5.2). A recovery code that was used is gone. */
    totp: z.nullable(z.object({ secret: text, lastStep: z.number(), recoveryCodes: z.object({ salt: text, hashes: z.array(text) }) })),
    pendingEmail: z.nullable(z.object({ email: text, tokenHash: text, expiresAt: moment })),
    /** A `data:` URL: a page has no server that could serve it, and nobody else to keep it from. */
    avatar: z.optional(text),
    timeZone: z.optional(text),
    language: z.optional(text),
    revision: z.number(),
  }),
  organisations: z.object({ id: text, name: text, country: z.nullable(text), logo: z.optional(text), mfaRequiredFrom: z.optional(moment), revision: z.number() }),
  members: z.object({
    id: text,
    organisationId: text,
    personId: text,
    role,
    /** When the row came into the list, as an invitation or a member: its place in the list's own order. */
    enteredAt: moment,
    joinedAt: moment,
    invitedAt: z.nullable(moment),
    invitedBy: z.nullable(text),
    lastActiveAt: z.nullable(moment),
  }),
  /** Who was removed: a mark, so that removing them again succeeds while an id of elsewhere is not found. */
  formerMembers: z.object({ id: text, organisationId: text }),
  invitations: z.object({
    id: text,
    organisationId: text,
    email: text,
    emailKey: text,
    role,
    invitedBy: z.nullable(text),
    enteredAt: moment,
    invitedAt: moment,
    expiresAt: moment,
    /** The token itself is only in the mail. */
    tokenHash: text,
    /** The mail came back. */
    bounced: z.optional(z.boolean()),
    /** A revoked one stays as a mark, so that revoking it again succeeds while an id of elsewhere is not found. */
    status: z.enum(['open', 'accepted', 'declined', 'revoked']),
    revision: z.number(),
  }),
  apiKeys: z.object({
    id: text,
    organisationId: text,
    name: text,
    kind: keyKind,
    environment: keyEnvironment,
    permission: keyPermission,
    /** In clear: a page has nowhere to keep a key that would open it. A server encrypts it (security-reliability.md S6). */
    secret: text,
    createdAt: moment,
    createdBy: z.nullable(text),
    lastUsedAt: z.nullable(moment),
    lastUsedFrom: z.nullable(text),
    enabled: z.boolean(),
    expiresAt: z.nullable(moment),
    /** The row stays as a mark, so that revoking it again succeeds while an id of elsewhere is not found. */
    revokedAt: z.nullable(moment),
    /** On a successor: the key that it replaces, and until when that one goes on. */
    replaces: z.nullable(z.object({ id: text, endsAt: moment })),
    /** On the key that is being replaced: its successor. */
    replacedBy: z.nullable(z.object({ id: text, endsAt: moment })),
    addresses: z.array(sourceAddress),
    /** Requests by UTC day, the oldest first. */
    usage: z.array(z.object({ day: text, count: z.number() })),
    revision: z.number(),
  }),
  sessions: z.object({
    id: text,
    personId: text,
    organisationId: z.nullable(text),
    createdAt: moment,
    expiresAt: moment,
    /** Until when the sign-in itself counts as recent. */
    recentUntil: moment,
    stepUp: z.nullable(z.object({ method: stepUpMethod, until: moment })),
    userAgent: z.nullable(text),
    address: z.nullable(text),
    place: z.nullable(text),
    lastActiveAt: moment,
  }),
  passkeys: z.object({
    id: text,
    personId: text,
    name: text,
    /** What the authenticator calls it, base64url. */
    credentialId: text,
    /** A JSON Web Key; see webauthn.ts. */
    publicKey: text,
    /** Signatures that its authenticator has made, where it counts them: one that runs backwards is a copy (WebAuthn 6.1.1). */
    counter: z.number(),
    /** Whether copies of it may be kept, and whether one is (WebAuthn 6.1.3). */
    backupEligible: z.boolean(),
    backedUp: z.boolean(),
    transports: z.array(text),
    createdAt: moment,
    lastUsedAt: z.nullable(moment),
    /** The row stays as a mark, so that removing it again succeeds while one of somebody else is not found. */
    removedAt: z.nullable(moment),
  }),
  /** The last challenge of each session for each purpose, until it is answered; the id names both. */
  challenges: z.object({ id: text, challenge: text, expiresAt: moment }),
  enrolments: z.object({ id: text, personId: text, secret: text, expiresAt: moment }),
  /** Wrong tries of one credential of one account. */
  attempts: z.object({ id: text, failures: z.number(), waits: z.number(), lockedUntil: moment }),
  mails: z.object({ id: text, sequence: z.number(), to: text, subject: text, text, link: z.nullable(text), at: text }),
  /** Who did what with keys and credentials, and when; append-only, no secrets. */
  records: z.object({
    id: text,
    at: moment,
    /** null: it is not known who. */
    personId: z.nullable(text),
    organisationId: z.nullable(text),
    action: text,
    /** The names of that moment: what a thing is called may change, what was done to it does not. */
    targets: z.array(text),
    address: z.nullable(text),
    userAgent: z.nullable(text),
    result: text,
  }),
};

type Schemas = typeof tables;
export type TableName = keyof Schemas;
/** The row of each table. */
export type Rows = { [Table in TableName]: z.output<Schemas[Table]> };
export const tableNames = Object.keys(tables) as TableName[];

export type Person = Rows['people'];
export type Organisation = Rows['organisations'];
export type Member = Rows['members'];
export type InvitationRow = Rows['invitations'];
export type KeyRow = Rows['apiKeys'];
export type PasskeyRow = Rows['passkeys'];
export type SessionRow = Rows['sessions'];

/** ISO 8601 in UTC, as the contract wants times. */
export function iso(moment: number): string {
  return new Date(moment).toISOString();
}

export function isoOrNull(moment: number | null): string | null {
  return moment === null ? null : iso(moment);
}
