import { nothing } from 'lit';
import type { FormController, FieldValue } from '../../lit/form-controller.js';
import { circleAlert, circleCheck, circleInfo, dot, offline } from '../../ui/icons.js';
import { button, status } from '../../ui/templates.js';
import { errorText, type CommonTexts } from './texts.js';

/** The words beside a form's button, and Discard while something is unsaved. */
export function formStatus<Values extends Record<string, FieldValue>>(t: CommonTexts, form: FormController<Values>, context: string): unknown {
  const { status: state, error } = form;
  const discard = form.dirty && !form.busy ? button({ label: t('discard'), context, look: 'quiet', press: form.revert }) : nothing;
  return [discard, words()];

  function words(): unknown {
    if (state === 'failed' && error && !form.conflict) return status('bad', error.kind === 'offline' ? offline : circleAlert, errorText(t, error));
    if (form.conflict || form.busy) return nothing;
    if (form.dirty) return status('warn', dot, t('unsaved'));
    if (state === 'saved') return status('ok', circleCheck, t('saved'));
    if (state === 'unchanged') return status('', circleInfo, t('unchanged'));
    return nothing;
  }
}
