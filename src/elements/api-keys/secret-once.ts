import { css, html, nothing } from 'lit';
import type { ApiKey } from '../../contract/index.js';
import type { DialogController } from '../../lit/dialog-controller.js';
import { keySecret } from '../../locales/en/key-secret.js';
import { choiceStyles } from '../../ui/choices.js';
import { selectStyles } from '../../ui/select-styles.js';
import { button, checkbox, errorLine, selectField } from '../../ui/templates.js';
import { CopyButtons } from '../base/copy-button.js';
import type { SettingsElement } from '../base/settings-element.js';
import { ShownOnce } from '../base/shown-once.js';

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

const PLACES = ['env', 'curl', 'javascript'] as const;
type Place = (typeof PLACES)[number];

/** A program's own way to use a key. The secret itself belongs in the environment, so the others read it from there. */
function snippet(place: Place, { kind }: ApiKey, secret: string): string {
  const variable = `${kind.toUpperCase()}_API_KEY`;
  switch (place) {
    case 'env': return `${variable}=${secret}`;
    case 'curl': return `curl -H "Authorization: Bearer $${variable}" https://api.example.com/`;
    case 'javascript': return `const key = process.env.${variable};\nawait fetch('https://api.example.com/', {\n  headers: { Authorization: \`Bearer \${key}\` },\n});`;
  }
}

/** A new secret, in the dialog that made it. It is shown once: the dialog closes when the person has copied the key or says that it is stored. */
export class SecretOnce {
  /** For the dialog around it. */
  readonly guard: ShownOnce;
  readonly #host: SettingsElement;
  readonly #t;
  readonly #copy;
  #made: { key: ApiKey; secret: string } | undefined;
  #kept = false;
  #stored = false;
  #place: Place = 'env';

  constructor(host: SettingsElement, dialog: DialogController) {
    this.#host = host;
    this.#t = host.locale.texts('keySecret', keySecret);
    this.#copy = new CopyButtons(host);
    this.guard = new ShownOnce(host, dialog, { first: () => this.#t('first'), waiver: 'once-stored' });
    host.wear(choiceStyles);
    host.wear(selectStyles);
    host.wear(styles);
  }

  /** The key whose secret is shown. */
  get key(): ApiKey | undefined {
    return this.#made?.key;
  }

  show(key: ApiKey, secret: string): void {
    this.#made = { key, secret };
    this.guard.hold();
    this.#host.requestUpdate();
    void this.#host.focusOn('once-secret');
  }

  /** The secret leaves the memory. */
  forget(): void {
    this.guard.release();
    this.#made = undefined;
    this.#kept = this.#stored = false;
    this.#place = 'env';
  }

  render(): unknown {
    if (!this.#made) return nothing;
    const { key, secret } = this.#made;
    const t = this.#t;
    const again = key.revealable && this.#host.auth.data?.policy.apiKeys.reveal === 'step-up' && this.#host.can('apiKeys.reveal');
    const safe = this.#kept || this.#stored;
    const code = snippet(this.#place, key, secret);
    const copied = (): void => {
      this.#kept = true;
      this.guard.release();
    };
    return html`<div class="dialog-body" @change=${this.#changed} @copy=${copied}>
        <p>${t(again ? 'again' : 'once')}</p>
        <div class="once">
          <bdi id="once-secret" dir="ltr" tabindex="-1" role="group" aria-label=${t('key')}>${secret}</bdi>
          ${this.#copy.render('once-secret', secret, { label: t('copy'), look: safe ? '' : 'primary', copied })}
        </div>
        <div class="use">
          ${selectField({ id: 'once-place', name: 'place', label: t('use'), value: this.#place, autocomplete: 'off', options: PLACES.map((place) => [place, t(place)]) })}
          <pre class="snippet" id="once-snippet" dir="ltr" tabindex="0" role="group" aria-label=${t('snippet')}>${code}</pre>
          <div>${this.#copy.render('once-snippet', code, { context: t(this.#place), ...(this.#place === 'env' && { copied }) })}</div>
        </div>
        <div>
          ${checkbox({ id: 'once-stored', name: 'stored', label: t('stored'), checked: this.#stored })}
          ${this.guard.refused ? errorLine(t('first')) : nothing}
        </div>
      </div>
      <div class="dialog-foot">${button({ label: t('done'), look: safe ? 'primary' : '', press: this.guard.close })}</div>`;
  }

  readonly #changed = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) this.#place = PLACES.find((place) => place === target.value) ?? 'env';
    if (target instanceof HTMLInputElement) {
      this.#stored = target.checked;
      if (this.#kept || this.#stored) this.guard.release();
      else this.guard.hold();
    }
    this.#host.requestUpdate();
  };
}
