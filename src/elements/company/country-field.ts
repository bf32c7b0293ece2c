import { countryCodes } from '../../contract/countries.js';
import type { Texts } from '../../lit/locale-controller.js';
import type { company } from '../../locales/en/company.js';
import { selectField } from '../../ui/select-field.js';
import { selectStyles } from '../../ui/select-styles.js';
import type { SettingsElement } from '../base/settings-element.js';

/** The countries, to choose one of and to read. It loads while the company is being read. */
export class CountryField {
  readonly #host: SettingsElement;
  readonly #t: Texts<typeof company>;
  #countries: { tag: string; options: readonly (readonly [string, string])[] } | undefined;

  constructor(host: SettingsElement, t: Texts<typeof company>) {
    this.#host = host;
    this.#t = t;
    host.wear(selectStyles);
  }

  render(value: string, error: string | undefined): unknown {
    return selectField({ id: 'company-country', name: 'country', label: this.#t('country'), value, options: this.#options(), autocomplete: 'country', error });
  }

  /** In words; an empty code is said as none. */
  nameOf(code: string): string {
    return this.#options().find(([key]) => key === code)?.[1] ?? (code || this.#t('none'));
  }

  /** Names and order of the language in use; made once. */
  #options(): readonly (readonly [string, string])[] {
    const { tag } = this.#host.locale;
    if (this.#countries?.tag !== tag) {
      const names = new Intl.DisplayNames(tag, { type: 'region' });
      const { compare } = new Intl.Collator(tag);
      const options = countryCodes.map((code) => [code, names.of(code) ?? code] as const).sort(([, a], [, b]) => compare(a, b));
      this.#countries = { tag, options: [['', this.#t('noCountry')], ...options] };
    }
    return this.#countries.options;
  }
}
