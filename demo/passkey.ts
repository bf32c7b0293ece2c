/**
 * The browser's part of signing in by passkey, with what browsers have of their own since 2024. A product that has older ones to care for does it by
 * hand, or by Better Auth's client.
 */
import { SettingsError } from '../src/contract/index.js';

export const canAskPasskey = 'PublicKeyCredential' in globalThis && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** As a backend asks: it names no passkey, since nobody has said who they are. */
export interface PasskeyQuestion {
  challenge: string;
  rpId?: string | undefined;
  /** Milliseconds. */
  timeout?: number | undefined;
}

/** @throws SettingsError `aborted` when the person said no, or nothing: which of both, browsers do not tell; `unsupported` */
export async function askPasskey({ challenge, rpId, timeout }: PasskeyQuestion): Promise<unknown> {
  const options: PublicKeyCredentialRequestOptionsJSON = { challenge, userVerification: 'required', ...(rpId !== undefined && { rpId }), ...(timeout !== undefined && { timeout }) };
  try {
    const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    if (credential instanceof PublicKeyCredential) return credential.toJSON();
  } catch (thrown) {
    const name = thrown instanceof DOMException ? thrown.name : '';
    throw new SettingsError(name === 'NotAllowedError' || name === 'AbortError' ? 'aborted' : 'unsupported', 'The browser gave no passkey.', { cause: thrown });
  }
  throw new SettingsError('unsupported', 'The browser gave no passkey.');
}
