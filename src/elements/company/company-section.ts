import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { Company } from '../../contract/index.js';
import { name as nameSchema, problemOf } from '../../contract/schema.js';
import { FormController } from '../../lit/form-controller.js';
import { ResourceController } from '../../lit/resource-controller.js';
import { company } from '../../locales/en/company.js';
import { lock } from '../../ui/icons.js';
import { field, notice, section, skeleton, skeletonField } from '../../ui/templates.js';
import { formFoot } from '../base/form-parts.js';
import { Lazy } from '../base/lazy.js';
import { Portrait } from '../base/portrait.js';
import { Section } from '../base/section.js';
import type { CountryField } from './country-field.js';

/** "Company Details": name and country, saved together; read-only with the reason for those who may not. */
export class CompanySection extends Section {
  readonly #t = this.host.locale.texts('company', company);
  readonly #update = new Action('company.update');
  readonly #company = new ResourceController<Company>(
    this.host,
    () => (this.host.can('company.get') ? this.host.client?.resource('company.get', undefined) : undefined),
    this.host.failedRead('company.get'),
  );
  readonly #form = new FormController(this.host, {
    id: 'company',
    organisation: true,
    saved: () => {
      const { data } = this.#company;
      return data && { name: data.name, country: data.country ?? '' };
    },
    version: () => this.#company.data?.version,
    check: ({ name }) => problemOf(nameSchema, 'name', name),
    edited: () => {
      this.#update.reset();
    },
    save: async ({ name, country }, version) => {
      await this.host.act(this.#update, { name, country: country || null }, { ifMatch: version });
      this.host.toast(this.#t('saved'));
    },
    settled: this.host.sayStatus,
  });
  readonly #logo = new Portrait(this.host, 'logo');
  readonly #countries = new Lazy(async () => new (await import('./country-field.js')).CountryField(this.host, this.#t));

  override reset(): void {
    this.#form.discard();
    this.#update.reset();
    this.#logo.reset();
  }

  override renderDialogs(): unknown {
    return this.#logo.renderDialogs();
  }

  override render(): unknown {
    const t = this.#t;
    if (this.host.auth.data && !this.host.can('company.get')) return nothing;
    return section({
      id: 'company',
      level: this.host.headingLevel,
      title: t('title'),
      description: t('body'),
      content: this.#content(),
    });
  }

  #content(): unknown {
    const t = this.#t;
    const { data, error, loading } = this.#company.state;
    if (error && !data) return this.host.loadError(t('what'), error, () => { this.#company.reload(); }, loading);
    if (data && !this.host.can('company.update')) return this.#readOnly(data);
    const { values, problems } = this.#form;
    const nameError = problems.name && (problems.name === 'required' ? t('nameMissing') : this.host.common('tooLong', { count: 200 }));
    return html`<form class="card" part="card" novalidate @submit=${this.#form.submit} @input=${this.#form.input} @change=${this.#form.input}>
      <div class="card-body">
        ${this.#logo.render(data && { name: data.name, url: data.logoUrl })}
        ${this.host.conflict(this.#form, { labels: { name: t('name'), country: t('country') }, show: (name, value) => (name === 'country' ? (this.#country()?.nameOf(String(value)) ?? value) : value) })}
        ${values
          ? field({ id: 'company-name', name: 'name', label: t('name'), value: values.name, error: nameError, autocomplete: 'organization' })
          : skeletonField(t('name'))}
        ${this.#countryField(values?.country)}
      </div>
      ${formFoot(this.host.common, this.#form, t('title'), t('save'), t('title'))}
    </form>`;
  }

  #readOnly(data: Company): unknown {
    const t = this.#t;
    return html`<div class="card" part="card"><div class="card-body">
      ${notice({ icon: lock, body: t('readOnly') })}
      <dl class="facts">
        <div><dt>${t('name')}</dt><dd><bdi>${data.name}</bdi></dd></div>
        <div><dt>${t('country')}</dt><dd>${this.#country()?.nameOf(data.country ?? '') ?? (this.#countries.error ? data.country : skeleton())}</dd></div>
      </dl>
    </div></div>`;
  }

  #countryField(value: string | undefined): unknown {
    const t = this.#t;
    const part = this.#country();
    if (this.#countries.error) {
      return this.host.loadError(t('country'), this.#countries.error, () => {
        this.#countries.error = undefined;
        this.host.requestUpdate();
      });
    }
    if (!part || value === undefined) return skeletonField(t('country'));
    return part.render(value, this.#form.problems.country && this.host.common('invalid'));
  }

  /** @returns nothing while its file is on its way */
  #country(): CountryField | undefined {
    if (this.#countries.error) return undefined;
    return this.host.loaded(this.#countries, () => { this.host.requestUpdate(); });
  }
}
