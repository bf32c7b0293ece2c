export const teamLink = {
  title: 'Copy the link for {email}',
  body: 'This makes a new link, which only {email} can use. The link in the mail stops working. Hand the new one over in a way that you trust.',
  copy: 'Make and copy link',
  copied: 'The link for {email} is copied. The one in the mail no longer works.',
  byHandTitle: 'The browser did not allow copying',
  byHand: 'The link is selected: press Ctrl+C, or ⌘C on a Mac. It is shown only here and only now.',
  copyAgain: 'Copy link',
  link: 'Link',
  notOpen: 'This invitation is no longer open. Close this and look at the list.',
} as const;
