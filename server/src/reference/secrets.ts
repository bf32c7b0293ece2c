import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Better Auth signs and encrypts with the one, API keys are locked away with the other. */
export interface Secrets {
  secret: string;
  encryptionKey: string;
}

const stored = z.object({ secret: z.string().min(32), encryptionKey: z.string().min(32) });

/**
 * The secrets of the environment; what is missing there is made once and kept in the data folder, for its owner's eyes only.
 * @param warn hears, in one line, that secrets were made
 */
export function secretsOf(given: { secret: string | undefined; encryptionKey: string | undefined }, folder: string, warn: (line: string) => void): Secrets {
  const { secret, encryptionKey } = given;
  if (secret !== undefined && encryptionKey !== undefined) return { secret, encryptionKey };
  const kept = keptSecrets(folder, warn);
  return { secret: secret ?? kept.secret, encryptionKey: encryptionKey ?? kept.encryptionKey };
}

function keptSecrets(folder: string, warn: (line: string) => void): Secrets {
  const file = join(folder, 'secrets.json');
  if (!existsSync(file)) make(folder, file, warn);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    chmodSync(file, 0o600);
    warn(`${file} could be read by other users of this machine; it no longer can.`);
  }
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(`${file} does not hold the secrets any more. Bring it back from a backup: without it nobody stays signed in, and API keys and authenticator apps cannot be read.`);
  }
}

/** Two processes may come here at once: a link is made whole or not at all, and the first one's stays. */
function make(folder: string, file: string, warn: (line: string) => void): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.secrets-${randomUUID()}`);
  writeFileSync(draft, `${JSON.stringify({ secret: token(), encryptionKey: token() }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
    warn(`Made new secrets in ${file}. Keep that file; in production set BETTER_AUTH_SECRET and SETTINGS_ENCRYPTION_KEY instead.`);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
}

/** 256 bit. */
function token(): string {
  return randomBytes(32).toString('base64url');
}
