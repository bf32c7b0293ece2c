import * as z from 'zod';

/**
 * What the reference server is told, by environment variables. Values are checked before anything is opened; a message names the
 * variable and the mend, and never repeats a value, which may be a secret.
 */
export interface Config {
  port: number;
  host: string;
  production: boolean;
  /** Where the embedded database and made-up secrets are. */
  dataFolder: string;
  /** postgres://…; absent: the embedded database. */
  databaseUrl: string | undefined;
  /** How people reach the server; absent: http://localhost and the port. An origin, without a path. */
  publicUrl: string | undefined;
  /** Other origins whose pages may call the API with this server's cookies. */
  trustedOrigins: string[];
  /** The domain that passkeys belong to: the host of the public URL, or a parent of it that its pages share; absent: that host. */
  passkeyDomain: string | undefined;
  /** How many proxies stand before this server, each adding to X-Forwarded-For. 0: the header is not believed. */
  trustProxy: number;
  smtpUrl: string | undefined;
  mailFrom: string | undefined;
  /** Better Auth's secret, and the one that API keys are locked away with; absent: made once, kept in the data folder. */
  secret: string | undefined;
  encryptionKey: string | undefined;
  /** What an empty database begins with. */
  seed: 'demo' | 'none';
  /** Whether API keys can be shown again after a step-up, or at their creation only. */
  reveal: 'step-up' | 'creation-only';
  /** How many tries to sign in or up one network address has in a minute: a brake beside the one on each account. */
  signInsPerMinute: number;
}

export class ConfigError extends Error {
  override name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

function whole(from: number, to: number, example: string) {
  const message = `has to be a whole number from ${String(from)} to ${String(to)}, for example ${example}`;
  return z.string().regex(/^\d{1,9}$/, message).transform(Number).pipe(z.number().min(from, message).max(to, message));
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

/** `https://app.example.com`: scheme, host and port, nothing behind them. */
function isOrigin(text: string): boolean {
  return isUrl(text, ['http:', 'https:']) && new URL(text).origin === text.replace(/\/$/, '');
}

const secret = (made: string) => z.string().min(32, `has to have at least 32 characters; make one with: ${made}`);

const environment = z.object({
  NODE_ENV: z.string().optional(),
  PORT: whole(0, 65_535, 'PORT=5174').default(5173),
  HOST: z.string().default('127.0.0.1'),
  DATA_FOLDER: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .refine((text) => isUrl(text, ['postgres:', 'postgresql:']), 'has to be like postgres://user:password@host:5432/database; leave it out for the embedded SQLite')
    .optional(),
  PUBLIC_URL: z.string().refine(isOrigin, 'has to be an address without a path, for example https://settings.example.com').optional(),
  TRUSTED_ORIGINS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine((origins) => origins.every(isOrigin), 'has to be a list of origins, for example https://app.example.com,https://www.example.com (no wildcards, no paths)')
    .default([]),
  PASSKEY_DOMAIN: z.string().toLowerCase().refine((text) => /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(text), 'has to be a domain, for example example.com').optional(),
  TRUST_PROXY: whole(0, 10, 'TRUST_PROXY=1 behind one proxy that sets X-Forwarded-For').default(0),
  SMTP_URL: z.string().refine((text) => isUrl(text, ['smtp:', 'smtps:']), 'has to be like smtp://user:password@mail.example.com:587').optional(),
  MAIL_FROM: z.string().refine((text) => /^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/.test(text), 'has to be an address, for example "UserFlux <no-reply@example.com>"').optional(),
  BETTER_AUTH_SECRET: secret('openssl rand -base64 32').optional(),
  SETTINGS_ENCRYPTION_KEY: secret('openssl rand -base64 32').optional(),
  SEED: z.enum(['demo', 'none'], 'has to be "demo" or "none"').optional(),
  API_KEY_REVEAL: z.enum(['step-up', 'creation-only'], 'has to be "step-up" or "creation-only"').default('step-up'),
  SIGN_INS_PER_MINUTE: whole(1, 1_000_000, 'SIGN_INS_PER_MINUTE=30').default(30),
});

/** What would work on a desk and be a trap in production. */
function missingInProduction(read: z.output<typeof environment>): string[] {
  const needed = {
    PUBLIC_URL: 'is needed in production: mails link to it, and it decides whether cookies are Secure',
    BETTER_AUTH_SECRET: 'is needed in production; make one with: openssl rand -base64 32',
    SETTINGS_ENCRYPTION_KEY: 'is needed in production; make one with: openssl rand -base64 32',
    SMTP_URL: 'is needed in production, where there is no outbox page: invitations would reach nobody',
  } as const;
  return Object.entries(needed).flatMap(([name, mend]) => (read[name as keyof typeof needed] === undefined ? [`${name} ${mend}.`] : []));
}

/** @throws {ConfigError} with everything that is wrong, not only the first */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // `SMTP_URL=` in an .env file means the same as no line.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = environment.safeParse(set);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}.`));
  const read = parsed.data;
  const production = read.NODE_ENV === 'production';
  const problems = production ? missingInProduction(read) : [];
  if (read.SMTP_URL !== undefined && read.MAIL_FROM === undefined) problems.push('MAIL_FROM is needed with SMTP_URL: who the mails come from, for example "UserFlux <no-reply@example.com>".');
  if (read.PASSKEY_DOMAIN !== undefined && !`.${new URL(read.PUBLIC_URL ?? 'http://localhost').hostname}`.endsWith(`.${read.PASSKEY_DOMAIN}`)) {
    problems.push('PASSKEY_DOMAIN has to be the host of PUBLIC_URL, or a domain that it stands under: browsers refuse any other.');
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    port: read.PORT,
    host: read.HOST,
    production,
    dataFolder: read.DATA_FOLDER,
    databaseUrl: read.DATABASE_URL,
    publicUrl: read.PUBLIC_URL?.replace(/\/$/, ''),
    trustedOrigins: read.TRUSTED_ORIGINS.map((origin) => origin.replace(/\/$/, '')),
    passkeyDomain: read.PASSKEY_DOMAIN,
    trustProxy: read.TRUST_PROXY,
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM,
    secret: read.BETTER_AUTH_SECRET,
    encryptionKey: read.SETTINGS_ENCRYPTION_KEY,
    // Everybody knows the demo's passwords.
    seed: read.SEED ?? (production ? 'none' : 'demo'),
    reveal: read.API_KEY_REVEAL,
    signInsPerMinute: read.SIGN_INS_PER_MINUTE,
  };
}
