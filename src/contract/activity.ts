import * as z from 'zod/mini';
import { id, page, pageQuery, text, time, type OperationRow } from './schema.js';

/** What is written down beside the operations themselves: what happens before there is a session, and by links of mails. */
export const eventActions = ['sign-in', 'sign-up', 'password.reset', 'email.confirm'] as const;

/** Something that somebody did, or tried to do. Never with a secret. */
export const event = z.object({
  id,
  at: time,
  /** Whose account it was; null: nobody's. A name of null: the account is gone. */
  actor: z.nullable(z.object({ id, name: z.nullable(text) })),
  /** The name of an operation, or what else the backend writes down: `sign-in`, `sign-up`, `password.reset`, `email.confirm`. */
  action: z.string(),
  /** What it was done to, by the names of that moment: keys, people, addresses. Empty: the actor's own account, or the organisation. */
  targets: z.array(text),
  address: z.nullable(text),
  /** As the browser sent it; the widgets put it into words. */
  userAgent: z.nullable(text),
  /** `ok`, or the kind of the error that it was refused with. */
  result: z.string(),
});

const events = page(event);
const inPages = { cursor: pageQuery.cursor, limit: pageQuery.limit };

/** What happened in a person's own account. */
export const activity = {
  /** One page of the person's own events, the newest first. Events that come in between two pages move none of the others. */
  'activity.list': { input: z.object(inPages), output: events, effect: 'read' },
} as const satisfies Record<string, OperationRow>;

/** What happened in the organisation, for its owners and admins. */
export const audit = {
  /** One page of the organisation's events, the newest first; those of its people's accounts are among them. */
  'audit.list': {
    input: z.object({
      ...inPages,
      /** Words of the name or the email address of who did it. */
      actor: pageQuery.search,
      /** Any of these actions; `apiKeys` stands for all whose name begins with `apiKeys.`. */
      action: z.optional(z.array(z.string().check(z.maxLength(100))).check(z.maxLength(100))),
      /** Not before this moment. */
      from: z.optional(time),
      /** Before this moment. */
      to: z.optional(time),
    }),
    output: events,
    effect: 'read',
  },
} as const satisfies Record<string, OperationRow>;
