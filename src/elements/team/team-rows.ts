import { html, nothing } from 'lit';
import type { TeamQuery, TeamRow } from '../../contract/index.js';
import { relativeTime } from '../../lit/relative-time.js';
import { circleAlert, circleCheck, icon } from '../../ui/icons.js';
import { arrowDown, arrowUp, circleCross, clock, dots, mail } from '../../ui/list-icons.js';
import { address, button, iconButton, initials, skeleton } from '../../ui/templates.js';
import type { TeamSection } from './team-section.js';

type Column = 'name' | 'role' | 'status' | 'date';
const COLUMNS: readonly Column[] = ['name', 'role', 'status', 'date'];
const FACTS = ['role', 'status', 'date'] as const;
export const ROLES = ['owner', 'admin', 'member'] as const;
export const STATUSES = ['accepted', 'pending', 'expired', 'declined'] as const;
const STATUS_ICONS = { accepted: circleCheck, pending: clock, expired: circleCross, declined: circleCross } as const;
const STATUS_TONES = { accepted: 'ok', pending: 'warn', expired: 'bad', declined: 'bad' } as const;
const SKELETON_ROWS = 8;

/** The table's head and rows: people and invitations alike. */
export class TeamRows {
  readonly #list: TeamSection;
  readonly #t;

  constructor(list: TeamSection) {
    this.#list = list;
    this.#t = list.words;
  }

  head(): unknown {
    return html`<tr role="row" aria-rowindex="1">${COLUMNS.map((column) => this.#columnHead(column))}<th role="columnheader" scope="col"><span class="vh">${this.#t('actions')}</span></th></tr>`;
  }

  /** @param place in the whole list, from 1 on */
  row(row: TeamRow, index: number, place: number): unknown {
    const t = this.#t;
    const invitation = row.type === 'invitation';
    const under = row.name === null ? row.invitedBy && t.rich('invitedBy', { name: html`<bdi>${row.invitedBy}</bdi>` }) : address(row.email);
    return html`<tr role="row" id="team-row-${index}" tabindex="-1" aria-rowindex=${place + 1}>
      <th role="rowheader" scope="row" class="person-cell"><div class="person">
        ${this.#list.selection.part?.box(row) ?? html`<span class="avatar ${invitation ? 'invited' : ''}" aria-hidden="true">${invitation ? icon(mail) : initials(row.name ?? row.email)}</span>`}
        <div>
          <div class="name">${row.name === null ? address(row.email) : html`<bdi>${row.name}</bdi>`}${row.self ? html` <span class="muted">${t('you')}</span>` : nothing}</div>
          ${under ? html`<div class="small muted">${under}</div>` : nothing}
        </div>
      </div></th>
      <td role="cell" class="fact" data-label=${t('role')}><span>${this.#list.roleName(row.role)}</span></td>
      <td role="cell" class="fact" data-label=${t('status')}>${this.#status(row)}</td>
      <td role="cell" class="fact" data-label=${t('date')}>${this.#date(row)}</td>
      <td role="cell" class="acts">${this.#acts(row)}</td>
    </tr>`;
  }

  skeletons(): unknown {
    return Array.from({ length: SKELETON_ROWS }, () => html`<tr role="row">
      <td role="cell" class="person-cell"><div class="person"><span class="avatar skeleton"></span><div>${skeleton()}${skeleton()}</div></div></td>
      ${FACTS.map((fact) => html`<td role="cell" class="fact" data-label=${this.#t(fact)}>${skeleton()}</td>`)}<td role="cell" class="acts"></td>
    </tr>`);
  }

  #columnHead(column: Column): unknown {
    const { sort } = this.#list.query;
    const ascending = sort === column;
    const descending = sort === `-${column}`;
    const next: TeamQuery['sort'] = ascending ? `-${column}` : column;
    return html`<th role="columnheader" scope="col" aria-sort=${ascending ? 'ascending' : descending ? 'descending' : nothing}>
      <button type="button" class="sort" @click=${() => { this.#list.narrow({ sort: next }, false); }}>${this.#t(column)}${ascending ? icon(arrowUp) : descending ? icon(arrowDown) : nothing}</button>
    </th>`;
  }

  #status({ status, delivery, expiresAt, mfaEnabled }: TeamRow): unknown {
    const t = this.#t;
    const { locale, auth } = this.#list.host;
    const bounced = status === 'pending' && delivery === 'bounced';
    const detail = bounced ? t('bounced')
      : status === 'pending' && expiresAt ? t('expires', { when: relativeTime(locale.tag, expiresAt) })
      : status === 'expired' && expiresAt ? locale.date(expiresAt)
      : mfaEnabled === null ? undefined
      : t(mfaEnabled ? 'mfaOn' : auth.data?.organisation?.mfaRequiredFrom ? 'mfaMissing' : 'mfaOff');
    return html`<span class="chip ${bounced ? 'bad' : STATUS_TONES[status]}">${icon(bounced ? circleAlert : STATUS_ICONS[status])}<span>${t(status)}</span>${detail ? html`<small><bdi>${detail}</bdi></small>` : nothing}</span>`;
  }

  #date({ joinedAt, invitedAt, lastActiveAt }: TeamRow): unknown {
    const { locale } = this.#list.host;
    const date = joinedAt ?? invitedAt;
    const seen = lastActiveAt && html`<bdi><time datetime=${lastActiveAt} title=${locale.moment(lastActiveAt)}>${relativeTime(locale.tag, lastActiveAt)}</time></bdi>`;
    return html`<span>${date ? html`<bdi>${locale.date(date)}</bdi>` : nothing}${seen ? html`<small>${this.#t.rich('active', { when: seen })}</small>` : nothing}</span>`;
  }

  #acts(row: TeamRow): unknown {
    const t = this.#t;
    const list = this.#list;
    const { host, actions } = list;
    const again = row.can.resend && host.can('team.resend');
    const more = this.#hasMenu(row);
    return html`${again || more ? html`<div class="row-actions">
      ${again ? button({ label: row.status === 'pending' ? t('resend') : t('inviteAgain'), context: row.email, little: true, busy: actions?.isResending(row) ?? false, press: () => { list.with(row, (part) => part.resend(row)); } }) : nothing}
      ${more ? html`<div class="more">
        ${iconButton(t('more'), dots, () => { list.with(row, (part) => { part.toggle(row); }); }, { id: list.moreId(row), context: row.email, expanded: actions?.isOpen(row) ?? false })}
        ${actions?.menu(row)}
      </div>` : nothing}
    </div>` : nothing}${list.failed(row.id)}`;
  }

  /** There is something to do to it, or a reason why there is not. */
  #hasMenu({ can, lastOwner, self }: TeamRow): boolean {
    const { host } = this.#list;
    const may = (what: 'changeRole' | 'remove' | 'revoke'): boolean => can[what] && host.can(`team.${what}`);
    return may('changeRole') || may('remove') || may('revoke') || (can.copyLink && host.can('team.link')) || Boolean(lastOwner && self && host.can('team.changeRole'));
  }
}
