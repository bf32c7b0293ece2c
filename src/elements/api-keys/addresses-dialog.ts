import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { parseAddress, SettingsError, type ApiKey, type FieldProblem, type SourceAddress } from '../../contract/index.js';
import { apiKey } from '../../contract/api-keys.js';
import { cleanEmail } from '../../contract/text.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController, type Problems } from '../../lit/form-controller.js';
import { apiKeys } from '../../locales/en/api-keys.js';
import { sourceAddresses } from '../../locales/en/source-addresses.js';
import { cross, plus } from '../../ui/icons.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { button, errorLine, field, iconButton } from '../../ui/templates.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

/** The fields by name: `mode`, `addresses.0.address`, `addresses.0.description` ... as the contract's problems name them. */
type Values = Record<string, string>;

const styles = css`
  .choices { display: grid; gap: calc(var(--_u) * 2); }
  .addresses { display: grid; gap: calc(var(--_u) * 4); }
  .addresses > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: calc(var(--_u) * 3) calc(var(--_u) * 2); padding: calc(var(--_u) * 3); border: 1px solid var(--_border); border-radius: var(--_r-control); }
  .addresses .field { grid-column: 1; }
  .addresses .icon-button { grid-column: 2; grid-row: 1; align-self: start; margin-block-start: 1.75rem; }
`;

const addressName = (row: number): string => `addresses.${String(row)}.address`;
const descriptionName = (row: number): string => `addresses.${String(row)}.description`;

/** Where a key may be used from: Anywhere, or Specific locations, each checked as one types. */
export class AddressesDialog extends Section {
  readonly #t = this.host.locale.texts('sourceAddresses', sourceAddresses);
  readonly #keys = this.host.locale.texts('apiKeys', apiKeys);
  readonly #update = new Action('apiKeys.update');
  readonly #dialog = new DialogController(this.host, 'keys-addresses', () => {
    this.#form.discard();
    this.#key = undefined;
  });
  #key: ApiKey | undefined;
  #mode: 'anywhere' | 'specific' = 'anywhere';
  #rows: readonly SourceAddress[] = [];
  /** Rows that were left once: from then on they are checked as one types. */
  readonly #left = new Set<string>();
  readonly #form = new FormController<Values>(this.host, {
    id: 'keys-addresses',
    saved: () => this.#saved(),
    version: () => this.#key?.version,
    always: true,
    check: (values) => this.#check(values),
    edited: () => {
      this.#update.reset();
    },
    save: (values) => this.#save(values),
    settled: this.host.sayStatus,
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear(dialogStyles);
    host.wear(styles);
  }

  override reset(): void {
    this.#dialog.close();
  }

  edit(key: ApiKey): void {
    this.#key = key;
    this.#mode = key.addresses.length > 0 ? 'specific' : 'anywhere';
    this.#rows = key.addresses;
    this.#left.clear();
    this.#form.discard();
    this.#dialog.show();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    const key = this.#key;
    if (!this.#dialog.isOpen || !key) return nothing;
    const t = this.#t;
    const { id, close, closed } = this.#dialog;
    const { error, busy } = this.#form;
    return dialog({
      id,
      title: t('addressesTitle'),
      closeLabel: this.host.common('close'),
      close,
      closed,
      content: html`<form novalidate @submit=${this.#form.submit} @input=${this.#form.input} @change=${this.#leave}>
        <div class="dialog-body">
          <p>${t('addressesBody', { environment: this.#keys(key.environment), last4: key.last4 })}</p>
          <fieldset class="choices">
            <legend class="vh">${t('addressesTitle')}</legend>
            ${this.#choice('anywhere')}
            ${this.#choice('specific')}
          </fieldset>
          ${this.#mode === 'specific' ? this.#list() : nothing}
          ${error && error.kind !== 'aborted' && !error.fields ? errorLine(this.#errorText(error)) : nothing}
        </div>
        <div class="dialog-foot">
          ${button({ label: this.host.common('cancel'), look: 'quiet', press: close })}
          ${button({ label: t('save'), look: 'primary', submit: true, busy, press: this.#form.press })}
        </div>
      </form>`,
    });
  }

  #choice(mode: 'anywhere' | 'specific'): unknown {
    return html`<label class="check"><input type="radio" name="choice" ?autofocus=${mode === 'anywhere' && this.#mode === mode} value=${mode} .checked=${this.#mode === mode} @change=${() => { this.#choose(mode); }} /><span>${mode === 'anywhere' ? this.#keys('anywhere') : this.#t('specific')}</span></label>`;
  }

  #list(): unknown {
    const t = this.#t;
    const values = this.#form.values ?? {};
    return html`<ol class="addresses">${this.#rows.map((_, row) => {
      const written = values[addressName(row)] ?? '';
      return html`<li>
        ${field({ id: this.#form.fieldId(addressName(row)), name: addressName(row), label: html`${t('address')}<span class="vh"> ${row + 1}</span>`, value: written, error: this.#problem(row, written), hint: row === 0 ? t('addressHint') : undefined, autocomplete: 'off', ltr: true, autofocus: row === 0 })}
        ${field({ id: this.#form.fieldId(descriptionName(row)), name: descriptionName(row), label: html`${t('description')}<span class="vh"> ${row + 1}</span>`, value: values[descriptionName(row)] ?? '', error: this.#form.problems[descriptionName(row)] && this.host.common('tooLong', { count: 200 }), autocomplete: 'off' })}
        ${iconButton(t('remove', { address: written || t('emptyRow') }), cross, () => { this.#remove(row); })}
      </li>`;
    })}</ol>
    ${this.#form.problems['mode'] ? errorLine(t('addressesMissing')) : nothing}
    <div>${button({ id: this.#form.fieldId('mode'), label: t('add'), icon: plus, little: true, press: () => { this.#add(); } })}</div>`;
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

  #errorText(error: SettingsError): string {
    return error.kind === 'stale' ? this.#t('stale') : errorText(this.host.common, error);
  }

  #saved(): Values {
    return Object.fromEntries([
      ['mode', this.#mode],
      ...this.#rows.flatMap(({ address, description }, row) => [
        [addressName(row), address],
        [descriptionName(row), description],
      ]),
    ]) as Values;
  }

  #addressesOf(values: Values): SourceAddress[] {
    if (this.#mode === 'anywhere') return [];
    return this.#rows.map((_, row) => ({ address: values[addressName(row)] ?? '', description: values[descriptionName(row)] ?? '' }));
  }

  #check(values: Values): Problems<Values> {
    const problems: Problems<Values> = {};
    const seen = new Set<string>();
    const addresses = this.#addressesOf(values);
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

  /** What stands in the fields becomes the rows, before rows come or go. */
  #fold(): void {
    const values = this.#form.values ?? {};
    this.#rows = this.#rows.map((_, row) => ({ address: values[addressName(row)] ?? '', description: values[descriptionName(row)] ?? '' }));
    this.#form.discard();
    this.#left.clear();
    this.#update.reset();
  }

  #choose(mode: 'anywhere' | 'specific'): void {
    this.#fold();
    this.#mode = mode;
    if (mode === 'specific' && this.#rows.length === 0) this.#add();
    this.host.requestUpdate();
  }

  #add(): void {
    this.#fold();
    this.#rows = [...this.#rows, { address: '', description: '' }];
    void this.host.focusOn(this.#form.fieldId(addressName(this.#rows.length - 1)));
    this.host.requestUpdate();
  }

  #remove(row: number): void {
    this.#fold();
    this.#rows = this.#rows.filter((_, index) => index !== row);
    void this.host.focusOn(this.#rows.length > 0 ? this.#form.fieldId(addressName(Math.min(row, this.#rows.length - 1))) : this.#form.fieldId('mode'));
    this.host.requestUpdate();
  }

  readonly #leave = (event: Event): void => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') this.#left.add(event.target.name);
    this.host.requestUpdate();
  };

  async #save(values: Values): Promise<void> {
    const key = this.#key;
    if (!key) return;
    try {
      await this.host.act(this.#update, { id: key.id, addresses: this.#addressesOf(values) }, { ifMatch: key.version });
    } catch (thrown) {
      const current = apiKey.safeParse(SettingsError.from(thrown, this.#update.operation).current);
      // After a conflict the next try is made knowingly, on the key as it is now.
      if (current.success) this.#key = current.data;
      throw thrown;
    }
    this.#dialog.close();
    this.host.toast(this.#t('saved'));
  }
}
