import { countryCodes, SettingsError, type Company } from '@userflux/settings/contract';
import { dropPictures, keepPicture, pictureUrl } from './pictures.js';
import { assertCurrent, organisationOf, versionOf, type Handlers, type Organisation } from './call.js';

async function companyOf({ id, name, country, pictureId }: Organisation): Promise<Company> {
  return { id, name, country, logoUrl: pictureUrl(pictureId), mfaRequiredFrom: null, version: await versionOf('company', id, name, country) };
}

export const companyHandlers = {
  'company.get': (call) => companyOf(organisationOf(call)),

  'company.update': async (call, { name, country }) => {
    const { id } = organisationOf(call);
    const before = await call.place.store
      .locking(call.db.selectFrom('organization').select(['id', 'name', 'country', 'pictureId']).where('id', '=', id))
      .executeTakeFirstOrThrow();
    const current = await companyOf(before);
    assertCurrent(call, current.version, () => current);
    // The contract's schema knows the form of a code; which codes there are is for those who store one.
    if (typeof country === 'string' && !countryCodes.includes(country)) throw new SettingsError('invalid', 'No such country.', { fields: { country: 'invalid' } });
    const after = { ...before, name: name ?? before.name, country: country === undefined ? before.country : country };
    if (after.name === before.name && after.country === before.country) return current;
    await call.record('company.update', []);
    await call.db.updateTable('organization').set({ name: after.name, country: after.country }).where('id', '=', id).execute();
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
