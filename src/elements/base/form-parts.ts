import { html, nothing, type TemplateResult } from 'lit';
import type { FormController, FieldValue } from '../../lit/form-controller.js';
import { circleAlert, circleCheck, circleInfo, dot, offline } from '../../ui/icons.js';
import { button, status } from '../../ui/templates.js';
import { errorText, type CommonTexts } from './texts.js';

/**
 * The foot of a form: the button that saves, Discard while something is unsaved, and the words beside them.
 * @param section the section's title, which makes names unique on the page: "Discard, Your details"
 * @param context the same for the label, where other sections have a button of that label
 */
export function formFoot<Values extends Record<string, FieldValue>>(t: CommonTexts, form: FormController<Values>, section: string, label: string, context?: string): TemplateResult {
  const { status: state, error, busy, dirty } = form;
  return html`<div class="card-foot">
    ${button({ id: form.fieldId('save'), label, context, look: 'primary', submit: true, busy, press: form.press })}
    ${dirty && !busy ? button({ label: t('discard'), context: section, look: 'quiet', press: form.revert }) : nothing}
    ${words()}
  </div>`;

  function words(): unknown {
    if (form.conflict || busy) return nothing;
    if (form.waiting) return status('', circleInfo, t('waiting'));
    if (state === 'failed' && error) return status('bad', error.kind === 'offline' ? offline : circleAlert, errorText(t, error, true));
    if (dirty) return status('warn', dot, t('unsaved'));
    if (state === 'saved') return status('ok', circleCheck, t('saved'));
    if (state === 'unchanged') return status('', circleInfo, t('unchanged'));
    return nothing;
  }
}
