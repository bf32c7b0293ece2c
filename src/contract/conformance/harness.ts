import type { SettingsAdapter } from '../adapter.js';
import type { MfaEnrolment, OperationName } from '../operations.js';

/**
 * The people of a conformance world.
 *
 * | role | organisation and role in it | MFA | API keys |
 * |---|---|---|---|
 * | owner | the first, as `owner` | on (TOTP) | reads and changes them |
 * | admin | the first, as `admin` | on (TOTP) | reads and changes them |
 * | member | the first, as `member` | off | may not |
 * | outsider | the second, as `owner` | on (TOTP) | those of the second |
 * | signedOut | a session (or client) of nobody | | |
 */
export type ConformanceRole = 'owner' | 'admin' | 'member' | 'outsider' | 'signedOut';

/** A mail as the backend sent it. */
export interface ConformanceMail {
  /** What the link carries: the token of `invitation.get`, or of `confirmEmail`; null for a mail without a link. */
  token: string | null;
}

/**
 * A fresh world for one case. Nothing that happens in it is seen in another: neither rows nor mails, neither counted wrong tries nor the
 * clock. A database (or a schema, a tenant) of its own is the simple way; making it from a template, with the passwords hashed
 * once, is the quick one, since the suite makes over a hundred.
 *
 * **Two organisations**
 * - The first: the owner, who is its only one, the admin, the member (more people are fine, up to a hundred), at least three API keys that are not all of
 *   one kind, and any number of invitations.
 * - The second: the outsider, at least one API key and at least one open invitation.
 *
 * **People.** Each has a name, a confirmed address, a password of at least 15 characters that is on no list, and one organisation.
 * Nobody has a pending change of address, a begun enrolment or a wrong try behind them. Nobody has an address that begins with
 * `conformance-`: the suite invites those and moves people to them.
 *
 * **Settings.** Mails really go (to where `mails` reads them). What counts wrong codes and passwords of an account is on, with the
 * limits of production. The link that `team.link` answers ends in its token, after a slash or an equals sign. Limits by network address or of calls a minute are off, or high enough for a hundred calls at once: the
 * suite comes from one address.
 */
export interface ConformanceWorld {
  /**
   * The session of this person, **just signed in**: what asks for a recent sign-in is open, and no step-up has been made. The same
   * session each time it is asked for, opened at the first time (most cases need one or two of the five).
   */
  as(role: ConformanceRole): Promise<SettingsAdapter>;
  /**
   * Another session of the same person, just signed in, as in a second browser: new each time, apart from all others. It is asked for
   * before a case changes the password or the second factor or locks them, so a harness may sign in by what the person began with; making
   * the session's row in the backend is quicker than hashing a password.
   */
  reopen(role: ConformanceRole): Promise<SettingsAdapter>;
  /**
   * The code that this person's authenticator app shows: valid now, and of another time step than every code this world gave before,
   * to whomever. Move the clock to the next step where it can be moved, wait for it where not. With an enrolment: of the
   * app that has just scanned it. Sign-ins of `as` and `reopen` take no code that is given here.
   */
  code(role: ConformanceRole, enrolment?: MfaEnrolment): Promise<string>;
  /** The password that this person began with. */
  password(role: ConformanceRole): string;
  /** The mails to this address in any case of its letters, the oldest first: all those of calls that have answered. */
  mails(to: string): Promise<readonly ConformanceMail[]>;
  /**
   * Moves the backend's clock forward for everything that depends on time: step-ups, enrolments, invitations, codes, waits. Leave it out
   * where the clock cannot be moved: the cases that need it are then skipped. Never wait in real time. The suite moves it by eight days at most.
   */
  advance?(seconds: number): Promise<void>;
  /** Follows the link of an email-change mail without a session; rejects as the contract says (`not-found`) where it does not work. */
  confirmEmail?(token: string): Promise<void>;
  /** Takes the world away, its sessions and connections too. Called once, after a failed case as well. */
  dispose(): Promise<void>;
}

/**
 * What an adapter author writes to run the suite. What the adapter and the harness can do (its `operations`, `advance`, `confirmEmail`)
 * must be the same in every world: the runner looks at the first and makes no world for what is skipped.
 */
export interface ConformanceHarness {
  /** @param seed a name for the world, another for each world: for databases and logs. */
  createWorld(seed: string): Promise<ConformanceWorld>;
}

/** One requirement of the contract, as a program. */
export interface ConformanceCase {
  /** The part of the contract, as the operations name it: auth, profile, email, password, mfa, company, team, invitation, apiKeys, activity, audit; `account` for what spans them. */
  readonly area: string;
  /** What holds, as a sentence; unique within its area. */
  readonly name: string;
  /** The operations without which the case says nothing. */
  readonly needs: readonly OperationName[];
  /** The harness's own abilities without which it cannot run. */
  readonly requires?: readonly ('advance' | 'confirmEmail')[];
  /** Leaves its world as it found it, so that the next such case can have the same one: worlds are what takes time. */
  readonly harmless?: true;
  /** Rejects when the requirement does not hold. */
  run(world: ConformanceWorld): Promise<void>;
}
