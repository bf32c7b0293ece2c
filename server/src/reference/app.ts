import { randomUUID } from 'node:crypto';
import { operationNames, PICTURE_BYTES, SettingsError } from '@userflux/settings/contract';
import { describeProblem, problemCodes, routeOf, writeProblem, type TransportCode } from '@userflux/settings/http';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { sql } from 'kysely';
import { ADDRESS_HEADER, type Auth } from './auth.js';
import type { OpenDatabase } from './database.js';
import { exampleApi } from './example.js';
import { readOutbox } from './outbox.js';
import { sendAsset, type Asset } from './pages.js';

/** What a demo shows beside the page: whom one can be, where the mails are. */
export interface HostFacts {
  /** Whether mails are shown instead of sent. */
  outbox: boolean;
  people: readonly { name: string; role: string; email: string; password: string }[];
}

export interface AppOptions {
  auth: Auth;
  database: OpenDatabase;
  publicUrl: string;
  trustedOrigins: readonly string[];
  trustProxy: number;
  facts: HostFacts;
  pages: ReadonlyMap<string, Asset>;
  /** The readable page of the API and what belongs to it, by path. */
  docs: ReadonlyMap<string, Asset>;
  log: (line: string) => void;
}

interface Env {
  Bindings: HttpBindings;
  Variables: { requestId: string };
}

const LARGEST_BODY = 64 * 1024;
const BASE = '/api/auth/settings/';
/** Where bodies are pictures. */
const PICTURES: readonly string[] = operationNames.map((name) => routeOf(name)).flatMap(({ picture, path }) => (picture ? [BASE + path.slice(1)] : []));

/** What the host page may do. No exception for anything: no inline script or style, no frame, nothing from elsewhere (W2). */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** An answer of the API is no page, whatever a browser makes of it. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

export function createApp(options: AppOptions): Hono<Env> {
  const { auth, database, facts, pages, docs } = options;
  const app = new Hono<Env>();

  app.use(requestIds);
  app.use(safeHeaders(options.publicUrl.startsWith('https:')));

  app.get('/healthz', async (c) => {
    try {
      await sql`select 1`.execute(database.db);
      return c.json({ status: 'ok' });
    } catch {
      return c.json({ status: 'no database' }, 503);
    }
  });

  app.use('/api/*', crossOrigin(options.trustedOrigins));
  const small = bodyLimit({ maxSize: LARGEST_BODY, onError: tooLarge });
  const picture = bodyLimit({ maxSize: PICTURE_BYTES, onError: tooLarge });
  const limit: MiddlewareHandler<Env> = (c, next) => (c.req.method === 'PUT' && PICTURES.includes(c.req.path) ? picture : small)(c, next);
  app.use('/api/*', limit);

  for (const [path, asset] of docs) app.get(path, (c) => sendAsset(asset, c.req.raw, false));
  app.get(`${BASE}problems/:code`, (c) => {
    const known = problemCodes.find((code) => code === c.req.param('code'));
    return known ? c.redirect(`/api/docs#problem-${known}`) : refuse('unknown-path');
  });

  app.get('/api/host', (c) => c.json(facts));
  if (facts.outbox) {
    app.get('/outbox', (c) => c.redirect('/#/outbox'));
    app.get('/api/outbox', async (c) => (isOwnHost(c, options.publicUrl) ? c.json({ mails: await readOutbox(database.db) }) : refuse('foreign-origin')));
  }

  app.all('/api/auth/*', async (c) => {
    const headers = new Headers(c.req.raw.headers);
    headers.set(ADDRESS_HEADER, addressOf(c, options.trustProxy));
    return inOurWords(await auth.handler(new Request(c.req.raw, { headers })));
  });
  app.route('/api/example', exampleApi<Env>(auth, (c) => addressOf(c, options.trustProxy)));
  app.all('/api/*', () => refuse('unknown-path'));

  // Pages without an icon of their own are asked for this one by every browser.
  app.get('/favicon.ico', (c) => c.body(null, 204));
  app.get('*', (c) => {
    const file = pages.get(c.req.path);
    if (file && c.req.path !== '/index.html') return sendAsset(file, c.req.raw, c.req.path.startsWith('/assets/'));
    // A file that an older page asks for is gone; the page instead would be a script that does not parse.
    const html = pages.get('/index.html');
    return html && !/\.\w+$/.test(c.req.path) ? sendAsset(html, c.req.raw, false) : c.text('Not found\n', 404);
  });
  app.notFound((c) => c.text('Not found\n', 404));
  app.onError((error, c) => {
    const requestId = c.get('requestId');
    options.log(`${requestId} ${c.req.method} ${c.req.path} failed: ${error.stack ?? error.message}`);
    return problem(new SettingsError('unexpected', 'It is in the log under this request id.'), 'unexpected', requestId);
  });
  return app;
}

/** Every answer has an id; a failure's log line has it, too. What a client sends under this name is not believed. */
const requestIds: MiddlewareHandler<Env> = async (c, next) => {
  c.set('requestId', randomUUID());
  await next();
  c.header('X-Request-Id', c.get('requestId'));
};

function safeHeaders(https: boolean): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const api = c.req.path.startsWith('/api/') && c.req.path !== '/api/docs';
    // A picture says itself what may be done with it.
    const own = c.res.headers.has('Content-Security-Policy');
    if (!own) c.header('Content-Security-Policy', api ? API_POLICY : PAGE_POLICY);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('X-Frame-Options', 'DENY'); // for what does not know frame-ancestors
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    if (!own) c.header('Cross-Origin-Resource-Policy', 'same-origin');
    c.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    if (https) c.header('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
    if (c.res.headers.get('Cache-Control') === null || (api && !own && !c.req.path.startsWith('/api/docs'))) c.header('Cache-Control', 'no-store');
  };
}

/** Pages of these origins, and of no others, may call the API with the person's cookie. */
function crossOrigin(origins: readonly string[]): MiddlewareHandler<Env> {
  return cors({
    origin: [...origins],
    credentials: true,
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ['Content-Type', 'Accept', 'Authorization', 'Idempotency-Key', 'If-Match', 'Settings-Organisation', 'Invitation-Token'],
    exposeHeaders: ['WWW-Authenticate', 'Retry-After', 'ETag', 'Location', 'X-Request-Id'],
    maxAge: 600,
  });
}

/**
 * Who is at the other end: the socket's address or, behind proxies, what the outermost of ours wrote down. Each proxy adds the address that it sees at the
 * end of X-Forwarded-For; what stands before those was sent by the client and may be anything.
 */
function addressOf(c: Context<Env>, trustProxy: number): string {
  const socket = c.env.incoming.socket.remoteAddress ?? '';
  if (trustProxy === 0) return socket;
  const chain = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim()).filter(Boolean);
  return chain.at(-trustProxy) ?? socket;
}

/** A page elsewhere whose name was pointed at this machine (DNS rebinding) would read the mails as its own. */
function isOwnHost(c: Context<Env>, publicUrl: string): boolean {
  const { host, port } = new URL(publicUrl);
  return [host, `127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(c.req.header('host') ?? '');
}

/** Better Auth's own brake says how long to wait in a header of its own. */
function inOurWords(response: Response): Response {
  const wait = response.headers.get('X-Retry-After');
  if (wait === null || response.headers.has('Retry-After')) return response;
  const answer = new Response(response.body, response);
  answer.headers.set('Retry-After', wait);
  return answer;
}

/** The rest of the body is not read, so the connection ends: the next request on it would be lost. */
function tooLarge(): Response {
  const answer = refuse('body-too-large');
  answer.headers.set('Connection', 'close');
  return answer;
}

function refuse(code: TransportCode): Response {
  return problem(new SettingsError('unexpected', describeProblem(code).title), code);
}

function problem(error: SettingsError, code: TransportCode | 'unexpected', requestId?: string): Response {
  const { status, headers, body } = writeProblem(error, code, BASE);
  return new Response(JSON.stringify(requestId === undefined ? body : { ...body, requestId }), { status, headers });
}
