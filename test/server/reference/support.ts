import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, type RunningServer, type ServerOptions } from '../../../server/src/reference/start.js';

/** What the tests of a file leave behind, the newest first. A hook that is asked for inside another one would run too early. */
const left: (() => unknown)[] = [];
after(async () => {
  for (const clean of left.reverse()) await clean();
});

/** Runs when all tests of this file are over. */
export function afterAll(clean: () => unknown): void {
  left.push(clean);
}

/** A folder that is gone after the tests of this file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'settings-server-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export interface TestServer extends RunningServer {
  /** What the operator would have read. */
  readonly lines: readonly string[];
  readonly folder: string;
}

/** A server of this process on a free port, with a database of its own; closed after the tests of this file. */
export async function testServer(options: ServerOptions = {}): Promise<TestServer> {
  const folder = options.dataFolder ?? temporaryFolder();
  const lines: string[] = [];
  const server = await startServer({ port: 0, dataFolder: folder, signInsPerMinute: 10_000, log: (line) => lines.push(line), ...options });
  afterAll(() => server.close());
  return { ...server, lines, folder };
}

export const ADA = { email: 'ada@example.com', password: 'analytical-engine-1843' };

/** A browser as far as a server sees one: it keeps cookies and says where a request comes from. */
export class Visitor {
  readonly #cookies = new Map<string, string>();

  /** Where it goes; cookies do not know of ports. */
  constructor(public url: string) {}

  async request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        Origin: this.url,
        ...(this.#cookies.size > 0 && { Cookie: Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('; ') }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  get(path: string, headers?: Record<string, string>): Promise<Response> {
    return this.request('GET', path, undefined, headers);
  }

  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response> {
    return this.request('POST', path, body, headers);
  }

  signIn(credentials: { email: string; password: string }): Promise<Response> {
    return this.post('/api/auth/sign-in/email', credentials);
  }
}

/** What a response says, as JSON. */
export async function json(response: Response): Promise<Record<string, unknown>> {
  const value: unknown = await response.json();
  if (typeof value !== 'object' || value === null) throw new TypeError(`Not an object: ${JSON.stringify(value)}`);
  return Object.fromEntries(Object.entries(value));
}

export async function emailOf(visitor: Visitor): Promise<string | undefined> {
  const response = await visitor.get('/api/auth/settings/context');
  if (response.status === 401) return undefined;
  const { user } = await json(response);
  return typeof user === 'object' && user !== null && 'email' in user ? String(user.email) : undefined;
}

/** Milliseconds after which a test gives up: long, because machines under load are slow, and never waited out by a test that passes. */
const PATIENCE = 60_000;

/** Asks again and again until there is an answer. */
export async function until<Found>(look: () => Promise<Found | undefined> | Found | undefined, what: string): Promise<Found> {
  for (const end = Date.now() + PATIENCE; ; ) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await sleep(20);
  }
}
