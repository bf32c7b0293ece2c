import { countryCodes } from '../../contract/countries.js';
import { SettingsError } from '../../contract/errors.js';
import type { Company } from '../../contract/operations.js';
import { keptPicture } from '../../rules/pictures.js';
import { dataUrl } from './account.js';
import { mfaRequiredMail } from '../../rules/mails.js';
import { policyTime } from '../../rules/policy.js';
import { assertCurrent, organisationOf, record, type MemoryHandlers } from './call.js';
import { sendMail } from './mails.js';
import { iso, isoOrNull, type Organisation } from './state.js';

function companyOf(organisation: Organisation): Company {
  return {
    id: organisation.id,
    name: organisation.name,
    country: organisation.country,
    logoUrl: organisation.logo ?? null,
    mfaRequiredFrom: isoOrNull(organisation.mfaRequiredFrom ?? null),
    version: String(organisation.revision),
  };
}

export const companyHandlers = {
  'company.get': (call) => companyOf(organisationOf(call)),

  'company.update': (call, { name, country, mfaRequiredFrom }) => {
    const { transaction, now } = call;
    const before = organisationOf(call);
    assertCurrent(call, String(before.revision), () => companyOf(before));
    // The contract's schema knows the form of a code; which codes there are is for those who store one.
    if (typeof country === 'string' && !countryCodes.includes(country)) {
      throw new SettingsError('invalid', 'No such country.', { fields: { country: 'invalid' } });
    }
    const from = mfaRequiredFrom === undefined ? before.mfaRequiredFrom : policyTime(mfaRequiredFrom, before.mfaRequiredFrom ?? null, now);
    const after = { ...before, name: name ?? before.name, country: country === undefined ? before.country : country, mfaRequiredFrom: from ?? undefined };
    if (after.name === before.name && after.country === before.country && after.mfaRequiredFrom === before.mfaRequiredFrom) return companyOf(before);
    record(call, 'company.update', []);
    if (after.mfaRequiredFrom !== before.mfaRequiredFrom && after.mfaRequiredFrom !== undefined) {
      for (const member of transaction.all('members')) {
        const person = member.organisationId === before.id ? transaction.get('people', member.personId) : undefined;
        if (person && !person.totp) sendMail(transaction, now, mfaRequiredMail(person.email, { organisation: after.name, from: iso(after.mfaRequiredFrom) }));
      }
    }
    return companyOf(transaction.put('organisations', { ...after, revision: before.revision + 1 }));
  },

  'logo.set': (call, picture) => {
    const organisation = { ...organisationOf(call), logo: dataUrl(keptPicture(picture)) };
    record(call, 'logo.set', []);
    return companyOf(call.transaction.put('organisations', organisation));
  },

  'logo.remove': (call) => {
    const organisation = organisationOf(call);
    if (organisation.logo !== undefined) record(call, 'logo.remove', []);
    return companyOf(call.transaction.put('organisations', { ...organisation, logo: undefined }));
  },
} satisfies Partial<MemoryHandlers>;
