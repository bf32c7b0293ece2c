import { html, nothing } from 'lit';
import type { FormController, FieldValue } from '../../lit/form-controller.js';
import { circleAlert, circleCheck, circleInfo, dot, offline, warning } from '../../ui/icons.js';
import { button, notice, status } from '../../ui/templates.js';
import { errorText, type CommonTexts } from './texts.js';

/** The words beside a form's button, and Discard while something is unsaved. */
export function formStatus<Values extends Record<string, FieldValue>>(t: CommonTexts, form: FormController<Values>, context: string): unknown {
  const { status: state, error } = form;
  const discard = form.dirty && !form.busy ? button({ label: t('discard'), context, look: 'quiet', press: form.discard }) : nothing;
  return [discard, words()];

  function words(): unknown {
    if (state === 'failed' && error && !form.conflict) return status('bad', error.kind === 'offline' ? offline : circleAlert, errorText(t, error));
    if (form.conflict) return nothing;
    if (form.dirty) return status('warn', dot, t('unsaved'));
    if (state === 'saved') return status('ok', circleCheck, t('saved'));
    if (state === 'unchanged') return status('', circleInfo, t('unchanged'));
    return nothing;
  }
}

/** Another session saved first: both values, and which one shall stand. */
export function conflictNotice<Values extends Record<string, FieldValue>>(
  t: CommonTexts,
  form: FormController<Values>,
  labels: { readonly [Name in keyof Values]?: string },
  show: (name: keyof Values & string, value: Values[keyof Values]) => unknown = (_name, value) => value,
): unknown {
  const theirs = form.options.saved();
  const { values: mine, conflict } = form;
  if (!conflict || !mine || !theirs) return nothing;
  const differing = Object.keys(labels).filter((name) => mine[name] !== theirs[name]) as (keyof Values & string)[];
  const side = (title: string, values: Values, label: string, press: () => void): unknown => html`<div>
    <dl class="facts">${differing.map((name) => html`<div><dt>${title}, ${labels[name]}</dt><dd>${show(name, values[name])}</dd></div>`)}</dl>
    ${button({ label, little: true, press })}
  </div>`;
  return notice({
    tone: 'warning',
    icon: warning,
    id: `${form.options.id}-conflict`,
    title: t('conflictTitle'),
    actions: html`<div class="compare">
      ${side(t('yours'), mine, t('keepMine'), form.keepMine)}
      ${side(t('theirs'), theirs, t('takeTheirs'), form.discard)}
    </div>`,
  });
}
