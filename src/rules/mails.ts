/** The mails that a settings backend sends, in words; how they go out is the backend's affair. */

export interface MailText {
  to: string;
  subject: string;
  text: string;
  /** The one link of the mail, with its token in clear; null where there is none. */
  link: string | null;
}

export function invitationMail(to: string, facts: { organisation: string; inviter: string | null; expiresAt: string; link: string }): MailText {
  const inviter = facts.inviter ?? 'Somebody';
  return {
    to,
    subject: `Join ${facts.organisation}`,
    text: `${inviter} invited you to join ${facts.organisation}. The link works until ${facts.expiresAt.slice(0, 10)}. If you did not expect this, ignore it.`,
    link: facts.link,
  };
}

export function roleChangedMail(to: string, facts: { organisation: string; role: string; by: string }): MailText {
  const { organisation, role, by } = facts;
  return { to, subject: `Your role in ${organisation} has changed`, text: `${by} changed your role in ${organisation} to: ${role}. What you see and may do there has changed with it.`, link: null };
}

export function removedMail(to: string, facts: { organisation: string; by: string }): MailText {
  const { organisation, by } = facts;
  return { to, subject: `You are no longer in ${organisation}`, text: `${by} removed you from ${organisation}. You can no longer open it; your own account stays as it is.`, link: null };
}

interface Handover {
  organisation: string;
  before: string;
  after: string;
}

export function newOwnerMail(to: string, { organisation, before }: Handover): MailText {
  return { to, subject: `You are now an owner of ${organisation}`, text: `${before} handed ${organisation} over to you. You may now do everything there, deleting it included; ${before} is an admin.`, link: null };
}

export function formerOwnerMail(to: string, { organisation, after }: Handover): MailText {
  return { to, subject: `You handed over ${organisation}`, text: `${after} is now an owner of ${organisation}, and you are an admin. If this was not you, change your password and tell ${after}.`, link: null };
}

export function organisationDeletedMail(to: string, { organisation, by }: { organisation: string; by: string }): MailText {
  return { to, subject: `${organisation} was deleted`, text: `${by} deleted ${organisation}, with its team, invitations and API keys. The keys have stopped working. This cannot be undone. Your own account stays as it is.`, link: null };
}

/** To a member without a second factor. @param facts.from ISO 8601 */
export function mfaRequiredMail(to: string, { organisation, from }: { organisation: string; from: string }): MailText {
  return {
    to,
    subject: `${organisation} requires multi-factor authentication`,
    text: `From ${from.slice(0, 10)} (UTC) on, ${organisation} opens only to members with multi-factor authentication. Your account has none yet: set it up under Your Account. It takes a minute and an authenticator app.`,
    link: null,
  };
}

export function confirmationMail(to: string, facts: { product: string; link: string }): MailText {
  return {
    to,
    subject: 'Confirm your email address',
    text: `Follow the link to use this address with ${facts.product}. It works for 24 hours. If you did not ask for this, ignore it.`,
    link: facts.link,
  };
}

/** Instead of a confirmation, to an address that has an account: only its owner learns of it (no enumeration, S11). */
export function addressTakenMail(to: string, facts: { product: string }): MailText {
  return {
    to,
    subject: 'You already have an account',
    text: `Somebody wanted to use this address for another account of ${facts.product}. It belongs to your account, so nothing was changed.`,
    link: null,
  };
}

/** The last one. Whoever did not want it has nothing left to sign in to: only people can help. */
export function accountDeletedMail(to: string, facts: { product: string }): MailText {
  return {
    to,
    subject: 'Your account was deleted',
    text: `Your account of ${facts.product} and all that was yours alone in it are deleted. This is the last mail to this address. If this was not you, tell the administrator of your organisation.`,
    link: null,
  };
}

/** A word to the owner of an account about a change that an attacker would like to make in silence. */
export function noticeMail(to: string, what: string): MailText {
  return { to, subject: 'Your account was changed', text: `${what} If this was not you, change your password and tell your administrator.`, link: null };
}

/** A recovery code opened something: its owner knows of it, or has to. */
export function recoveryCodeMail(to: string, left: number): MailText {
  const rest = left === 0 ? 'None is left: make new ones in your account settings.' : left === 1 ? 'One is left: make new ones in your account settings.' : `${String(left)} are left.`;
  return {
    to,
    subject: 'A recovery code was used',
    text: `One of the recovery codes of your account was used in place of a one-time code. ${rest} If this was not you, change your password, make new recovery codes and tell your administrator.`,
    link: null,
  };
}
