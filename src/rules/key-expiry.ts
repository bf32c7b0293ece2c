/** When a key's successor expires: it lives as long as the old key was made to live, so that a key which is replaced because it ends soon has a fresh term. */
export function successorExpiry(old: { createdAt: number; expiresAt: number | null }, now: number): number | null {
  return old.expiresAt === null ? null : now + Math.max(old.expiresAt - old.createdAt, 0);
}
