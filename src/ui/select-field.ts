import { html, nothing, type TemplateResult } from 'lit';
import { chevronDown, icon } from './icons.js';
import { errorLine, type Content } from './templates.js';

export interface SelectOptions {
  id: string;
  name: string;
  label: Content;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  /** `optgroup` elements behind them. */
  groups?: Content;
  autocomplete: AutoFill;
  error?: string | undefined;
  /** Under the field. */
  hint?: Content;
}

/** The browser's own select, which phones and screen readers know best. */
export function selectField({ id, name, label, value, options, groups, autocomplete, error, hint }: SelectOptions): TemplateResult {
  const described = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return html`<div class="field" part="field">
    <label class="label" part="label" for=${id}>${label}</label>
    <div class="select">
      <select
        id=${id}
        name=${name}
        class="input"
        part="input"
        .autocomplete=${autocomplete}
        .value=${value}
        aria-invalid=${error ? 'true' : nothing}
        aria-describedby=${described === '' ? nothing : described}
      >${options.map(([key, text]) => html`<option value=${key} ?selected=${key === value}>${text}</option>`)}${groups ?? nothing}</select>
      ${icon(chevronDown)}
    </div>
    ${error ? errorLine(error, `${id}-error`) : nothing}
    ${hint ? html`<div class="hint" id="${id}-hint">${hint}</div>` : nothing}
  </div>`;
}
