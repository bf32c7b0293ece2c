import type { SettingsErrorKind } from '../contract/errors.js';

/** Refusals that somebody may want to see who looks for an attack; what is refused otherwise is a form filled in wrongly. */
export const RECORDED_REFUSALS: readonly SettingsErrorKind[] = ['wrong-credential', 'rate-limited', 'forbidden'];

/** Whether an action is one of these, or of one of these areas: `apiKeys` stands for all whose name begins with `apiKeys.`. */
export function isAction(action: string, wanted: readonly string[]): boolean {
  return wanted.some((name) => action === name || action.startsWith(`${name}.`));
}
