export const keyExtras = {
  noneTitle: 'No API keys yet',
  noneBody: 'Keys of your organisation will appear here.',
  noneYet: 'Create one for each of your systems that sends, reads or syncs data.',
  previous: 'Previous',
  next: 'Next',
  range: '{from} to {to} of {count}',
} as const;
