import * as z from 'zod/mini';
import { authContext } from './auth.js';
import { id, name, type OperationRow } from './schema.js';

/** Another organisation means other rows everywhere. */
const elsewhere = ['auth.context', 'company.get', 'team.list', 'apiKeys.list'] as const;

/** Being in an organisation, and what ends that. Each answers the context as it is afterwards: in another organisation, or in none. */
export const organisation = {
  /**
   * Takes this session to another organisation of the person; their other sessions stay where they are. `not-found` for one that the
   * person is not in (any more).
   */
  'organisation.switch': { input: z.object({ id }), output: authContext, effect: 'write', changes: elsewhere },
  /** Ends the person's own membership. `conflict` for the last owner, who hands over or deletes first. */
  'organisation.leave': { input: z.void(), output: authContext, effect: 'write', surrenders: true, changes: elsewhere },
  /**
   * Makes a member an owner and the person who asks an admin, in one step. `conflict` where that member is an owner already (the person who
   * asks included), `not-found` for an invitation or somebody who has left.
   */
  'organisation.transfer': { input: z.object({ memberId: id }), output: authContext, effect: 'write', stepUp: 'mfa', surrenders: true, changes: elsewhere },
  /**
   * Deletes the organisation with its members' places, invitations and API keys, which stop working at once. Cannot be undone. Its exact
   * name confirms it: `invalid` (`mismatch`) otherwise.
   */
  'organisation.delete': { input: z.object({ confirmation: name }), output: authContext, effect: 'write', stepUp: 'mfa', surrenders: true, changes: elsewhere },
} as const satisfies Record<string, OperationRow>;
