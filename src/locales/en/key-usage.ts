export const keyUsage = {
  title: 'Requests in the last 30 days',
  summary: {
    one: '{count} request with the {environment} key ending {last4}. The busiest day was {day}, with {most}.',
    other: '{count} requests with the {environment} key ending {last4}. The busiest day was {day}, with {most}.',
  },
  chart: 'Requests a day from {from} to {to}, at most {most}',
  table: 'Show as a table',
  day: 'Day',
  requests: 'Requests',
  utc: 'Days begin at midnight UTC.',
} as const;
