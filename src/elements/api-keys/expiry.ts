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

/** IANA; undefined: that of the device. A key ends with a day where the person is, as all their dates are. */
type Zone = string | undefined;

const DAY = 86_400_000;

/** What the clocks show there at this moment, as if it were UTC. */
function wallOf(moment: number, timeZone: Zone): number {
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(moment);
  const [year = 0, month = 1, day, hour, minute, second] = (['year', 'month', 'day', 'hour', 'minute', 'second'] as const).map((type) => Number(parts.find((part) => part.type === type)?.value));
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** A day as date fields write it. */
const written = (wall: number): string => new Date(wall).toISOString().slice(0, 10);

const dayOf = (moment: number, zone: Zone): string => written(wallOf(moment, zone));

export function expiryOf(expiresAt: string | null, zone: Zone): ExpiryValues {
  return expiresAt === null ? { expiry: 'never', expiresAt: '' } : { expiry: 'date', expiresAt: dayOf(Date.parse(expiresAt), zone) };
}

/** The end of the last day, where the person is: the same all day long, so that a second try sends the same. */
export function momentOf({ expiry, expiresAt }: ExpiryValues, zone: Zone): string | null {
  if (expiry === 'never') return null;
  const day = expiry === 'date' ? expiresAt : written(wallOf(Date.now(), zone) + Number(expiry) * DAY);
  const wall = Date.parse(`${day}T23:59:59Z`);
  if (Number.isNaN(wall)) return null;
  // How far the clocks there are ahead is known of a moment, not of a wall clock: twice, for the night on which they change.
  const guess = 2 * wall - wallOf(wall, zone);
  return new Date(wall - (wallOf(guess, zone) - guess)).toISOString();
}

export function expiryProblem(values: ExpiryValues, zone: Zone): { expiresAt?: FieldProblem } {
  if (values.expiry !== 'date') return {};
  const moment = momentOf(values, zone);
  if (moment === null) return { expiresAt: 'required' };
  return Date.parse(moment) <= Date.now() ? { expiresAt: 'invalid' } : {};
}

/** The fields, with what they come to in words. */
export function expiryFields(host: SettingsElement, form: Pick<FormController<ExpiryValues>, 'values' | 'problems' | 'fieldId'>): TemplateResult {
  const t = host.locale.texts('keyExpiry', keyExpiry);
  const { timeZone } = host.locale;
  const values = form.values ?? expiryOf(null, timeZone);
  const moment = momentOf(values, timeZone);
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
            min=${dayOf(Date.now(), timeZone)}
            .value=${values.expiresAt}
            aria-invalid=${problem ? 'true' : nothing}
            aria-describedby="${id}-error ${id}-hint"
          />
          ${problem ? errorLine(t(problem === 'required' ? 'dayMissing' : 'dayPast'), `${id}-error`) : nothing}
          <div class="hint" id="${id}-hint">${hint}</div>
        </div>`
      : nothing}`;
}
