export const settings = {
  tabs: 'Account Settings',
  account: 'Your Account',
  company: 'Company Details',
  team: 'Team Members',
  apiKeys: 'API Keys',
} as const;
