import { html, nothing, type TemplateResult } from 'lit';
import { circleAlert, icon, spinnerIcon } from './icons.js';

/** Template functions: all texts and handlers come in, nothing is looked up here. One shadow root holds them all. */

export type Content = unknown;

/** A heading of the level that the page's outline needs. */
export function heading(level: number, id: string, look: 'h2' | 'h3', text: Content): TemplateResult {
  switch (Math.trunc(level)) {
    case 1: return html`<h1 id=${id} class=${look} part="heading" tabindex="-1">${text}</h1>`;
    case 2: return html`<h2 id=${id} class=${look} part="heading" tabindex="-1">${text}</h2>`;
    case 3: return html`<h3 id=${id} class=${look} part="heading" tabindex="-1">${text}</h3>`;
    case 4: return html`<h4 id=${id} class=${look} part="heading" tabindex="-1">${text}</h4>`;
    case 5: return html`<h5 id=${id} class=${look} part="heading" tabindex="-1">${text}</h5>`;
    default: return html`<h6 id=${id} class=${look} part="heading" tabindex="-1">${text}</h6>`;
  }
}

export interface ButtonOptions {
  label: string;
  /** Said but not shown, so that names are unique on the page: "Save details, Your details". */
  context?: string | undefined;
  look?: 'primary' | 'danger' | 'destructive' | 'quiet' | '';
  little?: boolean;
  icon?: string | undefined;
  submit?: boolean;
  /** Focused when its dialog opens. */
  autofocus?: boolean;
  busy?: boolean;
  disabled?: boolean;
  /** It opens and closes what stands behind it. */
  expanded?: boolean | undefined;
  id?: string | undefined;
  press?: ((event: Event) => void) | undefined;
}

/** A state that is said only where there is one. */
const flag = (on: boolean | undefined): 'true' | 'false' | typeof nothing => (on === undefined ? nothing : on ? 'true' : 'false');

/** Never disabled for the browser: a button that cannot do its work keeps its focus and its name. */
export function button(options: ButtonOptions): TemplateResult {
  const { label, context, look = '', little, icon: path, submit, autofocus, busy = false, disabled = false, expanded, id, press } = options;
  const idle = !busy && !disabled;
  return html`<button
    id=${id ?? nothing}
    class="button ${look} ${little ? 'little' : ''} ${disabled ? 'off' : ''}"
    part="button ${look === 'primary' ? 'primary-button' : ''}"
    type=${submit ? 'submit' : 'button'}
    ?autofocus=${autofocus}
    aria-expanded=${flag(expanded)}
    aria-label=${context ? `${label}, ${context}` : nothing}
    aria-disabled=${idle ? nothing : 'true'}
    @click=${(event: Event) => {
      if (idle) press?.(event);
      else event.preventDefault();
    }}
  >${busy ? spinnerIcon() : path ? icon(path) : nothing}<span>${label}</span></button>`;
}

/** A button that is only an icon: the label is its name and its tooltip. `context` is said with the name only. */
export function iconButton(label: string, path: string, press: (event: Event) => void, { pressed, expanded, context, id }: { pressed?: boolean; expanded?: boolean; context?: string; id?: string } = {}): TemplateResult {
  return html`<button
    id=${id ?? nothing}
    class="button quiet icon-button"
    part="icon-button"
    type="button"
    aria-label=${context ? `${label}, ${context}` : label}
    title=${label}
    aria-pressed=${flag(pressed)}
    aria-expanded=${flag(expanded)}
    @click=${press}
  >${icon(path)}</button>`;
}

export interface FieldOptions {
  id: string;
  name: string;
  label: Content;
  value: string;
  error?: string | undefined;
  /** Under the field. */
  hint?: Content;
  /**
   * Never `email`: its `value` drops spaces and turns the domain into punycode while one types, so that what is drawn back
   * moves the cursor. `inputmode` and `autocomplete` give the keyboard and the filling in.
   */
  type?: 'text' | 'password';
  /** Never left out: browsers fill shadow inputs only by it. */
  autocomplete: AutoFill;
  inputmode?: 'numeric' | 'email' | 'url';
  code?: boolean;
  autofocus?: boolean;
  readonly?: boolean;
  spellcheck?: boolean;
  /** Drawn over the end of the field: show and hide. */
  affix?: Content;
  /** A key, an address: never turned round. */
  ltr?: boolean;
}

/** Label, input, error, hint: one root, wired by ids. */
export function field(options: FieldOptions): TemplateResult {
  const { id, name, label, value, error, hint, type = 'text', autocomplete, inputmode, code, autofocus, readonly, affix, ltr } = options;
  const described = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  const input = html`<input
    id=${id}
    name=${name}
    class="input ${code ? 'code' : ''}"
    part="input"
    type=${type}
    .value=${value}
    .autocomplete=${autocomplete}
    inputmode=${inputmode ?? nothing}
    ?autofocus=${autofocus}
    ?readonly=${readonly}
    dir=${ltr ? 'ltr' : 'auto'}
    spellcheck=${type === 'text' && !ltr && !code ? nothing : 'false'}
    autocapitalize=${type === 'text' && !ltr ? nothing : 'none'}
    aria-invalid=${error ? 'true' : nothing}
    aria-describedby=${described === '' ? nothing : described}
  />`;
  return html`<div class="field" part="field">
    <label class="label" part="label" for=${id}>${label}</label>
    ${affix ? html`<div class="affix">${input}${affix}</div>` : input}
    ${error ? errorLine(error, `${id}-error`) : nothing}
    ${hint ? html`<div class="hint" id="${id}-hint">${hint}</div>` : nothing}
  </div>`;
}

/** What went wrong, under what it concerns. */
export function errorLine(text: Content, id?: string): TemplateResult {
  return html`<p class="error" id=${id ?? nothing}>${icon(circleAlert)}<span>${text}</span></p>`;
}

export type Tone = '' | 'warning' | 'failure';

/** Something to know, beside what it concerns. */
export function notice(options: { tone?: Tone; icon: string; title?: Content; body?: Content; actions?: Content; error?: string | undefined; id?: string }): TemplateResult {
  const { tone = '', icon: path, title, body, actions, error, id } = options;
  return html`<div class="notice ${tone}" part="notice" id=${id ?? nothing} tabindex=${id ? '-1' : nothing}>
    ${icon(path)}
    <div>
      ${title ? html`<p><strong>${title}</strong></p>` : nothing}
      ${body ? html`<p>${body}</p>` : nothing}
      ${actions ? html`<div class="actions">${actions}</div>` : nothing}
      ${error ? errorLine(error) : nothing}
    </div>
  </div>`;
}

/** Words beside a button: what became of it. */
export function status(tone: '' | 'ok' | 'warn' | 'bad', path: string, text: Content): TemplateResult {
  return html`<span class="status ${tone}">${icon(path)}<span>${text}</span></span>`;
}

/** Heading and line at the start, card at the end; stacked when narrow. */
export function section(options: { id: string; level: number; title: Content; description: Content; content: Content }): TemplateResult {
  const { id, level, title, description, content } = options;
  return html`<section class="section" part="section" aria-labelledby="${id}-title">
    <div class="head">
      ${heading(level, `${id}-title`, 'h2', title)}
      <p>${description}</p>
    </div>
    ${content}
  </section>`;
}

/** A grey block in the place of a value that is on its way. */
export function skeleton(look: 'line' | 'box' = 'line'): TemplateResult {
  return html`<span class="skeleton ${look}"></span>`;
}

/** The place of a section whose file or data is on its way. */
export function skeletonSection(content: Content = skeleton('box')): TemplateResult {
  return html`<div class="section" aria-hidden="true"><div class="head">${skeleton()}</div>${content}</div>`;
}

/** The field with its real label, and a block for its value. */
export function skeletonField(label: Content, hint?: Content): TemplateResult {
  return html`<div class="field"><span class="label">${label}</span>${skeleton('box')}${hint ? html`<div class="hint">${hint}</div>` : nothing}</div>`;
}

/** Nothing there, or nobody signed in: one line, one sentence, one way on. */
export function empty(options: { icon: string; title: Content; body: Content; action?: Content; id?: string }): TemplateResult {
  const { id } = options;
  return html`<div class="card empty" part="card">
    ${icon(options.icon, true)}
    <p class="h3" id=${id ?? nothing} tabindex=${id ? '-1' : nothing}>${options.title}</p>
    <p>${options.body}</p>
    ${options.action ?? nothing}
  </div>`;
}

/** An address breaks before its @, and the domain is never cut off. */
export function address(email: string): TemplateResult {
  const at = email.lastIndexOf('@');
  return html`<bdi dir="ltr">${email.slice(0, at)}<wbr />${email.slice(at)}</bdi>`;
}

/** The first letters of the first two words, for a face or a company that has no picture. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean).slice(0, 2);
  return words.map((word) => Array.from(word)[0]?.toLocaleUpperCase() ?? '').join('');
}
