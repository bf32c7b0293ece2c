import { base64Url, randomToken, sha256, utf8 } from '../../rules/bytes.js';
import { hashRecoveryCodes } from '../../rules/recovery-codes.js';
import type { Transaction } from './database.js';
import { invitationMail } from '../../rules/mails.js';
import { sendMail, type Links } from './mails.js';
import { hashPassword } from './password-hash.js';
import { emailKey } from '../../rules/text.js';
import { iso } from './state.js';
import { INVITATION_SECONDS, SESSION_SECONDS } from '../../rules/policy.js';
import { keyRollsOf, keyUsageOf, PASSKEY_POINT, type World, type WorldOrganisation } from './worlds.js';

/** Turns a world into rows, with its times counted back from now. */
export async function seed(transaction: Transaction, world: World, now: number, links: Links): Promise<void> {
  for (const [index, person] of world.people.entries()) {
    transaction.put('people', {
      id: `person-${String(index + 1)}`,
      name: person.name,
      email: person.email,
      emailKey: emailKey(person.email),
      emailVerified: true,
      passwordHash: person.password === null ? null : await hashPassword(person.password),
      totp: person.totpSecret === undefined ? null : { secret: person.totpSecret, lastStep: 0, recoveryCodes: await hashRecoveryCodes(person.recoveryCodes ?? []) },
      pendingEmail: null,
      avatar: person.avatar,
      timeZone: person.timeZone,
      language: person.language,
      revision: 1,
    });
  }
  for (const [index, person] of world.people.entries()) {
    for (const [place, session] of (person.sessions ?? []).entries()) {
      const createdAt = now - session.signedInAgo * 1000;
      transaction.put('sessions', {
        id: `person-${String(index + 1)}.session-${String(place + 1)}`,
        personId: `person-${String(index + 1)}`,
        organisationId: world.organisations.find(({ members }) => members.some(({ email }) => email === person.email))?.id ?? null,
        createdAt,
        expiresAt: createdAt + SESSION_SECONDS * 1000,
        recentUntil: 0,
        stepUp: null,
        userAgent: session.userAgent,
        address: session.address,
        place: session.place,
        lastActiveAt: now - session.activeAgo * 1000,
      });
    }
  }
  for (const [index, person] of world.people.entries()) {
    for (const [place, passkey] of (person.passkeys ?? []).entries()) {
      const id = `person-${String(index + 1)}.passkey-${String(place + 1)}`;
      transaction.put('passkeys', {
        id,
        personId: `person-${String(index + 1)}`,
        name: passkey.name,
        credentialId: base64Url(utf8(id)),
        publicKey: JSON.stringify({ kty: 'EC', crv: 'P-256', ...PASSKEY_POINT }),
        counter: 0,
        backupEligible: passkey.synced,
        backedUp: passkey.synced,
        transports: passkey.synced ? ['internal', 'hybrid'] : ['usb'],
        createdAt: now - passkey.addedAgo * 1000,
        lastUsedAt: passkey.usedAgo === null ? null : now - passkey.usedAgo * 1000,
        removedAt: null,
      });
    }
  }
  const people = new Map([...transaction.all('people')].map((person) => [person.emailKey, person]));
  const nameOf = (email: string): string => people.get(emailKey(email))?.name ?? email;
  for (const organisation of world.organisations) {
    transaction.put('organisations', {
      id: organisation.id, name: organisation.name, country: organisation.country, logo: organisation.logo, revision: 1,
      ...(organisation.mfaRequiredIn !== undefined && { mfaRequiredFrom: now + organisation.mfaRequiredIn * 1000 }),
    });
    for (const [index, member] of organisation.members.entries()) {
      const person = people.get(emailKey(member.email));
      if (!person) throw new TypeError(`The world has a member whom it does not have as a person: ${member.email}`);
      transaction.put('members', {
        id: `${organisation.id}.member-${String(index + 1)}`,
        organisationId: organisation.id,
        personId: person.id,
        role: member.role,
        enteredAt: now - member.joinedAgo * 1000,
        joinedAt: now - member.joinedAgo * 1000,
        invitedAt: null,
        invitedBy: null,
        lastActiveAt: member.activeAgo === null ? null : now - member.activeAgo * 1000,
      });
    }
    await seedInvitations(transaction, organisation, nameOf, now, links);
    for (const [index, event] of (organisation.events ?? []).entries()) {
      const at = now - event.ago * 1000;
      transaction.put('records', {
        id: `${String(at).padStart(15, '0')}.${organisation.id}.event-${String(index + 1)}`,
        at,
        personId: people.get(emailKey(event.by))?.id ?? null,
        organisationId: organisation.id,
        action: event.action,
        targets: event.targets ?? [],
        address: event.address,
        userAgent: event.userAgent,
        result: event.result ?? 'ok',
      });
    }
    const keyId = (index: number): string => `${organisation.id}.key-${String(index + 1)}`;
    const rolls = keyRollsOf(organisation.keys).map(({ endsIn, ...roll }) => ({ ...roll, endsAt: now + endsIn * 1000 }));
    for (const [index, key] of organisation.keys.entries()) {
      const replacing = rolls.find((roll) => roll.successor === index);
      const replaced = rolls.find((roll) => roll.old === index);
      transaction.put('apiKeys', {
        id: keyId(index),
        organisationId: organisation.id,
        name: key.name,
        kind: key.kind,
        environment: key.environment,
        permission: key.permission,
        secret: key.secret,
        createdAt: now - key.createdAgo * 1000,
        createdBy: nameOf(key.createdBy),
        lastUsedAt: key.usedAgo === null ? null : now - key.usedAgo * 1000,
        lastUsedFrom: key.usedFrom,
        enabled: key.enabled ?? true,
        expiresAt: key.expiresIn === undefined ? null : now + key.expiresIn * 1000,
        revokedAt: null,
        replaces: replacing ? { id: keyId(replacing.old), endsAt: replacing.endsAt } : null,
        replacedBy: replaced ? { id: keyId(replaced.successor), endsAt: replaced.endsAt } : null,
        addresses: key.addresses,
        usage: keyUsageOf(key, now),
        revision: 1,
      });
    }
  }
}

/** Open invitations come with their mail, so that the outbox holds a link that works. */
async function seedInvitations(transaction: Transaction, organisation: WorldOrganisation, nameOf: (email: string) => string, now: number, links: Links): Promise<void> {
  for (const [index, invitation] of organisation.invitations.entries()) {
    const token = randomToken();
    const invitedAt = now - invitation.invitedAgo * 1000;
    const row = transaction.put('invitations', {
      id: `${organisation.id}.invitation-${String(index + 1)}`,
      organisationId: organisation.id,
      email: invitation.email,
      emailKey: emailKey(invitation.email),
      role: invitation.role,
      invitedBy: nameOf(invitation.invitedBy),
      enteredAt: now - (invitation.firstInvitedAgo ?? invitation.invitedAgo) * 1000,
      invitedAt,
      expiresAt: invitedAt + INVITATION_SECONDS * 1000,
      tokenHash: await sha256(token),
      ...(invitation.bounced && { bounced: true }),
      status: invitation.declined ? 'declined' : 'open',
      revision: 1,
    });
    if (row.status !== 'open' || row.expiresAt <= now) continue;
    const facts = { organisation: organisation.name, inviter: row.invitedBy, expiresAt: iso(row.expiresAt), link: links.invitation(token) };
    sendMail(transaction, invitedAt, invitationMail(row.email, facts));
  }
}
