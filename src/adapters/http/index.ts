import type { SettingsAdapter } from '../../contract/adapter.js';
import { makeHttpAdapter } from './adapter.js';
import type { HttpAdapterOptions } from './wire.js';

export type { HttpAdapterOptions } from './wire.js';

/**
 * The adapter for a server that speaks the settings HTTP API (docs/http-api.md). `<uf-provider base-url="/api/settings">` makes one
 * by itself; call this where the server wants bearer tokens or headers of its own.
 *
 * ```ts
 * provider.adapter = createHttpAdapter({
 *   baseUrl: 'https://api.example.com/settings',
 *   getToken: ({ refresh }) => auth.accessToken({ fresh: refresh }),
 * });
 * ```
 *
 * - It has every operation of the contract. What the server lacks, or this person may not do, its auth context does not name.
 * - Calls end within 8.5 seconds. Reads are tried up to four times, with growing random pauses, when the network fails, on 502, 503, 504, and
 *   on a 429 that asks for a wait of at most 3 seconds. Writes likewise but for the 429, always under the same Idempotency-Key.
 * - A call fails with one `SettingsError`: `unavailable` or `offline` when no answer came, `unexpected` when what came is no answer of this
 *   API (a login page, half a body, more than 5 MB), `rate-limited` with `retryAfter` in seconds, else what the server's problem says.
 *   Nothing of a server's own text is kept.
 * - Its `subscribe` follows server-sent events at `{baseUrl}/events` while somebody is signed in and the page is visible.
 *
 * @throws {TypeError} for an option that cannot be used, with the mend.
 */
export function createHttpAdapter(options: HttpAdapterOptions): SettingsAdapter {
  return makeHttpAdapter(options);
}
