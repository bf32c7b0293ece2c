import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { Output, SettingsError, TeamRow } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { ResourceController } from '../../lit/resource-controller.js';
import { transfer } from '../../locales/en/transfer.js';
import { choices, choiceStyles } from '../../ui/choices.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { circleInfo } from '../../ui/icons.js';
import { address, button, errorLine, skeleton, status } from '../../ui/templates.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

/** So many people stand to choose from; the search finds the others. */
const SHOWN = 6;
/** Milliseconds of quiet after which what was typed is searched for. */
const PAUSE = 250;

const styles = css`
  .heirs { display: grid; align-content: start; gap: calc(var(--_u) * 3); min-block-size: 16rem; }
  .heirs .skeleton { block-size: 2.5rem; }
`;

/** "Transfer ownership": finds the member, says what it means for both, and hands over. */
export class TransferDialog extends Section {
  readonly #t = this.host.locale.texts('transfer', transfer);
  readonly #transfer = new Action('organisation.transfer');
  #search = '';
  #searchTimer: ReturnType<typeof setTimeout> | undefined;
  /** Kept beside the list, which another search may leave without them. */
  #heir: TeamRow | undefined;
  readonly #dialog = new DialogController(this.host, 'transfer-dialog', () => {
    clearTimeout(this.#searchTimer);
    this.#form.discard();
    this.#search = '';
    this.#heir = undefined;
  });
  readonly #members = new ResourceController<Output<'team.list'>>(
    this.host,
    () => (this.#dialog.isOpen ? this.host.client?.resource('team.list', { search: this.#search, status: ['accepted'], role: this.#roles, sort: 'name', limit: SHOWN }) : undefined),
    this.host.failedRead('team.list'),
  );
  readonly #form: FormController<{ heir: string }> = new FormController<{ heir: string }>(this.host, {
    id: 'transfer',
    saved: () => ({ heir: '' }),
    always: true,
    check: () => (this.#heir ? {} : { heir: 'required' }),
    edited: () => {
      this.#transfer.reset();
    },
    save: () => this.#send(),
    settled: this.host.sayStatus,
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear([dialogStyles, choiceStyles, styles]);
  }

  /** An owner cannot be made one: those below. */
  get #roles(): string[] | undefined {
    return this.host.auth.data?.policy.memberRoles?.filter((role) => role !== 'owner');
  }

  open(): void {
    this.#transfer.reset();
    this.#form.discard();
    this.#dialog.show();
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
    const { id, close, closed } = this.#dialog;
    const form = this.#form;
    return dialog({
      id,
      title: t.rich('title', { organisation: html`<bdi>${this.host.auth.data?.organisation?.name ?? ''}</bdi>` }),
      closeLabel: common('close'),
      close,
      closed,
      content: html`<form novalidate @submit=${form.submit} @change=${this.#chosen}>
        <div class="dialog-body">
          <p id="${id}-body">${t('body')}</p>
          <input class="input" part="input" type="search" id="transfer-search" autocomplete="off" spellcheck="false" aria-label=${t('search')} placeholder=${t('search')} ?autofocus=${true} .value=${this.#search} @input=${this.#typed} @keydown=${this.#searchNow} />
          <div class="heirs">${this.#list()}</div>
          ${form.error && form.error.kind !== 'aborted' ? errorLine(this.#problem(form.error)) : nothing}
        </div>
        <div class="dialog-foot">
          ${button({ label: common('cancel'), look: 'quiet', press: close })}
          ${button({ label: t('submit'), look: 'primary', submit: true, busy: form.busy, press: form.press })}
        </div>
      </form>`,
    });
  }

  #list(): unknown {
    const t = this.#t;
    const { data, error, loading } = this.#members.state;
    if (error && !data) return this.host.loadError(t('what'), error, () => { this.#members.reload(); }, loading);
    if (!data) return Array.from({ length: 3 }, () => skeleton('box'));
    const found = data.items.filter(({ type, self, role }) => type === 'member' && !self && role !== 'owner');
    const chosen = this.#heir;
    const rows = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
    const problem = this.#form.problems.heir && t('missing');
    if (rows.length === 0) return [status('', circleInfo, this.#search === '' ? t('none') : t.rich('noMatch', { search: html`<bdi>${this.#search}</bdi>` })), problem && this.#search !== '' ? errorLine(problem) : nothing];
    const more = (data.total ?? found.length) - found.length;
    return [
      choices({
        id: this.#form.fieldId('heir'),
        name: 'heir',
        legend: t('legend'),
        value: chosen?.id ?? '',
        options: rows.map((row) => [row.id, row.name === null ? address(row.email) : html`<bdi>${row.name}</bdi>`, row.name === null ? undefined : address(row.email)] as const),
        error: problem,
      }),
      more > 0 ? html`<p class="muted small">${t('more', { count: more })}</p>` : nothing,
    ];
  }

  #problem(error: SettingsError): string {
    const name = this.#heir?.name ?? this.#heir?.email ?? '';
    if (error.kind === 'not-found') return this.#t('gone', { name });
    if (error.kind === 'conflict') return this.#t('ownsAlready', { name });
    return errorText(this.host.common, error, true);
  }

  readonly #chosen = (event: Event): void => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.name !== 'heir') return;
    this.#heir = this.#members.data?.items.find(({ id }) => id === field.value) ?? this.#heir;
    this.#form.set('heir', field.value);
  };

  readonly #typed = (event: Event): void => {
    const text = event.target instanceof HTMLInputElement ? event.target.value : '';
    clearTimeout(this.#searchTimer);
    this.#searchTimer = setTimeout(() => { this.#searchFor(text); }, PAUSE);
  };

  /** Enter in the search searches, and hands nothing over. */
  readonly #searchNow = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    this.#searchFor(event.target.value);
  };

  #searchFor(text: string): void {
    clearTimeout(this.#searchTimer);
    this.#search = text.trim().slice(0, 200);
    this.host.requestUpdate();
  }

  async #send(): Promise<void> {
    const heir = this.#heir;
    if (!heir) return;
    const done = this.#t('done', { name: heir.name ?? heir.email, organisation: this.host.auth.data?.organisation?.name ?? '' });
    await this.host.act(this.#transfer, { memberId: heir.id });
    this.#dialog.close();
    this.host.toast(done);
  }
}
