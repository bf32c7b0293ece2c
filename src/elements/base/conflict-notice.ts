import { css, html, nothing } from 'lit';
import type { FieldValue, FormController } from '../../lit/form-controller.js';
import { conflict } from '../../locales/en/conflict.js';
import { warning } from '../../ui/list-icons.js';
import { button, notice } from '../../ui/templates.js';
import type { SettingsElement } from './settings-element.js';

const styles = css`
  .facts { display: grid; gap: calc(var(--_u) * 4); }
  .facts dt { font-size: var(--_small); line-height: 1.25rem; color: var(--_text-muted); }
  .facts dd { overflow-wrap: anywhere; }
  .compare { display: grid; flex: 1 1 100%; grid-template-columns: repeat(auto-fit, minmax(min(10rem, 100%), 1fr)); gap: calc(var(--_u) * 5) calc(var(--_u) * 6); padding-block-end: var(--_u); }
  .compare > div { display: grid; gap: calc(var(--_u) * 2); justify-items: start; align-content: start; }
  .compare .facts { gap: calc(var(--_u) * 2); }
  .compare .button { margin-block-start: var(--_u); }
`;

export interface ConflictOptions<Values> {
  /** The labels of the fields that may differ. */
  labels: { readonly [Name in keyof Values]?: string };
  /** A value as people read it. */
  show?: (name: keyof Values, value: FieldValue) => unknown;
}

/** Another session saved first: both values, and which one shall stand. Loaded when that happens. */
export class ConflictNotice {
  readonly #t;

  constructor(host: SettingsElement) {
    this.#t = host.locale.texts('conflict', conflict);
    host.wear(styles);
  }

  render<Values extends Record<string, FieldValue>>(form: FormController<Values>, { labels, show = (_name, value) => value }: ConflictOptions<Values>): unknown {
    const t = this.#t;
    const theirs = form.options.saved();
    const mine = form.values;
    if (!mine || !theirs) return nothing;
    const differing = Object.keys(labels).filter((name) => mine[name] !== theirs[name]);
    const side = (title: string, values: Values, label: string, press: () => void): unknown => html`<div>
      <p class="h3">${title}</p>
      <dl class="facts">${differing.map((name) => html`<div><dt>${labels[name]}</dt><dd><bdi>${show(name, values[name] ?? '')}</bdi></dd></div>`)}</dl>
      ${button({ label, little: true, press })}
    </div>`;
    return notice({
      tone: 'warning',
      icon: warning,
      id: form.fieldId('conflict'),
      title: t('title'),
      actions: html`<div class="compare">
        ${side(t('yours'), mine, t('keepMine'), () => void form.keepMine())}
        ${side(t('theirs'), theirs, t('takeTheirs'), form.revert)}
      </div>`,
    });
  }
}
