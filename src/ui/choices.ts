import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { formStyles } from './form-styles.js';
import { errorLine, type Content } from './templates.js';

/** One of few, all of them to be seen at once. Loads with the dialogs that ask so. */
export const choiceStyles: CSSResultGroup = [formStyles, css`
  .choices { display: grid; gap: calc(var(--_u) * 2); }
  .choices > legend { padding-block-end: calc(var(--_u) * 2); font-weight: 500; }
  .choices .check > span { display: grid; }
  /* A field right below the title, with no sentence between. */
  .dialog-body > .field:first-child { margin-block-start: calc(var(--_u) * 2); }
`];

export interface ChoicesOptions {
  /** Each choice has the id `<id>-<value>`. */
  id: string;
  name: string;
  legend: Content;
  /** The legend is heard, not seen: something above says it. */
  silent?: boolean;
  value: string;
  options: readonly (readonly [value: string, label: Content, hint?: Content])[];
  /** The chosen one is focused when its dialog opens. */
  autofocus?: boolean;
  error?: string | undefined;
}

export function choices({ id, name, legend, silent, value, options, autofocus, error }: ChoicesOptions): TemplateResult {
  return html`<fieldset class="choices" id=${id}>
    <legend class=${silent ? 'vh' : ''}>${legend}</legend>
    ${options.map(([key, label, hint]) => html`<label class="check">
      <input
        type="radio"
        id="${id}-${key}"
        name=${name}
        value=${key}
        .checked=${key === value}
        ?autofocus=${autofocus && key === value}
        aria-labelledby="${id}-${key}-label"
        aria-describedby=${hint ? `${id}-${key}-hint` : nothing}
      /><span><span id="${id}-${key}-label">${label}</span>${hint ? html`<span class="hint" id="${id}-${key}-hint">${hint}</span>` : nothing}</span>
    </label>`)}
    ${error ? errorLine(error) : nothing}
  </fieldset>`;
}
