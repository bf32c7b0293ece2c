import type { FieldProblem, SettingsError } from '../../contract/index.js';
import type { Texts } from '../../lit/locale-controller.js';
import type { common } from '../../locales/en/common.js';
import type { oneTimeCode } from '../../locales/en/one-time-code.js';

export type CommonTexts = Texts<typeof common>;

/** What people read when something failed: by kind, in their language; a server's own text is never shown. */
export function errorText(t: CommonTexts, error: SettingsError): string {
  switch (error.kind) {
    case 'offline': return t('offline');
    case 'unauthenticated': return t('signedOut');
    case 'forbidden': return t('forbidden');
    case 'not-found': return t('notFound');
    case 'conflict':
    case 'stale': return t('conflict');
    case 'step-up-required': return t('stepUpRequired');
    case 'enrolment-required': return t('enrolmentRequired');
    case 'rate-limited': return waitText(t, error.retryAfter ?? 60);
    case 'unsupported': return t('unsupported');
    case 'unavailable': return t('unavailable');
    case 'wrong-credential':
    case 'invalid': return t('invalid');
    default: return t('unexpected');
  }
}

/** The same for a code or password that was tried: what was wrong, and how many tries are left. */
export function credentialText(t: CommonTexts, error: SettingsError, wrong: string): string {
  if (error.kind !== 'wrong-credential') return errorText(t, error);
  if (error.attemptsLeft === 0) return `${wrong} ${waitText(t, error.retryAfter ?? 60)}`;
  return error.attemptsLeft === undefined ? wrong : `${wrong} ${t('triesLeft', { count: error.attemptsLeft })}`;
}

function waitText(t: CommonTexts, seconds: number): string {
  return seconds > 90 ? t('waitMinutes', { count: Math.ceil(seconds / 60) }) : t('waitSeconds', { count: Math.max(1, Math.ceil(seconds)) });
}

/** What is wrong with a one-time code, before it was sent or after. */
export function codeText(common: CommonTexts, t: Texts<typeof oneTimeCode>, problem: FieldProblem | undefined, error: SettingsError | undefined): string | undefined {
  if (problem) return problem === 'required' ? t('codeMissing') : t('codeInvalid');
  return error && error.kind !== 'aborted' ? credentialText(common, error, t('wrongCode')) : undefined;
}
