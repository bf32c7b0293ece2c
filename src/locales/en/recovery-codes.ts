export const recoveryCodes = {
  title: 'Save your recovery codes',
  body: 'Without your authenticator app, one of these codes lets you in. Each one works once. Keep them where you keep your passwords: they are not shown again.',
  codes: 'Recovery codes',
  copyAll: 'Copy all',
  download: 'Download .txt',
  print: 'Print',
  saved: 'I have saved them',
  first: 'Save the codes first, then confirm that you have them.',
  done: 'Done',
  paperTitle: 'Recovery codes for {email}',
  paperBody: 'Made on {date} for {site}. Each code works once, in place of a one-time code. Keep this page where nobody else finds it.',
  file: 'recovery-codes',
} as const;
