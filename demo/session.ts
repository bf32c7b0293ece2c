/**
 * The demo's stand-in for a server: an in-page backend, and the session of this tab with it.
 * A product has neither: its server and its session cookie are there already (see the adapters over HTTP).
 */
import { createMemoryBackend } from '../src/adapters/memory/index.js';

export interface Credentials {
  email: string;
  password: string;
  code?: string;
}

/** State stays in IndexedDB, so that a reload keeps it; each call takes a quarter of a second, as a server would. */
export const backend = createMemoryBackend({ persist: true, latency: 250 });
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

export function remember(email: string | null): void {
  try {
    sessionStorage.setItem(key, email ?? '');
  } catch {
    // Storage is blocked: a reload begins anew.
  }
}

/** Somebody who comes with an invitation in a fresh tab is not Ada. */
function whoIsHere(): string | null {
  const email = remembered();
  if (email !== null) return email || null;
  return location.hash.startsWith('#invitation=') ? null : firstPerson;
}

export const firstEmail = whoIsHere();
export const session = backend.connect(firstEmail);

export async function startOver(): Promise<void> {
  await backend.reset();
  try {
    sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
  history.replaceState(null, '', '#/');
  location.reload();
}
