import { SettingsError } from '../../contract/errors.js';
import { Tokens, type GetToken, type Token } from './tokens.js';

export interface HttpAdapterOptions {
  /** Where the settings API stands: `/api/settings`, or an absolute URL. Relative ones are resolved against the page, once. */
  baseUrl: string | URL;
  /** Whether cookies go along, as for `fetch`: `same-origin` unless told; `include` for an API of another origin (which has to allow it by CORS). */
  credentials?: 'same-origin' | 'include' | 'omit' | undefined;
  /**
   * Answers the bearer token, or null when nobody is signed in. Asked before each request, so keep the token there, in memory. With
   * `refresh` the server has refused the token: answer a new one. However many calls were refused, it is asked for one new token at a time.
   */
  getToken?: GetToken | undefined;
  /** Headers for each request; a function is asked each time. They never replace the adapter's own. */
  headers?: HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>) | undefined;
  /** Whether to follow `{baseUrl}/events`, which says what changed elsewhere; true unless told. A server without it is asked once. */
  events?: boolean | undefined;
}

type HeaderRecord = Readonly<Record<string, string>>;

const credentialModes: readonly unknown[] = ['same-origin', 'include', 'omit'];

const NO_TOKEN: Token = { token: null, ticket: 0 };

/** A response, and which token it is the answer to. */
export interface Received {
  response: Response;
  ticket: number;
}

/** What all requests to one server have in common. */
export class Wire {
  /** Without a slash at its end. */
  readonly base: string;
  readonly init: RequestInit;
  readonly tokens: Tokens | undefined;
  readonly #headers: HttpAdapterOptions['headers'];
  #ahead: Promise<Response> | undefined;

  /** @throws {TypeError} */
  constructor({ baseUrl, credentials = 'same-origin', getToken, headers }: HttpAdapterOptions, ahead?: Promise<Response>) {
    this.base = resolveBase(String(baseUrl));
    if (!credentialModes.includes(credentials)) throw new TypeError(`credentials cannot be "${credentials}": it is one of ${credentialModes.join(', ')}.`);
    // A redirect would carry a write, and what it holds, to somewhere else.
    this.init = { credentials, cache: 'no-store', redirect: 'error' };
    this.tokens = getToken && new Tokens(getToken);
    this.#headers = headers;
    this.#ahead = ahead;
  }

  /** The answer to what went out before this code was there, once: the next call asks anew. */
  takeAhead(): Promise<Response> | undefined {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    return ahead;
  }

  /**
   * Sends a request with the host's headers and its token of this moment.
   * @param renewed the token to send instead, after a renewal.
   * @param ahead the answer, where the request went out already
   * @throws {SettingsError} when the host's own functions fail; anything else that is thrown is a failure of the network.
   */
  async send(request: Request, renewed?: string, ahead?: Promise<Response>): Promise<Received> {
    const { headers } = request;
    try {
      const own = typeof this.#headers === 'function' ? await this.#headers() : (this.#headers ?? {});
      for (const [name, value] of Object.entries(own)) if (!headers.has(name)) headers.set(name, value);
    } catch (cause) {
      throw new SettingsError('unexpected', 'The "headers" of the http adapter failed.', { cause });
    }
    const { token, ticket } = renewed === undefined ? ((await this.tokens?.take()) ?? NO_TOKEN) : { token: renewed, ticket: 0 };
    if (token !== null) {
      try {
        headers.set('Authorization', `Bearer ${token}`);
      } catch {
        // Without a cause: the browser's message holds the token.
        throw new SettingsError('unexpected', 'What getToken() answered cannot stand in a header.');
      }
    }
    return { response: await (ahead ?? fetch(request)), ticket };
  }
}

function resolveBase(given: string): string {
  const page = (globalThis as { document?: Document }).document?.baseURI;
  let url: URL;
  try {
    url = new URL(given, page);
  } catch {
    throw new TypeError(`the base URL "${given}" cannot be used: it is a path like "/api/settings" or an absolute URL${page === undefined ? '; here, without a page, only the latter' : ''}.`);
  }
  if (given.trim() === '' || !/^https?:$/.test(url.protocol)) throw new TypeError(`the base URL "${given}" cannot be used: it is a path like "/api/settings" or an http(s) URL.`);
  // What stands there is kept by histories and logs.
  if (url.username || url.password || url.search || url.hash) throw new TypeError('the base URL must not hold a name, a password, a query or a fragment.');
  return url.href.replace(/\/+$/, '');
}
