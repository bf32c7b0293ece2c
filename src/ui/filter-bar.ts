import { css, html, nothing, type TemplateResult } from 'lit';
import { selectStyles } from './select-styles.js';
import { selectField } from './select-field.js';
import { type Content } from './templates.js';

/** What a list is narrowed to: native selects in a row. Loads when somebody wants to filter. */
export const filterStyles = css`
  ${selectStyles}
  .filters { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(10rem, 100%), 1fr)); align-items: end; gap: calc(var(--_u) * 4); padding: calc(var(--_u) * 4); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_sunken); }
  .filters > .button { justify-self: start; }
`;

export interface FilterField {
  name: string;
  label: string;
  /** The choice that narrows nothing: "All roles". */
  any: string;
  choices: readonly (readonly [value: string, label: string])[];
}

export interface FilterBarOptions {
  /** Each select has the id `<id>-by-<name>`. */
  id: string;
  fields: readonly FilterField[];
  values: Readonly<Partial<Record<string, string | undefined>>>;
  /** Before the selects: a search. */
  before?: Content;
  /** Behind them: the way back to everything. */
  after?: Content;
  input: (event: Event) => void;
  submit: (event: SubmitEvent) => void;
}

export function filterBar({ id, fields, values, before, after, input, submit }: FilterBarOptions): TemplateResult {
  return html`<form class="filters" role=${before === undefined ? nothing : 'search'} novalidate @submit=${submit} @input=${input}>
    ${before ?? nothing}
    ${fields.map(({ name, label, any, choices }) => selectField({ id: `${id}-by-${name}`, name, label, value: values[name] ?? '', options: [['', any], ...choices], autocomplete: 'off' }))}
    ${after ?? nothing}
  </form>`;
}
