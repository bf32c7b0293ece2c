/** A backend in the page, and the session of this tab with it. A product has neither: its server and its session cookie are there already. */
import { ADA_PASSWORD, CHARLES_PASSWORD, createMemoryBackend, MARY_PASSWORD } from '../src/adapters/memory/index.js';
import { assertion } from '../src/contract/webauthn.js';
import { askPasskey } from './passkey.js';
import type { HostSession } from './session.js';

/** State stays in IndexedDB, so that a reload keeps it; each call takes a quarter of a second, as a server would. */
const backend = createMemoryBackend({ persist: true, latency: 250 });
await backend.ready;

const key = 'host-signed-in-as';
const firstPerson = 'ada@example.com';

/** Only who is signed in, never a secret. `''` is nobody, absent is a first visit. */
function remembered(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Somebody who comes with an invitation in a fresh tab is not Ada. */
function whoIsHere(): string | null {
  const email = remembered();
  if (email !== null) return email || null;
  return location.hash.startsWith('#invitation=') ? null : firstPerson;
}

const firstEmail = whoIsHere();
const memory = backend.connect(firstEmail);

export const session: HostSession = {
  connect: (provider) => {
    provider.adapter = memory.adapter; // yours: createHttpAdapter(…) or defineAdapter(…)
  },
  firstEmail,
  remember: (email) => {
    try {
      sessionStorage.setItem(key, email ?? '');
    } catch {
      // Storage is blocked: a reload begins anew.
    }
  },
  signIn: (credentials) => memory.signIn(credentials),
  signInByPasskey: async () => memory.signInByPasskey(assertion.parse(await askPasskey(memory.askPasskey()))),
  // The session knows which invitations it has opened.
  signUp: (account) => memory.signUp(account),
  invitation: (token) => memory.adapter.call('invitation.get', { token }),
  confirmEmail: (token) => backend.confirmEmail(token),
  outbox: backend.outbox,
  people: [
    { name: 'Ada Lovelace', role: 'owner', email: 'ada@example.com', password: ADA_PASSWORD },
    { name: 'Charles Babbage', role: 'admin', email: 'charles@example.com', password: CHARLES_PASSWORD },
    { name: 'Mary Somerville', role: 'member', email: 'mary@example.com', password: MARY_PASSWORD },
  ],
  startOver: async () => {
    await backend.reset();
    try {
      sessionStorage.removeItem(key);
    } catch {
      // As above.
    }
    history.replaceState(null, '', '#/');
    location.reload();
  },
};
