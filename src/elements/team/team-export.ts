import { css, html, nothing } from 'lit';
import { SettingsError, type Output, type TeamRow } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { teamExport } from '../../locales/en/team-export.js';
import { csvLines, download } from '../../ui/csv.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { button, errorLine } from '../../ui/templates.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';
import type { TeamSection } from './team-section.js';

/** The most that the contract gives at once. */
const LIMIT = 100;
/** Seconds after which we ask again, where a backend that wants a pause does not say for how long. */
const PAUSE = 5;

const styles = css`
  .export-progress { display: grid; gap: calc(var(--_u) * 2); }
`;

/** "Export your team": every page of what the list shows, one after another, as one file. Nothing of it leaves the browser. */
export class TeamExport extends Section {
  readonly #list: TeamSection;
  readonly #t = this.host.locale.texts('teamExport', teamExport);
  #total: number | undefined;
  #done = 0;
  #waiting = false;
  #error: SettingsError | undefined;
  #running: AbortController | undefined;
  readonly #dialog = new DialogController(this.host, 'team-export', () => {
    this.#running?.abort();
    this.#running = undefined;
  });

  constructor(list: TeamSection) {
    super(list.host);
    this.#list = list;
    this.host.wear(dialogStyles);
    this.host.wear(styles);
  }

  open(): void {
    this.#dialog.show();
    void this.#run();
  }

  override reset(): void {
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const t = this.#t;
    const { common } = this.host;
    const { id, closed } = this.#dialog;
    const total = this.#total;
    const cancel = (): void => {
      const stops = this.#running !== undefined;
      this.#dialog.close();
      if (stops) this.host.toast(t('cancelled'));
    };
    return dialog({
      id,
      title: t('title'),
      closeLabel: common('close'),
      close: cancel,
      closed,
      content: html`<div class="dialog-body">
          <p>${total === undefined ? t('bodyOpen') : t('body', { count: total })}</p>
          <div class="export-progress">
            <progress aria-labelledby="team-export-done" max=${total ?? 1} .value=${total === undefined ? 0 : this.#done}></progress>
            <p id="team-export-done" class="small muted"><bdi>${total === undefined ? t('progressOpen', { count: this.#done }) : t('progress', { done: this.#done, count: total })}</bdi></p>
          </div>
          ${this.#error ? errorLine(errorText(common, this.#error, false)) : this.#waiting ? html`<p class="small">${t('waiting')}</p>` : nothing}
        </div>
        <div class="dialog-foot">
          ${button({ label: common('cancel'), look: this.#error ? 'quiet' : '', autofocus: true, press: cancel })}
          ${this.#error ? button({ label: common('retry'), look: 'primary', press: () => void this.#run() }) : nothing}
        </div>`,
    });
  }

  async #run(): Promise<void> {
    const running = (this.#running = new AbortController());
    this.#error = undefined;
    this.#done = 0;
    const file = `team-${new Date().toISOString().slice(0, 10)}.csv`;
    try {
      // Text by page, not rows: a hundred thousand people are some fifteen megabytes, which the file takes over.
      const parts = ['\uFEFF', csvLines([this.#head()])];
      let cursor: string | undefined;
      do {
        const page = await this.#page(cursor, running.signal);
        parts.push(csvLines(page.items.map((row) => this.#line(row))));
        this.#done += page.items.length;
        this.#total = page.total;
        this.host.requestUpdate();
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      download(file, parts);
      this.#running = undefined;
      this.#dialog.close();
      this.host.toast(this.#t('done', { count: this.#done, file }));
    } catch (thrown) {
      if (running.signal.aborted) return;
      this.#running = undefined;
      this.#error = this.host.failure(thrown);
      this.host.requestUpdate();
    }
  }

  /** A page, however often the backend asks to be left alone for a while. */
  async #page(cursor: string | undefined, signal: AbortSignal): Promise<Output<'team.list'>> {
    const { client } = this.host;
    if (!client) throw new SettingsError('unavailable');
    for (;;) {
      try {
        return await client.read('team.list', { ...this.#list.query, limit: LIMIT, ...(cursor !== undefined && { cursor }) }, signal);
      } catch (thrown) {
        const error = SettingsError.from(thrown, 'team.list');
        if (error.kind !== 'rate-limited') throw error;
        this.#say(true);
        await pause((error.retryAfter ?? PAUSE) * 1000, signal);
        this.#say(false);
      }
    }
  }

  #say(waiting: boolean): void {
    this.#waiting = waiting;
    this.host.requestUpdate();
  }

  #head(): string[] {
    const t = this.#t;
    const { words } = this.#list;
    return [words('name'), t('email'), words('role'), words('status'), t('joined'), t('invited'), t('invitedBy'), t('expires'), t('active'), t('mfa'), t('mail')];
  }

  #line(row: TeamRow): string[] {
    const t = this.#t;
    const { words } = this.#list;
    const mfa = row.mfaEnabled === null ? '' : t(row.mfaEnabled ? 'on' : 'off');
    return [
      row.name ?? '',
      row.email,
      this.#list.roleName(row.role),
      words(row.status),
      ...[row.joinedAt, row.invitedAt].map((at) => at ?? ''),
      row.invitedBy ?? '',
      ...[row.expiresAt, row.lastActiveAt].map((at) => at ?? ''),
      mfa,
      row.delivery === 'bounced' ? words('bounced') : '',
    ];
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new SettingsError('aborted'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}
