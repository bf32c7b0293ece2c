import { html } from 'lit';
import { SettingsError, type Event as AccountEvent, type Input } from '../../contract/index.js';
import { auditExport } from '../../locales/en/audit-export.js';
import { download, writeCsv } from '../../ui/csv.js';
import { spinnerIcon } from '../../ui/icons.js';
import { button } from '../../ui/templates.js';
import type { EventWords } from '../base/event-words.js';
import type { SettingsElement } from '../base/settings-element.js';

/** Events in one file: what a spreadsheet opens without trouble, and two hundred requests. */
const MOST = 20_000;
/** The longest page that the contract knows. */
const PAGE = 100;

/** Everything that the filters leave, page by page, into a file. Loaded when somebody asks for it. */
export class AuditExport {
  readonly #host: SettingsElement;
  readonly #words: EventWords;
  readonly #t;
  #controller: AbortController | undefined;
  #count = 0;

  constructor(host: SettingsElement, words: EventWords) {
    this.#host = host;
    this.#words = words;
    this.#t = host.locale.texts('auditExport', auditExport);
  }

  get running(): boolean {
    return this.#controller !== undefined;
  }

  render(): unknown {
    return html`<div class="export">
      <p class="small muted">${spinnerIcon()} ${this.#t('progress', { count: this.#count })}</p>
      ${button({ id: 'audit-cancel', label: this.#host.common('cancel'), context: this.#t('export'), little: true, press: () => {
        this.cancel();
        this.#host.announce(this.#t('cancelled'));
      } })}
    </div>`;
  }

  cancel(): void {
    this.#controller?.abort();
  }

  /** @throws {SettingsError} `aborted` when it was cancelled */
  async run(query: Input<'audit.list'>): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    this.#count = 0;
    this.#host.announce(this.#t('started'));
    this.#host.requestUpdate();
    void this.#host.focusOn('audit-cancel');
    try {
      const { events, whole } = await this.#read(query, controller.signal);
      download(`${this.#t('file')}-${new Date().toISOString().slice(0, 10)}.csv`, this.#csv(events));
      this.#host.toast(whole ? this.#t('done', { count: events.length }) : this.#t('limited', { count: events.length }));
    } finally {
      this.#controller = undefined;
    }
  }

  async #read(query: Input<'audit.list'>, signal: AbortSignal): Promise<{ events: AccountEvent[]; whole: boolean }> {
    const events: AccountEvent[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await this.#host.client?.read('audit.list', { ...query, limit: PAGE, ...(cursor !== undefined && { cursor }) }, signal);
      if (!page || signal.aborted) throw new SettingsError('aborted');
      events.push(...page.items);
      this.#count = events.length;
      this.#host.requestUpdate();
      if (page.nextCursor === null) return { events, whole: true };
      if (events.length >= MOST) return { events, whole: false };
      cursor = page.nextCursor;
    }
  }

  #csv(events: readonly AccountEvent[]): string {
    const t = this.#t;
    const words = this.#words;
    return writeCsv([
      [t('time'), t('person'), t('action'), t('code'), t('targets'), t('address'), t('device'), t('userAgent'), t('result')],
      ...events.map((event) => [
        event.at,
        words.actor(event),
        words.action(event.action),
        event.action,
        event.targets.join('; '),
        event.address ?? '',
        words.device(event.userAgent),
        event.userAgent ?? '',
        words.result(event.result),
      ]),
    ]);
  }
}
