export const keySelection = {
  selected: { one: '{count} key selected', other: '{count} keys selected' },
  all: 'Select all on this page',
  revoke: 'Revoke…',
  none: 'Select at least one key.',
} as const;
