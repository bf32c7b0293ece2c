import { css, html, nothing } from 'lit';
import type { SettingsError, TeamRow } from '../../contract/index.js';
import { teamSelection } from '../../locales/en/team-selection.js';
import { icon, lock } from '../../ui/icons.js';
import { button, errorLine } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import { Selection } from '../base/selection.js';
import { errorText } from '../base/texts.js';
import type { TeamSection } from './team-section.js';

/** What can be done with many rows, in the order in which it is offered. */
export const BULK_ACTIONS = ['resend', 'changeRole', 'revoke', 'remove'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];
const OPERATIONS = { resend: 'team.resend', changeRole: 'team.changeRole', revoke: 'team.revoke', remove: 'team.remove' } as const;
/** Of more rows than these nobody picks all: each takes a call of its own. */
const MOST = 1000;
/** Rows of one read. */
const READ = 100;

/** While one scrolls through a long page, what can be done stays in sight; where there is little room, the rows are worth more. */
const styles = css`
  .picking.team { padding-block: calc(var(--_u) * 2); padding-inline: calc(var(--_u) * 5) calc(var(--_u) * 3); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_surface); }
  @container uf (min-width: 46rem) {
    .picking.team { position: sticky; inset-block-start: 0; z-index: 1; }
    .picking.team ~ .card :is(input, button) { scroll-margin-block: 6rem 0; }
  }
`;

/** Owners, and whoever is asking, are never changed along with others: too much hangs on each. */
const isApart = ({ role, self }: TeamRow): boolean => self || role === 'owner';

/** Several rows of the team, to do something with all of them; they stay picked while one turns pages and searches. */
export class TeamSelection extends Section {
  readonly #list: TeamSection;
  readonly #t = this.host.locale.texts('teamSelection', teamSelection);
  readonly #selection = new Selection<TeamRow>(this.host, 'team', (count) => this.#t('selected', { count }));
  readonly #bulk = new Lazy(async () => new (await import('./team-bulk.js')).TeamBulk(this.host, (done) => { this.#done(done); }));
  #active = false;
  #picking = false;
  #failure: SettingsError | undefined;

  constructor(list: TeamSection) {
    super(list.host);
    list.host.wear(styles);
    this.#list = list;
  }

  get active(): boolean {
    return this.#active;
  }

  start(): void {
    this.#active = true;
    this.host.requestUpdate();
    void this.host.focusOn('team-all');
  }

  /** A page was read, again or for the first time. */
  refresh(page: readonly TeamRow[]): void {
    this.#selection.refresh(page);
  }

  override reset(): void {
    this.#active = this.#picking = false;
    this.#failure = undefined;
    this.#selection.clear();
    this.#bulk.part?.reset();
  }

  /** The bar above the list. */
  override render(): unknown {
    if (!this.#active) return nothing;
    const t = this.#t;
    const { rows } = this.#selection;
    const { total = 0, rows: page } = this.#list;
    const actions = BULK_ACTIONS.flatMap((action) => {
      const count = this.#fit(action).length;
      return count > 0 ? [{ action, count }] : [];
    });
    return html`<div class="picking team" role="group" aria-label=${t('selected', { count: rows.length })}>
      ${this.#selection.pageBox(page.filter((row) => this.#mayAny(row)), t('all'))}
      ${total > page.length && total <= MOST ? button({ label: t('allMatching', { count: total }), look: 'quiet', little: true, busy: this.#picking, press: () => void this.#pickAll() }) : nothing}
      <p class="small muted">${t('selected', { count: rows.length })}</p>
      ${actions.map(({ action, count }) => button({ id: `team-bulk-${action}`, label: t(action, { count }), look: action === 'revoke' || action === 'remove' ? 'danger' : '', little: true, press: () => void this.#ask(action) }))}
      ${button({ label: t('stop'), look: 'quiet', little: true, press: () => { this.#stop(); } })}
      ${rows.length > 0 && actions.length === 0 ? html`<p class="small note">${t('nothing')}</p>` : nothing}
      ${page.some(isApart) ? html`<p class="small muted note">${t('oneByOne')}</p>` : nothing}
      ${total > MOST ? html`<p class="small muted note">${t('tooMany', { count: MOST })}</p>` : nothing}
      ${this.#failure ? errorLine(errorText(this.host.common, this.#failure, false)) : nothing}
    </div>`;
  }

  override renderDialogs(): unknown {
    return this.#bulk.part?.renderDialogs();
  }

  /** The box at the start of a row, or why there is none; undefined while nobody selects. */
  box(row: TeamRow): unknown {
    if (!this.#active) return undefined;
    const t = this.#t;
    if (this.#mayAny(row)) return this.#selection.box(row, t('pick', { name: row.name === null ? row.email : `${row.name}, ${row.email}` }));
    const why = t(row.self ? 'lockedSelf' : isApart(row) ? 'lockedOwner' : 'locked');
    return html`<span class="pick off" role="img" aria-label=${why} title=${why}>${icon(lock)}</span>`;
  }

  #may(action: BulkAction, row: TeamRow): boolean {
    return !isApart(row) && row.can[action] && this.host.can(OPERATIONS[action]);
  }

  #mayAny(row: TeamRow): boolean {
    return BULK_ACTIONS.some((action) => this.#may(action, row));
  }

  #fit(action: BulkAction): readonly TeamRow[] {
    return this.#selection.rows.filter((row) => this.#may(action, row));
  }

  async #ask(action: BulkAction): Promise<void> {
    const rows = this.#fit(action);
    this.#failure = undefined;
    try {
      (await this.#bulk.get()).ask(action, rows, this.#selection.rows.filter((row) => !rows.includes(row)));
    } catch (thrown) {
      this.#failure = this.host.failure(thrown);
      this.host.requestUpdate();
    }
  }

  /** Everybody whom the search finds, on all pages. */
  async #pickAll(): Promise<void> {
    const { client } = this.host;
    if (!client || this.#picking) return;
    this.#picking = true;
    this.#failure = undefined;
    this.host.requestUpdate();
    const { query } = this.#list;
    try {
      let cursor: string | null | undefined;
      do {
        const page = await client.read('team.list', { ...query, limit: READ, ...(cursor && { cursor }) });
        if (!this.#active) return;
        this.#selection.add(page.items.filter((row) => this.#mayAny(row)));
        cursor = page.nextCursor;
      } while (cursor);
      this.host.announce(this.#t('selected', { count: this.#selection.rows.length }));
    } catch (thrown) {
      this.#failure = this.host.failure(thrown);
    } finally {
      this.#picking = false;
      this.host.requestUpdate();
    }
  }

  /** @param done with which there is nothing more to do */
  #done(done: readonly TeamRow[]): void {
    this.#selection.drop(done);
    if (this.#selection.rows.length === 0) this.#stop();
    else void this.host.focusOn('team-all');
  }

  #stop(): void {
    this.#active = false;
    this.#selection.clear();
    void this.host.focusOn('team-select');
  }
}
