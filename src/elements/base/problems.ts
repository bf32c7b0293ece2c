import type * as z from 'zod/mini';
import { problemsOf } from '../../contract/adapter.js';
import type { FieldProblem } from '../../contract/index.js';

/** The problem of one value by its schema, under the field's name; nothing when it is right. */
export function problemOf<Name extends string>(schema: z.ZodMiniType, name: Name, value: unknown): { [Key in Name]?: FieldProblem } {
  const parsed = schema.safeParse(value);
  // A single value has no path in its error.
  return (parsed.success ? {} : { [name]: problemsOf(parsed.error)[''] }) as { [Key in Name]?: FieldProblem };
}
