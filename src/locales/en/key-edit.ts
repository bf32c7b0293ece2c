export const keyEdit = {
  renameTitle: 'Rename API key',
  name: 'Name',
  nameMissing: 'Enter a name.',
  rename: 'Save name',
  renamed: 'The new name is saved.',
  expiryTitle: 'Change expiry',
  expiryBody: 'Until when the {environment} key ending {last4} works.',
  expire: 'Save expiry',
  expires: 'The expiry is saved.',
  stale: 'Somebody changed this key meanwhile. The list shows it as it is now: look, then save again.',
} as const;
