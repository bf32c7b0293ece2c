import * as z from 'zod/mini';
import { country, id, name, nothing, picture, text, time, version, type OperationRow } from './schema.js';

/** The organisation that the session is in. */
export const companyDetails = z.object({
  id,
  name: text,
  country: z.nullable(z.string()),
  /** Served by the backend itself. Over HTTP it may be relative to the API's base URL. */
  logoUrl: z.nullable(z.string()),
  mfaRequiredFrom: z.nullable(time),
  version,
});

export const companyUpdate = z.object({ name: z.optional(name), country: z.optional(z.nullable(country)) });

/** The organisation's own details. */
export const company = {
  /** The details of the organisation. Everybody in it reads the same. */
  'company.get': { input: nothing, output: companyDetails, effect: 'read' },
  /** Changes name and country. What is not given stays; a country of null takes it away. */
  'company.update': {
    input: companyUpdate,
    output: companyDetails,
    effect: 'write',
    versioned: true,
    changes: ['company.get', 'auth.context'],
  },
  /** Sets the organisation's logo. `invalid` with `bytes` where they are no still, square picture of at most 512 pixels. */
  'logo.set': { input: picture, output: companyDetails, effect: 'write', changes: ['company.get', 'auth.context'] },
  /** Takes the logo away. Succeeds where there is none. */
  'logo.remove': { input: nothing, output: companyDetails, effect: 'write', changes: ['company.get', 'auth.context'] },
} as const satisfies Record<string, OperationRow>;
