import { html } from 'lit';
import { oneTimeCode } from '../../contract/auth.js';
import { oneTimeCode as oneTimeCodeTexts } from '../../locales/en/one-time-code.js';
import { passwordField, username } from '../../ui/form-templates.js';
import { field } from '../../ui/templates.js';
import type { ProofWay } from './proof-ways.js';
import { codeText, credentialText } from './credential-texts.js';

/** A code of the authenticator app. */
export const byCode: ProofWay = {
  words: ({ t, operation }) => ({ title: t('mfaTitle'), body: operation === 'apiKeys.reveal' ? t('mfaBodyKeys') : t('mfaBody'), verify: t('verify') }),
  check: (typed) => problemOfTyped(oneTimeCode.safeParse(typed).success, typed.trim()),
  proof: (code) => ({ method: 'totp', code }),
  content: ({ host, t, form }, problem, error) =>
    field({
      id: form.fieldId('proof'),
      name: 'proof',
      label: t('mfaCode'),
      value: form.values?.proof ?? '',
      error: codeText(host, host.locale.texts('oneTimeCode', oneTimeCodeTexts), problem, error),
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      code: true,
      ltr: true,
      autofocus: true,
    }),
};

/** The password, where there is no second factor. */
export const byPassword: ProofWay = {
  words: ({ t }) => ({ title: t('passwordTitle'), body: t('passwordBody'), verify: t('verify') }),
  // A space is a character of a password.
  check: (typed) => problemOfTyped(true, typed),
  clears: true,
  proof: (password) => ({ method: 'password', password }),
  content: ({ host, t, form, shown, show }, problem, error) => html`${username(host.auth.data?.user.email)}${passwordField({
    id: form.fieldId('proof'),
    name: 'proof',
    label: t('password'),
    value: form.values?.proof ?? '',
    error: problem ? t('passwordMissing') : error && error.kind !== 'aborted' ? credentialText(host, error, t('wrongPassword')) : undefined,
    autocomplete: 'current-password',
    autofocus: true,
    shown,
    toggleLabel: t('showPassword', { label: t('password') }),
    toggle: show,
  })}`,
};

/** What is wrong with what was typed into the one field. */
export function problemOfTyped(right: boolean, typed: string): 'required' | 'invalid' | undefined {
  if (typed === '') return 'required';
  return right ? undefined : 'invalid';
}
