export const teamFilters = {
  anyRole: 'All roles',
  anyStatus: 'All statuses',
  mfa: 'MFA',
  anyMfa: 'With and without MFA',
  clear: 'Clear filters',
} as const;
