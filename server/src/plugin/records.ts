import { randomToken } from '@userflux/settings/rules';
import type { BetterAuthOptions } from 'better-auth';
import { getIP } from 'better-auth/api';
import type { Origin } from './call.js';
import type { Queries } from './store.js';

/** Who did what, when, where, with what result (S14). The table is only ever added to. */
export async function recordEvent(
  db: Queries,
  event: { now: number; userId: string | null; organizationId: string | null; origin: Origin; action: string; targets: readonly string[]; result?: string },
): Promise<void> {
  const { now, userId, organizationId, origin, action, targets, result = 'ok' } = event;
  await db
    .insertInto('settingsEvent')
    .values({
      id: randomToken(),
      at: now,
      userId,
      organizationId,
      action,
      targets: JSON.stringify(targets),
      address: origin.address,
      userAgent: origin.userAgent,
      result,
    })
    .execute();
}

/** Where a request came from. Calls of `auth.api` from the server's own code come from nowhere. */
export function originOf({ request, headers, context }: { request?: Request | undefined; headers?: Headers | undefined; context: { options: BetterAuthOptions } }): Origin {
  return { address: request ? getIP(request, context.options) : null, userAgent: headers?.get('user-agent')?.slice(0, 512) ?? null };
}
