export const teamEmpty = {
  title: 'Only you so far',
  body: 'Invite the people you work with to {organisation}.',
  noMatchTitle: 'Nobody found',
  noMatchBody: 'No name or address contains “{search}”.',
  noMatchFilters: 'Try fewer filters, or other words.',
  clearSearch: 'Clear search',
  clearFilters: 'Clear filters',
} as const;
