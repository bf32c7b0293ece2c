import { css, html } from 'lit';
import { recoveryCode as recoveryCodeSchema } from '../../contract/auth.js';
import { recoveryCode } from '../../locales/en/recovery-code.js';
import { field } from '../../ui/templates.js';
import type { ProofWay } from './proof-ways.js';
import { codeText } from './credential-texts.js';
import { problemOfTyped } from './typed-proofs.js';

const styles = css`
  .recovery-code .input { min-block-size: 2.75rem; font-family: var(--_mono); letter-spacing: 0.06em; text-transform: uppercase; }
`;

/** A recovery code, for the day on which the phone is not at hand. */
export const byRecoveryCode: ProofWay = {
  words: ({ t }) => ({ title: t('mfaTitle'), body: t('recoveryBody'), verify: t('verify') }),
  check: (typed) => problemOfTyped(recoveryCodeSchema.safeParse(typed).success, typed.trim()),
  proof: (code) => ({ method: 'recovery-code', code }),
  content: ({ host, t, form }, problem, error) => {
    host.wear(styles);
    return html`<div class="recovery-code">${field({
      id: form.fieldId('proof'),
      name: 'proof',
      label: t('recoveryCode'),
      value: form.values?.proof ?? '',
      error: codeText(host, host.locale.texts('recoveryCode', recoveryCode), problem, error),
      // No browser keeps these, and none shall offer the last one again.
      autocomplete: 'off',
      ltr: true,
      autofocus: true,
    })}</div>`;
  },
};
