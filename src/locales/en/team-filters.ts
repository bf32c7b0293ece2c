export const teamFilters = {
  anyRole: 'All roles',
  anyStatus: 'All statuses',
  clear: 'Clear filters',
} as const;
