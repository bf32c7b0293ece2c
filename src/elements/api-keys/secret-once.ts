import { css, html, nothing } from 'lit';
import type { ApiKey } from '../../contract/index.js';
import type { DialogController } from '../../lit/dialog-controller.js';
import { keySecret } from '../../locales/en/key-secret.js';
import { choiceStyles } from '../../ui/choices.js';
import { dialog } from '../../ui/dialog.js';
import { selectStyles } from '../../ui/select-styles.js';
import { selectField } from '../../ui/select-field.js';
import { checkbox } from '../../ui/form-templates.js';
import { button, errorLine, type Content } from '../../ui/templates.js';
import { CopyButtons } from '../base/copy-button.js';
import type { SettingsElement } from '../base/settings-element.js';
import { ShownOnce } from '../base/shown-once.js';
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

/** A new secret, in the dialog that made it. It is shown once: the dialog closes when the person has copied the key or says that it is stored. */
export class SecretOnce {
  /** For the dialog around it. */
  readonly guard: ShownOnce;
  readonly #host: SettingsElement;
  readonly #dialog: DialogController;
  readonly #t;
  readonly #copy;
  #made: { key: ApiKey; secret: string; snippets: readonly ShownSnippet[] } | undefined;
  #kept = false;
  #stored = false;
  /** Which of the snippets shows. */
  #place = 0;

  constructor(host: SettingsElement, controller: DialogController) {
    this.#host = host;
    this.#dialog = controller;
    this.#t = host.locale.texts('keySecret', keySecret);
    this.#copy = new CopyButtons(host);
    this.guard = new ShownOnce(host, controller, { first: () => this.#t('first'), waiver: 'once-stored' });
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
    this.guard.hold();
    this.#host.requestUpdate();
    void this.#select();
  }

  /** The secret leaves the screen, and its dialog with it. */
  conceal(): void {
    if (!this.#made) return;
    this.forget();
    this.#dialog.close();
  }

  /** The dialog around it: what is asked first, and then the secret. */
  renderDialog(titles: { asked: Content; made: Content }, asked: () => Content): unknown {
    const { guard } = this;
    return dialog({
      id: this.#dialog.id,
      title: this.#made ? titles.made : titles.asked,
      closeLabel: this.#host.common('close'),
      close: guard.close,
      closed: guard.closed,
      escape: guard.keep,
      content: this.#made ? this.render() : asked(),
    });
  }

  /** The secret leaves the memory. */
  forget(): void {
    this.guard.release();
    this.#made = undefined;
    this.#kept = this.#stored = false;
    this.#place = 0;
  }

  render(): unknown {
    if (!this.#made) return nothing;
    const { key, secret, snippets } = this.#made;
    const t = this.#t;
    const again = key.revealable && this.#host.auth.data?.policy.apiKeys.reveal === 'step-up' && this.#host.can('apiKeys.reveal');
    const safe = this.#kept || this.#stored;
    const snippet = snippets[this.#place];
    const copied = (): void => {
      this.#kept = true;
      this.guard.release();
    };
    /** Other words of the dialog, or none, are not the key. */
    const byHand = (): void => {
      if (getSelection()?.toString().includes(secret)) copied();
    };
    return html`<div class="dialog-body" @change=${this.#changed} @copy=${byHand}>
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
          ${this.guard.refused ? errorLine(t('first')) : nothing}
        </div>
      </div>
      <div class="dialog-foot">${button({ label: t('done'), look: safe ? 'primary' : '', press: this.guard.close })}</div>`;
  }

  /** Ready for the keys that copy. */
  async #select(): Promise<void> {
    await this.#host.focusOn('once-secret');
    const shown = this.#host.renderRoot.querySelector('#once-secret');
    if (shown) getSelection()?.selectAllChildren(shown);
  }

  readonly #changed = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) this.#place = Number(target.value);
    if (target instanceof HTMLInputElement) {
      this.#stored = target.checked;
      if (this.#kept || this.#stored) this.guard.release();
      else this.guard.hold();
    }
    this.#host.requestUpdate();
  };
}
