import type { SettingsAdapter } from '../adapter.js';
import type { MfaEnrolment, OperationName } from '../operations.js';

/**
 * The people of a conformance world.
 *
 * | role | organisation | MFA |
 * |---|---|---|
 * | owner, admin | the first | on |
 * | member | the first | off |
 * | outsider | owner of the second | on |
 * | signedOut | nobody | |
 */
export type ConformanceRole = 'owner' | 'admin' | 'member' | 'outsider' | 'signedOut';

/** A mail as the backend sent it. */
export interface ConformanceMail {
  /** What the link carries: the token of `invitation.get`, or of `confirmEmail`; null for a mail without a link. */
  token: string | null;
}

/**
 * A fresh world for one case. It has two organisations: the first with owner, admin, member and at least three API keys of which not all
 * have the same kind, the second with the outsider, at least one API key and at least one open invitation. All have passwords.
 */
export interface ConformanceWorld {
  /** The session of this person, just signed in; the same one each time. */
  as(role: ConformanceRole): Promise<SettingsAdapter>;
  /** Another session of the same person. */
  reopen(role: ConformanceRole): Promise<SettingsAdapter>;
  /**
   * The next valid one-time code of this person, one that was not answered before (wait for the next time step where there is no
   * other way). With an enrolment: a code of the authenticator that has just scanned it.
   */
  code(role: ConformanceRole, enrolment?: MfaEnrolment): Promise<string>;
  /** The password that this person began with. */
  password(role: ConformanceRole): string;
  /** The mails to this address, the oldest first. */
  mails(to: string): Promise<readonly ConformanceMail[]>;
  /** Moves the backend's clock, where it can be moved; cases that need it are skipped where it cannot. */
  advance?(seconds: number): Promise<void>;
  /** Follows the link of an email-change mail, where the backend has one. */
  confirmEmail?(token: string): Promise<void>;
  /** Takes the world away. */
  dispose(): Promise<void>;
}

/** What an adapter author writes to run the suite. */
export interface ConformanceHarness {
  /** @param seed a name for the world, another for each case: for addresses, databases and logs. */
  createWorld(seed: string): Promise<ConformanceWorld>;
}

/** One requirement of the contract, as a program. */
export interface ConformanceCase {
  /** The part of the contract: auth, account, mfa, company, team, invitation, apiKeys. */
  readonly area: string;
  /** What holds, as a sentence; unique within its area. */
  readonly name: string;
  /** The operations without which the case says nothing. */
  readonly needs: readonly OperationName[];
  /** The harness's own abilities without which it cannot run. */
  readonly requires?: readonly ('advance' | 'confirmEmail')[];
  /** Rejects when the requirement does not hold. */
  run(world: ConformanceWorld): Promise<void>;
}
