import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { Company, Output } from '../../contract/index.js';
import { FormController, type Problems } from '../../lit/form-controller.js';
import { ResourceController } from '../../lit/resource-controller.js';
import { security } from '../../locales/en/security.js';
import { team } from '../../locales/en/team.js';
import { circleAlert, circleCheck, circleInfo } from '../../ui/icons.js';
import { errorLine, notice, section, skeleton, status } from '../../ui/templates.js';
import { selectField } from '../../ui/select-field.js';
import { selectStyles } from '../../ui/select-styles.js';
import { formFoot } from '../base/form-parts.js';
import { policyMoment } from '../base/policy-moment.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { dayOf, daysAfter, startOfDay } from './zoned-days.js';

const styles = css`
  .policy { display: grid; gap: calc(var(--_u) * 6); min-inline-size: 0; }
  .policy :is(form, .card-body, .field, .input) { min-inline-size: 0; }
  .policy input[type="date"]::-webkit-datetime-edit { min-inline-size: 0; overflow: hidden; }
  .concerned { display: grid; gap: var(--_u); justify-items: start; }
`;

/** So many names are said, the rest is a number. */
const NAMES = 3;
const DAYS = ['7', '30'] as const;
/** Backends take a time that has passed for now; the same one, so that a second try is the same write. */
const NOW = new Date(0).toISOString();

/** `off`, `kept` (as it stands), `now`, a number of days, or `date` with its day. */
interface PolicyValues extends Record<string, string> {
  when: string;
  day: string;
}

/** "Security": from when on the organisation requires a second factor, whom that concerns, and what it does to them. */
export class SecuritySection extends Section {
  readonly #t = this.host.locale.texts('security', security);
  readonly #team = this.host.locale.texts('team', team);
  readonly #update = new Action('company.update');
  readonly #company = new ResourceController<Company>(
    this.host,
    () => (this.host.can('company.get') ? this.host.client?.resource('company.get', undefined) : undefined),
    this.host.failedRead('company.get'),
  );
  readonly #without = new ResourceController<Output<'team.list'>>(
    this.host,
    () => (this.#seesWhom ? this.host.client?.resource('team.list', { mfa: 'off', limit: NAMES }) : undefined),
    this.host.failedRead('team.list'),
  );
  readonly #form: FormController<PolicyValues> = new FormController<PolicyValues>(this.host, {
    id: 'security',
    organisation: true,
    saved: () => {
      const { data } = this.#company;
      return data && { when: data.mfaRequiredFrom === null ? 'off' : 'kept', day: '' };
    },
    version: () => this.#company.data?.version,
    check: (values) => this.#check(values),
    edited: () => {
      this.#update.reset();
      const words = this.#consequence();
      if (words !== undefined) this.host.announce(words);
    },
    save: (values, version) => this.#save(values, version),
    settled: this.host.sayStatus,
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear([selectStyles, styles]);
  }

  override reset(): void {
    this.#form.discard();
    this.#update.reset();
  }

  override render(): unknown {
    const t = this.#t;
    const { organisation } = this.host.auth.data ?? {};
    // A backend that knows no such demand.
    if (organisation?.mfaRequiredFrom === undefined) return nothing;
    return section({
      id: 'security',
      level: this.host.headingLevel,
      title: t('title'),
      description: t.rich('body', { organisation: html`<bdi>${organisation.name}</bdi>` }),
      content: html`<div class="policy">${this.#content()}</div>`,
    });
  }

  get #seesWhom(): boolean {
    return this.host.can('company.update') && this.host.can('team.list');
  }

  get #hasNone(): boolean {
    return this.host.auth.data?.user.mfa.enabled === false;
  }

  #content(): unknown {
    const t = this.#t;
    const { host } = this;
    const { data, error, loading } = this.#company.state;
    if (error && !data) return host.loadError(t('title'), error, () => { this.#company.reload(); }, loading);
    if (data && !host.can('company.update')) return this.#readOnly(data);
    const values = this.#form.values;
    const words = this.#consequence();
    return html`<form class="card" part="card" novalidate @submit=${this.#form.submit} @input=${this.#form.input} @change=${this.#form.input}>
        <div class="card-body">
          ${this.#seesWhom ? this.#concerned() : nothing}
          ${host.conflict(this.#form, { labels: { when: t('when') }, show: (name, value) => (name === 'when' ? this.#words(String(value)) : value) })}
          ${values && data ? this.#choices(values, data) : html`<div>${skeleton('box')}</div>`}
          ${words === undefined ? nothing : notice({ icon: this.#momentOf(values) === NOW ? circleAlert : circleInfo, ...(this.#momentOf(values) === NOW && { tone: 'warning' as const }), body: words })}
        </div>
        ${formFoot(host.common, this.#form, t('title'), t('save'))}
      </form>`;
  }

  #readOnly({ mfaRequiredFrom }: Company): unknown {
    const t = this.#t;
    return html`<div class="card" part="card"><div class="card-body">
      <dl class="facts"><div><dt>${t('when')}</dt><dd>${mfaRequiredFrom === null ? t('off') : this.#standing(mfaRequiredFrom)}</dd></div></dl>
    </div></div>`;
  }

  /** How many have no second factor, and who they are. */
  #concerned(): unknown {
    const t = this.#t;
    const { data, error, loading } = this.#without.state;
    // Not everybody who may require it sees who has it.
    if (error && !data) return error.kind === 'forbidden' ? nothing : this.host.loadError(this.#team('what'), error, () => { this.#without.reload(); }, loading);
    const count = this.#count;
    if (!data || count === undefined) return html`<div class="concerned">${data ? nothing : [skeleton(), skeleton()]}</div>`;
    if (count === 0) return html`<div class="concerned">${status('ok', circleCheck, t('everybody'))}</div>`;
    const { locale } = this.host;
    const names = data.items.map(({ name, email }) => name ?? email);
    const rest = count - names.length;
    const more = `+${locale.number(rest)}`;
    const parts = new Intl.ListFormat(locale.tag).formatToParts([...names, ...(rest > 0 ? [more] : [])]);
    return html`<div class="concerned">
      <p class="h3">${t('without', { count })}</p>
      <p class="muted">${parts.map(({ type, value }) => (type === 'element' ? html`<bdi dir=${value === more ? 'ltr' : 'auto'}>${value}</bdi>` : value))}</p>
    </div>`;
  }

  #choices({ when, day }: PolicyValues, { mfaRequiredFrom }: Company): unknown {
    const t = this.#t;
    const { locale } = this.host;
    const begun = mfaRequiredFrom !== null && Date.parse(mfaRequiredFrom) <= Date.now();
    const problem = this.#form.problems.day;
    const id = this.#form.fieldId('day');
    return html`${selectField({
        id: this.#form.fieldId('when'),
        name: 'when',
        label: t('when'),
        value: when,
        options: [
          ['off', t('off')],
          ...(mfaRequiredFrom === null ? [] : [['kept', this.#standing(mfaRequiredFrom)] as const]),
          ...(begun ? [] : [['now', t('now')] as const]),
          ...DAYS.map((days) => [days, t('days', { count: Number(days), date: policyMoment(locale, this.#momentOf({ when: days, day }) ?? NOW) })] as const),
          ['date', t('date')],
        ],
        autocomplete: 'off',
      })}
      ${when === 'date'
        ? html`<div class="field" part="field">
            <label class="label" part="label" for=${id}>${t('day')}</label>
            <input
              id=${id}
              name="day"
              class="input"
              part="input"
              type="date"
              autocomplete="off"
              min=${daysAfter(this.#today, 1)}
              .value=${day}
              aria-invalid=${problem ? 'true' : nothing}
              aria-describedby=${problem ? `${id}-error` : nothing}
            />
            ${problem ? errorLine(t('dayMissing'), `${id}-error`) : nothing}
          </div>`
        : nothing}`;
  }

  /** What saving the choice does to people; nothing where nothing changes, or is to be chosen yet. */
  #consequence(): string | undefined {
    const t = this.#t;
    const { values, dirty } = this.#form;
    if (!values || !dirty || values.when === 'kept' || (values.when === 'date' && this.#check(values).day)) return undefined;
    const from = this.#momentOf(values);
    const words = from === null ? t('lifted') : from === NOW ? t('atOnce') : t('later', { date: policyMoment(this.host.locale, from) });
    return this.#hasNone ? `${words} ${t('own')}` : words;
  }

  /** How many have no second factor, where one knows. */
  get #count(): number | undefined {
    const { data } = this.#without;
    return data && (data.total ?? (data.nextCursor === null ? data.items.length : undefined));
  }

  get #today(): string {
    return dayOf(Date.now(), this.host.locale.timeZone);
  }

  #standing(from: string): string {
    return this.#t(Date.parse(from) <= Date.now() ? 'since' : 'from', { date: policyMoment(this.host.locale, from) });
  }

  /** A choice as people read it. */
  #words(when: string): string {
    const t = this.#t;
    const { data } = this.#company;
    if (when === 'off' || !data) return t('off');
    if (when === 'kept') return data.mfaRequiredFrom === null ? t('off') : this.#standing(data.mfaRequiredFrom);
    const from = this.#momentOf({ when, day: this.#form.values?.day ?? '' });
    return from === NOW || from === null ? t('now') : t('from', { date: policyMoment(this.host.locale, from) });
  }

  #check({ when, day }: PolicyValues): Problems<PolicyValues> {
    if (when !== 'date') return {};
    if (startOfDay(day, this.host.locale.timeZone) === undefined) return { day: 'required' };
    return day <= this.#today ? { day: 'invalid' } : {};
  }

  #momentOf(values: PolicyValues | undefined): string | null {
    if (!values || values.when === 'off') return null;
    if (values.when === 'kept') return this.#company.data?.mfaRequiredFrom ?? null;
    if (values.when === 'now') return NOW;
    const begins = startOfDay(values.when === 'date' ? values.day : daysAfter(this.#today, Number(values.when)), this.host.locale.timeZone);
    return begins === undefined ? NOW : new Date(begins).toISOString();
  }

  async #save(values: PolicyValues, version: string | undefined): Promise<void> {
    await this.host.act(this.#update, { mfaRequiredFrom: this.#momentOf(values) }, { ifMatch: version });
    this.host.toast(this.#t('saved'));
  }
}
