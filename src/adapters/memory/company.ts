import { countryCodes } from '../../contract/countries.js';
import { SettingsError } from '../../contract/errors.js';
import type { Company } from '../../contract/operations.js';
import { assertCurrent, organisationOf, record, type MemoryHandlers } from './call.js';
import type { Organisation } from './state.js';

function companyOf(organisation: Organisation): Company {
  return {
    id: organisation.id,
    name: organisation.name,
    country: organisation.country,
    logoUrl: null,
    mfaRequiredFrom: null,
    version: String(organisation.revision),
  };
}

export const companyHandlers = {
  'company.get': (call) => companyOf(organisationOf(call)),

  'company.update': (call, { name, country }) => {
    const before = organisationOf(call);
    assertCurrent(call, String(before.revision), () => companyOf(before));
    // The contract's schema knows the form of a code; which codes there are is for those who store one.
    if (typeof country === 'string' && !countryCodes.includes(country)) {
      throw new SettingsError('invalid', 'No such country.', { fields: { country: 'invalid' } });
    }
    const after = { ...before, name: name ?? before.name, country: country === undefined ? before.country : country };
    if (after.name === before.name && after.country === before.country) return companyOf(before);
    record(call, 'company.update', []);
    return companyOf(call.transaction.put('organisations', { ...after, revision: before.revision + 1 }));
  },
} satisfies Partial<MemoryHandlers>;
