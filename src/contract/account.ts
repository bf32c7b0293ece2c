import * as z from 'zod/mini';
import { password, user } from './auth.js';
import { email, name, nothing, picture, type OperationRow } from './schema.js';

export const profileUpdate = z.object({
  name: z.optional(name),
  /** IANA (`Europe/London`); null: as on the device. */
  timeZone: z.optional(z.nullable(z.string())),
  /** BCP 47 (`en-GB`); null: as on the page. */
  language: z.optional(z.nullable(z.string())),
});
export const passwordChange = z.object({ currentPassword: password, newPassword: password, signOutOthers: z.boolean() });

/** The person's own details, address and password. */
export const account = {
  /** Changes the person's name, time zone and language. What is not given stays. */
  'profile.update': { input: profileUpdate, output: user, effect: 'write', versioned: true, changes: ['auth.context', 'team.list'] },
  /** Sets the person's picture. `invalid` with `bytes` where they are no still, square picture of at most 512 pixels. */
  'avatar.set': { input: picture, output: user, effect: 'write', changes: ['auth.context'] },
  /** Takes the person's picture away. Succeeds where there is none. */
  'avatar.remove': { input: nothing, output: user, effect: 'write', changes: ['auth.context'] },
  /** Sends a link to the new address; it takes effect when its owner follows the link. Never says whether the address is taken. */
  'email.change': { input: z.object({ email }), output: user, effect: 'write', stepUp: 'recent', changes: ['auth.context'] },
  /** Sends the link of the pending change again; the earlier one stops working. */
  'email.resend': { input: nothing, output: user, effect: 'write' },
  /** Drops the pending change; its link stops working. Succeeds where nothing is pending. */
  'email.cancel': { input: nothing, output: user, effect: 'write', changes: ['auth.context'] },
  /** Changes the password. `wrong-credential` for the current password; `invalid` with `newPassword` too-short, common, unchanged or too-long. */
  'password.change': { input: passwordChange, output: nothing, effect: 'write' },
  /**
   * Deletes the account with all that is the person's own, for good, and ends all their sessions. `conflict` while they are the only owner
   * of an organisation: it needs another one, or has to be deleted first. `invalid` with `confirmation` where that is not their address.
   */
  'account.delete': {
    input: z.object({
      /** The address of the account, typed by the person. */
      confirmation: email,
    }),
    output: nothing,
    effect: 'write',
    stepUp: 'recent',
    ends: true,
    changes: ['auth.context', 'team.list'],
  },
} as const satisfies Record<string, OperationRow>;
