import { lazySection } from '../base/lazy-section.js';
import type { SectionTable } from '../base/section.js';
import { ProfileSection } from './profile-section.js';
import { SignOutSection } from './sign-out-section.js';

export const accountSections = {
  profile: ProfileSection,
  preferences: lazySection(['profile.update'], async () => (await import('./preferences-section.js')).PreferencesSection, 2),
  password: lazySection([], async () => (await import('./password-section.js')).PasswordSection, 5),
  mfa: lazySection([], async () => (await import('./mfa-section.js')).MfaSection, 1),
  passkeys: lazySection(['passkeys.list'], async () => (await import('./passkeys-section.js')).PasskeysSection),
  sessions: lazySection(['sessions.list'], async () => (await import('./sessions-section.js')).SessionsSection),
  activity: lazySection(['activity.list'], async () => (await import('./activity-section.js')).ActivitySection),
  'delete-account': lazySection(['account.delete'], async () => (await import('./delete-account-section.js')).DeleteAccountSection),
  'sign-out': SignOutSection,
} satisfies SectionTable;
