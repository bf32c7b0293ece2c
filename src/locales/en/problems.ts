export const problems = {
  title: { one: '{count} thing needs your attention', other: '{count} things need your attention' },
} as const;
