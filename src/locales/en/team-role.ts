export const teamRole = {
  title: 'Change the role of {name}',
  legend: 'Role',
  bodyMember: 'It applies at once, and they get a mail about it.',
  bodySelf: 'This is your own role. If you give rights up, somebody else has to give them back.',
  bodyInvitation: 'The invitation is sent again with a new link. The link in the earlier mail stops working.',
  ownerProof: 'To make somebody an owner, you confirm that it is you.',
  submit: 'Change role',
  changed: 'The role of {name} is now {role}.',
  changedInvitation: 'Invitation sent to {email}. The role is now {role}.',
  stale: 'The role was changed meanwhile: it is now {role}. Choose again, or leave it.',
  lastOwner: 'This is the only owner. Make somebody else an owner first.',
} as const;
