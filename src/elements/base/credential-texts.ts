import type { FieldProblem, SettingsError } from '../../contract/index.js';
import type { Texts } from '../../lit/locale-controller.js';
import { credential } from '../../locales/en/credential.js';
import type { oneTimeCode } from '../../locales/en/one-time-code.js';
import type { SettingsElement } from './settings-element.js';
import { errorText, waitText } from './texts.js';

/** {@link errorText} for a code or password that was tried: what was wrong, and how many tries are left. */
export function credentialText({ common, locale }: SettingsElement, error: SettingsError, wrong: string): string {
  if (error.kind !== 'wrong-credential') return errorText(common, error, true);
  if (error.attemptsLeft === 0) return `${wrong} ${waitText(common, error.retryAfter ?? 60)}`;
  return error.attemptsLeft === undefined ? wrong : `${wrong} ${locale.texts('credential', credential)('triesLeft', { count: error.attemptsLeft })}`;
}

/** What is wrong with a one-time code, or a recovery code in its place, before it was sent or after. */
export function codeText(host: SettingsElement, t: Texts<Record<keyof typeof oneTimeCode, string>>, problem: FieldProblem | undefined, error: SettingsError | undefined): string | undefined {
  if (problem) return problem === 'required' ? t('codeMissing') : t('codeInvalid');
  return error && error.kind !== 'aborted' ? credentialText(host, error, t('wrongCode')) : undefined;
}
