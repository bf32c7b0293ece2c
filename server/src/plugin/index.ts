import { rowOf } from '@userflux/settings/contract';
import { matchRoute } from '@userflux/settings/http';
import type { MailText } from '@userflux/settings/rules';
import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint, getSessionFromCtx } from 'better-auth/api';
import { deleteSessionCookie } from 'better-auth/cookies';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { Kysely } from 'kysely';
import { keepSearchKeys, searchKeyOf } from './account.js';
import { checkApiKey, sweepEndedKeys, type KeyCheck, type KeyUse } from './api-keys.js';
import { TransportError } from './body.js';
import type { Links, Place } from './call.js';
import { isClosed } from './closed.js';
import { Events, sweepHints } from './events.js';
import { KeyUses, sweepKeyUses } from './key-uses.js';
import { answer, refuse, refuseRoute } from './endpoint.js';
import { deliverQueuedMails } from './mail.js';
import { sweepAttempts } from './attempts.js';
import { sweepWrites } from './perform.js';
import { relyingPartyOf, sweepChallenges } from './passkey-proof.js';
import { fillNewColumns } from './prepare.js';
import { originOf, sweepEvents } from './records.js';
import { schema } from './schema.js';
import { Seal } from './seal.js';
import { signInHooks } from './sign-in.js';
import { Store, type DatabaseType, type Tables } from './store.js';

export { hashApiKey, type KeyCheck, type KeyRefusal, type KeyUse } from './api-keys.js';
export type { Links, Place } from './call.js';
export { MailRefused } from './mail.js';
export { Seal } from './seal.js';
export { INVITATION_TOKEN } from './sign-in.js';
export { closeTotpSecret } from './step-up.js';
export { Store, type Tables } from './store.js';
export { searchKeyOf } from './account.js';

export interface SettingsOptions {
  /** The name of the product: what authenticator apps show, and a word that no password may consist of. Better Auth's `appName` unless told. */
  product?: string;
  /** Rows on a page of a list, 1 to 100. */
  pageSize?: number;
  /** How the links of mails are written: pages of yours. Put the token into the fragment, which no server logs. */
  links: Links;
  /** Sends one mail; a rejection is tried again later, unless it is a {@link MailRefused}. Without it mails wait in the table `settingsMail`: fit for development only. */
  sendMail?: (mail: MailText) => Promise<void>;
  /** `step-up`: keys are kept encrypted and can be revealed; `creation-only`: only their hash is kept. */
  reveal?: Place['reveal'];
  /** What encrypts API keys; Better Auth's secret unless told. At least 32 characters. */
  encryptionKey?: string;
  /** `invited`: `POST /sign-up/email` needs the header `Invitation-Token` of an open invitation of that address. */
  signUp?: 'open' | 'invited';
  /** Days for which events (activity, audit log) are kept; 365 unless told. */
  eventDays?: number;
  /** How many invitations an organisation sends in 24 hours; 20,000 unless told. More are `rate-limited`. */
  invitationsPerDay?: number;
  /** Milliseconds since 1970; tests move it. */
  clock?: () => number;
}

/** Where the API stands below Better Auth's base path. */
const PATH = '/settings';
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** What functions beside the plugin need of it. */
interface Inside {
  place: () => Place;
  events: () => Events;
  uses: () => KeyUses;
  send: SettingsOptions['sendMail'];
  eventDays: SettingsOptions['eventDays'];
}

const insides = new WeakMap<object, Inside>();

/** An auth instance of Better Auth, as far as these functions need it. */
export interface AuthInstance {
  options: { plugins?: readonly object[] };
  $context: Promise<unknown>;
}

/** @throws {TypeError} where the plugin is missing */
async function insideOf(auth: AuthInstance): Promise<Inside> {
  await auth.$context;
  const plugin = auth.options.plugins?.find((one) => insides.has(one));
  const inside = plugin && insides.get(plugin);
  if (!inside) throw new TypeError('This Better Auth has no settings plugin: add settings({ ... }) to its plugins.');
  return inside;
}

/** @throws {TypeError} where the plugin is missing */
export async function placeOf(auth: AuthInstance): Promise<Place> {
  return (await insideOf(auth)).place();
}

/** Sends the mails that wait, for a timer of the host: those that failed, and those of a process that ended before it sent them. Forgets what is old. */
export async function deliverMails(auth: AuthInstance): Promise<void> {
  const { place, send, eventDays } = await insideOf(auth);
  const { store, clock } = place();
  if (send) await deliverQueuedMails(place(), send);
  await sweepWrites(store.db, clock());
  await sweepHints(store.db, clock());
  await sweepChallenges(store.db, clock());
  await sweepAttempts(store.db, clock());
  await sweepEvents(store.db, clock(), eventDays);
  await sweepKeyUses(store.db, clock());
  await sweepEndedKeys(place(), clock());
}

/** Ends the event streams of open pages, which would keep a server up that is to stop. */
export async function endEvents(auth: AuthInstance): Promise<void> {
  (await insideOf(auth)).events().close();
}

/** Checks an API key as the product's own API does at each request. Its use is written down behind the answer. */
export async function verifyApiKey(auth: AuthInstance, secret: string, use: KeyUse): Promise<KeyCheck> {
  const { place, uses } = await insideOf(auth);
  return checkApiKey(place(), uses(), secret, use);
}

/** Writes down the uses of API keys that wait for it: before a server closes its database. */
export async function settleKeyUses(auth: AuthInstance): Promise<void> {
  await (await insideOf(auth)).uses().settle();
}

/** Better Auth's database as one Kysely, so that its transactions and ours take turns on one connection. */
function storeOf(database: unknown): Store {
  const given = typeof database === 'object' && database !== null ? (database as { db?: unknown; type?: unknown }) : {};
  const type = (['sqlite', 'postgres'] as const).find((name) => name === given.type);
  // An instance of another copy of kysely is one all the same.
  const isKysely = given.db instanceof Kysely || (typeof given.db === 'object' && given.db !== null && 'selectFrom' in given.db);
  if (!isKysely || !type) {
    throw new TypeError('The settings plugin needs Better Auth\'s database as { db: a Kysely instance, type: "sqlite" | "postgres" }.');
  }
  return new Store(given.db as Kysely<Tables>, type satisfies DatabaseType);
}

/**
 * The settings API as a plugin of Better Auth: `plugins: [organization(), twoFactor(), apiKey(), passkey(), settings({ links })]`, and the widgets
 * take `<uf-provider base-url="/api/auth/settings">`. It needs the plugins organization, two-factor, api-key and passkey beside it, and the database
 * as `{ db, type }` with Kysely on SQLite or PostgreSQL.
 *
 * Below `<basePath>/settings` it serves the operations of the contract; it closes Better Auth's own endpoints that go round their
 * rules, makes one-time codes good once at sign-in, too, and counts tries per account.
 */
export function settings(options: SettingsOptions): BetterAuthPlugin {
  let place: Place | undefined;
  let events: Events | undefined;
  let keyUses: KeyUses | undefined;
  let ready: Promise<void> | undefined;
  let delivering = false;
  const here = (): Place => {
    if (!place) throw new TypeError('The settings plugin is not initialised yet.');
    return place;
  };

  const stream = (): Events => (events ??= new Events(here()));
  const uses = (): KeyUses => (keyUses ??= new KeyUses(here()));

  /** In the background: the answer does not wait for a mail server. */
  const deliver = (): void => {
    const { sendMail } = options;
    if (!sendMail || delivering) return;
    delivering = true;
    deliverQueuedMails(here(), sendMail)
      .catch((error: unknown) => {
        here().log(`Mails could not be delivered: ${error instanceof Error ? error.message : 'unknown'}`);
      })
      .finally(() => {
        delivering = false;
      });
  };

  const plugin = {
    id: 'settings',
    schema,
    rateLimit: [{ pathMatcher: (path: string) => path.startsWith(`${PATH}/`), window: 10, max: 300 }],

    init(context) {
      const { password, secret, secretConfig, appName } = context;
      place = {
        store: storeOf(context.options.database),
        product: options.product ?? appName,
        pageSize: options.pageSize ?? 25,
        reveal: options.reveal ?? 'step-up',
        links: options.links,
        party: relyingPartyOf(context, options.product ?? appName),
        invitationsPerDay: options.invitationsPerDay ?? 20_000,
        clock: options.clock ?? Date.now,
        realNow: Date.now,
        hashPassword: (text) => password.hash(text),
        verifyPassword: (text, hash) => password.verify({ password: text, hash }),
        encrypt: (data) => symmetricEncrypt({ key: secretConfig, data }),
        decrypt: (data) => symmetricDecrypt({ key: secretConfig, data }),
        seal: new Seal(options.encryptionKey ?? secret),
        log: (line) => {
          context.logger.error(line);
        },
      };
      return {
        options: {
          databaseHooks: {
            user: {
              create: { before: (user) => Promise.resolve({ data: { ...user, searchKey: searchKeyOf(user.name, user.email) } }) },
              update: {
                // What a host changes by `auth.api` shows in lists and searches as well. Not waited for: Better Auth may be inside
                // a transaction of its own, which holds SQLite's only connection.
                after: (user) => {
                  void refreshSearchKey(here(), user);
                  return Promise.resolve();
                },
              },
            },
          },
        },
      };
    },

    async onRequest(request, context) {
      const base = new URL(context.baseURL).pathname;
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith(`${base}/`)) return undefined;
      const path = pathname.slice(base.length);
      if (isClosed(path)) return { response: Response.json({ message: 'Use the settings API.', code: 'CLOSED' }, { status: 403, headers: { 'Cache-Control': 'no-store' } }) };
      if (path !== PATH && !path.startsWith(`${PATH}/`)) return undefined;
      ready ??= fillNewColumns(here());
      await ready.catch((error: unknown) => {
        ready = undefined;
        throw error;
      });
      // Better Auth checks the origin as well, and says so in its own shape.
      if (request.method !== 'GET' && request.method !== 'HEAD' && isForeign(request, context)) {
        const error = new TransportError('foreign-origin', 'Requests with cookies need an Origin that this server trusts.');
        return { response: refuse(here(), error, request, path.slice(PATH.length)) };
      }
      const below = path.slice(PATH.length);
      // What Better Auth's router would turn away without a word gets its problem, too.
      const unrouted = !(METHODS as readonly string[]).includes(request.method) || below === '' || /\/\/|\/$/.test(below);
      return unrouted ? { response: refuseRoute(here(), request, below) } : undefined;
    },

    /** What Better Auth answers by itself may hold secrets as well (S9). */
    onResponse(response) {
      if (response.headers.has('Cache-Control')) return Promise.resolve(undefined);
      const answered = new Response(response.body, response);
      answered.headers.set('Cache-Control', 'no-store');
      return Promise.resolve({ response: answered });
    },

    hooks: signInHooks(here, { signUp: options.signUp ?? 'open', deliver }),

    endpoints: {
      settings: createAuthEndpoint(`${PATH}/**`, { method: [...METHODS], disableBody: true, requireRequest: true }, async (context) => {
        const { request } = context;
        const path = new URL(request.url).pathname.slice(new URL(context.context.baseURL).pathname.length + PATH.length);
        const response = await answer(here(), request, path, {
          sessionId: async () => (await getSessionFromCtx(context, { disableCookieCache: true }))?.session.id ?? null,
          events: stream(),
          origin: originOf(context),
        });
        if (response.ok && endsSession(request.method, path)) deleteSessionCookie(context);
        if (request.method !== 'GET' && response.ok) deliver();
        return response;
      }),
    },
  } satisfies BetterAuthPlugin;

  insides.set(plugin, { place: here, events: stream, uses, send: options.sendMail, eventDays: options.eventDays });
  return plugin;
}

function endsSession(method: string, path: string): boolean {
  const match = matchRoute(method, path);
  return match !== undefined && 'operation' in match && rowOf(match.operation).ends === true;
}

async function refreshSearchKey({ store, log }: Place, { id, name, email }: { id: string; name: string; email: string }): Promise<void> {
  try {
    const searchKey = searchKeyOf(name, email);
    await store.db.updateTable('user').set({ searchKey }).where('id', '=', id).execute();
    await keepSearchKeys(store.db, id, searchKey);
  } catch (error) {
    log(`The search key of user ${id} could not be written: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

/** A page of another site can make a browser send its cookies; it cannot make it lie about where the request comes from. */
function isForeign(request: Request, context: { isTrustedOrigin: (url: string) => boolean }): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null) return origin === 'null' || !context.isTrustedOrigin(origin);
  const referrer = request.headers.get('referer');
  return request.headers.has('cookie') && (referrer === null || !context.isTrustedOrigin(referrer));
}
