import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { Input, Output, Session, SettingsError } from '../../contract/index.js';
import { relativeTime } from '../../lit/relative-time.js';
import { ResourceController } from '../../lit/resource-controller.js';
import { sessions } from '../../locales/en/sessions.js';
import { circleCheck, icon } from '../../ui/icons.js';
import { shield } from '../../ui/more-icons.js';
import { button, errorLine, notice, section, skeleton } from '../../ui/templates.js';
import { Actions } from '../base/actions.js';
import { attempt } from '../base/attempt.js';
import { deviceWords } from '../base/device.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

const LIMIT = 25;
/** Milliseconds within which a session was used so lately that it counts as now. */
const NOW = 120_000;

/** After which change ending the other sessions is offered. */
type Offer = 'offerPassword' | 'offerMfa';

const styles = css`
  .session-list > li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: calc(var(--_u) * 2) calc(var(--_u) * 4); padding-block: calc(var(--_u) * 4); }
  .session-list > li + li { border-block-start: 1px solid var(--_border); }
  .session-list > li:first-child { padding-block-start: 0; }
  .session-list > li:last-child { padding-block-end: 0; }
  .session-list > li > div { flex: 1 1 12rem; min-inline-size: 0; overflow-wrap: anywhere; }
  .session-list .name { display: flex; flex-wrap: wrap; align-items: center; column-gap: calc(var(--_u) * 3); font-weight: 500; }
  .session-list .here { display: inline-flex; align-items: center; gap: var(--_u); font-size: var(--_small); line-height: 1.25rem; font-weight: 400; color: var(--_success); white-space: nowrap; }
  .session-list .skeleton { max-inline-size: 16rem; }
  .session-foot { flex-wrap: wrap; }
`;

/** "Where you're signed in": each session in words, and ending it. */
export class SessionsSection extends Section {
  readonly #t = this.host.locale.texts('sessions', sessions);
  readonly #device = deviceWords(this.host);
  readonly #endOthers = new Action('sessions.endOthers');
  readonly #end = new Actions('sessions.end');
  /** The cursors of the pages before this one; the last is this page's own. */
  #cursors: (string | undefined)[] = [undefined];
  #offer: Offer | undefined;
  #failure: { id: string; error: SettingsError } | undefined;
  readonly #page = new ResourceController(
    this.host,
    () => (this.host.can('sessions.list') ? this.host.client?.resource('sessions.list', this.#input()) : undefined),
    this.host.failedRead('sessions.list'),
  );

  constructor(host: SettingsElement) {
    super(host);
    host.wear(styles);
    host.addEventListener('uf-change', ({ detail: { operation } }) => {
      if (operation === 'password.change') void this.#offerToEnd('offerPassword');
      if (operation === 'mfa.confirm') void this.#offerToEnd('offerMfa');
    });
  }

  override reset(): void {
    this.#cursors = [undefined];
    this.#offer = undefined;
    this.#failure = undefined;
  }

  override render(): unknown {
    const t = this.#t;
    const { data, error, loading } = this.#page.state;
    return section({
      id: 'sessions',
      level: this.host.headingLevel,
      title: t('title'),
      description: t('body'),
      content: error && !data
        ? this.host.loadError(t('what'), error, () => { this.#page.reload(); }, loading)
        : html`<div class="card" part="card">
            <div class="card-body">
              ${this.#renderOffer(data)}
              <ul class="session-list">${data ? data.items.map((row) => this.#row(row)) : [1, 2].map(() => html`<li><div>${skeleton()}${skeleton()}</div></li>`)}</ul>
            </div>
            ${data ? this.#foot(data) : nothing}
          </div>`,
    });
  }

  #renderOffer(page: Output<'sessions.list'> | undefined): unknown {
    const t = this.#t;
    if (this.#offer === undefined || !this.#others(page)) return nothing;
    return notice({
      icon: shield,
      id: 'sessions-offer',
      title: t('offerTitle'),
      body: t(this.#offer),
      actions: [
        button({ label: t('offerEnd'), context: t('offerTitle'), little: true, busy: this.#endOthers.busy, press: () => void this.#endAllOthers() }),
        button({ label: t('notNow'), context: t('offerTitle'), look: 'quiet', little: true, press: () => {
          this.#offer = undefined;
          void this.host.focusOn('sessions-title');
          this.host.requestUpdate();
        } }),
      ],
    });
  }

  #row(row: Session): unknown {
    const t = this.#t;
    const { locale } = this.host;
    const device = this.#device(row.userAgent);
    const failure = this.#failure?.id === row.id ? this.#failure.error : undefined;
    const active = row.lastActiveAt === null ? undefined : Date.now() - Date.parse(row.lastActiveAt) < NOW ? t('hereBody') : t('active', { when: relativeTime(locale.tag, row.lastActiveAt) });
    const where = [row.place, row.address].filter((text) => text !== null);
    return html`<li>
      <div>
        <p class="name"><span>${device}</span>${row.current ? html`<span class="here">${icon(circleCheck)}<span>${t('here')}</span></span>` : nothing}</p>
        <p class="small muted">${where.map((text, index) => html`${index > 0 ? ' · ' : nothing}<bdi>${text}</bdi>`)}${where.length > 0 && active !== undefined ? ' · ' : nothing}${active === undefined ? nothing : html`<bdi>${active}</bdi>`}</p>
        <p class="small muted">${t('signedIn', { date: this.#moment(row.createdAt) })}</p>
        ${failure ? errorLine(errorText(this.host.common, failure)) : nothing}
      </div>
      ${row.current || !this.host.can('sessions.end')
        ? nothing
        : button({ label: t('end'), context: t('endContext', { device, date: this.#moment(row.createdAt) }), little: true, busy: this.#end.isBusy(row.id), press: () => void this.#endOne(row, device) })}
    </li>`;
  }

  #foot(page: Output<'sessions.list'>): unknown {
    const t = this.#t;
    const first = this.#cursors.length === 1;
    const { nextCursor } = page;
    const others = this.#others(page);
    const failure = this.#failure?.id === '' ? this.#failure.error : undefined;
    return html`<div class="card-foot session-foot">
      ${others && this.host.can('sessions.endOthers')
        ? button({ label: t('endOthers'), look: 'danger', busy: this.#endOthers.busy, press: () => void this.#askAndEndOthers() })
        : html`<p class="small muted">${others ? nothing : t('onlyHere')}</p>`}
      ${failure ? errorLine(errorText(this.host.common, failure)) : nothing}
      ${first && nextCursor === null
        ? nothing
        : [
            button({ label: t('previous'), context: t('title'), little: true, disabled: first, press: () => { this.#turn(this.#cursors.slice(0, -1)); } }),
            button({ label: t('next'), context: t('title'), little: true, disabled: nextCursor === null, press: () => { this.#turn([...this.#cursors, nextCursor ?? undefined]); } }),
          ]}
    </div>`;
  }

  #moment(iso: string): string {
    return this.host.locale.moment(iso);
  }

  #others(page: Output<'sessions.list'> | undefined): boolean {
    return page !== undefined && (this.#cursors.length > 1 || page.nextCursor !== null || page.items.some(({ current }) => !current));
  }

  #input(): Input<'sessions.list'> {
    const cursor = this.#cursors.at(-1);
    return { limit: LIMIT, ...(cursor !== undefined && { cursor }) };
  }

  #turn(cursors: (string | undefined)[]): void {
    this.#cursors = cursors;
    this.#failure = undefined;
    void this.host.focusOn('sessions-title');
    this.host.requestUpdate();
  }

  /** After a change that somebody makes who is afraid: what was opened before it is still open. */
  async #offerToEnd(why: Offer): Promise<void> {
    if (!this.host.can('sessions.endOthers')) return;
    this.#cursors = [undefined];
    // The change may have ended them already.
    await this.host.client?.resource('sessions.list', this.#input()).reload();
    this.#offer = why;
    this.host.requestUpdate();
    await this.host.updateComplete;
    if (this.#others(this.#page.data)) this.host.announce(`${this.#t('offerTitle')} ${this.#t(why)}`);
  }

  async #endOne(row: Session, device: string): Promise<void> {
    const error = await attempt(this.host, this.#end.of(row.id), { id: row.id }, this.#t('ended', { device }));
    this.#failure = error && { id: row.id, error };
    this.host.requestUpdate();
    if (error) return;
    // The button went with its row.
    await this.host.focusOn('sessions-title');
  }

  async #askAndEndOthers(): Promise<void> {
    const t = this.#t;
    try {
      if (!(await this.host.confirm(() => ({ title: t('endOthersTitle'), body: t('endOthersBody'), keep: t('keep'), proceed: t('endOthers'), destructive: true })))) return;
    } catch (thrown) {
      const error = this.host.failure(thrown);
      this.#failure = error && { id: '', error };
      this.host.requestUpdate();
      return;
    }
    await this.#endAllOthers();
  }

  async #endAllOthers(): Promise<void> {
    // Those that were begun since the answer was lost are meant, too.
    this.#endOthers.reset();
    const error = await attempt(this.host, this.#endOthers, undefined, this.#t('endedOthers'));
    this.#failure = error && { id: '', error };
    if (!error) {
      this.#offer = undefined;
      this.#cursors = [undefined];
      await this.host.focusOn('sessions-title');
    }
    this.host.requestUpdate();
  }
}
