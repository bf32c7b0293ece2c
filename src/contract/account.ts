import * as z from 'zod/mini';
import { password, user } from './auth.js';
import { email, name, nothing, type OperationRow } from './schema.js';

export const profileUpdate = z.object({ name: z.optional(name) });
export const passwordChange = z.object({ currentPassword: password, newPassword: password, signOutOthers: z.boolean() });

/** The person's own details, address and password. */
export const account = {
  /** Changes the person's name. What is not given stays. */
  'profile.update': { input: profileUpdate, output: user, effect: 'write', versioned: true, changes: ['auth.context', 'team.list'] },
  /** Sends a link to the new address; it takes effect when its owner follows the link. Never says whether the address is taken. */
  'email.change': { input: z.object({ email }), output: user, effect: 'write', stepUp: 'recent', changes: ['auth.context'] },
  /** Sends the link of the pending change again; the earlier one stops working. */
  'email.resend': { input: nothing, output: user, effect: 'write' },
  /** Drops the pending change; its link stops working. Succeeds where nothing is pending. */
  'email.cancel': { input: nothing, output: user, effect: 'write', changes: ['auth.context'] },
  /** Changes the password. `wrong-credential` for the current password; `invalid` with `newPassword` too-short, common, unchanged or too-long. */
  'password.change': { input: passwordChange, output: nothing, effect: 'write' },
} as const satisfies Record<string, OperationRow>;
