export const deleteOrganisation = {
  title: 'Delete {organisation}?',
  goes: 'Members lose access, open invitations and API keys stop working at once. Accounts of people stay.',
  warning: 'This cannot be undone, and nobody can bring it back for you.',
  confirm: 'Type the name of the organisation to confirm',
  missing: 'Type {organisation} to confirm.',
  mismatch: 'This is not its name. Type {organisation}.',
  keep: 'Keep organisation',
  proceed: 'Delete organisation',
  notYet: 'Ready once the name is typed.',
  ready: 'Ready. This deletes the organisation at once.',
  done: '{organisation} is deleted.',
} as const;
