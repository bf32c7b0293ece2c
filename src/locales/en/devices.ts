export const devices = {
  both: '{browser} on {system}',
  onlySystem: 'An unknown browser on {system}',
  unknown: 'An unknown browser',
} as const;
