import type { EventAction } from '../../contract/operations.js';
import { randomToken } from '../../rules/bytes.js';
import { EVENT_SECONDS } from '../../rules/policy.js';
import type { Transaction } from './database.js';
import type { SessionRow } from './state.js';

let sequence = 0;

/** Events of one moment keep their order. */
function eventId(at: number): string {
  sequence++;
  return `${String(at).padStart(15, '0')}.${String(sequence).padStart(9, '0')}.${randomToken()}`;
}

/** What something was done to: by its id, or by what people call it. */
export type Target = string | { readonly name: string };

/** What people call it. What is their own account, or already gone, has no name here. */
function nameOf(transaction: Transaction, target: Target): string[] {
  if (typeof target !== 'string') return [target.name];
  const member = transaction.get('members', target);
  const name = member ? transaction.get('people', member.personId)?.name : (transaction.get('apiKeys', target)?.name ?? transaction.get('invitations', target)?.email);
  return name === undefined ? [] : [name];
}

/** What a page knows of its browser; where it is, only a server sees. */
export function browser(): string | null {
  return (globalThis as { navigator?: { userAgent?: string } }).navigator?.userAgent ?? null;
}

/** Writes down who did what, or tried to. The table is only ever added to; what is older than a year goes. */
export function recordEvent(
  transaction: Transaction,
  event: {
    now: number;
    personId: string | null;
    organisationId?: string | null | undefined;
    session?: SessionRow | undefined;
    action: EventAction;
    targets?: readonly Target[];
    result?: string;
  },
): void {
  const { now, personId, organisationId = null, session, action, targets = [], result = 'ok' } = event;
  transaction.put('records', {
    id: eventId(now),
    at: now,
    personId,
    organisationId,
    action,
    targets: targets.flatMap((target) => nameOf(transaction, target)),
    address: session?.address ?? null,
    userAgent: session ? session.userAgent : browser(),
    result,
  });
}

export function sweepEvents(transaction: Transaction, now: number): void {
  for (const row of transaction.all('records')) if (row.at < now - EVENT_SECONDS * 1000) transaction.delete('records', row.id);
}

/** The organisation that this person works in when they sign in. */
export function organisationIdOf(transaction: Transaction, personId: string | null): string | null {
  return transaction.find('members', (row) => row.personId === personId)?.organisationId ?? null;
}
