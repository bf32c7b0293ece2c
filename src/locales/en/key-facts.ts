export const keyFacts = {
  unused: 'Not used for 90 days',
  disabled: 'Disabled',
  expired: 'Expired',
  expiredWhen: 'Expired {when}',
  expires: 'Expires {when}',
  expiresOn: 'Expires on {date}',
  ends: 'Ends {when}',
  replaces: 'Replaces the key ending {last4}',
  replacesOlder: 'Replaces an older key, which ends {when}',
  replacedBy: 'Replaced by the key ending {last4}',
  finishRoll: 'Finish now',
  cancelRoll: 'Keep the old key',
} as const;
