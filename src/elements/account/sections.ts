import { lazySection } from '../base/lazy-section.js';
import type { SectionTable } from '../base/section.js';
import { MfaSection } from './mfa-section.js';
import { PasswordSection } from './password-section.js';
import { ProfileSection } from './profile-section.js';
import { SignOutSection } from './sign-out-section.js';

export const accountSections = {
  profile: ProfileSection,
  preferences: lazySection(['profile.update'], async () => (await import('./preferences-section.js')).PreferencesSection, 2),
  password: PasswordSection,
  mfa: MfaSection,
  passkeys: lazySection(['passkeys.list'], async () => (await import('./passkeys-section.js')).PasskeysSection),
  sessions: lazySection(['sessions.list'], async () => (await import('./sessions-section.js')).SessionsSection),
  activity: lazySection(['activity.list'], async () => (await import('./activity-section.js')).ActivitySection),
  'delete-account': lazySection(['account.delete'], async () => (await import('./delete-account-section.js')).DeleteAccountSection),
  'sign-out': SignOutSection,
} satisfies SectionTable;
