export const roles = {
  role: 'Role',
  owner: 'Owner',
  ownerBody: 'May do everything, and decides who else is an owner.',
  admin: 'Admin',
  adminBody: 'Also changes company details, invites people and manages API keys.',
  member: 'Member',
  memberBody: 'Sees the company and the team. Manages only their own account.',
} as const;
