import * as z from 'zod/mini';
import { country, id, name, nothing, picture, text, time, version, type OperationRow } from './schema.js';

/** The organisation that the session is in. */
export const companyDetails = z.object({
  id,
  name: text,
  country: z.nullable(z.string()),
  /** Served by the backend itself. Over HTTP it may be relative to the API's base URL. */
  logoUrl: z.nullable(z.string()),
  /** From then on members without a second factor may do nothing here but leave; null: it is everybody's own affair. */
  mfaRequiredFrom: z.nullable(time),
  version,
});

export const companyUpdate = z.object({
  name: z.optional(name),
  country: z.optional(z.nullable(country)),
  mfaRequiredFrom: z.optional(z.nullable(time)),
});

/** The organisation's own details. */
export const company = {
  /** The details of the organisation. Everybody in it reads the same. */
  'company.get': { input: nothing, output: companyDetails, effect: 'read' },
  /**
   * Changes name, country and from when on MFA is required. What is not given stays; null takes it away; a time that has passed means
   * now. Only people with MFA set or lift the requirement (`enrolment-required` otherwise). Members without it hear of it by mail.
   */
  'company.update': {
    input: companyUpdate,
    output: companyDetails,
    effect: 'write',
    versioned: true,
    stepUp: 'mfa',
    stepUpWhen: { mfaRequiredFrom: true },
    changes: ['company.get', 'auth.context'],
  },
  /** Sets the organisation's logo. `invalid` with `bytes` where they are no still, square picture of at most 512 pixels. */
  'logo.set': { input: picture, output: companyDetails, effect: 'write', changes: ['company.get', 'auth.context'] },
  /** Takes the logo away. Succeeds where there is none. */
  'logo.remove': { input: nothing, output: companyDetails, effect: 'write', changes: ['company.get', 'auth.context'] },
} as const satisfies Record<string, OperationRow>;
