export const preferences = {
  title: 'Time zone and language',
  body: 'How dates, times and numbers are written for you. Nobody else’s change.',
  timeZone: 'Time zone',
  deviceZone: 'As on this device ({zone})',
  zoneNow: 'It is now {time}.',
  otherZones: 'Other',
  language: 'Language',
  pageLanguage: 'As on this page',
  languageHint: 'Where we have no texts in your language, its dates and numbers are used.',
  save: 'Save preferences',
  saved: 'Your time zone and language are saved.',
} as const;
