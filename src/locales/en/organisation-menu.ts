export const organisationMenu = {
  label: 'Organisation',
  none: 'No organisation',
  settings: 'Account Settings',
  loading: 'Loading',
  nowIn: 'You are now in {organisation}.',
} as const;
