/** Why passkeys cannot be used here: the page is not secure, the browser is too old, or the frame it stands in does not allow it. */
export type PasskeyObstacle = 'insecure' | 'unsupported' | 'framed';

/** Nothing where they can. @param ability adding one, or proving by one */
export function passkeyObstacle(ability: 'create' | 'get'): PasskeyObstacle | undefined {
  if (!globalThis.isSecureContext) return 'insecure';
  if (typeof PublicKeyCredential !== 'function') return 'unsupported';
  // Chromium only; elsewhere a frame without the permission learns it from the refusal.
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature: (name: string) => boolean } };
  return featurePolicy?.allowsFeature(`publickey-credentials-${ability}`) === false ? 'framed' : undefined;
}
