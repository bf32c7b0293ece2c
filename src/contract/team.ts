import * as z from 'zod/mini';
import { authContext } from './auth.js';
import { addressText, email, id, nothing, page, pageQuery, text, time, version, type OperationRow } from './schema.js';

export const invitationStatus = z.enum(['accepted', 'pending', 'expired', 'declined']);

/** Members and invitations are rows of one list. */
export const teamRow = z.object({
  id,
  type: z.enum(['member', 'invitation']),
  name: z.nullable(text),
  email: addressText,
  role: z.string(),
  status: invitationStatus,
  /** This row is the person who asks. */
  self: z.boolean(),
  joinedAt: z.nullable(time),
  invitedAt: z.nullable(time),
  invitedBy: z.nullable(text),
  expiresAt: z.nullable(time),
  lastActiveAt: z.nullable(time),
  mfaEnabled: z.nullable(z.boolean()),
  delivery: z.nullable(z.enum(['sent', 'bounced'])),
  /** What the person who asks may do to this row. */
  can: z.object({
    changeRole: z.boolean(),
    remove: z.boolean(),
    resend: z.boolean(),
    revoke: z.boolean(),
    copyLink: z.boolean(),
  }),
  version,
});

/** A leading minus turns the order round. `date` is when somebody joined or was invited. */
export const teamSort = z.enum(['name', '-name', 'role', '-role', 'status', '-status', 'date', '-date']);

/** The invitation as its invitee sees it. */
export const invitation = z.object({
  organisationName: text,
  email: addressText,
  role: z.string(),
  invitedBy: z.nullable(text),
  expiresAt: time,
  status: invitationStatus,
});

/** A secret that came by mail: never in a path or a query. */
const invitationToken = z.object({ token: z.string().check(z.minLength(1), z.maxLength(512)) });

/** Members and invitations of the organisation, and what an invitee does with an invitation. */
export const team = {
  /** One page of members and invitations. No row comes twice and none is left out, whatever is written between two pages. */
  'team.list': {
    input: z.object({
      ...pageQuery,
      status: z.optional(z.array(invitationStatus)),
      role: z.optional(z.array(z.string())),
      sort: z.optional(teamSort),
    }),
    output: page(teamRow),
    effect: 'read',
  },
  /** Invites people by mail. A result for each address, in the order given; one bad address does not stop the others. */
  'team.invite': {
    input: z.object({
      invitations: z.array(z.object({ email, role: z.string().check(z.minLength(1, 'required')) })).check(z.minLength(1), z.maxLength(500)),
    }),
    output: z.object({
      results: z.array(
        z.object({
          email: z.string(),
          outcome: z.enum(['sent', 'already-member', 'already-invited', 'invalid', 'failed']),
          row: z.optional(teamRow),
        }),
      ),
    }),
    effect: 'write',
    changes: ['team.list'],
  },
  /** Sends an invitation again: a new link, a new expiry; the earlier link stops working. */
  'team.resend': { input: z.object({ id }), output: teamRow, effect: 'write', changes: ['team.list'] },
  /** Takes an invitation back; its link stops working. Revoking what is gone succeeds. */
  'team.revoke': { input: z.object({ id }), output: nothing, effect: 'write', changes: ['team.list'] },
  /** The invitation behind a token. Whoever has the link may read it. */
  'invitation.get': { input: invitationToken, output: invitation, effect: 'read', public: true },
  /** Joins the organisation; needs a session of the address that was invited. */
  'invitation.accept': { input: invitationToken, output: authContext, effect: 'write', changes: ['auth.context', 'company.get', 'team.list', 'apiKeys.list', 'invitation.get'] },
  /** Turns the invitation down. Declining twice succeeds; the token is proof enough. */
  'invitation.decline': { input: invitationToken, output: nothing, effect: 'write', public: true, changes: ['team.list', 'invitation.get'] },
} as const satisfies Record<string, OperationRow>;
