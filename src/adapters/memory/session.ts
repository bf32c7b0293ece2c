import * as z from 'zod/mini';
import { defineAdapter, type SettingsAdapter } from '../../contract/adapter.js';
import { SettingsError } from '../../contract/errors.js';
import { email as emailSchema, name as nameSchema, problemsOf } from '../../contract/schema.js';
import { oneTimeCode } from '../../contract/auth.js';
import { cleanEmail } from '../../contract/text.js';
import type { Assertion, RequestOptions } from '../../contract/webauthn.js';
import { wordsAbout } from './account.js';
import { assertMayTry, wrongTry } from './attempts.js';
import { beginSession, challengeFor, pointAt, takeCode, takePassword, takeRecoveryCode } from './auth.js';
import { randomToken } from '../../rules/bytes.js';
import type { SessionHandle } from './call.js';
import type { Transaction } from './database.js';
import { handlersOf, type Shared } from './dispatch.js';
import { hashPassword, isPassword } from './password-hash.js';
import { passkeyOwner, signInByAssertion } from './passkey-proof.js';
import { newPasskeyChallenge, passkeyRequest } from '../../rules/passkeys.js';
import { passwordProblem } from '../../rules/passwords.js';
import { emailKey } from '../../rules/text.js';
import { RECORDED_REFUSALS } from '../../rules/events.js';
import type { EventAction } from '../../contract/operations.js';
import { organisationIdOf, recordEvent } from './records.js';
import type { InvitationRow, Person } from './state.js';
import { statusOf } from './team.js';
import type { World } from './worlds.js';

/** One person's session, and the adapter that speaks for it. */
export interface MemorySession {
  /** Its `subscribe` hints at what another session or tab changed, and at sign-in, sign-up and the end of this session. */
  readonly adapter: SettingsAdapter;
  /**
   * Signs this session in.
   * @throws SettingsError `wrong-credential`, the same for an unknown address as for a wrong password; `rate-limited`;
   * `step-up-required` when the password was right and a code is needed: a one-time code, or a recovery code in its place.
   */
  signIn(credentials: { email: string; password: string; code?: string }): Promise<void>;
  /** What to ask the browser for (`navigator.credentials.get()`) to sign in by passkey alone: whose it is, the answer says. Asked again, the question before is over. */
  askPasskey(): RequestOptions;
  /**
   * Signs this session in by that answer. It is both factors, so no code is asked for.
   * @returns the address of whoever it is
   * @throws SettingsError `wrong-credential`, whatever is wrong with it; `rate-limited`
   */
  signInByPasskey(assertion: Assertion): Promise<string>;
  /**
   * Makes an account for somebody who was invited, and signs this session in.
   *
   * Who may: only a session that has opened an invitation's link (`invitation.get` with the mail's token), for the address
   * that was invited. The link proves the mailbox, so the address counts as verified, nobody can take an invited address
   * before its owner comes, and without a link every address is refused alike (no enumeration).
   * @throws SettingsError `forbidden` without an opened invitation that is still open; `conflict` when the address has an
   * account (sign in instead); `invalid` with `name`, `email` (`mismatch`: another address than the invited one) or
   * `password` (the rules of `password.change`).
   */
  signUp(account: { name: string; email: string; password: string }): Promise<void>;
  /** Ends the session as if it had been revoked elsewhere: the next call is `unauthenticated`. */
  end(): void;
}

const newAccount = z.object({ name: nameSchema, email: emailSchema });

/** A new session of the person with this address; null, or an address that nobody has: a signed-out one. */
export function openSession(shared: Shared, world: World, email: string | null): MemorySession {
  const { database, hints, faults, clock } = shared;
  const handle: SessionHandle = { key: randomToken(), sessionId: null, personId: null, organisationId: null, openedInvitations: new Set() };

  // Calls wait for what was begun before them: the sign-in of connect(), the end of end().
  let opened = database.run((transaction) => {
    const person = email === null ? undefined : findPerson(transaction, world, email);
    if (!person) return;
    beginSession(transaction, handle, person, clock());
    signedIn(transaction, person.id, clock());
  });
  // Who calls hears of a failure; nobody has to listen here.
  opened.catch(() => undefined);

  const change = async (action: EventAction, whose: (transaction: Transaction) => Person | undefined, work: (transaction: Transaction) => Promise<Person>): Promise<Person> => {
    await faults.delay();
    await opened;
    let entered: Person;
    try {
      entered = await database.run(async (transaction) => {
        const person = await work(transaction);
        beginSession(transaction, handle, person, clock());
        signedIn(transaction, person.id, clock(), action);
        return person;
      });
    } catch (error) {
      // What is half a sign-in is written down as well: the other half has an event of its own.
      if (SettingsError.is(error) && [...RECORDED_REFUSALS, 'step-up-required'].includes(error.kind)) {
        await database.run((transaction) => {
          signedIn(transaction, whose(transaction)?.id ?? null, clock(), action, error.kind);
        });
      }
      throw error;
    }
    hints.tell(handle, ['auth.context']);
    return entered;
  };
  const changeBy = async (action: EventAction, email: string, work: (transaction: Transaction) => Promise<Person>): Promise<void> => {
    const key = emailKey(cleanEmail(email));
    await change(action, (transaction) => transaction.find('people', (row) => row.emailKey === key), work);
  };
  let challenge: string | undefined;

  return {
    adapter: defineAdapter({
      name: 'memory',
      operations: handlersOf(shared, handle, () => opened),
      subscribe: (listener) => hints.subscribe(handle, listener),
    }),
    signIn: (credentials) => changeBy('sign-in', credentials.email, (transaction) => checkCredentials(transaction, credentials, clock())),
    askPasskey: () => passkeyRequest(shared.place.party, (challenge = newPasskeyChallenge()), []),
    signInByPasskey: async (assertion) => {
      // An answer is good once.
      const asked = { challenge, party: shared.place.party, now: clock() };
      challenge = undefined;
      const person = await change('sign-in', (transaction) => passkeyOwner(transaction, assertion), (transaction) => signInByAssertion(transaction, assertion, asked));
      return person.email;
    },
    signUp: (account) => changeBy('sign-up', account.email, (transaction) => makeAccount(transaction, shared, handle, account)),
    end: () => {
      opened = opened.then(() =>
        database.run((transaction) => {
          if (handle.sessionId !== null) transaction.delete('sessions', handle.sessionId);
          transaction.afterCommit(() => {
            pointAt(handle, null);
            hints.tell(handle, ['auth.context']);
          });
        }),
      );
      opened.catch(() => undefined);
    },
  };
}

function signedIn(transaction: Transaction, personId: string | null, now: number, action: EventAction = 'sign-in', result = 'ok'): void {
  recordEvent(transaction, { now, personId, organisationId: organisationIdOf(transaction, personId), action, result });
}

/** By the address of now, or by the one that the world gave: after a change of address the demo still finds its people. */
function findPerson(transaction: Transaction, world: World, email: string): Person | undefined {
  const key = emailKey(email);
  const index = world.people.findIndex((person) => emailKey(person.email) === key);
  return transaction.find('people', (person) => person.emailKey === key) ?? transaction.get('people', `person-${String(index + 1)}`);
}

async function checkCredentials(transaction: Transaction, credentials: { email: string; password: string; code?: string }, now: number): Promise<Person> {
  const key = emailKey(cleanEmail(credentials.email));
  const person = transaction.find('people', (row) => row.emailKey === key);
  if (!person) {
    // The same work and the same count as for a person: nothing tells the two apart.
    const credential = `password:${key}`;
    assertMayTry(transaction, credential, now);
    await isPassword(credentials.password, null);
    throw wrongTry(transaction, credential, now);
  }
  await takePassword(transaction, person, credentials.password, now);
  if (!person.totp) return person;
  if (!credentials.code) {
    throw new SettingsError('step-up-required', 'A code is needed.', { challenge: challengeFor({ person, passkeys: 0 }) });
  }
  const typed = oneTimeCode.safeParse(credentials.code);
  // Digits alone are a one-time code; what else may be one of the others, which are longer.
  if (typed.success) await takeCode(transaction, person, typed.data, now);
  else await takeRecoveryCode(transaction, person, credentials.code, now);
  return person;
}

async function makeAccount(transaction: Transaction, shared: Shared, handle: SessionHandle, account: { name: string; email: string; password: string }): Promise<Person> {
  const parsed = newAccount.safeParse(account);
  if (!parsed.success) throw new SettingsError('invalid', 'Bad input to signUp.', { fields: problemsOf(parsed.error) });
  const { name, email } = parsed.data;
  const invitations = [...handle.openedInvitations]
    .map((id) => transaction.get('invitations', id))
    .filter((row): row is InvitationRow => row !== undefined && statusOf(row, shared.clock()) === 'pending' && row.status === 'open');
  if (invitations.length === 0) throw new SettingsError('forbidden', 'Only people who were invited can sign up.');
  const key = emailKey(email);
  const invitation = invitations.find((row) => row.emailKey === key);
  if (!invitation) throw new SettingsError('invalid', 'Not the address that was invited.', { fields: { email: 'mismatch' } });
  if (transaction.find('people', (row) => row.emailKey === key)) throw new SettingsError('conflict', 'This address has an account.');
  const organisation = transaction.get('organisations', invitation.organisationId);
  const problem = passwordProblem(account.password, wordsAbout(shared.place, name, email, organisation?.name), false);
  if (problem) throw new SettingsError('invalid', 'The password will not do.', { fields: { password: problem } });
  return transaction.put('people', {
    id: randomToken(),
    name,
    email,
    emailKey: key,
    emailVerified: true,
    passwordHash: await hashPassword(account.password),
    totp: null,
    pendingEmail: null,
    revision: 1,
  });
}
