import { css, html } from 'lit';
import { problems } from '../../locales/en/problems.js';
import { circleAlert } from '../../ui/icons.js';
import { notice } from '../../ui/templates.js';
import type { SettingsElement } from './settings-element.js';

const styles = css`
  .links { display: grid; gap: var(--_u); padding-block-start: var(--_u); }
`;

/** A field in which something is wrong. */
export interface ProblemField {
  id: string;
  label: string;
  problem: string | undefined;
  /** Takes the person to the field. */
  go: () => void;
}

/** Above a form with many problems: what they are, each a way to its field. Loaded when there are that many. */
export class ProblemSummary {
  readonly #t;

  constructor(host: SettingsElement) {
    this.#t = host.locale.texts('problems', problems);
    host.wear(styles);
  }

  render(fields: readonly ProblemField[]): unknown {
    return notice({
      tone: 'failure',
      icon: circleAlert,
      title: this.#t('title', { count: fields.length }),
      actions: html`<ul class="links">${fields.map(({ id, label, problem, go }) => html`<li><a href="#${id}" @click=${(event: Event) => {
        event.preventDefault();
        go();
      }}>${label}</a>: ${problem}</li>`)}</ul>`,
    });
  }
}
