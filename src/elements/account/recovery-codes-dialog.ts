import { css, html, nothing } from 'lit';
import { DialogController } from '../../lit/dialog-controller.js';
import { recoveryCodes } from '../../locales/en/recovery-codes.js';
import { download } from '../../ui/csv.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { codeStyles } from '../../ui/code-styles.js';
import { printAlone } from '../../ui/print.js';
import { checkbox } from '../../ui/form-templates.js';
import { button, errorLine } from '../../ui/templates.js';
import { CopyButtons } from '../base/copy-button.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { ShownOnce } from '../base/shown-once.js';

const styles = css`
  .codes { display: grid; grid-template-columns: minmax(0, 1fr); gap: calc(var(--_u) * 4); padding: calc(var(--_u) * 4); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_sunken); }
  .codes > ol { display: grid; grid-template-columns: repeat(2, minmax(0, max-content)); justify-content: space-evenly; gap: var(--_u) calc(var(--_u) * 6); font-family: var(--_mono); line-height: 1.5rem; }
  .codes > ol:focus { outline: var(--_ring) solid var(--_focus); outline-offset: var(--_ring-offset); border-radius: 2px; }
  .codes .actions { padding: 0; justify-content: center; }
  @container uf (max-width: 23.99rem) {
    .codes > ol { grid-template-columns: minmax(0, max-content); }
  }
`;

/** Recovery codes, right after they were made: shown once, so the dialog stays until the person says that they are saved. */
export class RecoveryCodesDialog extends Section {
  readonly #t = this.host.locale.texts('recoveryCodes', recoveryCodes);
  readonly #copy = new CopyButtons(this.host);
  readonly #dialog = new DialogController(this.host, 'recovery-codes', () => {
    this.#forget();
  });
  readonly #guard = new ShownOnce(this.host, this.#dialog, { first: () => this.#t('first'), waiver: 'recovery-saved' });
  #codes: readonly string[] = [];
  #saved = false;
  #seen: (() => void) | undefined;
  #clearPaper: (() => void) | undefined;

  constructor(host: SettingsElement) {
    super(host);
    host.wear(codeStyles);
    host.wear(dialogStyles);
    host.wear(styles);
  }

  /** Shows them; done when the dialog is closed. */
  async show(codes: readonly string[]): Promise<void> {
    this.#forget();
    this.#codes = codes;
    this.#guard.hold();
    this.#dialog.show();
    const seen = new Promise<void>((resolve) => {
      this.#seen = resolve;
    });
    await this.host.focusOn('recovery-list');
    await seen;
  }

  override stays(): boolean {
    return this.#guard.stays();
  }

  override render(): unknown {
    return nothing;
  }

  override conceal(): void {
    this.#dialog.close();
  }

  override renderDialogs(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const t = this.#t;
    return dialog({
      id: this.#dialog.id,
      title: t('title'),
      closeLabel: this.host.common('close'),
      close: this.#guard.close,
      closed: this.#guard.closed,
      escape: this.#guard.keep,
      content: html`<div class="dialog-body" @change=${this.#changed}>
          <p>${t('body')}</p>
          <div class="codes">
            <ol id="recovery-list" dir="ltr" tabindex="-1" aria-label=${t('codes')}>${this.#codes.map((code) => html`<li><bdi>${code}</bdi></li>`)}</ol>
            <div class="actions">
              ${this.#copy.render('recovery-list', this.#codes.join('\n'), { label: t('copyAll') })}
              ${button({ label: t('download'), little: true, press: this.#download })}
              ${button({ label: t('print'), little: true, press: this.#print })}
            </div>
          </div>
          <div>
            ${checkbox({ id: 'recovery-saved', name: 'saved', label: t('saved'), checked: this.#saved })}
            ${this.#guard.refused ? errorLine(t('first')) : nothing}
          </div>
        </div>
        <div class="dialog-foot">${button({ label: t('done'), look: this.#saved ? 'primary' : '', press: this.#guard.close })}</div>`,
    });
  }

  readonly #changed = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    this.#saved = target.checked;
    if (this.#saved) this.#guard.release();
    else this.#guard.hold();
    this.host.requestUpdate();
  };

  readonly #download = (): void => {
    const { title, body } = this.#words();
    download(`${this.#t('file')}.txt`, [title, body, '', ...this.#codes, ''].join('\r\n'), 'text/plain;charset=utf-8');
  };

  readonly #print = (): void => {
    this.#clearPaper?.();
    const { title, body } = this.#words();
    const make = (tag: string, text: string): HTMLElement => Object.assign(document.createElement(tag), { textContent: text });
    const list = make('ol', '');
    list.append(...this.#codes.map((code) => make('li', code)));
    this.#clearPaper = printAlone(make('h1', title), make('p', body), list);
  };

  #words(): { title: string; body: string } {
    const { email = '' } = this.host.auth.data?.user ?? {};
    return { title: this.#t('paperTitle', { email }), body: this.#t('paperBody', { date: this.host.locale.date(new Date().toISOString()), site: location.host }) };
  }

  /** The codes leave the memory. */
  #forget(): void {
    this.#clearPaper?.();
    this.#guard.release();
    this.#codes = [];
    this.#saved = false;
    this.#seen?.();
    this.#seen = undefined;
  }
}
