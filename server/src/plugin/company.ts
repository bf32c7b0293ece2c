import { countryCodes, SettingsError, type Company } from '@userflux/settings/contract';
import { mfaRequiredMail, policyTime } from '@userflux/settings/rules';
import { dropPictures, keepPicture, pictureUrl } from './pictures.js';
import { assertCurrent, organisationOf, versionOf, type Call, type Handlers, type Organisation } from './call.js';
import { queueMails } from './mail.js';
import { iso, isoOrNull, millis } from './store.js';

async function companyOf({ id, name, country, pictureId, mfaRequiredMoment }: Organisation): Promise<Company> {
  const from = millis(mfaRequiredMoment);
  return { id, name, country, logoUrl: pictureUrl(pictureId), mfaRequiredFrom: isoOrNull(from), version: await versionOf('company', id, name, country, from) };
}

/** Who has no second factor hears of it. */
async function tellOfMfa(call: Call, organisation: string, from: number): Promise<void> {
  const { db, place, now } = call;
  const { id } = organisationOf(call);
  const without = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select('user.email')
    .where('member.organizationId', '=', id)
    .where((expressions) => expressions.or([expressions('user.twoFactorEnabled', 'is', null), expressions('user.twoFactorEnabled', '=', place.store.boolean(false))]))
    .execute();
  await queueMails(db, now, without.map(({ email }) => mfaRequiredMail(email, { organisation, from: iso(from) })));
}

export const companyHandlers = {
  'company.get': (call) => companyOf(organisationOf(call)),

  'company.update': async (call, { name, country, mfaRequiredFrom }) => {
    const { id } = organisationOf(call);
    const before = await call.place.store
      .locking(call.db.selectFrom('organization').select(['id', 'name', 'country', 'pictureId', 'mfaRequiredMoment']).where('id', '=', id))
      .executeTakeFirstOrThrow();
    const current = await companyOf(before);
    assertCurrent(call, current.version, () => current);
    // The contract's schema knows the form of a code; which codes there are is for those who store one.
    if (typeof country === 'string' && !countryCodes.includes(country)) throw new SettingsError('invalid', 'No such country.', { fields: { country: 'invalid' } });
    const standing = millis(before.mfaRequiredMoment);
    const from = mfaRequiredFrom === undefined ? standing : policyTime(mfaRequiredFrom, standing, call.now);
    const after = { ...before, name: name ?? before.name, country: country === undefined ? before.country : country, mfaRequiredMoment: from };
    if (after.name === before.name && after.country === before.country && from === standing) return current;
    await call.record('company.update', []);
    if (from !== null && from !== standing) await tellOfMfa(call, after.name, from);
    await call.db.updateTable('organization').set({ name: after.name, country: after.country, mfaRequiredMoment: from }).where('id', '=', id).execute();
    return companyOf(after);
  },

  'logo.set': async (call, picture) => {
    const organisation = organisationOf(call);
    const pictureId = await keepPicture(call, { organizationId: organisation.id }, picture);
    await call.db.updateTable('organization').set({ pictureId }).where('id', '=', organisation.id).execute();
    await call.record('logo.set', [organisation.id]);
    return companyOf({ ...organisation, pictureId });
  },

  'logo.remove': async (call) => {
    const organisation = organisationOf(call);
    if (organisation.pictureId === null) return companyOf(organisation);
    await dropPictures(call.db, { organizationId: organisation.id });
    await call.db.updateTable('organization').set({ pictureId: null }).where('id', '=', organisation.id).execute();
    await call.record('logo.remove', [organisation.id]);
    return companyOf({ ...organisation, pictureId: null });
  },
} satisfies Partial<Handlers>;
