import { css, html, nothing, type TemplateResult } from 'lit';
import { Action } from '../../client/index.js';
import type { SettingsError } from '../../contract/index.js';
import { picture } from '../../locales/en/picture.js';
import { button, errorLine, initials } from '../../ui/templates.js';
import { attempt } from './attempt.js';
import type { Question } from './confirm-dialog.js';
import { Lazy } from './lazy.js';
import { openPicture } from './picture-file.js';
import type { SettingsElement } from './settings-element.js';
import { errorText } from './texts.js';

const styles = css`
  .face { flex: none; display: grid; place-items: center; inline-size: 4rem; block-size: 4rem; overflow: hidden; border-radius: var(--_radius); background: color-mix(in oklab, var(--_text) 8%, var(--_surface)); font-size: 1.25rem; font-weight: 500; letter-spacing: 0.02em; }
  .face.avatar { border-radius: 50%; }
  .face img { inline-size: 100%; block-size: 100%; object-fit: cover; }
  .portrait > div { flex: 1 1 14rem; display: grid; gap: calc(var(--_u) * 1.5); min-inline-size: 0; }
  .portrait .actions { display: flex; flex-wrap: wrap; gap: calc(var(--_u) * 2); }
  .portrait.over { outline: 2px dashed var(--_focus); outline-offset: calc(var(--_u) * 2); border-radius: var(--_radius); }
  @media (forced-colors: active) { .face { border: 1px solid; } }
`;

/** A person's picture, or a company's logo: what is shown now, another one, none. Loads the cropper when a file was chosen. */
export class PictureEditor {
  readonly #host: SettingsElement;
  readonly #kind: 'avatar' | 'logo';
  readonly #t;
  readonly #remove: Action<'avatar.remove' | 'logo.remove'>;
  readonly #cropper = new Lazy(async () => new (await import('./picture-cropper.js')).PictureCropper(this.#host, this.#kind));
  /** In the language of the moment. */
  #problem: (() => string) | undefined;
  #over = false;

  constructor(host: SettingsElement, kind: 'avatar' | 'logo') {
    this.#host = host;
    this.#kind = kind;
    this.#t = host.locale.texts('picture', picture);
    this.#remove = new Action(kind === 'avatar' ? 'avatar.remove' : 'logo.remove');
    host.wear(styles);
  }

  reset(): void {
    this.#problem = undefined;
    this.#cropper.part?.reset();
  }

  /** @param name whose initials stand where there is no picture */
  render(url: string | null, name: string): TemplateResult {
    const t = this.#t;
    const kind = this.#kind;
    const label = t(kind);
    return html`<div class="portrait ${this.#over ? 'over' : ''}" role="group" aria-label=${label} @dragover=${this.#hover} @dragleave=${this.#unhover} @drop=${this.#drop}>
      <span class="face ${kind}" aria-hidden="true">${url === null ? initials(name) : html`<img src=${url} alt="" referrerpolicy="no-referrer" />`}</span>
      <div>
        <div class="actions">
          ${button({ id: `${kind}-change`, label: t(kind === 'avatar' ? 'changeAvatar' : 'changeLogo'), little: true, press: this.#choose })}
          ${url !== null && this.#host.can(`${kind}.remove`)
            ? button({ label: t('remove'), context: label, little: true, look: 'quiet', busy: this.#remove.busy, press: () => void this.#askToRemove() })
            : nothing}
        </div>
        ${this.#problem ? errorLine(this.#problem()) : nothing}
        <p class="muted small">${t('hint')}</p>
      </div>
      <input id="${kind}-file" type="file" hidden accept="image/png,image/jpeg,image/webp,image/gif" aria-label=${label} @change=${this.#chosen} />
    </div>`;
  }

  renderDialogs(): unknown {
    return this.#cropper.part?.renderDialogs();
  }

  readonly #choose = (): void => {
    this.#host.renderRoot.querySelector<HTMLInputElement>(`#${this.#kind}-file`)?.click();
  };

  readonly #chosen = (event: Event): void => {
    const input = event.currentTarget;
    if (!(input instanceof HTMLInputElement)) return;
    const file = input.files?.[0];
    // The same file again is a choice, too.
    input.value = '';
    if (file) void this.#open(file);
  };

  readonly #hover = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#mark(true);
  };

  readonly #unhover = (): void => {
    this.#mark(false);
  };

  readonly #drop = (event: DragEvent): void => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    this.#mark(false);
    void this.#open(file);
  };

  #mark(over: boolean): void {
    if (over === this.#over) return;
    this.#over = over;
    this.#host.requestUpdate();
  }

  async #open(file: File): Promise<void> {
    const opened = await openPicture(file);
    if (typeof opened === 'string') {
      this.#problem = () => this.#t(opened);
      this.#host.announce(this.#problem());
    } else {
      this.#problem = undefined;
      try {
        (await this.#cropper.get()).crop(opened);
      } catch (thrown) {
        this.#fail(this.#host.failure(thrown));
      }
    }
    this.#host.requestUpdate();
  }

  async #askToRemove(): Promise<void> {
    const t = this.#t;
    const avatar = this.#kind === 'avatar';
    const question = (): Question => ({ title: t(avatar ? 'removeAvatarTitle' : 'removeLogoTitle'), body: t(avatar ? 'removeAvatarBody' : 'removeLogoBody'), keep: t('keep'), proceed: t('remove'), destructive: true });
    try {
      if (!(await this.#host.confirm(question))) return;
    } catch (thrown) {
      this.#fail(this.#host.failure(thrown));
      return;
    }
    const failure = await attempt(this.#host, this.#remove, undefined, t(avatar ? 'avatarRemoved' : 'logoRemoved'));
    this.#fail(failure);
    if (!failure) await this.#host.focusOn(`${this.#kind}-change`);
  }

  #fail(error: SettingsError | undefined): void {
    this.#problem = error && (() => errorText(this.#host.common, error));
    this.#host.requestUpdate();
  }
}
