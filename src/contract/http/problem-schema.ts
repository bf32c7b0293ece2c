import * as z from 'zod/mini';
import { seconds } from '../schema.js';

// A file of its own: pages read problems without it, see `readProblem`.

/** The members of a problem that this contract gives a meaning. Others are ignored (RFC 9457 3.2). */
export const problemSchema = z.object({
  type: z.optional(z.string()),
  title: z.optional(z.string()),
  status: z.optional(z.number()),
  detail: z.optional(z.string()),
  code: z.optional(z.string()),
  /** `invalid`: the problem of each field, by its path in the input. */
  fields: z.optional(z.record(z.string(), z.string())),
  /** `step-up-required`: what would do, and how many seconds old a proof may be. */
  methods: z.optional(z.array(z.string())),
  maxAge: z.optional(seconds),
  /** `wrong-credential`: tries left before a wait. */
  attemptsLeft: z.optional(seconds),
  /** Seconds to wait; the same as Retry-After. */
  retryAfter: z.optional(seconds),
  /** `stale`: the value as it is now. */
  current: z.optional(z.unknown()),
  /** Of a failure inside the server: what its log knows it by. */
  requestId: z.optional(z.string()),
});
export type Problem = z.output<typeof problemSchema>;
