import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { Output, SettingsError, TeamQuery, TeamRow } from '../../contract/index.js';
import { relativeTime } from '../../lit/relative-time.js';
import { ResourceController } from '../../lit/resource-controller.js';
import { team } from '../../locales/en/team.js';
import { arrowDown, arrowUp, circleCheck, circleCross, clock, cross, icon, lock, mail, people, plus, search } from '../../ui/icons.js';
import { address, button, empty, errorLine, heading, iconButton, initials, notice, skeleton } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';

type Column = 'name' | 'role' | 'status' | 'date';
const COLUMNS: readonly Column[] = ['name', 'role', 'status', 'date'];
const FACTS = ['role', 'status', 'date'] as const;
const ROLES = ['owner', 'admin', 'member'] as const;
const STATUS_ICONS = { accepted: circleCheck, pending: clock, expired: circleCross, declined: circleCross } as const;
const STATUS_TONES = { accepted: 'ok', pending: 'warn', expired: 'bad', declined: 'bad' } as const;
const SKELETON_ROWS = 8;
/** Milliseconds of quiet after which what was typed is searched for. */
const PAUSE = 250;

/** "Team Members": people and invitations in one table; searching, sorting and paging are the backend's. */
export class TeamSection extends Section {
  readonly #t = this.host.locale.texts('team', team);
  #query: { search: string; sort?: TeamQuery['sort'] } = { search: '' };
  /** The cursors of the pages before this one; the last is this page's own. */
  #cursors: (string | undefined)[] = [undefined];
  #shown: Output<'team.list'> | undefined;
  #announceTotal = false;
  #searchTimer: ReturnType<typeof setTimeout> | undefined;
  #failure: { id: string; error: SettingsError } | undefined;
  readonly #resend = new Map<string, Action<'team.resend'>>();
  readonly #revoke = new Action('team.revoke');
  readonly #invite = new Lazy(async () => {
    const { InviteDialog } = await import('./invite-dialog.js');
    return new InviteDialog(this.host, (id) => {
      if (id !== undefined) void this.#show(id);
    });
  });
  readonly #selection = new Lazy(async () => new (await import('./team-selection.js')).TeamSelection(this));
  readonly #page = new ResourceController(
    this.host,
    () => (this.host.can('team.list') ? this.host.client?.resource('team.list', this.#input()) : undefined),
    this.host.failedRead('team.list'),
  );

  override reset(): void {
    this.#invite.part?.reset();
    this.#selection.part?.reset();
    this.#query = { search: '' };
    this.#cursors = [undefined];
    this.#shown = undefined;
    this.#failure = undefined;
  }

  override render(): unknown {
    const t = this.#t;
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
      ${this.#failure?.id === '' ? errorLine(errorText(this.host.common, this.#failure.error)) : nothing}
      ${error && !data ? this.host.loadError(t('what'), error, () => { this.#page.reload(); }, loading) : this.#list(this.#shown, loading)}
    </section>`;
  }

  override renderDialogs(): unknown {
    return [this.#invite, this.#selection].map(({ part }) => part?.renderDialogs());
  }

  /** The rows on this page, and what was asked for. */
  get page(): { rows: readonly TeamRow[]; total: number | undefined; query: TeamQuery } {
    return { rows: this.#shown?.items ?? [], total: this.#shown?.total, query: this.#input() };
  }

  #input(): TeamQuery {
    const cursor = this.#cursors.at(-1);
    return {
      limit: this.host.auth.data?.policy.pageSize ?? 25,
      ...(this.#query.search && { search: this.#query.search }),
      ...(this.#query.sort && { sort: this.#query.sort }),
      ...(cursor !== undefined && { cursor }),
    };
  }

  /** A new page came: show it, and say how many there are when a search asked for it. */
  #take(page: Output<'team.list'>): void {
    if (page === this.#shown) return;
    this.#shown = page;
    this.#selection.part?.refresh(page.items);
    if (this.#announceTotal) this.host.announce(this.#t('people', { count: page.total ?? page.items.length }));
    this.#announceTotal = false;
  }

  #inviteButton(): unknown {
    return button({ id: 'team-new', label: this.#t('newInvitation'), look: 'primary', icon: plus, disabled: !this.host.auth.data, press: () => void this.#openInvite() });
  }

  #list(page: Output<'team.list'> | undefined, loading: boolean): unknown {
    const t = this.#t;
    const organisation = this.host.auth.data?.organisation?.name ?? '';
    const { items = [], total } = page ?? {};
    const alone = page && !this.#query.search && this.#cursors.length === 1 && items.length === 1 && items[0]?.self;
    if (alone && this.host.can('team.invite')) {
      return empty({
        icon: people,
        title: t('emptyTitle'),
        body: t.rich('emptyBody', { organisation: html`<bdi>${organisation}</bdi>` }),
        action: button({ label: t('newInvitation'), context: t('emptyTitle'), icon: plus, press: () => void this.#openInvite() }),
      });
    }
    return html`
      <div class="toolbar">
        <form role="search" novalidate class="affix start" @submit=${this.#searchNow}>
          ${icon(search)}
          <input class="input" part="input" type="search" id="team-search" name="search" autocomplete="off" spellcheck="false" aria-label=${t('search')} placeholder=${t('search')} .value=${this.#query.search} @input=${this.#typed} />
        </form>
        <p class="small muted">${page ? t('people', { count: total ?? items.length }) : skeleton()}</p>
        ${this.#maySelect && !this.#selection.part?.active ? button({ id: 'team-select', label: t('select'), look: 'quiet', little: true, disabled: !page, press: () => void this.#select() }) : nothing}
      </div>
      ${this.#selection.part?.active ? this.#selection.part.render() : nothing}
      ${page && items.length === 0
        ? empty({
            icon: search,
            title: t('noMatchTitle'),
            body: t.rich('noMatchBody', { search: html`<bdi>${this.#query.search}</bdi>` }),
            action: button({ label: t('clearSearch'), press: () => {
              this.#searchFor('');
              void this.host.focusOn('team-search');
            } }),
          })
        : html`<div class="card" part="card">
            <table class="table" role="table" part="table" aria-busy=${loading ? 'true' : 'false'} aria-rowcount=${total === undefined ? -1 : total + 1}>
              <caption class="vh">${t('caption')}</caption>
              <thead role="rowgroup"><tr role="row" aria-rowindex="1">${COLUMNS.map((column) => this.#columnHead(column))}<th role="columnheader" scope="col"><span class="vh">${t('actions')}</span></th></tr></thead>
              <tbody role="rowgroup">${page ? items.map((row, index) => this.#row(row, index)) : this.#skeletonRows()}</tbody>
            </table>
            ${this.#foot(page)}
          </div>`}`;
  }

  #columnHead(column: Column): unknown {
    const { sort } = this.#query;
    const ascending = sort === column;
    const descending = sort === `-${column}`;
    return html`<th role="columnheader" scope="col" aria-sort=${ascending ? 'ascending' : descending ? 'descending' : nothing}>
      <button type="button" class="sort" @click=${() => { this.#sortBy(ascending ? `-${column}` : column); }}>${this.#t(column)}${ascending ? icon(arrowUp) : descending ? icon(arrowDown) : nothing}</button>
    </th>`;
  }

  #row(row: TeamRow, index: number): unknown {
    const t = this.#t;
    const { locale } = this.host;
    const invitation = row.type === 'invitation';
    const date = row.joinedAt ?? row.invitedAt;
    const detail =
      row.status === 'pending' && row.expiresAt ? t('expires', { when: relativeTime(locale.tag, row.expiresAt) })
      : row.status === 'expired' && row.expiresAt ? locale.date(row.expiresAt)
      : undefined;
    const under = row.name === null ? row.invitedBy && t.rich('invitedBy', { name: html`<bdi>${row.invitedBy}</bdi>` }) : address(row.email);
    return html`<tr role="row" id="team-row-${index}" tabindex="-1" aria-rowindex=${(this.#cursors.length - 1) * this.#limit + index + 2}>
      <th role="rowheader" scope="row" class="person-cell"><div class="person">
        ${this.#selection.part?.box(row) ?? html`<span class="avatar ${invitation ? 'invited' : ''}" aria-hidden="true">${invitation ? icon(mail) : initials(row.name ?? row.email)}</span>`}
        <div>
          <div class="name">${row.name === null ? address(row.email) : html`<bdi>${row.name}</bdi>`}${row.self ? html` <span class="muted">${t('you')}</span>` : nothing}</div>
          ${under ? html`<div class="small muted">${under}</div>` : nothing}
        </div>
      </div></th>
      <td role="cell" class="fact" data-label=${t('role')}><span>${this.#role(row.role)}</span></td>
      <td role="cell" class="fact" data-label=${t('status')}><span class="chip ${STATUS_TONES[row.status]}">${icon(STATUS_ICONS[row.status])}<span>${t(row.status)}</span>${detail ? html`<small><bdi>${detail}</bdi></small>` : nothing}</span></td>
      <td role="cell" class="fact" data-label=${t('date')}><span>${date ? html`<bdi>${locale.date(date)}</bdi>` : nothing}</span></td>
      <td role="cell" class="acts">${this.#acts(row)}</td>
    </tr>`;
  }

  #acts(row: TeamRow): unknown {
    const t = this.#t;
    if (!row.can.resend && !row.can.revoke) return nothing;
    const resend = this.#resend.get(row.id);
    return html`<div class="row-actions">
      ${row.can.resend && this.host.can('team.resend')
        ? button({ label: row.status === 'pending' ? t('resend') : t('inviteAgain'), context: row.email, little: true, busy: resend?.busy ?? false, press: () => void this.#again(row) })
        : nothing}
      ${row.can.revoke && this.host.can('team.revoke')
        ? iconButton(t('revoke'), cross, () => void this.#revokeAfterAsking(row), { context: row.email })
        : nothing}
    </div>${this.#failure?.id === row.id ? errorLine(errorText(this.host.common, this.#failure.error)) : nothing}`;
  }

  #foot(page: Output<'team.list'> | undefined): unknown {
    const t = this.#t;
    if (!page) return nothing;
    const from = (this.#cursors.length - 1) * this.#limit + 1;
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

  /** Whether there is anything that could be done with several at once. */
  get #maySelect(): boolean {
    return (['team.resend', 'team.revoke', 'team.changeRole', 'team.remove'] as const).some((operation) => this.host.can(operation));
  }

  async #select(): Promise<void> {
    try {
      (await this.#selection.get()).start();
    } catch (thrown) {
      this.#fail('', thrown);
    }
  }

  #skeletonRows(): unknown {
    return Array.from({ length: SKELETON_ROWS }, () => html`<tr role="row">
      <td role="cell" class="person-cell"><div class="person"><span class="avatar skeleton"></span><div>${skeleton()}${skeleton()}</div></div></td>
      ${FACTS.map((fact) => html`<td role="cell" class="fact" data-label=${this.#t(fact)}>${skeleton()}</td>`)}<td role="cell" class="acts"></td>
    </tr>`);
  }

  #role(role: string): string {
    const known = ROLES.find((name) => name === role);
    return known ? this.#t(known) : role;
  }

  get #limit(): number {
    return this.host.auth.data?.policy.pageSize ?? 25;
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
    clearTimeout(this.#searchTimer);
    this.#query = { ...this.#query, search: text.trim().slice(0, 200) };
    this.#announceTotal = true;
    this.#turn([undefined]);
  }

  #sortBy(sort: TeamQuery['sort']): void {
    this.#query = { search: this.#query.search, sort };
    this.#turn([undefined]);
  }

  #turn(cursors: (string | undefined)[]): void {
    this.#cursors = cursors;
    this.#failure = undefined;
    this.host.requestUpdate();
  }

  async #openInvite(): Promise<void> {
    try {
      (await this.#invite.get()).show();
    } catch (thrown) {
      this.#fail('', thrown);
    }
  }

  /** Takes the person to a row that just came to be; where it is on another page, the newest come first. */
  async #show(id: string): Promise<void> {
    let index = await this.#find(id);
    if (index < 0) {
      this.#query = { search: '', sort: '-date' };
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

  async #again(row: TeamRow): Promise<void> {
    const action = this.#resend.get(row.id) ?? new Action('team.resend');
    this.#resend.set(row.id, action);
    try {
      await this.host.act(action, { id: row.id });
      this.#failure = undefined;
      this.host.toast(this.#t('sent', { email: row.email }));
    } catch (thrown) {
      this.#fail(row.id, thrown);
    }
  }

  async #revokeAfterAsking(row: TeamRow): Promise<void> {
    const t = this.#t;
    try {
      const yes = await this.host.confirm({ title: t.rich('revokeTitle', { email: address(row.email) }), body: t('revokeBody'), keep: t('keep'), proceed: t('revoke'), destructive: true });
      if (!yes) return;
      this.#revoke.reset();
      await this.host.act(this.#revoke, { id: row.id });
      this.#failure = undefined;
      this.host.toast(t('revoked', { email: row.email }));
      await this.host.focusOn('team-title');
    } catch (thrown) {
      this.#fail(row.id, thrown);
    }
  }

  /** @param id the row that it concerns; empty: the whole list */
  #fail(id: string, thrown: unknown): void {
    const error = this.host.failure(thrown);
    this.#failure = error && { id, error };
    this.host.requestUpdate();
  }
}
