import { SettingsError } from '@userflux/settings/contract';
import { formerOwnerMail, newOwnerMail, organisationDeletedMail } from '@userflux/settings/rules';
import { contextOf } from './auth.js';
import { lockOrganisation, organisationOf, type Call, type Handlers, type Organisation } from './call.js';
import { roleOf } from './me.js';
import { dropPictures } from './pictures.js';

interface Membership {
  id: string;
  userId: string;
  role: string;
  name: string;
  email: string;
}

/** The members of the caller's organisation who matter here, and nobody takes an owner away or makes one until this transaction ends. */
async function lockedMembers(call: Call, memberId?: string): Promise<{ organisation: Organisation; own: Membership; rows: Membership[] }> {
  const { db, me } = call;
  const { id } = organisationOf(call);
  await lockOrganisation(call, id);
  const organisation = await db.selectFrom('organization').selectAll().where('id', '=', id).executeTakeFirst();
  const rows = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select(['member.id', 'member.userId', 'member.role', 'user.name', 'user.email'])
    .where('member.organizationId', '=', id)
    .where((expressions) =>
      expressions.or([expressions('member.role', 'like', '%owner%'), expressions('member.userId', '=', me.person.id), ...(memberId === undefined ? [] : [expressions('member.id', '=', memberId)])]),
    )
    .execute();
  const own = rows.find((row) => row.userId === me.person.id);
  if (!organisation || !own) throw new SettingsError('forbidden', 'No longer in this organisation.');
  return { organisation, own, rows };
}

const isOwner = ({ role }: Membership): boolean => roleOf(role) === 'owner';

/** Who waited for the lock may have lost their role meanwhile. */
function assertOwner(own: Membership): void {
  if (!isOwner(own)) throw new SettingsError('forbidden', 'No longer an owner.');
}

export const organisationHandlers = {
  'organisation.switch': async (call, { id }) => {
    const { db, me } = call;
    const member = await db.selectFrom('member').select('id').where('userId', '=', me.person.id).where('organizationId', '=', id).executeTakeFirst();
    if (!member) throw new SettingsError('not-found', 'Not in this organisation.');
    await db.updateTable('session').set({ activeOrganizationId: id }).where('id', '=', me.session.id).execute();
    await call.record('organisation.switch', [], id);
    return contextOf(call);
  },

  'organisation.leave': async (call) => {
    const { db } = call;
    const { organisation, own, rows } = await lockedMembers(call);
    if (isOwner(own) && rows.filter(isOwner).length === 1) throw new SettingsError('conflict', 'The last owner stays.');
    await db.deleteFrom('member').where('id', '=', own.id).execute();
    await db.insertInto('settingsFormerMember').values({ id: own.id, organizationId: organisation.id }).execute();
    await db.updateTable('session').set({ activeOrganizationId: null }).where('userId', '=', own.userId).where('activeOrganizationId', '=', organisation.id).execute();
    await call.record('organisation.leave', []);
    return contextOf(call);
  },

  'organisation.transfer': async (call, { memberId }) => {
    const { db } = call;
    const { organisation, own, rows } = await lockedMembers(call, memberId);
    assertOwner(own);
    const heir = rows.find((row) => row.id === memberId);
    if (!heir) throw new SettingsError('not-found', 'No such member.');
    if (isOwner(heir)) throw new SettingsError('conflict', 'They own it already.');
    await db.updateTable('member').set({ role: 'owner' }).where('id', '=', heir.id).execute();
    await db.updateTable('member').set({ role: 'admin' }).where('id', '=', own.id).execute();
    const facts = { organisation: organisation.name, before: own.name, after: heir.name };
    await call.mail(newOwnerMail(heir.email, facts));
    await call.mail(formerOwnerMail(own.email, facts));
    await call.record('organisation.transfer', [{ id: heir.id, name: heir.name }]);
    return contextOf(call);
  },

  'organisation.delete': async (call, { confirmation }) => {
    const { db } = call;
    const { organisation, own, rows } = await lockedMembers(call);
    assertOwner(own);
    const { id, name } = organisation;
    if (confirmation !== name) throw new SettingsError('invalid', 'Not its name.', { fields: { confirmation: 'mismatch' } });
    await call.record('organisation.delete', [{ id, name }]);
    for (const owner of rows.filter(isOwner)) await call.mail(organisationDeletedMail(owner.email, { organisation: name, by: own.name }));
    // Without regard to what the database would cascade: tables may have been made by others.
    await db.deleteFrom('apikey').where('referenceId', '=', id).execute();
    await dropPictures(db, { organizationId: id });
    for (const table of ['invitation', 'member', 'settingsFormerMember'] as const) await db.deleteFrom(table).where('organizationId', '=', id).execute();
    await db.updateTable('session').set({ activeOrganizationId: null }).where('activeOrganizationId', '=', id).execute();
    await db.deleteFrom('organization').where('id', '=', id).execute();
    return contextOf(call);
  },
} satisfies Partial<Handlers>;
