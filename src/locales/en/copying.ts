export const copying = {
  copy: 'Copy',
  copied: 'Copied',
  pressCopy: 'Press Ctrl+C or ⌘C to copy',
} as const;
