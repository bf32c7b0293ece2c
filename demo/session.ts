/**
 * What this host page needs of its backend beside what the widgets need: signing in and up, and what a demo shows. There are two of it,
 * and a page has one. `session-memory.ts` is a backend in the page (`npm run start:memory`); the reference server builds the page
 * with `session-server.ts` in its place (`npm start`). The rest of the page does not know which.
 */
import type { Invitation } from '../src/contract/index.js';
import type { UfProvider } from '../src/define/all.js';

export interface Credentials {
  email: string;
  password: string;
  /** The one-time code, once it was asked for. */
  code?: string;
}

export interface Account {
  name: string;
  email: string;
  password: string;
}

/** Somebody of the demo world whose password is no secret. */
export interface DemoPerson extends Credentials {
  name: string;
  role: string;
}

export interface Mail {
  id: string;
  to: string;
  subject: string;
  text: string;
  link: string | null;
  /** RFC 3339. */
  at: string;
}

/** The mails that nobody gets. */
export interface Outbox {
  /** The oldest first. */
  readonly mails: readonly Mail[];
  /** Told of new ones, as long as it stays. */
  subscribe(listener: () => void): () => void;
}

export interface HostSession {
  /** Gives the widgets their backend. */
  connect(provider: UfProvider): void;
  /** The address of who is signed in as the page opens; null: nobody; undefined: the backend did not say. */
  readonly firstEmail: string | null | undefined;
  /** Called when somebody signed in, or nobody is any more. */
  remember(email: string | null): void;
  /** @throws SettingsError `wrong-credential`; `rate-limited`; `step-up-required` when the password was right and a one-time code is needed */
  signIn(credentials: Credentials): Promise<void>;
  /**
   * Signs in by passkey and nothing else.
   * @returns the address of whoever it is
   * @throws SettingsError `aborted` when the person gave it up, or nobody answered; `wrong-credential`; `rate-limited`
   */
  signInByPasskey(): Promise<string>;
  /**
   * Makes the account of somebody who was invited, and signs them in.
   * @param invitation the token of the mail
   * @throws SettingsError `forbidden` when the invitation is not open any more; `conflict` when the address has an account; `invalid` with the fields
   */
  signUp(account: Account, invitation: string): Promise<void>;
  /** @throws SettingsError `not-found` */
  invitation(token: string): Promise<Invitation>;
  /** Follows the link of an email-change mail; needs nobody to be signed in. @throws SettingsError `not-found` or `conflict` */
  confirmEmail(token: string): Promise<void>;
  /** Null where real mail is sent. */
  readonly outbox: Outbox | null;
  readonly people: readonly DemoPerson[];
  /** Takes everything back to how it was; null where that is not for this page to do. */
  readonly startOver: (() => Promise<void>) | null;
}

export { session } from './session-memory.js';
