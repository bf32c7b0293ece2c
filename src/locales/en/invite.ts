export const invite = {
  title: 'New Invitation',
  body: { one: 'We will send a link that lets its owner join {organisation}. It works for {count} day.', other: 'We will send a link that lets its owner join {organisation}. It works for {count} days.' },
  email: 'Email address',
  many: 'Invite many',
  send: 'Send',
  sent: 'Invitation sent to {email}.',
  alreadyMember: 'This person is in your team already.',
  alreadyInvited: 'This address has an open invitation already. Resend it from the list.',
} as const;
