import { html, nothing } from 'lit';
import type { Output, SettingsError, TeamQuery, TeamRow } from '../../contract/index.js';
import { ResourceController } from '../../lit/resource-controller.js';
import { team } from '../../locales/en/team.js';
import { icon, lock } from '../../ui/icons.js';
import { exportIcon, filter, plus, search } from '../../ui/list-icons.js';
import { button, errorLine, heading, notice, skeleton } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';
import type { TeamActions } from './team-actions.js';
import { ROLES, STATUSES, TeamRows } from './team-rows.js';

/** Milliseconds of quiet after which what was typed is searched for. */
const PAUSE = 250;

/** What the list shows, and in what order. */
export type TeamView = Pick<TeamQuery, 'search' | 'role' | 'status' | 'mfa' | 'sort'>;

/** A row's id as part of the ids of its elements. */
const idOf = ({ id }: TeamRow): string => id.replace(/[^\w-]/g, '_');

/** "Team Members": people and invitations in one table; searching, filtering, sorting and paging are the backend's. */
export class TeamSection extends Section {
  /** The words of the list, for its parts as well: what they would import themselves would split the first view's file. */
  readonly words = this.host.locale.texts('team', team);
  readonly roles = ROLES;
  readonly statuses = STATUSES;
  readonly #rows = new TeamRows(this);
  #query: TeamView = {};
  #filtering = false;
  /** The cursors of the pages before this one; the last is this page's own. */
  #cursors: (string | undefined)[] = [undefined];
  #shown: Output<'team.list'> | undefined;
  #announceTotal = false;
  #searchTimer: ReturnType<typeof setTimeout> | undefined;
  /** What failed, and at which row; an empty id: not at one. */
  #failure: { id: string; error: SettingsError } | undefined;
  readonly #invite = new Lazy(async () => {
    const { InviteDialog } = await import('./invite-dialog.js');
    return new InviteDialog(this.host, (id) => {
      if (id !== undefined) void this.#show(id);
    });
  });
  readonly #actions = new Lazy(async () => new (await import('./team-actions.js')).TeamActions(this));
  readonly #filter = new Lazy(async () => new (await import('./team-filters.js')).TeamFilterBar(this));
  readonly selection = new Lazy(async () => new (await import('./team-selection.js')).TeamSelection(this));
  readonly #empty = new Lazy(async () => new (await import('./team-empty.js')).TeamEmpty(this));
  /** That could not be loaded: an empty table says the same. */
  #plain = false;
  readonly #export = new Lazy(async () => new (await import('./team-export.js')).TeamExport(this));
  readonly #page = new ResourceController(
    this.host,
    () => (this.host.can('team.list') ? this.host.client?.resource('team.list', this.#input()) : undefined),
    this.host.failedRead('team.list'),
  );

  override conceal(): void {
    this.#actions.part?.conceal();
  }

  override reset(): void {
    for (const { part } of [this.#invite, this.#actions, this.#export, this.selection]) part?.reset();
    this.#query = {};
    this.#filtering = false;
    this.#cursors = [undefined];
    this.#shown = undefined;
    this.#failure = undefined;
  }

  override render(): unknown {
    const t = this.words;
    const { data, error, loading } = this.#page.state;
    if (data) this.#take(data);
    const organisation = this.host.auth.data?.organisation?.name;
    const mayInvite = !this.host.auth.data || this.host.can('team.invite');
    return html`<section class="section full" part="section" aria-labelledby="team-title">
      <div class="head-row">
        <div class="head">
          ${heading(this.host.headingLevel, 'team-title', 'h2', t('title'))}
          <p>${organisation === undefined ? t('bodyPlain') : t.rich('body', { organisation: html`<bdi>${organisation}</bdi>` })}</p>
        </div>
        ${mayInvite ? this.#inviteButton() : nothing}
      </div>
      ${this.host.auth.data && !mayInvite ? notice({ icon: lock, body: t('readOnly') }) : nothing}
      ${this.failed('')}
      ${error && !data ? this.host.loadError(t('what'), error, () => { this.#page.reload(); }, loading) : this.#list(this.#shown, loading)}
    </section>`;
  }

  override renderDialogs(): unknown {
    return [this.#invite, this.#actions, this.#export, this.selection].map(({ part }) => part?.renderDialogs());
  }

  get query(): TeamView {
    return this.#query;
  }

  get filtered(): boolean {
    return this.#filters > 0;
  }

  /** How many rows there are on all pages. */
  get total(): number | undefined {
    return this.#shown?.total;
  }

  /** The bar of filters is open. */
  get filtering(): boolean {
    return this.#filtering;
  }

  /** The rows on this page. */
  get rows(): readonly TeamRow[] {
    return this.#shown?.items ?? [];
  }

  get actions(): TeamActions | undefined {
    return this.#actions.part;
  }

  /** The button that opens a row's menu. */
  moreId(row: TeamRow): string {
    return `team-more-${idOf(row)}`;
  }

  roleName(role: string): string {
    const known = ROLES.find((name) => name === role);
    return known ? this.words(known) : role;
  }

  /** Changes what the list shows, from the first page on. @param counts whether other rows may come of it, and how many is said */
  narrow(change: TeamView, counts = true): void {
    clearTimeout(this.#searchTimer);
    const query = { ...this.#query, ...change };
    this.#query = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value.length > 0));
    this.#announceTotal ||= counts;
    this.#turn([undefined]);
  }

  /** Everybody again. @param focus the id of what takes the focus then */
  clear(focus: string): void {
    this.narrow({ search: '', role: [], status: [], mfa: undefined });
    void this.host.focusOn(focus);
  }

  /** Does something at a row; what goes wrong stands there. */
  async begin(id: string, work: () => unknown): Promise<void> {
    this.#failure = undefined;
    try {
      await work();
    } catch (thrown) {
      this.fail(id, thrown);
    }
  }

  /** What can be done to a row, once it has loaded. */
  with(row: TeamRow, use: (actions: TeamActions) => unknown): void {
    void this.begin(row.id, async () => use(await this.#actions.get()));
  }

  /** Shows what went wrong at the row that it concerns; with an empty id, above the list. */
  fail(id: string, thrown: unknown): void {
    const error = this.host.failure(thrown);
    this.#failure = error && { id, error };
    this.host.requestUpdate();
  }

  failed(id: string): unknown {
    return this.#failure?.id === id ? errorLine(errorText(this.host.common, this.#failure.error)) : nothing;
  }

  /** Whether there is anything to be done with several at once, and nobody is picking them yet. Its place is kept until that is known. */
  get #mayPick(): boolean {
    return !this.selection.part?.active && (!this.host.auth.data || (['team.remove', 'team.revoke'] as const).some((operation) => this.host.can(operation)));
  }

  get #filters(): number {
    return (['role', 'status', 'mfa'] as const).filter((name) => this.#query[name]).length;
  }

  get #limit(): number {
    return this.host.auth.data?.policy.pageSize ?? 25;
  }

  #input(): TeamQuery {
    const cursor = this.#cursors.at(-1);
    return { limit: this.#limit, ...this.#query, ...(cursor !== undefined && { cursor }) };
  }

  /** A new page came: show it, and say how many there are when somebody asked for it. */
  #take(page: Output<'team.list'>): void {
    if (page === this.#shown) return;
    if (page.items.length === 0 && this.#cursors.length > 1) {
      // The last row of the last page is gone: the page before is the last one now. Not while this one is being drawn.
      void this.host.updateComplete.then(() => { this.#turn(this.#cursors.slice(0, -1)); });
      return;
    }
    if (!this.#empty.part && !this.#plain && (page.items.length === 0 || this.#isAlone(page))) {
      // What stands in the place of the rows comes first, so that nothing flickers.
      this.#empty.get().catch(() => { this.#plain = true; }).then(() => { this.host.requestUpdate(); }, () => undefined);
      return;
    }
    this.#shown = page;
    this.selection.part?.refresh(page.items);
    if (this.#announceTotal) this.host.announce(this.words('people', { count: page.total ?? page.items.length }));
    this.#announceTotal = false;
  }

  /** Nobody else is there, and this person may change that. */
  #isAlone(page: Output<'team.list'> | undefined): boolean {
    const only = page?.items.length === 1 && page.nextCursor === null && page.items[0]?.self;
    return Boolean(only) && !this.#query.search && !this.filtered && this.#cursors.length === 1 && this.host.can('team.invite');
  }

  #inviteButton(context?: string): unknown {
    const press = (): void => void this.begin('', async () => { (await this.#invite.get()).show(); });
    return button({ label: this.words('newInvitation'), icon: plus, ...(context ? { context } : { id: 'team-new', look: 'primary' }), disabled: !this.host.auth.data, press });
  }

  #list(page: Output<'team.list'> | undefined, loading: boolean): unknown {
    const t = this.words;
    const { items = [], total } = page ?? {};
    const nothingElse = this.#empty.part;
    if (nothingElse && this.#isAlone(page)) return nothingElse.alone((context) => this.#inviteButton(context));
    return html`
      ${this.#toolbar(page)}
      ${nothingElse && page && items.length === 0
        ? nothingElse.noMatch()
        : html`<div class="card" part="card">
            <table class="table" role="table" part="table" aria-busy=${loading ? 'true' : 'false'} aria-rowcount=${total === undefined ? -1 : total + 1}>
              <caption class="vh">${t('caption')}</caption>
              <thead role="rowgroup">${this.#rows.head()}</thead>
              <tbody role="rowgroup">${page ? items.map((row, index) => this.#rows.row(row, index, this.#from + index)) : this.#rows.skeletons()}</tbody>
            </table>
            ${this.#foot(page)}
          </div>`}`;
  }

  /** The search, how many there are, and the ways to fewer of them and out. */
  #toolbar(page: Output<'team.list'> | undefined): unknown {
    const t = this.words;
    const count = this.#filters;
    const openExport = (): void => void this.begin('', async () => { (await this.#export.get()).open(); });
    return html`<div class="toolbar">
        <form role="search" novalidate class="affix start" @submit=${this.#searchNow}>
          ${icon(search)}
          <input class="input" part="input" type="search" id="team-search" name="search" autocomplete="off" spellcheck="false" aria-label=${t('search')} placeholder=${t('search')} .value=${this.#query.search ?? ''} @input=${this.#typed} />
        </form>
        <div class="tools">
          <p class="small muted">${page ? t('people', { count: page.total ?? page.items.length }) : skeleton()}</p>
          ${button({ id: 'team-filter', label: count > 0 ? t('filters', { count }) : t('filter'), icon: filter, look: 'quiet', little: true, expanded: this.#filtering, press: () => void this.begin('', () => this.#toggleFilters()) })}
          ${this.#mayPick ? button({ id: 'team-select', label: t('select'), look: 'quiet', little: true, disabled: !page, press: () => void this.begin('', async () => { (await this.selection.get()).start(); }) }) : nothing}
          ${button({ label: t('export'), icon: exportIcon, look: 'quiet', little: true, disabled: !page || page.items.length === 0, press: openExport })}
        </div>
      </div>
      ${this.#filtering ? this.#filter.part?.render() : nothing}
      ${this.selection.part?.render()}`;
  }

  /** The place of this page's first row in the whole list, from 1 on. */
  get #from(): number {
    return (this.#cursors.length - 1) * this.#limit + 1;
  }

  #foot(page: Output<'team.list'> | undefined): unknown {
    const t = this.words;
    if (!page) return nothing;
    const from = this.#from;
    const to = from + page.items.length - 1;
    const range = page.total === undefined ? t('rangeOpen', { from, to }) : t('range', { from, to, count: page.total });
    const first = this.#cursors.length === 1;
    const { nextCursor } = page;
    return html`<div class="foot">
      <p class="small muted"><bdi>${range}</bdi></p>
      ${first && nextCursor === null ? nothing : html`<div class="row-actions">
        ${button({ label: t('previous'), context: t('title'), little: true, disabled: first, press: () => { this.#turn(this.#cursors.slice(0, -1)); } })}
        ${button({ label: t('next'), context: t('title'), little: true, disabled: nextCursor === null, press: () => { this.#turn([...this.#cursors, nextCursor ?? undefined]); } })}
      </div>`}
    </div>`;
  }

  readonly #typed = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value;
    clearTimeout(this.#searchTimer);
    this.#searchTimer = setTimeout(() => { this.#searchFor(text); }, PAUSE);
  };

  readonly #searchNow = (event: Event): void => {
    event.preventDefault();
    const field = event.target instanceof HTMLFormElement ? event.target.elements.namedItem('search') : null;
    if (field instanceof HTMLInputElement) this.#searchFor(field.value);
  };

  #searchFor(text: string): void {
    this.narrow({ search: text.trim().slice(0, 200) });
  }

  async #toggleFilters(): Promise<void> {
    await this.#filter.get();
    this.#filtering = !this.#filtering;
    this.host.requestUpdate();
  }

  #turn(cursors: (string | undefined)[]): void {
    this.#cursors = cursors;
    this.#failure = undefined;
    this.host.requestUpdate();
  }

  /** Takes the person to a row that just came to be; where it is on another page, the newest come first. */
  async #show(id: string): Promise<void> {
    let index = await this.#find(id);
    if (index < 0) {
      this.#query = { sort: '-date' };
      this.#turn([undefined]);
      await this.host.updateComplete;
      index = await this.#find(id);
    }
    if (index >= 0) await this.host.focusOn(`team-row-${String(index)}`);
  }

  async #find(id: string): Promise<number> {
    await this.host.client?.resource('team.list', this.#input()).load();
    return this.#page.data?.items.findIndex((row) => row.id === id) ?? -1;
  }
}
