import { executeServerCommand } from '@web/test-runner-commands';
import { afterThisTest } from './mount.js';

/** An authenticator in the browser under test, which answers by itself (DevTools protocol, domain WebAuthn). */
export interface VirtualAuthenticator {
  /** Whether it recognises the person; one that does not makes the browser refuse. */
  recognises(person: boolean): Promise<void>;
  /** Whether somebody touches it: without that the browser waits. */
  touched(present: boolean): Promise<void>;
  credentials(): Promise<number>;
}

async function send<Answer>(command: string, payload: object = {}): Promise<Answer> {
  return (await executeServerCommand<{ answer: Answer }, object>(command, payload)).answer;
}

/** Plugs one in until the test ends. */
export async function plugIn(traits: { synced?: boolean } = {}): Promise<VirtualAuthenticator> {
  await send('WebAuthn.enable');
  const { synced = false } = traits;
  const options = { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, defaultBackupEligibility: synced, defaultBackupState: synced };
  const { authenticatorId } = await send<{ authenticatorId: string }>('WebAuthn.addVirtualAuthenticator', { options });
  afterThisTest(() => void send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }));
  return {
    recognises: async (isUserVerified) => send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    touched: async (enabled) => send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
    credentials: async () => (await send<{ credentials: unknown[] }>('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}
