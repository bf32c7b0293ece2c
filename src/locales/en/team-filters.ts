export const teamFilters = {
  anyRole: 'All roles',
  anyStatus: 'All statuses',
} as const;
