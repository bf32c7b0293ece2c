import { html, nothing } from 'lit';
import { skeleton } from '../../ui/templates.js';
import { Lazy } from './lazy.js';
import { painted } from './painted.js';
import type { SettingsElement } from './settings-element.js';

/** The place of a person's picture or a company's logo: its room is there before its file is. */
export class Portrait {
  readonly #host: SettingsElement;
  readonly #kind: 'avatar' | 'logo';
  readonly #editor = new Lazy(async () => {
    await painted();
    return new (await import('./picture-editor.js')).PictureEditor(this.#host, this.#kind);
  });

  constructor(host: SettingsElement, kind: 'avatar' | 'logo') {
    this.#host = host;
    this.#kind = kind;
  }

  reset(): void {
    this.#editor.part?.reset();
  }

  renderDialogs(): unknown {
    return this.#editor.part?.renderDialogs();
  }

  /** @param shown what the picture is of; absent while it loads */
  render(shown: { name: string; url: string | null } | undefined): unknown {
    if (shown && !this.#host.can(`${this.#kind}.set`)) return nothing;
    // Said once: the picture is the least of what stands here.
    const editor = shown && !this.#editor.error
      ? this.#host.loaded(this.#editor, (error) => this.#host.failure(error))
      : undefined;
    return editor && shown ? editor.render(shown.url, shown.name) : html`<div class="portrait">${skeleton('box')}</div>`;
  }
}
