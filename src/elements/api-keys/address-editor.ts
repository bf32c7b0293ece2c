import { css, html, nothing } from 'lit';
import { parseAddress, type FieldProblem, type SourceAddress } from '../../contract/index.js';
import { cleanEmail } from '../../contract/text.js';
import type { FormController, Problems } from '../../lit/form-controller.js';
import { apiKeys } from '../../locales/en/api-keys.js';
import { sourceAddresses } from '../../locales/en/source-addresses.js';
import { choices, choiceStyles } from '../../ui/choices.js';
import { plus } from '../../ui/list-icons.js';
import { cross } from '../../ui/more-icons.js';
import { button, errorLine, field, iconButton } from '../../ui/templates.js';
import type { SettingsElement } from '../base/settings-element.js';

/** The fields by name: `mode`, `addresses.0.address`, `addresses.0.description` ... as the contract's problems name them. */
export type Values = Record<string, string>;

const styles = css`
  .addresses { display: grid; gap: calc(var(--_u) * 4); }
  .addresses > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: calc(var(--_u) * 3) calc(var(--_u) * 2); padding: calc(var(--_u) * 3); border: 1px solid var(--_border); border-radius: var(--_r-control); }
  .addresses .field { grid-column: 1; }
  .addresses .icon-button { grid-column: 2; grid-row: 1; align-self: start; margin-block-start: 1.75rem; }
`;

const addressName = (row: number): string => `addresses.${String(row)}.address`;
const descriptionName = (row: number): string => `addresses.${String(row)}.description`;

/** What a part of a form needs of its controller. */
export type FormPart<PartValues extends Record<string, string>> = Pick<FormController<PartValues>, 'values' | 'problems' | 'fieldId' | 'discard'>;

export interface AddressEditorOptions {
  form: () => FormPart<Values>;
  /** What stands in the form is about to be taken over: rows come or go. */
  fold: (values: Values) => void;
  /** The legend of the choice; heard only where a title above says it. */
  legend: () => string;
  silent?: boolean;
}

/** Anywhere, or Specific locations, each checked as one types: a part of a form. */
export class AddressEditor {
  readonly #host: SettingsElement;
  readonly #options: AddressEditorOptions;
  readonly #t;
  readonly #keys;
  #mode: 'anywhere' | 'specific' = 'anywhere';
  #rows: readonly SourceAddress[] = [];
  /** Rows that were left once: from then on they are checked as one types. */
  readonly #left = new Set<string>();

  constructor(host: SettingsElement, options: AddressEditorOptions) {
    this.#host = host;
    this.#options = options;
    this.#t = host.locale.texts('sourceAddresses', sourceAddresses);
    this.#keys = host.locale.texts('apiKeys', apiKeys);
    host.wear(choiceStyles);
    host.wear(styles);
  }

  /** Starts with these addresses; with none: anywhere. */
  begin(addresses: readonly SourceAddress[]): void {
    this.#mode = addresses.length > 0 ? 'specific' : 'anywhere';
    this.#rows = addresses;
    this.#left.clear();
  }

  /** The editor's part of what the form has as saved. */
  saved(): Values {
    return Object.fromEntries([
      ['mode', this.#mode],
      ...this.#rows.flatMap(({ address, description }, row) => [
        [addressName(row), address],
        [descriptionName(row), description],
      ]),
    ]) as Values;
  }

  addressesOf(values: Values): SourceAddress[] {
    if (this.#mode === 'anywhere') return [];
    return this.#rows.map((_, row) => ({ address: values[addressName(row)] ?? '', description: values[descriptionName(row)] ?? '' }));
  }

  check(values: Values): Problems<Values> {
    const problems: Problems<Values> = {};
    const seen = new Set<string>();
    const addresses = this.addressesOf(values);
    if (this.#mode === 'specific' && addresses.length === 0) problems['mode'] = 'required';
    addresses.forEach(({ address, description }, row) => {
      const cleaned = cleanEmail(address);
      const range = parseAddress(cleaned);
      const canonical = range && `${range.bytes.join('.')}/${String(range.prefix)}`;
      if (!cleaned) problems[addressName(row)] = 'required';
      else if (!canonical) problems[addressName(row)] = 'invalid';
      else if (seen.has(canonical)) problems[addressName(row)] = 'duplicate';
      if (canonical) seen.add(canonical);
      if (description.length > 200) problems[descriptionName(row)] = 'too-long';
    });
    return problems;
  }

  render({ autofocus = false } = {}): unknown {
    return html`<div class="stack" @change=${this.#changed}>
      ${choices({
        id: this.#form.fieldId('choice'),
        name: 'choice',
        legend: this.#options.legend(),
        silent: this.#options.silent ?? false,
        value: this.#mode,
        options: [['anywhere', this.#keys('anywhere')], ['specific', this.#t('specific')]],
        autofocus: autofocus && this.#mode === 'anywhere',
      })}
      ${this.#mode === 'specific' ? this.#list(autofocus) : nothing}
    </div>`;
  }

  #list(autofocus: boolean): unknown {
    const t = this.#t;
    const form = this.#form;
    const values = form.values ?? {};
    return html`<ol class="addresses">${this.#rows.map((_, row) => {
      const written = values[addressName(row)] ?? '';
      return html`<li>
        ${field({ id: form.fieldId(addressName(row)), name: addressName(row), label: html`${t('address')}<span class="vh"> ${row + 1}</span>`, value: written, error: this.#problem(row, written), hint: row === 0 ? t('addressHint') : undefined, autocomplete: 'off', ltr: true, autofocus: autofocus && row === 0 })}
        ${field({ id: form.fieldId(descriptionName(row)), name: descriptionName(row), label: html`${t('description')}<span class="vh"> ${row + 1}</span>`, value: values[descriptionName(row)] ?? '', error: form.problems[descriptionName(row)] && this.#host.common('tooLong', { count: 200 }), autocomplete: 'off' })}
        ${iconButton(t('remove', { address: written || t('emptyRow') }), cross, () => { this.#remove(row); })}
      </li>`;
    })}</ol>
    ${form.problems['mode'] ? errorLine(t('addressesMissing')) : nothing}
    <div>${button({ id: form.fieldId('mode'), label: t('add'), icon: plus, little: true, press: () => { this.#add(); } })}</div>`;
  }

  get #form(): FormPart<Values> {
    return this.#options.form();
  }

  #problem(row: number, written: string): string | undefined {
    const t = this.#t;
    const name = addressName(row);
    const typing: FieldProblem | undefined = this.#left.has(name) && written && !parseAddress(cleanEmail(written)) ? 'invalid' : undefined;
    switch (this.#form.problems[name] ?? typing) {
      case undefined: return undefined;
      case 'required': return t('addressMissing');
      case 'duplicate': return t('addressDuplicate');
      default: return t('addressInvalid');
    }
  }

  /** What stands in the fields becomes the rows, before rows come or go. */
  #fold(): void {
    const values = this.#form.values ?? {};
    this.#rows = this.#rows.map((_, row) => ({ address: values[addressName(row)] ?? '', description: values[descriptionName(row)] ?? '' }));
    this.#options.fold(values);
    this.#form.discard();
    this.#left.clear();
  }

  #choose(mode: 'anywhere' | 'specific'): void {
    this.#fold();
    this.#mode = mode;
    if (mode === 'specific' && this.#rows.length === 0) this.#add();
    this.#host.requestUpdate();
  }

  #add(): void {
    this.#fold();
    this.#rows = [...this.#rows, { address: '', description: '' }];
    void this.#host.focusOn(this.#form.fieldId(addressName(this.#rows.length - 1)));
    this.#host.requestUpdate();
  }

  #remove(row: number): void {
    this.#fold();
    this.#rows = this.#rows.filter((_, index) => index !== row);
    void this.#host.focusOn(this.#rows.length > 0 ? this.#form.fieldId(addressName(Math.min(row, this.#rows.length - 1))) : this.#form.fieldId('mode'));
    this.#host.requestUpdate();
  }

  readonly #changed = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.type === 'radio') this.#choose(target.value === 'specific' ? 'specific' : 'anywhere');
    else this.#left.add(target.name);
    this.#host.requestUpdate();
  };
}
