import { html } from 'lit';
import { Action } from '../../client/index.js';
import type { User } from '../../contract/index.js';
import { FormController } from '../../lit/form-controller.js';
import { preferences } from '../../locales/en/preferences.js';
import { loaders } from '../../locales/loaders.js';
import { selectStyles } from '../../ui/select-styles.js';
import { selectField } from '../../ui/select-field.js';
import { section } from '../../ui/templates.js';
import { formFoot } from '../base/form-parts.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';

type Named = readonly [value: string, label: string];
type Region = readonly [name: string, zones: readonly Named[]];

/** The regions that people look for their city in; what stands elsewhere (UTC) comes last. */
const REGIONS = ['Africa', 'America', 'Antarctica', 'Arctic', 'Asia', 'Atlantic', 'Australia', 'Europe', 'Indian', 'Pacific'];

/** `America/Argentina/Buenos_Aires` under America is "Argentina, Buenos Aires". */
const placeOf = (zone: string): string => zone.split('/').slice(1).reverse().join(', ').replaceAll('_', ' ') || zone;

/** "Time zone and language": how dates are written in every widget, for this person alone. */
export class PreferencesSection extends Section {
  readonly #t = this.host.locale.texts('preferences', preferences);
  readonly #update = new Action('profile.update');
  readonly #form = new FormController(this.host, {
    id: 'preferences',
    saved: () => {
      const user = this.#user;
      return user && { timeZone: user.timeZone ?? '', language: user.language ?? '' };
    },
    version: () => this.#user?.version,
    check: () => ({}),
    edited: () => {
      this.#update.reset();
    },
    save: async ({ timeZone, language }, version) => {
      await this.host.act(this.#update, { timeZone: timeZone || null, language: language || null }, { ifMatch: version });
      this.host.toast(this.#t('saved'));
    },
    settled: this.host.sayStatus,
  });
  #zones: readonly Region[] | undefined;

  constructor(host: SettingsElement) {
    super(host);
    host.wear(selectStyles);
  }

  get #user(): User | undefined {
    return this.host.auth.data?.user;
  }

  override reset(): void {
    this.#form.discard();
  }

  override render(): unknown {
    const t = this.#t;
    const { values, problems } = this.#form;
    const invalid = this.host.common('invalid');
    return section({
      id: 'preferences',
      level: this.host.headingLevel,
      title: t('title'),
      description: t('body'),
      content: html`<form class="card" part="card" novalidate @submit=${this.#form.submit} @input=${this.#form.input} @change=${this.#form.input}>
        <div class="card-body">
          ${selectField({
            id: 'preferences-timeZone',
            name: 'timeZone',
            label: t('timeZone'),
            value: values?.timeZone ?? '',
            ...this.#zoneOptions(values?.timeZone ?? ''),
            autocomplete: 'off',
            error: problems.timeZone && invalid,
            hint: this.#now(values?.timeZone ?? ''),
          })}
          ${selectField({
            id: 'preferences-language',
            name: 'language',
            label: t('language'),
            value: values?.language ?? '',
            options: this.#languageOptions(values?.language ?? ''),
            autocomplete: 'off',
            error: problems.language && invalid,
            hint: t('languageHint'),
          })}
          ${this.host.conflict(this.#form, {
            labels: { timeZone: t('timeZone'), language: t('language') },
            show: (name, value) => (name === 'language' ? this.#languageName(String(value)) : placeOf(String(value))),
          })}
        </div>
        ${formFoot(this.host.common, this.#form, t('title'), t('save'))}
      </form>`,
    });
  }

  /** What the clocks show there, so that one sees that it is the right one. */
  #now(timeZone: string): string {
    const { locale } = this.host;
    return this.#t('zoneNow', { time: locale.format(Date.now(), { weekday: 'long', hour: 'numeric', minute: '2-digit', timeZone: timeZone || device() }) });
  }

  /** By region. A zone that this browser does not list (an older name) stays to choose. */
  #zoneOptions(chosen: string): Pick<Parameters<typeof selectField>[0], 'options' | 'groups'> {
    this.#zones ??= this.#listZones();
    const listed = chosen === '' || this.#zones.some(([, zones]) => zones.some(([zone]) => zone === chosen));
    const option = ([zone, place]: Named): unknown => html`<option value=${zone} ?selected=${zone === chosen}>${place}</option>`;
    return {
      options: [['', this.#t('deviceZone', { zone: device() })], ...(listed ? [] : [[chosen, chosen] as const])],
      groups: this.#zones.map(([region, zones]) => html`<optgroup label=${region}>${zones.map(option)}</optgroup>`),
    };
  }

  /** Made once. */
  #listZones(): readonly Region[] {
    const { compare } = new Intl.Collator(this.host.locale.tag);
    const zones = Intl.supportedValuesOf('timeZone');
    const regions = REGIONS.map((region): Region => [
      region,
      zones.filter((zone) => zone.startsWith(`${region}/`)).map((zone): Named => [zone, placeOf(zone)]).sort(([, a], [, b]) => compare(a, b)),
    ]);
    return [...regions.filter(([, all]) => all.length > 0), [this.#t('otherZones'), [['UTC', 'UTC']]]];
  }

  #languageOptions(chosen: string): readonly Named[] {
    const all = new Set(['en-GB', ...Object.keys(loaders), ...(chosen === '' ? [] : [chosen])]);
    return [['', this.#t('pageLanguage')], ...Array.from(all, (tag): Named => [tag, this.#languageName(tag)])];
  }

  /** In itself, so that whoever reads no other finds it. */
  #languageName(tag: string): string {
    try {
      return new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
    } catch {
      return tag || this.#t('pageLanguage');
    }
  }
}

function device(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
