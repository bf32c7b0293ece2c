import { html, type TemplateResult } from 'lit';
import { eye, eyeOff } from './more-icons.js';
import { field, iconButton, type Content, type FieldOptions } from './templates.js';

/** Parts of forms that load late: not in every first view. */

/** A password with show and hide. */
export function passwordField(options: FieldOptions & { shown: boolean; toggle: () => void; toggleLabel: string }): TemplateResult {
  const { shown, toggle, toggleLabel } = options;
  return field({
    ...options,
    type: shown ? 'text' : 'password',
    ltr: true,
    affix: iconButton(toggleLabel, shown ? eyeOff : eye, toggle, { pressed: shown }),
  });
}

/** Tells a password manager whose password it is, beside the password's field: seen and heard by nobody else. */
export function username(email: string | undefined): TemplateResult {
  return html`<input class="vh" type="text" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${email ?? ''} />`;
}

export function checkbox(options: { id: string; name: string; label: Content; checked: boolean }): TemplateResult {
  return html`<label class="check"><input type="checkbox" id=${options.id} name=${options.name} .checked=${options.checked} /><span>${options.label}</span></label>`;
}
