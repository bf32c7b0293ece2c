import * as z from 'zod/mini';
import { id, nothing, page, pageQuery, text, time, type OperationRow } from './schema.js';

/** Where a person is signed in. Never a token: the id names the session and opens nothing. */
export const session = z.object({
  id,
  /** The session that asks. */
  current: z.boolean(),
  /** As the browser sent it; the widgets put it into words. */
  userAgent: z.nullable(text),
  address: z.nullable(text),
  /** "London, GB", where the backend knows. */
  place: z.nullable(text),
  createdAt: time,
  /** To the minute or so. */
  lastActiveAt: z.nullable(time),
  expiresAt: z.nullable(time),
});

/** Where the person is signed in, and ending it. */
export const sessions = {
  /** One page of the person's own sessions, the newest sign-in first. */
  'sessions.list': { input: z.object({ cursor: pageQuery.cursor, limit: pageQuery.limit }), output: page(session), effect: 'read' },
  /** Ends another session of the person. Ending what is gone succeeds; for the session that asks it is `conflict`: that one signs out. */
  'sessions.end': { input: z.object({ id }), output: nothing, effect: 'write', changes: ['sessions.list', 'auth.context'] },
  /** Ends every session of the person but the one that asks. */
  'sessions.endOthers': { input: nothing, output: nothing, effect: 'write', changes: ['sessions.list', 'auth.context'] },
} as const satisfies Record<string, OperationRow>;
