import type { Page } from 'playwright-core';

/** An authenticator in the person's device, which answers by itself (DevTools protocol, domain WebAuthn). It belongs to one page. */
export interface Device {
  /** Whether it recognises the person; one that does not makes the browser refuse. */
  recognises(person: boolean): Promise<void>;
  /** How many passkeys it keeps. */
  count(): Promise<number>;
}

export async function plugIn(page: Page): Promise<Device> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, defaultBackupEligibility: true, defaultBackupState: true },
  });
  return {
    recognises: async (isUserVerified) => {
      await devTools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    count: async () => (await devTools.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}
