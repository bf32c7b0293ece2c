import { css, html, nothing } from 'lit';
import type { SettingsError } from '../../contract/index.js';
import { bulk } from '../../locales/en/bulk.js';
import { download, writeCsv } from '../../ui/csv.js';
import { circleAlert, circleCheck, circleInfo, icon } from '../../ui/icons.js';
import { button, errorLine } from '../../ui/templates.js';
import type { BulkRun } from './bulk-run.js';
import type { SettingsElement } from './settings-element.js';
import { errorText } from './texts.js';

const styles = css`
  .bulk { display: grid; gap: calc(var(--_u) * 2); }
  .sums { display: grid; gap: var(--_u); border-radius: 2px; }
  .sums > li { display: flex; gap: calc(var(--_u) * 2); align-items: start; }
  :is(.sums, .results) .i { display: block; margin-block-start: 0.125rem; }
  .results { inline-size: 100%; border-collapse: collapse; font-size: var(--_small); line-height: 1.25rem; }
  .results :is(th, td) { padding-block: calc(var(--_u) * 1.5); padding-inline: 0 calc(var(--_u) * 3); border-block-start: 1px solid var(--_border); text-align: start; vertical-align: top; font-weight: inherit; overflow-wrap: anywhere; }
  .results thead th { border: 0; font-weight: 500; color: var(--_text-muted); }
  .results td > span { display: flex; gap: calc(var(--_u) * 1.5); }
  .results tbody th { inline-size: 50%; }
  .results tbody th > .muted { display: block; }
  .bulk-pages { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 2); }
  .bulk-pages > p { flex: 1; }
`;

/** Rows of results on one page. */
const PAGE = 50;
const ICONS = { ok: circleCheck, warn: circleInfo, bad: circleAlert } as const;
const RANKS = { bad: 0, warn: 1, ok: 2 } as const;

/** How an outcome is told. */
export interface OutcomeWords {
  tone: keyof typeof ICONS;
  /** Of one. */
  one: string;
  /** Of so many. */
  many: (count: number) => string;
}

export interface BulkViewOptions<Item> {
  /** Prefix of ids. */
  id: string;
  run: BulkRun<Item>;
  /** What is under way: "Sending invitations". */
  label: string;
  /** What tells one from the others, in the list. */
  show: (item: Item) => unknown;
  outcome: (outcome: string) => OutcomeWords;
  /** The heading of the list's first column. */
  what?: string;
  /** A row of the file, without the result; the first row is the headings. */
  file: { name: string; headings: readonly string[]; cells: (item: Item) => readonly string[] };
  done: () => void;
}

/** Something done to many, in a dialog: how far it is and a way to stop it, then what became of each, and a second try for what failed. */
export class BulkView<Item> {
  readonly #host: SettingsElement;
  readonly #options: BulkViewOptions<Item>;
  readonly #t;
  #page = 0;
  /** Quarters that were said. */
  #said = 0;
  #saidStopping = false;

  constructor(host: SettingsElement, options: BulkViewOptions<Item>) {
    this.#host = host;
    this.#options = options;
    this.#t = host.locale.texts('bulk', bulk);
    host.wear(styles);
  }

  /** Begins, or goes on. */
  async run(): Promise<void> {
    const { run, id } = this.#options;
    this.#page = 0;
    this.#said = 0;
    this.#saidStopping = false;
    const over = run.run();
    this.#host.requestUpdate();
    void this.#host.focusOn(`${id}-stop`);
    await over;
    if (!this.#host.isConnected) return;
    const { error } = run;
    this.#host.announce([...this.#sums().map(({ text }) => text), error && error.kind !== 'aborted' ? errorText(this.#host.common, error, false) : ''].filter(Boolean).join('. '));
    this.#host.requestUpdate();
    await this.#host.focusOn(`${id}-results`);
  }

  /** For the run's `changed`. */
  readonly changed = (): void => {
    const { run, label } = this.#options;
    if (run.state !== 'over' && run.stopping && !this.#saidStopping) {
      this.#saidStopping = true;
      this.#host.announce(this.#t('stopping'));
    }
    const quarter = Math.floor((run.tried / Math.max(1, run.items.length)) * 4);
    if (run.state === 'waiting' && this.#said >= 0) {
      this.#said = -1;
      this.#host.announce(this.#t('waiting', { count: run.seconds }));
    } else if (run.state === 'running' && quarter > this.#said && quarter < 4) {
      this.#said = quarter;
      this.#host.announce(`${label}: ${this.#progress()}`);
    }
    this.#host.requestUpdate();
  };

  /** For the dialog that it stands in. */
  get title(): string {
    const { run, label } = this.#options;
    return run.state === 'over' ? this.#t('results') : label;
  }

  render(): unknown {
    return this.#options.run.state === 'over' ? this.#results() : this.#running();
  }

  #progress(): string {
    const { run } = this.#options;
    return this.#t('progress', { done: run.tried, count: run.items.length });
  }

  #running(): unknown {
    const t = this.#t;
    const { run, id, label } = this.#options;
    return html`<div class="dialog-body">
        <div class="bulk">
          <progress aria-label=${label} max=${run.items.length} .value=${run.tried}></progress>
          <p class="small muted"><bdi>${this.#progress()}</bdi></p>
          ${run.stopping ? html`<p class="small">${t('stopping')}</p>` : run.state === 'waiting' ? html`<p class="small">${t('waiting', { count: run.seconds })}</p>` : nothing}
        </div>
      </div>
      <div class="dialog-foot">${button({ id: `${id}-stop`, label: t('stop'), disabled: run.stopping, press: () => { run.stop(); } })}</div>`;
  }

  /** How many there are of each outcome, what needs a look first. */
  #sums(): { outcome: string; tone: keyof typeof ICONS; text: string }[] {
    const { run, outcome: words } = this.#options;
    const counts = new Map<string, number>();
    for (const item of run.items) {
      const outcome = run.outcomeOf(item) ?? '';
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    return [...counts]
      .map(([outcome, count]) => {
        if (outcome === '') return { outcome, tone: 'bad' as const, text: this.#t('untriedMany', { count }) };
        const { tone, many } = words(outcome);
        return { outcome, tone, text: many(count) };
      })
      .sort((left, right) => RANKS[left.tone] - RANKS[right.tone]);
  }

  #results(): unknown {
    const t = this.#t;
    const { run, id } = this.#options;
    const { error } = run;
    const again = run.left;
    const onlyFailed = run.failed.length === again;
    return html`<div class="dialog-body">
        <ul class="sums" id="${id}-results" tabindex="-1" aria-label=${t('results')}>${this.#sums().map(({ tone, text }) => html`<li><span class=${tone}>${icon(ICONS[tone])}</span><span>${text}</span></li>`)}</ul>
        ${error && error.kind !== 'aborted' ? errorLine(errorText(this.#host.common, error, false)) : nothing}
        ${this.#table()}
      </div>
      <div class="dialog-foot">
        <span class="at-start">${button({ label: t('export'), look: 'quiet', press: () => { this.#export(); } })}</span>
        ${again > 0 ? button({ label: onlyFailed ? t('retry') : t('goOn', { count: again }), press: () => void this.run() }) : nothing}
        ${button({ label: t('done'), look: 'primary', press: this.#options.done })}
      </div>`;
  }

  #table(): unknown {
    const t = this.#t;
    const { run, show, what } = this.#options;
    const rank = (item: Item): number => RANKS[this.#wordsOf(item).tone];
    const sorted = [...run.items].sort((left, right) => rank(left) - rank(right));
    const from = this.#page * PAGE;
    const rows = sorted.slice(from, from + PAGE);
    const turn = (by: number) => () => {
      this.#page += by;
      this.#host.requestUpdate();
    };
    return html`<div>
      <table class="results">
        <caption class="vh">${t('results')}</caption>
        <thead><tr><th scope="col">${what ?? t('what')}</th><th scope="col">${t('result')}</th></tr></thead>
        <tbody>${rows.map((item) => {
          const { tone, text } = this.#wordsOf(item);
          return html`<tr><th scope="row">${show(item)}</th><td><span><span class=${tone}>${icon(ICONS[tone])}</span><span>${text}</span></span></td></tr>`;
        })}</tbody>
      </table>
      ${sorted.length > PAGE
        ? html`<div class="bulk-pages">
            <p class="small muted"><bdi>${t('range', { from: from + 1, to: from + rows.length, count: sorted.length })}</bdi></p>
            ${button({ label: t('previous'), context: t('results'), little: true, disabled: this.#page === 0, press: turn(-1) })}
            ${button({ label: t('next'), context: t('results'), little: true, disabled: from + PAGE >= sorted.length, press: turn(1) })}
          </div>`
        : nothing}
    </div>`;
  }

  #wordsOf(item: Item): { tone: keyof typeof ICONS; text: string } {
    const { run, outcome: words } = this.#options;
    const outcome = run.outcomeOf(item);
    if (outcome === undefined) return { tone: 'bad', text: this.#t('untried') };
    const { tone, one } = words(outcome);
    const error = run.errorOf(item);
    return { tone, text: error ? `${one}. ${this.#why(error)}` : one };
  }

  #why(error: SettingsError): string {
    return errorText(this.#host.common, error, false);
  }

  #export(): void {
    const { run, file } = this.#options;
    download(file.name, writeCsv([[...file.headings, this.#t('result')], ...run.items.map((item) => [...file.cells(item), this.#wordsOf(item).text])]));
  }
}
