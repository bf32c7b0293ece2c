import { html, nothing, type TemplateResult } from 'lit';
import type { FieldProblem } from '../../contract/index.js';
import type { FormController } from '../../lit/form-controller.js';
import { keyExpiry } from '../../locales/en/key-expiry.js';
import { selectField } from '../../ui/select-field.js';
import { errorLine } from '../../ui/templates.js';
import type { SettingsElement } from '../base/settings-element.js';

/** The fields of an expiry: a choice, and a day where the choice is to name one. */
export interface ExpiryValues extends Record<string, string> {
  expiry: string;
  expiresAt: string;
}

const DAYS = ['30', '90'] as const;

/** A local day as date fields write it. */
function dayOf(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function expiryOf(expiresAt: string | null): ExpiryValues {
  return expiresAt === null ? { expiry: 'never', expiresAt: '' } : { expiry: 'date', expiresAt: dayOf(new Date(expiresAt)) };
}

/** The end of the last day, where the person is: the same all day long, so that a second try sends the same. */
export function momentOf({ expiry, expiresAt }: ExpiryValues): string | null {
  if (expiry === 'never') return null;
  let day = expiresAt;
  if (expiry !== 'date') {
    const end = new Date();
    end.setDate(end.getDate() + Number(expiry));
    day = dayOf(end);
  }
  const moment = new Date(`${day}T23:59:59`);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

export function expiryProblem(values: ExpiryValues): { expiresAt?: FieldProblem } {
  if (values.expiry !== 'date') return {};
  const moment = momentOf(values);
  if (moment === null) return { expiresAt: 'required' };
  return Date.parse(moment) <= Date.now() ? { expiresAt: 'invalid' } : {};
}

/** The fields, with what they come to in words. */
export function expiryFields(host: SettingsElement, form: Pick<FormController<ExpiryValues>, 'values' | 'problems' | 'fieldId'>): TemplateResult {
  const t = host.locale.texts('keyExpiry', keyExpiry);
  const values = form.values ?? expiryOf(null);
  const moment = momentOf(values);
  const hint = values.expiry === 'never' ? t('neverHint') : moment === null ? undefined : t.rich('onHint', { date: html`<bdi>${host.locale.date(moment)}</bdi>` });
  const byDate = values.expiry === 'date';
  const id = form.fieldId('expiresAt');
  const problem = form.problems.expiresAt;
  return html`${selectField({
      id: form.fieldId('expiry'),
      name: 'expiry',
      label: t('expiry'),
      value: values.expiry,
      options: [['never', t('never')], ...DAYS.map((days) => [days, t('days', { count: Number(days) })] as const), ['365', t('year')], ['date', t('date')]],
      autocomplete: 'off',
      hint: byDate ? undefined : hint,
    })}
    ${byDate
      ? html`<div class="field" part="field">
          <label class="label" part="label" for=${id}>${t('day')}</label>
          <input
            id=${id}
            name="expiresAt"
            class="input"
            part="input"
            type="date"
            autocomplete="off"
            min=${dayOf(new Date())}
            .value=${values.expiresAt}
            aria-invalid=${problem ? 'true' : nothing}
            aria-describedby="${id}-error ${id}-hint"
          />
          ${problem ? errorLine(t(problem === 'required' ? 'dayMissing' : 'dayPast'), `${id}-error`) : nothing}
          <div class="hint" id="${id}-hint">${hint}</div>
        </div>`
      : nothing}`;
}
