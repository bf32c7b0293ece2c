export const conflict = {
  title: 'Somebody changed this while you were editing',
  yours: 'Yours',
  theirs: 'Theirs',
  keepMine: 'Keep mine',
  takeTheirs: 'Take theirs',
} as const;
