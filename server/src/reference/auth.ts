import { apiKey } from '@better-auth/api-key';
import { passkey } from '@better-auth/passkey';
import { PASSWORD_MAX, PASSWORD_MIN_WITH_MFA, SESSION_SECONDS } from '@userflux/settings/rules';
import { betterAuth } from 'better-auth';
import { isAPIError } from 'better-auth/api';
import { organization, twoFactor } from 'better-auth/plugins';
import { settings } from '../plugin/index.js';
import type { OpenDatabase } from './database.js';
import type { Mail } from './mail.js';

export interface AuthOptions {
  database: OpenDatabase;
  secret: string;
  encryptionKey: string;
  /** The origin that people see. */
  publicUrl: string;
  trustedOrigins: readonly string[];
  /** The domain that passkeys belong to; absent: the host of the public URL. */
  passkeyDomain: string | undefined;
  /** Absent: mails stay in the outbox. */
  sendMail: ((mail: Mail) => Promise<void>) | undefined;
  product: string;
  pageSize: number;
  reveal: 'step-up' | 'creation-only';
  signInsPerMinute: number;
  clock: (() => number) | undefined;
  log: (line: string) => void;
}

export type Auth = ReturnType<typeof createAuth>;

/** The header in which this server, and nobody else, says where a request came from: whatever comes from outside under this name is dropped. */
export const ADDRESS_HEADER = 'x-client-address';

/** Better Auth with the settings plugin. What is said here beside the plugin is what a careful product would say, too. */
export function createAuth(options: AuthOptions) {
  const { database, publicUrl, signInsPerMinute } = options;
  const secure = publicUrl.startsWith('https:');
  const brake = { window: 60, max: signInsPerMinute };
  return betterAuth({
    appName: options.product,
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: options.secret,
    trustedOrigins: [publicUrl, ...options.trustedOrigins],
    database: { db: database.db, type: database.type, transaction: true },
    // The plugin's hooks know the rules (15 characters, 8 with a second factor); these are the outer bounds.
    emailAndPassword: { enabled: true, minPasswordLength: PASSWORD_MIN_WITH_MFA, maxPasswordLength: PASSWORD_MAX },
    session: { expiresIn: SESSION_SECONDS, freshAge: 0, cookieCache: { enabled: false } },
    // Counted in the database, as several processes may stand behind one address. The settings API has its own brakes on each account.
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 1000,
      customRules: { '/settings/**': false, '/get-session': false, '/sign-in/**': brake, '/sign-up/**': brake, '/two-factor/**': brake, '/passkey/**': brake },
    },
    advanced: {
      // `__Host-` binds the cookie to this host, to https and to no path; better-auth's own prefix would be the weaker `__Secure-`.
      useSecureCookies: false,
      cookiePrefix: secure ? '__Host-userflux' : 'userflux',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    plugins: [
      organization(),
      twoFactor({ issuer: options.product }),
      apiKey({ references: 'organization' }),
      passkey({ rpID: options.passkeyDomain ?? new URL(publicUrl).hostname, rpName: options.product, origin: [publicUrl, ...options.trustedOrigins] }),
      settings({
        product: options.product,
        pageSize: options.pageSize,
        links: {
          // Fragments never reach a server's log.
          invitation: (token) => `${publicUrl}/#invitation=${encodeURIComponent(token)}`,
          emailChange: (token) => `${publicUrl}/#confirm-email=${encodeURIComponent(token)}`,
        },
        reveal: options.reveal,
        encryptionKey: options.encryptionKey,
        signUp: 'invited',
        ...(options.sendMail && { sendMail: options.sendMail }),
        ...(options.clock && { clock: options.clock }),
      }),
    ],
    telemetry: { enabled: false },
    // A refusal is no failure: whoever knocks a thousand times shall not fill the log.
    onAPIError: {
      onError: (error) => {
        if (isAPIError(error) && error.statusCode < 500) return;
        options.log(`better-auth failed: ${error instanceof Error ? (error.stack ?? error.message) : 'threw no Error'}`);
      },
    },
    logger: {
      level: 'warn',
      disableColors: true,
      // The details that come along may hold addresses of people; of an error the place is enough.
      log: (level, message, ...details) => {
        const error = details.find((detail) => detail instanceof Error);
        options.log(`better-auth ${level}: ${message}${error?.stack === undefined ? '' : `\n${error.stack}`}`);
      },
    },
  });
}
