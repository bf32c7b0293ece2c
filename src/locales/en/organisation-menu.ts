export const organisationMenu = {
  label: 'Organisation',
  none: 'No organisation',
  settings: 'Account Settings',
  loading: 'Loading',
} as const;
