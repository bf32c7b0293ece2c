import { base64, fromBase64, utf8, type Bytes } from '@userflux/settings/rules';

const VERSION = 's1';

/**
 * Locks API keys away (security-reliability.md S6): envelope encryption, AES-256-GCM (NIST SP 800-38D). Each key has a data key of its
 * own, and that one is locked by the master key; the id of the API key is associated data of both, so that a sealed secret
 * moved to another row does not open. Changing the master key means to open and close the data keys only.
 */
export class Seal {
  readonly #master: Promise<CryptoKey>;

  /** @param secret from which the master key is derived (HKDF, RFC 5869) */
  constructor(secret: string) {
    this.#master = deriveMaster(secret);
  }

  async close(id: string, secret: string): Promise<string> {
    const dataKey = crypto.getRandomValues(new Uint8Array(32));
    const wrapped = await encrypt(await this.#master, dataKey, utf8(`${VERSION} key ${id}`));
    const sealed = await encrypt(await importKey(dataKey), utf8(secret), utf8(`${VERSION} secret ${id}`));
    return [VERSION, wrapped, sealed].join('.');
  }

  /** @throws when it was closed under another id or another master key, or was touched */
  async open(id: string, closed: string): Promise<string> {
    const [version, wrapped = '', sealed = ''] = closed.split('.');
    if (version !== VERSION) throw new TypeError('Not a sealed secret of this version.');
    const dataKey = await decrypt(await this.#master, wrapped, utf8(`${VERSION} key ${id}`));
    return new TextDecoder().decode(await decrypt(await importKey(dataKey), sealed, utf8(`${VERSION} secret ${id}`)));
  }
}

async function deriveMaster(secret: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', utf8(secret), 'HKDF', false, ['deriveKey']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: utf8('@userflux/settings'), info: utf8('api keys') };
  return crypto.subtle.deriveKey(parameters, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function importKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Nonce and ciphertext in base64. The nonce is random: each key closes one text or, for the master, far fewer than 2^32. */
async function encrypt(key: CryptoKey, text: Bytes, additionalData: Bytes): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const cipher = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, text));
  const both = new Uint8Array(iv.length + cipher.length);
  both.set(iv);
  both.set(cipher, iv.length);
  return base64(both);
}

async function decrypt(key: CryptoKey, text: string, additionalData: Bytes): Promise<Bytes> {
  const both = fromBase64(text);
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: both.slice(0, 12), additionalData }, key, both.slice(12)));
}
