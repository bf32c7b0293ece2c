import * as z from 'zod/mini';
import { id, name, nothing, text, time, type OperationRow } from './schema.js';
import { creationOptions, registration } from './webauthn.js';

/** A passkey of the person. Its key is told to nobody. */
export const passkey = z.object({
  id,
  name: text,
  createdAt: time,
  lastUsedAt: z.nullable(time),
  /** Whether a copy of it is kept beyond the device that holds it (WebAuthn's backup state, as of its last use); null where that is not known. */
  synced: z.nullable(z.boolean()),
});

/** The person's passkeys (W3C Web Authentication). With MFA on, each proves presence instead of a one-time code; without, instead of the password. */
export const passkeys = {
  /** All passkeys of the person, the newest first. */
  'passkeys.list': { input: nothing, output: z.object({ passkeys: z.array(passkey) }), effect: 'read' },
  /** Begins to add a passkey: what `navigator.credentials.create()` is given. Its challenge works once, for minutes, in this session alone. `conflict` where the person has as many as this backend takes. */
  'passkeys.begin': { input: nothing, output: creationOptions, effect: 'write', stepUp: 'strongest' },
  /** Adds the passkey that was made. `not-found` when what was begun is over; `invalid` with `credential` where it does not fit: another challenge, page or site, or a person whom the authenticator did not verify; `conflict` where it is somebody's already. */
  'passkeys.finish': {
    input: z.object({ name, credential: registration }),
    output: passkey,
    effect: 'write',
    stepUp: 'strongest',
    changes: ['passkeys.list', 'auth.context'],
  },
  /** Changes its name, here and nowhere else. */
  'passkeys.rename': { input: z.object({ id, name }), output: passkey, effect: 'write', changes: ['passkeys.list'] },
  /** Removes a passkey; removing what is gone succeeds. `conflict` where it is the person's only way to prove presence. */
  'passkeys.remove': { input: z.object({ id }), output: nothing, effect: 'write', stepUp: 'strongest', changes: ['passkeys.list', 'auth.context'] },
} as const satisfies Record<string, OperationRow>;
