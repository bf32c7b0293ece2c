import { css, html, nothing, svg } from 'lit';
import type { ApiKey } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { apiKeys } from '../../locales/en/api-keys.js';
import { keyUsage } from '../../locales/en/key-usage.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { Section } from '../base/section.js';
import type { ApiKeysSection } from './api-keys-section.js';
import { requestsOf } from './key-facts.js';

const DAYS = 30;
const DAY = 86_400_000;
/** Of the drawing, in its own units: bars of 7 with gaps of 3. */
const STEP = 10;
const HEIGHT = 96;

const styles = css`
  .chart, .by-day { min-inline-size: 0; overflow-wrap: anywhere; }
  .chart { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--_u); }
  .chart > svg { inline-size: 100%; block-size: auto; overflow: visible; fill: var(--_accent-text); }
  .chart > svg:dir(rtl) { scale: -1 1; }
  .chart .base { fill: var(--_border-control); }
  .chart > div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 calc(var(--_u) * 2); }
  .by-day > summary { inline-size: fit-content; max-inline-size: 100%; min-block-size: max(1.5rem, var(--_target)); color: var(--_accent-text); cursor: pointer; border-radius: 2px; }
  .by-day table { inline-size: 100%; margin-block-start: calc(var(--_u) * 2); border-collapse: collapse; font-size: var(--_small); }
  .by-day :is(th, td) { padding-block: var(--_u); border-block-end: 1px solid var(--_border); font-weight: 400; text-align: start; }
  .by-day :is(th, td):last-child { text-align: end; }
  .by-day thead th { color: var(--_text-muted); font-weight: 500; }
  @media (forced-colors: active) {
    .chart > svg { forced-color-adjust: none; fill: Highlight; }
    .chart .base { fill: CanvasText; }
  }
`;

interface Day {
  /** Midnight, in UTC as the backend counts. */
  moment: number;
  count: number;
}

/** "Requests in the last 30 days": what came with a key on each of them, drawn and as a table. */
export class UsageDialog extends Section {
  readonly #list: ApiKeysSection;
  readonly #t = this.host.locale.texts('keyUsage', keyUsage);
  readonly #keys = this.host.locale.texts('apiKeys', apiKeys);
  #key: ApiKey | undefined;
  readonly #dialog = new DialogController(this.host, 'keys-usage', () => {
    this.#key = undefined;
  });

  constructor(list: ApiKeysSection) {
    super(list.host);
    this.#list = list;
    this.host.wear(dialogStyles);
    this.host.wear(styles);
  }

  open(key: ApiKey): void {
    this.#key = key;
    this.#dialog.show();
  }

  override reset(): void {
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    const { id, isOpen, close, closed } = this.#dialog;
    if (!isOpen || !this.#key) return nothing;
    // As it is by now, where it is still on the page.
    const key = this.#list.keys.find((one) => one.id === this.#key?.id) ?? this.#key;
    return dialog({ id, title: this.#t('title'), closeLabel: this.host.common('close'), close, closed, content: this.#content(key) });
  }

  #content(key: ApiKey): unknown {
    const t = this.#t;
    const { number } = this.#formats();
    const days = daysOf(key);
    const busiest = days.reduce((most, day) => (day.count > most.count ? day : most));
    const isolated = (text: string): unknown => html`<bdi>${text}</bdi>`;
    return html`<div class="dialog-body">
      <p>${t.rich('summary', {
        count: requestsOf(key),
        environment: this.#keys(key.environment),
        last4: html`<bdi dir="ltr">${key.last4}</bdi>`,
        day: isolated(this.#day(busiest)),
        most: isolated(number(busiest.count)),
      })}</p>
      ${this.#chart(days, busiest.count)}
      <details class="by-day">
        <summary>${t('table')}</summary>
        <table>
          <caption class="vh">${t('title')}</caption>
          <thead><tr><th scope="col">${t('day')}</th><th scope="col">${t('requests')}</th></tr></thead>
          <tbody>${[...days].reverse().map((day) => html`<tr><th scope="row">${isolated(this.#day(day))}</th><td>${isolated(number(day.count))}</td></tr>`)}</tbody>
        </table>
      </details>
      <p class="small">${t('utc')}</p>
    </div>`;
  }

  #chart(days: readonly Day[], most: number): unknown {
    const [first, last] = [days[0], days.at(-1)].map((day) => (day ? this.#day(day) : ''));
    const bars = days.map(({ count }, index) => {
      // A day with one request among thousands is still a day with requests.
      const height = count === 0 ? 0 : Math.max(2, Math.round((count / most) * HEIGHT));
      return svg`<rect x=${index * STEP} y=${HEIGHT - height} width="7" height=${height} rx="1"></rect>`;
    });
    return html`<div class="chart">
      <svg viewBox="0 0 ${days.length * STEP - 3} ${HEIGHT + 2}" role="img" aria-label=${this.#t('chart', { from: first ?? '', to: last ?? '', most })}>${bars}<rect class="base" x="0" y=${HEIGHT} width=${days.length * STEP - 3} height="1"></rect></svg>
      <div class="small muted" aria-hidden="true"><bdi>${first}</bdi><bdi>${last}</bdi></div>
    </div>`;
  }

  #day({ moment }: Day): string {
    return this.#formats().day(moment);
  }

  /** In the language of the page. A UTC day stays that day, wherever the person is. */
  #formats(): { day: (moment: number) => string; number: (value: number) => string } {
    const { locale } = this.host;
    const format = new Intl.DateTimeFormat(locale.tag, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
    return { day: (moment) => format.format(moment), number: (value) => locale.number(value) };
  }
}

/** Each of the last thirty days, those without a request too. */
function daysOf({ usage = [] }: ApiKey): Day[] {
  const counts = new Map(usage.map(({ day, count }) => [day, count]));
  // The backend's day may have begun before the person's clock says so.
  const last = Math.max(Math.floor(Date.now() / DAY) * DAY, Date.parse(usage.at(-1)?.day ?? '') || 0);
  return Array.from({ length: DAYS }, (_, index) => {
    const moment = last - (DAYS - 1 - index) * DAY;
    return { moment, count: counts.get(new Date(moment).toISOString().slice(0, 10)) ?? 0 };
  });
}
