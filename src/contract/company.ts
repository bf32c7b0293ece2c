import * as z from 'zod/mini';
import { country, id, name, nothing, text, time, version, type OperationRow } from './schema.js';

export const companyDetails = z.object({
  id,
  name: text,
  country: z.nullable(z.string()),
  logoUrl: z.nullable(z.string()),
  mfaRequiredFrom: z.nullable(time),
  version,
});

export const companyUpdate = z.object({ name: z.optional(name), country: z.optional(z.nullable(country)) });

export const company = {
  'company.get': { input: nothing, output: companyDetails, effect: 'read' },
  'company.update': {
    input: companyUpdate,
    output: companyDetails,
    effect: 'write',
    versioned: true,
    changes: ['company.get', 'auth.context'],
  },
} as const satisfies Record<string, OperationRow>;
