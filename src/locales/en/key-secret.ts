export const keySecret = {
  again: 'You can show this key again later, with a code from your authenticator app.',
  once: 'This is the only time that this key is shown. It cannot be shown again.',
  copy: 'Copy key',
  key: 'API key',
  use: 'Use it in',
  env: 'Environment file (.env)',
  curl: 'curl',
  javascript: 'JavaScript',
  snippet: 'Snippet',
  stored: 'I have stored this key',
  first: 'Copy the key first, or confirm that you have stored it.',
  done: 'Done',
} as const;
