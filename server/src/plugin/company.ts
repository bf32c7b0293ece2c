import { countryCodes, SettingsError, type Company } from '@userflux/settings/contract';
import { assertCurrent, organisationOf, versionOf, type Handlers, type Organisation } from './call.js';

async function companyOf({ id, name, country, logo }: Organisation): Promise<Company> {
  return { id, name, country, logoUrl: logo, mfaRequiredFrom: null, version: await versionOf('company', id, name, country) };
}

export const companyHandlers = {
  'company.get': (call) => companyOf(organisationOf(call)),

  'company.update': async (call, { name, country }) => {
    const { id } = organisationOf(call);
    const before = await call.place.store
      .locking(call.db.selectFrom('organization').select(['id', 'name', 'country', 'logo']).where('id', '=', id))
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
} satisfies Partial<Handlers>;
