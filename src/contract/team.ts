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
  /** What became of the mail of an invitation; null while nobody knows. */
  delivery: z.nullable(z.enum(['sent', 'bounced'])),
  /** The organisation's only owner: neither leaves nor loses the role until there is another one. */
  lastOwner: z.optional(z.boolean()),
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
      /** Only members with a second factor, or only those without; for those who see `mfaEnabled`. */
      mfa: z.optional(z.enum(['on', 'off'])),
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
  /** The link of a pending invitation, to be handed over by other ways than mail. It is a new one: the link that was mailed stops working. */
  'team.link': { input: z.object({ id }), output: z.object({ url: z.string() }), effect: 'write', secret: true, changes: ['team.list'] },
  /**
   * Gives a member another role, or a pending invitation, which is then sent again: a link is bound to its role. Nobody gives more than they
   * have, or changes somebody above them; the last owner stays one. Making an owner takes a fresh proof.
   */
  'team.changeRole': {
    input: z.object({ id, role: z.string().check(z.minLength(1, 'required'), z.maxLength(128)) }),
    output: teamRow,
    effect: 'write',
    versioned: true,
    stepUp: 'mfa',
    stepUpWhen: { role: 'owner' },
    changes: ['team.list', 'auth.context'],
  },
  /** Takes a member out of the organisation, at once and in every session of theirs. The last owner stays. Removing who is gone succeeds. */
  'team.remove': { input: z.object({ id }), output: nothing, effect: 'write', versioned: true, changes: ['team.list', 'auth.context'] },
  /** The invitation behind a token. Whoever has the link may read it. */
  'invitation.get': { input: invitationToken, output: invitation, effect: 'read', public: true },
  /** Joins the organisation; needs a session of the address that was invited. */
  'invitation.accept': { input: invitationToken, output: authContext, effect: 'write', changes: ['auth.context', 'company.get', 'team.list', 'apiKeys.list', 'invitation.get'] },
  /** Turns the invitation down. Declining twice succeeds; the token is proof enough. */
  'invitation.decline': { input: invitationToken, output: nothing, effect: 'write', public: true, changes: ['team.list', 'invitation.get'] },
} as const satisfies Record<string, OperationRow>;
