import { SettingsError } from '../../contract/errors.js';
import { formerOwnerMail, newOwnerMail, organisationDeletedMail } from '../../rules/mails.js';
import { contextOf, pointAt } from './auth.js';
import { organisationOf, record, type Call, type MemoryHandlers } from './call.js';
import { sendMail } from './mails.js';
import type { Member, SessionRow } from './state.js';

function membersOf({ transaction }: Call, organisationId: string): Member[] {
  return [...transaction.all('members')].filter((row) => row.organisationId === organisationId);
}

/** Sessions that stood in an organisation which their person has left: the next one of theirs, or none. */
function moveOn(call: Call, organisationId: string, personId?: string): void {
  const { transaction, handle, me } = call;
  for (const session of [...transaction.all('sessions')]) {
    if (session.organisationId !== organisationId || (personId !== undefined && session.personId !== personId)) continue;
    const next = transaction.find('members', (row) => row.personId === session.personId);
    const moved = transaction.put('sessions', { ...session, organisationId: next?.organisationId ?? null });
    if (session.id === me.session.id) transaction.afterCommit(() => { pointAt(handle, moved); });
  }
}

export const organisationHandlers = {
  'organisation.switch': (call, { id }) => {
    const { transaction, me, handle, now } = call;
    const member = transaction.find('members', (row) => row.personId === me.person.id && row.organisationId === id);
    if (!member) throw new SettingsError('not-found', 'Not in this organisation.');
    const session: SessionRow = transaction.put('sessions', { ...me.session, organisationId: id });
    transaction.put('members', { ...member, lastActiveAt: now });
    record(call, 'organisation.switch', [], id);
    transaction.afterCommit(() => {
      pointAt(handle, session);
    });
    return contextOf(call);
  },

  'organisation.leave': (call) => {
    const { transaction, me } = call;
    const organisation = organisationOf(call);
    const own = membersOf(call, organisation.id).find((row) => row.personId === me.person.id);
    if (!own) throw new SettingsError('forbidden', 'No longer in this organisation.');
    const otherOwner = membersOf(call, organisation.id).some((row) => row.role === 'owner' && row.id !== own.id);
    if (own.role === 'owner' && !otherOwner) throw new SettingsError('conflict', 'The last owner stays.');
    transaction.delete('members', own.id);
    transaction.put('formerMembers', { id: own.id, organisationId: organisation.id });
    moveOn(call, organisation.id, me.person.id);
    record(call, 'organisation.leave', []);
    return contextOf(call);
  },

  'organisation.transfer': (call, { memberId }) => {
    const { transaction, now, me } = call;
    const organisation = organisationOf(call);
    const member = transaction.get('members', memberId);
    const person = member?.organisationId === organisation.id ? transaction.get('people', member.personId) : undefined;
    const own = me.member;
    if (!member || !person || !own) throw new SettingsError('not-found', 'No such member.');
    if (member.role === 'owner') throw new SettingsError('conflict', 'They own it already.');
    transaction.put('members', { ...member, role: 'owner' });
    transaction.put('members', { ...own, role: 'admin' });
    const facts = { organisation: organisation.name, before: me.person.name, after: person.name };
    sendMail(transaction, now, newOwnerMail(person.email, facts));
    sendMail(transaction, now, formerOwnerMail(me.person.email, facts));
    record(call, 'organisation.transfer', [{ name: person.name }]);
    return contextOf(call);
  },

  'organisation.delete': (call, { confirmation }) => {
    const { transaction, now, me } = call;
    const organisation = organisationOf(call);
    if (confirmation !== organisation.name) throw new SettingsError('invalid', 'Not its name.', { fields: { confirmation: 'mismatch' } });
    record(call, 'organisation.delete', [{ name: organisation.name }]);
    for (const member of membersOf(call, organisation.id)) {
      const person = transaction.get('people', member.personId);
      if (member.role === 'owner' && person) sendMail(transaction, now, organisationDeletedMail(person.email, { organisation: organisation.name, by: me.person.name }));
      transaction.delete('members', member.id);
    }
    for (const table of ['invitations', 'apiKeys', 'formerMembers'] as const) {
      for (const row of [...transaction.all(table)]) if (row.organisationId === organisation.id) transaction.delete(table, row.id);
    }
    transaction.delete('organisations', organisation.id);
    moveOn(call, organisation.id);
    return contextOf(call);
  },
} satisfies Partial<MemoryHandlers>;
