import type { EventAction } from '@userflux/settings/contract';
import { EVENT_SECONDS, randomToken } from '@userflux/settings/rules';
import type { BetterAuthOptions } from 'better-auth';
import { getIP } from 'better-auth/api';
import type { Origin } from './call.js';
import type { Queries } from './store.js';

/** What something was done to: by its id, or also by what people call it. */
export type Target = string | { readonly id: string; readonly name: string };

/** Ids that one statement is asked for: databases count the values of a statement. */
const AT_ONCE = 500;

let sequence = 0;

/** Events of one moment keep their order: moment, count of this process, and what makes it unique among processes. */
function eventId(at: number): string {
  sequence++;
  return `${String(at).padStart(15, '0')}.${String(sequence).padStart(9, '0')}.${randomToken()}`;
}

/**
 * Who did what, when, where, with what result (S14). The table is only ever added to, until the row is old. What it was done to is
 * named as people called it at that moment: afterwards it may be called otherwise, or be gone.
 */
export async function recordEvent(
  db: Queries,
  event: { now: number; userId: string | null; organizationId: string | null; origin: Origin; action: EventAction; targets: readonly Target[]; result?: string },
): Promise<void> {
  const { now, userId, organizationId, origin, action, targets, result = 'ok' } = event;
  await db
    .insertInto('settingsEvent')
    .values({
      id: eventId(now),
      at: now,
      userId,
      organizationId,
      action,
      targets: JSON.stringify(targets.map((target) => (typeof target === 'string' ? target : target.id))),
      names: JSON.stringify(await namesOf(db, action, targets)),
      address: origin.address,
      userAgent: origin.userAgent,
      result,
    })
    .execute();
}

/** What people call these; one's own account, and what is nowhere any more, is not named. */
async function namesOf(db: Queries, action: EventAction, targets: readonly Target[]): Promise<string[]> {
  const ids = targets.filter((target) => typeof target === 'string');
  const known = new Map<string, string>();
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    for (const [id, name] of await lookUp(db, action, ids.slice(start, start + AT_ONCE))) known.set(id, name);
  }
  return targets.flatMap((target) => (typeof target === 'string' ? (known.get(target) ?? []) : target.name));
}

async function lookUp(db: Queries, action: EventAction, ids: readonly string[]): Promise<[id: string, name: string][]> {
  if (action.startsWith('apiKeys.')) {
    const keys = await db.selectFrom('apikey').select(['id', 'name']).where('id', 'in', ids).execute();
    return keys.map(({ id, name }) => [id, name ?? '']);
  }
  if (!/^(team|invitation|organisation)\./.test(action)) return [];
  const invitations = await db.selectFrom('invitation').select(['id', 'email']).where('id', 'in', ids).execute();
  // Who joined took the row of the invitation over, under its id: they have a name.
  const members = await db.selectFrom('member').innerJoin('user', 'user.id', 'member.userId').select(['member.id', 'user.name']).where('member.id', 'in', ids).execute();
  return [...invitations.map(({ id, email }): [string, string] => [id, email]), ...members.map(({ id, name }): [string, string] => [id, name])];
}

/** Forgets what is older than events are kept. */
export async function sweepEvents(db: Queries, now: number, days = EVENT_SECONDS / 86_400): Promise<void> {
  await db.deleteFrom('settingsEvent').where('at', '<', now - days * 86_400_000).execute();
}

/** Where a request came from. Calls of `auth.api` from the server's own code come from nowhere. */
export function originOf({ request, headers, context }: { request?: Request | undefined; headers?: Headers | undefined; context: { options: BetterAuthOptions } }): Origin {
  return { address: request ? getIP(request, context.options) : null, userAgent: headers?.get('user-agent')?.slice(0, 512) ?? null };
}
