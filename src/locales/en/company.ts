export const company = {
  title: 'Company Details',
  body: 'These details stand on invitations and invoices.',
  name: 'Organisation name',
  nameMissing: 'Enter the name of your organisation.',
  country: 'Country',
  noCountry: 'Choose a country',
  save: 'Save details',
  saved: 'The company details are saved.',
  what: 'company details',
  readOnly: 'Only an owner or an admin can change these details.',
  none: 'Not given',
} as const;
