import { SettingsError, type Assertion, type CreationOptions, type Registration, type RequestOptions } from '../../contract/index.js';

/**
 * The browser's part of passkeys: options in JSON to what `navigator.credentials` takes, and its answers back. By hand, since
 * `parseCreationOptionsFromJSON()` and `toJSON()` are younger than passkeys are.
 */

/** Asks the browser for a new passkey. @throws {SettingsError} `aborted`, `conflict` (this authenticator holds one already), `unsupported` */
export async function makePasskey({ rp, challenge, user, excludeCredentials, authenticatorSelection, ...options }: CreationOptions, signal: AbortSignal): Promise<Registration> {
  const credential = await refusable(() =>
    navigator.credentials.create({
      signal,
      publicKey: {
        ...defined(options),
        rp: defined(rp),
        challenge: bytes(challenge),
        user: { ...user, id: bytes(user.id) },
        excludeCredentials: descriptors(excludeCredentials),
        // What a browser does not know of these it overlooks (WebAuthn 2.1.1).
        ...(authenticatorSelection && { authenticatorSelection: defined(authenticatorSelection) as AuthenticatorSelectionCriteria }),
      },
    }),
  );
  if (!(credential instanceof PublicKeyCredential) || !(credential.response instanceof AuthenticatorAttestationResponse)) throw new SettingsError('unsupported');
  const { response } = credential;
  const transports = (response as Partial<AuthenticatorAttestationResponse>).getTransports?.call(response);
  return {
    id: text(credential.rawId),
    type: 'public-key',
    response: { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject), ...(transports && { transports }) },
  };
}

/** Asks the browser for the answer of a passkey. @throws {SettingsError} `aborted`, `unsupported` */
export async function askPasskey({ challenge, allowCredentials, userVerification, ...options }: RequestOptions, signal: AbortSignal): Promise<Assertion> {
  const credential = await refusable(() =>
    navigator.credentials.get({
      signal,
      publicKey: { ...defined(options), challenge: bytes(challenge), allowCredentials: descriptors(allowCredentials), userVerification: userVerification as UserVerificationRequirement },
    }),
  );
  if (!(credential instanceof PublicKeyCredential) || !(credential.response instanceof AuthenticatorAssertionResponse)) throw new SettingsError('unsupported');
  const { clientDataJSON, authenticatorData, signature } = credential.response;
  return { id: text(credential.rawId), type: 'public-key', response: { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature) } };
}

/** A person who says no, or nothing, has not met an error; which of both it was, browsers do not tell (WebAuthn 14.5). */
async function refusable<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (thrown) {
    const name = thrown instanceof DOMException ? thrown.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError') throw new SettingsError('aborted');
    throw new SettingsError(name === 'InvalidStateError' ? 'conflict' : 'unsupported', 'The browser refused.', { cause: thrown });
  }
}

/** Without what is there and undefined, which the browser would read as text. */
function defined<Options extends object>(options: Options): { [Name in keyof Options]: Exclude<Options[Name], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as { [Name in keyof Options]: Exclude<Options[Name], undefined> };
}

function descriptors(credentials: CreationOptions['excludeCredentials']): PublicKeyCredentialDescriptor[] {
  return credentials.map(({ id, type, transports }) => ({ id: bytes(id), type, ...(transports && { transports: transports as AuthenticatorTransport[] }) }));
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}

function text(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}
