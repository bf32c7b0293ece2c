import { css, html, LitElement, nothing, type CSSResultGroup, type PropertyDeclarations, type TemplateResult } from 'lit';

/** A token with a control, what stands in it at first, and its unit. */
interface Control {
  token: string;
  label: string;
  kind: 'color' | 'range';
  value: string;
  unit?: string;
  min?: number;
  max?: number;
  step?: number;
}

const CONTROLS: readonly Control[] = [
  { token: 'accent', label: 'Accent', kind: 'color', value: '#1d59d1' },
  { token: 'text', label: 'Text', kind: 'color', value: '#1f2229' },
  { token: 'surface', label: 'Surface', kind: 'color', value: '#ffffff' },
  { token: 'danger', label: 'Danger', kind: 'color', value: '#b3261e' },
  { token: 'radius', label: 'Radius', kind: 'range', value: '0.5', unit: 'rem', min: 0, max: 1.5, step: 0.125 },
  { token: 'font-size', label: 'Text size', kind: 'range', value: '0.875', unit: 'rem', min: 0.75, max: 1.125, step: 0.0625 },
  { token: 'control-size', label: 'Height of controls', kind: 'range', value: '2.25', unit: 'rem', min: 1.75, max: 3, step: 0.125 },
  { token: 'card-padding', label: 'Padding of cards', kind: 'range', value: '1.5', unit: 'rem', min: 0.75, max: 2.5, step: 0.125 },
  { token: 'section-gap', label: 'Space between sections', kind: 'range', value: '2.5', unit: 'rem', min: 1, max: 4, step: 0.25 },
  { token: 'focus-width', label: 'Width of the focus ring', kind: 'range', value: '2', unit: 'px', min: 1, max: 5, step: 1 },
];

const FONTS: readonly (readonly [label: string, value: string])[] = [
  ['The page’s own', ''],
  ['System', 'system-ui, sans-serif'],
  ['Serif', 'Georgia, "Times New Roman", serif'],
  ['Monospace', 'ui-monospace, Menlo, Consolas, monospace'],
];

/**
 * Storybook's theme builder: turns tokens, shows the widgets in them, and writes the CSS that a host page takes along. Not part
 * of the package.
 */
export class ThemeBuilder extends LitElement {
  static override styles: CSSResultGroup = css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; padding: 1rem; font: 0.875rem/1.4286 system-ui, sans-serif; color: light-dark(#1f2229, #eceef2); }
    .controls { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(12rem, 100%), 1fr)); gap: 1rem; align-items: end; padding: 0; margin: 0; border: 0; }
    label { display: grid; gap: 0.25rem; }
    span { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; overflow-wrap: anywhere; }
    input, select { inline-size: 100%; min-block-size: 2rem; box-sizing: border-box; font: inherit; }
    input[type="color"] { padding: 0.125rem; }
    pre { margin: 0; padding: 1rem; border: 1px solid; border-color: color-mix(in oklab, currentColor 20%, transparent); border-radius: 0.5rem; white-space: pre-wrap; overflow-wrap: anywhere; font: 0.8125rem/1.5 ui-monospace, monospace; }
    button { justify-self: start; min-block-size: 2.25rem; padding-inline: 0.875rem; font: inherit; }
    h2 { margin: 0; font-size: 1rem; }
    .out { display: grid; gap: 0.75rem; }
    @media (pointer: coarse) { input, select, button { min-block-size: 2.75rem; } }
  `;

  static override properties: PropertyDeclarations = { values: { state: true }, font: { state: true }, copied: { state: true } };

  private values: Readonly<Record<string, string>> = {};
  private font = '';
  private copied = false;

  override updated(): void {
    for (const { token } of CONTROLS) this.#put(token, this.values[token]);
    this.#put('font', this.font === '' ? undefined : this.font);
  }

  override render(): TemplateResult {
    return html`
      <fieldset class="controls" @input=${this.#turned}>
        ${CONTROLS.map(({ token, label, kind, value, unit = '', min, max, step }) => {
          const now = this.values[token]?.replace(unit, '') ?? value;
          return html`<label><span>${label}${kind === 'range' ? html`<output>${now}${unit}</output>` : nothing}</span><input type=${kind} name=${token} min=${min ?? nothing} max=${max ?? nothing} step=${step ?? nothing} .value=${now} /></label>`;
        })}
        <label><span>Font</span><select name="font">${FONTS.map(([label, value]) => html`<option value=${value} ?selected=${value === this.font}>${label}</option>`)}</select></label>
      </fieldset>
      <slot></slot>
      <div class="out">
        <h2>The CSS of this theme</h2>
        <pre tabindex="0" role="region" aria-label="The CSS of this theme">${this.css}</pre>
        <button type="button" @click=${this.#copy}>${this.copied ? 'Copied' : 'Copy CSS'}</button>
      </div>`;
  }

  /** What a page writes to get this: only what differs from the defaults. */
  get css(): string {
    const lines = CONTROLS.flatMap(({ token, value, unit = '' }) => {
      const now = this.values[token];
      return now === undefined || now === value + unit ? [] : [`  --uf-${token}: ${now};`];
    });
    if (this.font !== '') lines.push(`  --uf-font: ${this.font};`);
    return lines.length === 0 ? '/* Nothing differs from the defaults yet. */' : ['uf-provider {', ...lines, '}'].join('\n');
  }

  #put(token: string, value: string | undefined): void {
    if (value === undefined) this.style.removeProperty(`--uf-${token}`);
    else this.style.setProperty(`--uf-${token}`, value);
  }

  readonly #turned = (event: Event): void => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    this.copied = false;
    if (field.name === 'font') this.font = field.value;
    else this.values = { ...this.values, [field.name]: field.value + (CONTROLS.find(({ token }) => token === field.name)?.unit ?? '') };
  };

  readonly #copy = (): void => {
    navigator.clipboard.writeText(this.css).then(
      () => { this.copied = true; },
      // A frame without that permission: the text stands there to be selected.
      () => { this.copied = false; },
    );
  };
}

/** Registers the tag, once. */
export function defineThemeBuilder(): void {
  if (!customElements.get('theme-builder')) customElements.define('theme-builder', ThemeBuilder);
}
