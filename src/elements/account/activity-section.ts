import { css, html, nothing } from 'lit';
import { SettingsError, type Event as AccountEvent } from '../../contract/index.js';
import { relativeTime } from '../../lit/relative-time.js';
import { activity } from '../../locales/en/activity.js';
import { circleAlert, circleCheck, icon } from '../../ui/icons.js';
import { clock } from '../../ui/list-icons.js';
import { errorLine, section, skeleton } from '../../ui/templates.js';
import { EventPages } from '../base/event-pages.js';
import { EventWords } from '../base/event-words.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

const SKELETONS = 4;

const styles = css`
  .event-list > li { display: grid; grid-template-columns: 1rem minmax(0, 1fr); column-gap: calc(var(--_u) * 3); padding-block: calc(var(--_u) * 3); overflow-wrap: anywhere; }
  .event-list > li:first-child { padding-block-start: 0; }
  .event-list > li:last-child { padding-block-end: 0; }
  .event-list > li + li { border-block-start: 1px solid var(--_border); }
  .event-list > li:focus { outline: var(--_ring) solid var(--_focus); outline-offset: calc(var(--_u) * 1); border-radius: 2px; }
  .event-list .i { margin-block-start: 0.25rem; color: var(--_text-muted); }
  .event-list .refused > .i { color: var(--_danger); }
  .event-list .skeleton { max-inline-size: 18rem; }
  .event-list .name { font-weight: 500; }
`;

/** "Recent activity": what happened in the person's own account, the newest first. */
export class ActivitySection extends Section {
  readonly #t = this.host.locale.texts('activity', activity);
  readonly #words = new EventWords(this.host);
  readonly #pages = new EventPages(this.host, {
    id: 'activity-event',
    read: (cursor, signal) => {
      const { client } = this.host;
      if (!client) return Promise.reject(new SettingsError('aborted'));
      return client.read('activity.list', { limit: this.host.auth.data?.policy.pageSize ?? 25, ...(cursor !== undefined && { cursor }) }, signal);
    },
    failed: this.host.failedRead('activity.list'),
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear(styles);
    // What the person does here, in whichever widget of the page, stands on top a moment later.
    const follow = (): void => void this.#pages.refresh();
    host.addController({
      hostConnected: () => { document.addEventListener('uf-change', follow); },
      hostDisconnected: () => { document.removeEventListener('uf-change', follow); },
    });
  }

  override reset(): void {
    this.#pages.reset();
  }

  override render(): unknown {
    const t = this.#t;
    const { items, error, loading } = this.#pages;
    this.#pages.begin();
    return section({
      id: 'activity',
      level: this.host.headingLevel,
      title: t('title'),
      description: t('body'),
      content: error && !items
        ? this.host.loadError(t('what'), error, () => void this.#pages.load(), loading)
        : html`<div class="card" part="card">
            <div class="card-body">
              ${items?.length === 0
                ? html`<p class="muted">${t('none')}</p>`
                : html`<ol class="event-list">${items ? items.map((event, index) => this.#event(event, index)) : Array.from({ length: SKELETONS }, () => html`<li>${icon(clock)}<div>${skeleton()}${skeleton()}</div></li>`)}</ol>`}
              ${error && items ? errorLine(errorText(this.host.common, error)) : nothing}
            </div>
            ${this.#foot()}
          </div>`,
    });
  }

  #event(event: AccountEvent, index: number): unknown {
    const words = this.#words;
    const ok = event.result === 'ok';
    return html`<li id="activity-event-${index}" tabindex="-1" class=${ok || event.result === 'step-up-required' ? '' : 'refused'}>
      ${icon(ok ? circleCheck : event.result === 'step-up-required' ? clock : circleAlert)}
      <div>
        <p><span class="name">${words.action(event.action)}</span>${event.targets.length > 0 ? html`: ${words.targets(event)}` : nothing}</p>
        ${ok ? nothing : html`<p class="small">${words.result(event.result)}</p>`}
        <p class="small muted"><time datetime=${event.at} title=${words.moment(event.at)}><bdi>${relativeTime(this.host.locale.tag, event.at)}</bdi></time> · ${words.device(event.userAgent)}${event.address === null ? nothing : html` · <bdi dir="ltr">${event.address}</bdi>`}</p>
      </div>
    </li>`;
  }

  #foot(): unknown {
    const more = this.#pages.more(this.#t('title'));
    return more === undefined ? nothing : html`<div class="card-foot">${more}</div>`;
  }
}
