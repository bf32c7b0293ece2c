import { css, html, nothing } from 'lit';
import type { ApiKey } from '../../contract/index.js';
import type { DialogController } from '../../lit/dialog-controller.js';
import { keySecret } from '../../locales/en/key-secret.js';
import { choiceStyles } from '../../ui/choices.js';
import { selectStyles } from '../../ui/select-styles.js';
import { button, checkbox, errorLine, selectField } from '../../ui/templates.js';
import { CopyButtons } from '../base/copy-button.js';
import type { SettingsElement } from '../base/settings-element.js';
import { snippetsOf, type ShownSnippet } from './key-snippets.js';

const styles = css`
  .once { display: grid; gap: calc(var(--_u) * 3); padding: calc(var(--_u) * 4); border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_sunken); justify-items: start; }
  .once > bdi, .snippet { font-family: var(--_mono); font-size: var(--_small); line-height: 1.25rem; overflow-wrap: anywhere; }
  .once > bdi:focus { outline: var(--_ring) solid var(--_focus); outline-offset: var(--_ring-offset); border-radius: 2px; }
  .use { display: grid; gap: calc(var(--_u) * 3); }
  .use > .field { max-inline-size: none; }
  .snippet { margin: 0; padding: calc(var(--_u) * 3); border-radius: var(--_r-control); background: var(--_sunken); white-space: pre-wrap; text-align: start; }
  @media (forced-colors: active) {
    .snippet { border: 1px solid CanvasText; }
  }
`;

const keepPage = (event: BeforeUnloadEvent): void => {
  event.preventDefault();
};

/**
 * A new secret, in the dialog that made it. It is shown once, so the dialog does not close by Esc, its close button or the
 * system's "back" before the person has copied the key or says that it is stored.
 */
export class SecretOnce {
  readonly #host: SettingsElement;
  readonly #dialog: DialogController;
  readonly #t;
  readonly #copy;
  #made: { key: ApiKey; secret: string; snippets: readonly ShownSnippet[] } | undefined;
  #kept = false;
  #stored = false;
  #refused = false;
  /** Which of the snippets shows. */
  #place = 0;

  constructor(host: SettingsElement, dialog: DialogController) {
    this.#host = host;
    this.#dialog = dialog;
    this.#t = host.locale.texts('keySecret', keySecret);
    this.#copy = new CopyButtons(host);
    host.wear(choiceStyles);
    host.wear(selectStyles);
    host.wear(styles);
  }

  /** The key whose secret is shown. */
  get key(): ApiKey | undefined {
    return this.#made?.key;
  }

  show(key: ApiKey, secret: string): void {
    this.#made = { key, secret, snippets: snippetsOf(this.#host, key, secret, this.#t) };
    addEventListener('beforeunload', keepPage);
    this.#host.requestUpdate();
    void this.#host.focusOn('once-secret');
  }

  /** The secret leaves the memory. */
  forget(): void {
    removeEventListener('beforeunload', keepPage);
    this.#made = undefined;
    this.#kept = this.#stored = this.#refused = false;
    this.#place = 0;
  }

  /** Whether the key would be lost; says then what has to be done first. */
  stays(): boolean {
    if (!this.#made || this.#kept || this.#stored) return false;
    this.#refused = true;
    this.#host.announce(this.#t('first'));
    this.#host.requestUpdate();
    void this.#host.focusOn('once-stored');
    return true;
  }

  /** For the dialog's buttons and Esc: closes it, or says what has to be done first. */
  readonly close = (): void => {
    if (!this.stays()) this.#dialog.close();
  };

  /** For the dialog's `@close`: what the browser closed against our will opens again, since the controller still holds it open. */
  readonly closed = (): void => {
    if (!this.stays()) this.#dialog.closed();
  };

  /** For `@keydown` around the dialog: browsers close a dialog at the second Esc whatever its `cancel` says, unless the key itself was taken. */
  readonly keep = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#made) return;
    event.preventDefault();
    this.close();
  };

  render(): unknown {
    if (!this.#made) return nothing;
    const { key, secret, snippets } = this.#made;
    const t = this.#t;
    const again = key.revealable && this.#host.auth.data?.policy.apiKeys.reveal === 'step-up' && this.#host.can('apiKeys.reveal');
    const safe = this.#kept || this.#stored;
    const snippet = snippets[this.#place];
    const copied = (): void => {
      this.#kept = true;
      this.#refused = false;
      removeEventListener('beforeunload', keepPage);
    };
    return html`<div class="dialog-body" @change=${this.#changed} @copy=${copied}>
        <p>${t(again ? 'again' : 'once')}</p>
        <div class="once">
          <bdi id="once-secret" dir="ltr" tabindex="-1" role="group" aria-label=${t('key')}>${secret}</bdi>
          ${this.#copy.render('once-secret', secret, { label: t('copy'), look: safe ? '' : 'primary', copied })}
        </div>
        ${snippet
          ? html`<div class="use">
              ${selectField({ id: 'once-place', name: 'place', label: t('use'), value: String(this.#place), autocomplete: 'off', options: snippets.map(({ label }, index) => [String(index), label]) })}
              <pre class="snippet" id="once-snippet" dir="ltr" tabindex="0" role="group" aria-label=${t('snippet')}>${snippet.code}</pre>
              <div>${this.#copy.render('once-snippet', snippet.code, { context: snippet.label, ...(snippet.whole && { copied }) })}</div>
            </div>`
          : nothing}
        <div>
          ${checkbox({ id: 'once-stored', name: 'stored', label: t('stored'), checked: this.#stored })}
          ${this.#refused ? errorLine(t('first')) : nothing}
        </div>
      </div>
      <div class="dialog-foot">${button({ label: t('done'), look: safe ? 'primary' : '', press: this.close })}</div>`;
  }

  readonly #changed = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) this.#place = Number(target.value);
    if (target instanceof HTMLInputElement) {
      this.#stored = target.checked;
      this.#refused = false;
      if (this.#stored) removeEventListener('beforeunload', keepPage);
      else if (!this.#kept) addEventListener('beforeunload', keepPage);
    }
    this.#host.requestUpdate();
  };
}
