/**
 * Better Auth's own endpoints that go round the rules of the settings API (facts in docs/security.md): email without a password, MFA off
 * by password alone, the TOTP secret again, keys without step-up, invitations by their id. They answer 403; server code may
 * still call them through `auth.api`. What signs in, signs out and resets a forgotten password stays open.
 */
const CLOSED: readonly string[] = [
  '/change-email',
  '/change-password',
  '/set-password',
  '/update-user',
  '/delete-user',
  '/delete-user/callback',
  // Another way to sign in, for ever, for whoever holds the session for a moment.
  '/link-social',
  '/unlink-account',
  '/verify-password',
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
  '/update-session',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/get-totp-uri',
  '/two-factor/generate-backup-codes',
  '/two-factor/send-otp',
  '/two-factor/verify-otp',
];
const CLOSED_FOLDERS: readonly string[] = ['/api-key/', '/organization/', '/passkey/'];
/** What signs in stands among what would add and remove. */
const OPEN: readonly string[] = ['/passkey/generate-authenticate-options', '/passkey/verify-authentication'];

export function isClosed(given: string): boolean {
  // Hosts may have told Better Auth to overlook a slash at the end.
  const path = given.replace(/\/+$/, '');
  if (OPEN.includes(path)) return false;
  return CLOSED.includes(path) || CLOSED_FOLDERS.some((folder) => path.startsWith(folder));
}
