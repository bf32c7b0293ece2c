export const nowhere = {
  title: 'You are in no organisation',
  body: 'Ask somebody in yours to invite you. The invitation comes by mail.',
} as const;
