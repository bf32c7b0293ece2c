export const keyReveal = {
  visibleTitle: 'Your keys are visible',
  oneVisibleTitle: 'One key is visible',
  hideIn: { one: 'They hide again in {seconds}.', other: 'They hide again in {seconds}.' },
  oneHidesIn: { one: 'It hides again in {seconds}.', other: 'It hides again in {seconds}.' },
  seconds: { one: '{count} second', other: '{count} seconds' },
  hideNow: 'Hide now',
  revealed: 'Your keys are visible for {count} seconds.',
  oneRevealed: 'The key ending {last4} is visible for {count} seconds.',
  hidden: 'Your keys are hidden again.',
} as const;
