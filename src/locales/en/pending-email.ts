export const pendingEmail = {
  title: 'Confirm {email}',
  body: 'We sent it a link. Until you follow it, {email} stays in use.',
  resend: 'Resend',
  resent: 'We sent the link to {email} again.',
  cancel: 'Cancel change',
  cancelled: 'The change of address is cancelled.',
} as const;
