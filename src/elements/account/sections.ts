import { lazySection } from '../base/lazy-section.js';
import type { SectionTable } from '../base/section.js';
import { MfaSection } from './mfa-section.js';
import { PasswordSection } from './password-section.js';
import { ProfileSection } from './profile-section.js';
import { SignOutSection } from './sign-out-section.js';

export const accountSections = {
  profile: ProfileSection,
  password: PasswordSection,
  mfa: MfaSection,
  sessions: lazySection(['sessions.list'], async () => (await import('./sessions-section.js')).SessionsSection),
  activity: lazySection(['activity.list'], async () => (await import('./activity-section.js')).ActivitySection),
  'sign-out': SignOutSection,
} satisfies SectionTable;
