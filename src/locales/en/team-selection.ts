export const teamSelection = {
  all: 'Select this page',
  allMatching: 'Select all {count}',
  selected: { one: '{count} selected', other: '{count} selected' },
  pick: 'Select {name}',
  nothing: 'There is nothing that you may do with all of them. Select others.',
  resend: 'Resend ({count})',
  revoke: 'Revoke ({count})',
  changeRole: 'Change role ({count})',
  remove: 'Remove ({count})',
  stop: 'Stop selecting',
} as const;
