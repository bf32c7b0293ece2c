import type { SettingsError, SettingsErrorKind } from '../../contract/index.js';
import type { Texts } from '../../lit/locale-controller.js';
import type { common } from '../../locales/en/common.js';

export type CommonTexts = Texts<typeof common>;

/** Without an own sentence: the server's fault, with the comfort that what was typed is kept. */
const SENTENCES = {
  offline: 'offline',
  unauthenticated: 'signedOut',
  forbidden: 'forbidden',
  'not-found': 'notFound',
  conflict: 'conflict',
  stale: 'conflict',
  'step-up-required': 'stepUpRequired',
  'enrolment-required': 'enrolmentRequired',
  unsupported: 'unsupported',
  'wrong-credential': 'invalid',
  invalid: 'invalid',
} as const satisfies Partial<Record<SettingsErrorKind, keyof typeof common>>;

/**
 * What people read when something failed: by kind, in their language; a server's own text is never shown.
 * @param typed whether something was typed that could have been lost; `again`: nothing was, and the way on is to press once more, as after `SettingsElement.failure`
 */
export function errorText(t: CommonTexts, { kind, retryAfter }: SettingsError, typed: boolean | 'again' = 'again'): string {
  if (kind === 'rate-limited') return waitText(t, retryAfter ?? 60);
  if (kind in SENTENCES) return t(SENTENCES[kind as keyof typeof SENTENCES]);
  const fault = t(kind === 'unavailable' ? 'noAnswer' : 'broken');
  return typed ? `${fault} ${t(typed === 'again' ? 'tryAgain' : 'typedIsKept')}` : fault;
}

export function waitText(t: CommonTexts, seconds: number): string {
  return seconds > 90 ? t('waitMinutes', { count: Math.ceil(seconds / 60) }) : t('waitSeconds', { count: Math.max(1, Math.ceil(seconds)) });
}
