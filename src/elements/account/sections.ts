import type { SectionTable } from '../base/section.js';
import { MfaSection } from './mfa-section.js';
import { PasswordSection } from './password-section.js';
import { ProfileSection } from './profile-section.js';
import { SignOutSection } from './sign-out-section.js';

export const accountSections = {
  profile: ProfileSection,
  password: PasswordSection,
  mfa: MfaSection,
  'sign-out': SignOutSection,
} satisfies SectionTable;
