export const organisationSwitch = {
  title: 'Your organisations',
  unsaved: 'You have unsaved changes to {organisation}. They are lost when you switch.',
  stay: 'Stay',
  discard: 'Discard and switch',
  gone: 'You are no longer in {organisation}.',
} as const;
