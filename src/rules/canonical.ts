import { base64 } from './bytes.js';

/** The same value in the same order, whatever order its fields were written in. */
export function canonical(value: unknown): unknown {
  if (value instanceof Uint8Array) return ['bytes', base64(value)];
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, field]) => [name, canonical(field)]);
}
