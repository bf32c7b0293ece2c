import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { SettingsError, type Input } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { picture } from '../../locales/en/picture.js';
import { pictureCrop } from '../../locales/en/picture-crop.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { button, errorLine } from '../../ui/templates.js';
import type { OpenPicture } from './picture-file.js';
import { Section } from './section.js';
import type { SettingsElement } from './settings-element.js';
import { errorText } from './texts.js';

type Picture = Input<'avatar.set'>;

/** Pixels of a side, at most; bytes that a backend takes. */
const SIDE = 512;
const LARGEST = 1_048_576;
const CLOSEST = 4;

const styles = css`
  .crop { display: block; justify-self: center; inline-size: min(16rem, 100%); aspect-ratio: 1; border: 1px solid var(--_border-control); border-radius: var(--_radius); background: repeating-conic-gradient(var(--_sunken) 0 25%, var(--_surface) 0 50%) 0 0 / 1rem 1rem; cursor: move; touch-action: none; }
  .crop.avatar { border-radius: 50%; }
  .zoom { inline-size: 100%; min-block-size: max(1.5rem, var(--_target)); accent-color: var(--_accent); }
`;

/** Which part of a picture is kept: drag, or arrow keys, + and -. What is sent is drawn anew, so nothing else of the file goes along. */
export class PictureCropper extends Section {
  readonly #kind: 'avatar' | 'logo';
  readonly #t = this.host.locale.texts('pictureCrop', pictureCrop);
  readonly #texts = this.host.locale.texts('picture', picture);
  readonly #set: Action<'avatar.set' | 'logo.set'>;
  readonly #dialog = new DialogController(this.host, 'picture-crop', () => {
    this.#opened?.bitmap.close();
    this.#opened = undefined;
    this.#failure = undefined;
  });
  #opened: OpenPicture | undefined;
  #failure: string | undefined;
  #zoom = 1;
  /** The middle of what is kept, in pixels of the picture. */
  #x = 0;
  #y = 0;

  constructor(host: SettingsElement, kind: 'avatar' | 'logo') {
    super(host);
    this.#kind = kind;
    this.#set = new Action(kind === 'avatar' ? 'avatar.set' : 'logo.set');
    host.wear(dialogStyles);
    host.wear(styles);
  }

  crop(opened: OpenPicture): void {
    this.#opened?.bitmap.close();
    this.#opened = opened;
    this.#set.reset();
    this.#zoom = 1;
    this.#x = opened.bitmap.width / 2;
    this.#y = opened.bitmap.height / 2;
    this.#dialog.show();
    void this.#draw();
    void this.host.focusOn('picture-crop-area');
  }

  override reset(): void {
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    if (!this.#dialog.isOpen || !this.#opened) return nothing;
    const t = this.#t;
    const { common } = this.host;
    const { id, close, closed } = this.#dialog;
    const percent = Math.round(this.#zoom * 100);
    return dialog({
      id,
      title: t(this.#kind === 'avatar' ? 'avatarTitle' : 'logoTitle'),
      closeLabel: common('close'),
      close,
      closed,
      content: html`<div class="dialog-body">
          <canvas id="picture-crop-area" class="crop ${this.#kind}" width=${SIDE} height=${SIDE} tabindex="0" role="application" aria-label=${t('area')} aria-describedby="picture-crop-help"
            @keydown=${this.#steer} @pointerdown=${this.#grasp} @pointermove=${this.#drag}></canvas>
          <p id="picture-crop-help">${t('help')}${this.#opened.moving ? ` ${t('moving')}` : ''}</p>
          <div class="field">
            <label class="label" for="picture-crop-zoom">${t('zoom')}</label>
            <input class="zoom" id="picture-crop-zoom" type="range" autocomplete="off" min="100" max=${CLOSEST * 100} step="5" .value=${String(percent)} aria-valuetext=${t('percent', { count: percent })}
              @input=${(event: Event) => { if (event.target instanceof HTMLInputElement) this.#zoomTo(Number(event.target.value) / 100); }} />
          </div>
          ${this.#failure ? errorLine(this.#failure) : nothing}
        </div>
        <div class="dialog-foot">
          ${button({ label: common('cancel'), look: 'quiet', press: close })}
          ${button({ label: t('save'), look: 'primary', busy: this.#set.busy, press: () => void this.#save() })}
        </div>`,
    });
  }

  /** Pixels of the picture on each side of what is kept. */
  get #side(): number {
    const { bitmap } = this.#opened ?? {};
    return bitmap ? Math.min(bitmap.width, bitmap.height) / this.#zoom : 1;
  }

  readonly #steer = (event: KeyboardEvent): void => {
    const step = this.#side / (event.shiftKey ? 4 : 20);
    // As one moves a frame over the picture, whichever way the page reads.
    const moves: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const move = moves[event.key];
    const zooms: Readonly<Record<string, number>> = { '+': 0.1, '=': 0.1, '-': -0.1 };
    const zoom = zooms[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || (!move && zoom === undefined)) return;
    event.preventDefault();
    if (move) {
      this.#moveTo(this.#x + move[0], this.#y + move[1]);
      this.#say();
    } else {
      this.#zoomTo(this.#zoom + (zoom ?? 0));
      this.host.announce(this.#t('percent', { count: Math.round(this.#zoom * 100) }));
    }
  };

  readonly #grasp = (event: PointerEvent): void => {
    if (event.target instanceof Element && event.button === 0) event.target.setPointerCapture(event.pointerId);
  };

  readonly #drag = (event: PointerEvent): void => {
    const { target } = event;
    if (!(target instanceof Element) || !target.hasPointerCapture(event.pointerId)) return;
    const scale = this.#side / target.clientWidth;
    this.#moveTo(this.#x - event.movementX * scale, this.#y - event.movementY * scale);
  };

  #zoomTo(zoom: number): void {
    this.#zoom = Math.min(CLOSEST, Math.max(1, Math.round(zoom * 100) / 100));
    this.#moveTo(this.#x, this.#y);
  }

  /** Never over the picture's edge. */
  #moveTo(x: number, y: number): void {
    if (!this.#opened) return;
    const { width, height } = this.#opened.bitmap;
    const half = this.#side / 2;
    this.#x = Math.min(width - half, Math.max(half, x));
    this.#y = Math.min(height - half, Math.max(half, y));
    this.#set.reset();
    this.#failure = undefined;
    this.host.requestUpdate();
    void this.#draw();
  }

  #say(): void {
    const { bitmap } = this.#opened ?? {};
    if (bitmap) this.host.announce(this.#t('moved', { across: Math.round((this.#x / bitmap.width) * 100), down: Math.round((this.#y / bitmap.height) * 100) }));
  }

  async #draw(): Promise<void> {
    await this.host.updateComplete;
    const canvas = this.host.renderRoot.querySelector<HTMLCanvasElement>('#picture-crop-area');
    if (canvas) this.#paint(canvas);
  }

  #paint(canvas: HTMLCanvasElement): void {
    const context = canvas.getContext('2d');
    if (!context || !this.#opened) return;
    const side = this.#side;
    context.imageSmoothingQuality = 'high';
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(this.#opened.bitmap, this.#x - side / 2, this.#y - side / 2, side, side, 0, 0, canvas.width, canvas.height);
  }

  /** WebP; what cannot write it (Safari) makes a PNG of it by itself; what is too heavy so goes as JPEG. */
  async #encode(): Promise<Picture> {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = Math.max(1, Math.min(SIDE, Math.round(this.#side)));
    this.#paint(canvas);
    const write = (type: string): Promise<Blob | null> => new Promise((resolve) => { canvas.toBlob(resolve, type, 0.9); });
    let blob = await write('image/webp');
    if (!blob || blob.size > LARGEST) blob = await write('image/jpeg');
    const type = (['image/webp', 'image/png', 'image/jpeg'] as const).find((known) => known === blob?.type);
    if (!blob || !type) throw new SettingsError('unexpected');
    return { type, bytes: new Uint8Array(await blob.arrayBuffer()) };
  }

  async #save(): Promise<void> {
    if (this.#set.busy) return;
    try {
      await this.host.act(this.#set, await this.#encode());
    } catch (thrown) {
      const error = this.host.failure(thrown);
      this.#failure = error && (error.kind === 'invalid' ? this.#texts('refused') : errorText(this.host.common, error));
      this.host.requestUpdate();
      return;
    }
    this.#dialog.close();
    this.host.toast(this.#t(this.#kind === 'avatar' ? 'avatarSaved' : 'logoSaved'));
  }
}
