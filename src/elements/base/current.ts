import { SettingsError } from '../../contract/index.js';

/** What a parsed value is of, as a schema says it. */
interface Schema<Value> {
  safeParse(value: unknown): { success: true; data: Value } | { success: false };
}

/** The value as it is now, which a refused save brought along (`stale`): the next try is then made knowingly, on that. Else the one that was. */
export function currentOf<Value>(schema: Schema<Value>, thrown: unknown, before: Value): Value {
  const current = schema.safeParse(SettingsError.is(thrown) ? thrown.current : undefined);
  return current.success ? current.data : before;
}
