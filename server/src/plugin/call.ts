import { SettingsError, type EventAction, type OperationName, type Operations, type Output } from '@userflux/settings/contract';
import { sha256, type Door, type MailText, type RelyingParty, type Role } from '@userflux/settings/rules';
import type * as z from 'zod/mini';
import type { Target } from './records.js';
import type { Seal } from './seal.js';
import { millis, type Queries, type Store, type StoredMoment } from './store.js';

/** How the links of mails are written. */
export interface Links {
  invitation: (token: string) => string;
  emailChange: (token: string) => string;
}

/** What stands beside the database: settings of this server, and what it borrows from Better Auth. */
export interface Place {
  readonly store: Store;
  /** The name of the product: what authenticator apps show, and a word that no password may consist of. */
  readonly product: string;
  readonly pageSize: number;
  readonly reveal: 'step-up' | 'creation-only';
  readonly links: Links;
  /** The site that passkeys belong to. */
  readonly party: RelyingParty;
  /** How many invitations an organisation sends in 24 hours. */
  readonly invitationsPerDay: number;
  /** Milliseconds since 1970; tests move it. */
  readonly clock: () => number;
  /** The clock that Better Auth's sessions go by. */
  readonly realNow: () => number;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly verifyPassword: (password: string, hash: string) => Promise<boolean>;
  /** Better Auth's own encryption, under its secret: what its two-factor plugin reads, too. */
  readonly encrypt: (text: string) => Promise<string>;
  readonly decrypt: (text: string) => Promise<string>;
  /** Locks API keys away. */
  readonly seal: Seal;
  /** What operators have to know. Never a secret, never what a person typed. */
  readonly log: (line: string) => void;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly pictureId: string | null;
  readonly timeZone: string | null;
  readonly language: string | null;
  readonly mfa: boolean;
  /** Unused ones. */
  readonly recoveryCodesLeft: number;
  /** How many passkeys this person has. */
  readonly passkeys: number;
  /** null: this person has no password. */
  readonly passwordHash: string | null;
}

export interface Session {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: number;
  readonly recentUntil: number;
  readonly lastSeen: number | null;
  readonly stepUp: { readonly method: string; readonly until: number } | null;
  readonly organizationId: string | null;
}

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly country: string | null;
  readonly pictureId: string | null;
  readonly mfaRequiredMoment: StoredMoment;
}

/** Who calls, read anew at each call: rights end the moment they are taken away. */
export interface Me {
  readonly session: Session;
  readonly person: Person;
  /** Absent for people who are in no organisation yet. */
  readonly member: { readonly id: string; readonly role: Role } | undefined;
  readonly organisation: Organisation | undefined;
}

/** Where a request came from, for the audit. */
export interface Origin {
  readonly address: string | null;
  readonly userAgent: string | null;
}

export interface Call<Who = Me> {
  /** For a write, the transaction in which all of it stands, or nothing. */
  readonly db: Queries;
  readonly place: Place;
  readonly now: number;
  readonly me: Who;
  readonly origin: Origin;
  /** The version that the caller read; absent for "whatever it is now". */
  readonly ifMatch: string | undefined;
  /** The name that an earlier call under the same idempotency key left by {@link remember}: this is its repeat. */
  readonly repeats: string | undefined;
  /** For answers with secrets, which are never kept: what was made, so that a repeat can answer it again. */
  readonly remember: (reference: string) => void;
  /** Another organisation than the caller's sees this change, too. */
  readonly concern: (organizationId: string) => void;
  /**
   * Sends a mail with the effect it speaks of: not at all when the call fails.
   * @param invitationHash of the token of the invitation whose mail it is: its row learns what became of it
   */
  readonly mail: (mail: MailText, invitationHash?: string) => Promise<void>;
  /**
   * Writes down who did what, for the audit: while what it is done to still has its row, which has its name.
   * @param organizationId whose audit it belongs to, where that is not the caller's
   */
  readonly record: (action: EventAction, targets: readonly Target[], organizationId?: string) => Promise<void>;
}

export type PublicOperation = { [Op in OperationName]: Operations[Op] extends { public: true } ? Op : never }[OperationName] | 'auth.signOut';
export type Parsed<Op extends OperationName> = z.output<Operations[Op]['input']>;
type Who<Op extends OperationName> = Op extends PublicOperation ? Me | undefined : Me;

/** What is known before a call's transaction begins. */
export type Before<Who = Me> = Pick<Call<Who>, 'place' | 'now' | 'me' | 'repeats'>;

type Run<Op extends OperationName> = (call: Call<Who<Op>>, input: Parsed<Op>) => Promise<Output<Op>>;

/**
 * One operation. What is slow (hashing) or has to stay although the call fails (a try that counts) happens in `prepare`, before the
 * transaction, which must be short; it answers what then runs inside.
 */
export type Handler<Op extends OperationName> = Run<Op> | { prepare: (before: Before<Who<Op>>, input: Parsed<Op>) => Promise<Run<Op>> };

/** The handlers of all areas: complete by type. */
export type Handlers = { [Op in OperationName]: Handler<Op> };

/** Invitations and memberships of one organisation are made one after another, so that nobody is in it or invited to it twice, and an owner is left. */
export async function lockOrganisation(call: Pick<Call, 'db' | 'place'>, id: string): Promise<void> {
  await call.place.store.locking(call.db.selectFrom('organization').select('id').where('id', '=', id)).execute();
}

/** The caller's organisation. The rights check comes first, so only people without one ever miss here. */
export function organisationOf(call: { readonly me: Me }): Organisation {
  if (!call.me.organisation) throw new SettingsError('forbidden', 'In no organisation.');
  return call.me.organisation;
}

/** The caller's organisation, as the rules of its door look at it. */
export function doorOf({ organisation, person }: Pick<Me, 'organisation' | 'person'>): Door | undefined {
  return organisation && { id: organisation.id, mfaRequiredFrom: millis(organisation.mfaRequiredMoment), mfa: person.mfa };
}

/** Refuses a write that was made on an older version. */
export function assertCurrent(call: Call, version: string, current: () => unknown): void {
  if (call.ifMatch !== undefined && call.ifMatch !== version) throw new SettingsError('stale', 'Changed meanwhile.', { current: current() });
}

/** The version of a value is what it says: whoever changes it, by whatever way, changes its version. */
export function versionOf(...parts: readonly unknown[]): Promise<string> {
  return sha256(JSON.stringify(parts));
}
