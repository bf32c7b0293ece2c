import { css, html, nothing } from 'lit';
import { SettingsError, type Event as AccountEvent } from '../../contract/index.js';
import { auditLog } from '../../locales/en/audit-log.js';
import { auditExport } from '../../locales/en/audit-export.js';
import { circleAlert, circleCheck, icon, lock } from '../../ui/icons.js';
import { clock, search } from '../../ui/list-icons.js';
import { button, empty, errorLine, heading, initials, notice, skeleton } from '../../ui/templates.js';
import { EventPages } from '../base/event-pages.js';
import { EventWords } from '../base/event-words.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';
import { teamStyles } from '../team/team-styles.js';
import { AuditFilters } from './audit-filters.js';

const SKELETON_ROWS = 6;
const FACTS = ['action', 'when', 'where', 'result'] as const;

const styles = css`
  .audit-foot { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 3); padding: calc(var(--_u) * 3) calc(var(--_u) * 5); }
  .audit-foot:empty { display: none; }
  .audit-table .fact > span { min-inline-size: 0; overflow-wrap: break-word; }
  .audit-table .fact :is(.small, bdi) { overflow-wrap: anywhere; }
  .table.audit-table tr > :last-child { text-align: start; }
  .export { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_u) * 3); }
  @container uf (min-width: 46rem) {
    .audit-table .person-cell { inline-size: 28%; }
    /* The day in one line, the time below it. */
    .audit-table time { display: inline-block; min-inline-size: 6rem; }
  }
  @container uf (max-width: 45.99rem) {
    .audit-table.table tbody tr > .fact { grid-template-columns: minmax(4rem, auto) minmax(0, 1fr); }
    .audit-table .fact > span { overflow-wrap: anywhere; }
  }
`;

/** "Audit log": the organisation's events in one table; narrowing and paging are the backend's. */
export class AuditSection extends Section {
  readonly #t = this.host.locale.texts('auditLog', auditLog);
  readonly #exportText = this.host.locale.texts('auditExport', auditExport);
  readonly #words = new EventWords(this.host);
  readonly #filters = new AuditFilters(this.host, this.#words, () => { this.#filter(); });
  readonly #pages = new EventPages(this.host, {
    id: 'audit-event',
    read: (cursor, signal) => {
      const { client } = this.host;
      if (!client) return Promise.reject(new SettingsError('aborted'));
      return client.read('audit.list', { limit: this.host.auth.data?.policy.pageSize ?? 25, ...this.#filters.query, ...(cursor !== undefined && { cursor }) }, signal);
    },
    failed: this.host.failedRead('audit.list'),
  });
  readonly #export = new Lazy(async () => new (await import('./audit-export.js')).AuditExport(this.host, this.#words));
  #failure: SettingsError | undefined;

  constructor(host: SettingsElement) {
    super(host);
    host.wear([teamStyles, styles]);
  }

  override reset(): void {
    this.#pages.reset();
    this.#filters.clear();
    this.#export.part?.cancel();
    this.#failure = undefined;
  }

  override conceal(): void {
    this.#export.part?.cancel();
  }

  override render(): unknown {
    const t = this.#t;
    const { host } = this;
    const may = host.can('audit.list');
    if (may) this.#pages.begin();
    const { items, error, loading } = this.#pages;
    const organisation = host.auth.data?.organisation?.name;
    return html`<section class="section full" part="section" aria-labelledby="audit-title">
      <div class="head-row">
        <div class="head">
          ${heading(host.headingLevel, 'audit-title', 'h2', t('title'))}
          <p>${organisation === undefined ? t('bodyPlain') : t.rich('body', { organisation: html`<bdi>${organisation}</bdi>` })}</p>
        </div>
        ${may ? this.#exporting() : nothing}
      </div>
      ${this.#failure ? errorLine(errorText(host.common, this.#failure)) : nothing}
      ${may
        ? [this.#filters.render(), error && !items ? host.loadError(t('what'), error, () => void this.#pages.load(), loading) : this.#list(items)]
        : notice({ icon: lock, body: t('noAccess') })}
    </section>`;
  }

  #list(items: readonly AccountEvent[] | undefined): unknown {
    const t = this.#t;
    const { error, loading } = this.#pages;
    if (items?.length === 0) {
      return this.#filters.active
        ? empty({ icon: search, title: t('noMatchTitle'), body: t('noMatchBody'), action: this.#filters.clearButton(t('noMatchTitle')) })
        : empty({ icon: clock, title: t('noneTitle'), body: t('noneBody') });
    }
    return html`<div class="card" part="card">
      <table class="table audit-table" role="table" part="table" aria-busy=${loading ? 'true' : 'false'} aria-rowcount="-1">
        <caption class="vh">${t('caption')}</caption>
        <thead role="rowgroup"><tr role="row" aria-rowindex="1"><th role="columnheader" scope="col">${t('person')}</th>${FACTS.map((fact) => html`<th role="columnheader" scope="col">${t(fact)}</th>`)}</tr></thead>
        <tbody role="rowgroup">${items ? items.map((event, index) => this.#row(event, index)) : Array.from({ length: SKELETON_ROWS }, () => this.#skeletonRow())}</tbody>
      </table>
      <div class="audit-foot">${this.#pages.more(t('title'))}${error && items ? errorLine(errorText(this.host.common, error)) : nothing}</div>
    </div>`;
  }

  #row(event: AccountEvent, index: number): unknown {
    const t = this.#t;
    const words = this.#words;
    const { result } = event;
    const [tone, sign] = result === 'ok' ? (['ok', circleCheck] as const) : result === 'step-up-required' ? (['warn', clock] as const) : (['bad', circleAlert] as const);
    const actor = words.actor(event);
    return html`<tr role="row" id="audit-event-${index}" tabindex="-1" aria-rowindex=${index + 2}>
      <th role="rowheader" scope="row" class="person-cell"><div class="person">
        <span class="avatar ${event.actor?.name ? '' : 'invited'}" aria-hidden="true">${event.actor?.name ? initials(event.actor.name) : nothing}</span>
        <div>
          <div class="name"><bdi>${actor}</bdi></div>
          <div class="small muted">${words.device(event.userAgent)}</div>
        </div>
      </div></th>
      <td role="cell" class="fact" data-label=${t('action')}><span>${words.action(event.action)}${event.targets.length > 0 ? html`<br /><span class="small muted">${words.targets(event)}</span>` : nothing}</span></td>
      <td role="cell" class="fact" data-label=${t('when')}><span><time datetime=${event.at}>${words.moment(event.at)}</time></span></td>
      <td role="cell" class="fact" data-label=${t('where')}><span>${event.address === null ? '–' : html`<bdi dir="ltr">${event.address}</bdi>`}</span></td>
      <td role="cell" class="fact" data-label=${t('result')}><span class="chip ${tone}">${icon(sign)}<span>${words.result(result)}</span></span></td>
    </tr>`;
  }

  #skeletonRow(): unknown {
    return html`<tr role="row">
      <td role="cell" class="person-cell"><div class="person"><span class="avatar skeleton"></span><div>${skeleton()}${skeleton()}</div></div></td>
      ${FACTS.map((fact) => html`<td role="cell" class="fact" data-label=${this.#t(fact)}>${skeleton()}</td>`)}
    </tr>`;
  }

  #exporting(): unknown {
    const { part } = this.#export;
    const idle = !this.#pages.items || this.#pages.items.length === 0 || this.#filters.wrong;
    return part?.running
      ? part.render()
      : button({ id: 'audit-export', label: this.#exportText('export'), context: this.#t('title'), disabled: idle, press: () => void this.#begin() });
  }

  #filter(): void {
    this.#failure = undefined;
    if (this.#filters.wrong) this.host.announce(this.#t('wrongSpan'));
    else void this.#pages.load(true);
    this.host.requestUpdate();
  }

  async #begin(): Promise<void> {
    this.#failure = undefined;
    try {
      await (await this.#export.get()).run(this.#filters.query);
    } catch (thrown) {
      this.#failure = this.host.failure(thrown);
    }
    this.host.requestUpdate();
    await this.host.focusOn('audit-export');
  }
}
