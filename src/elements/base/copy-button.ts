import { copying } from '../../locales/en/copying.js';
import { check, copy } from '../../ui/more-icons.js';
import { copyText } from '../../ui/copy.js';
import { button } from '../../ui/templates.js';
import type { SettingsElement } from './settings-element.js';

/** Milliseconds for which a button says "Copied". */
const SAID = 2000;

/** Copy buttons of one section: which one copied last, and whether it worked. The text itself is not kept here. */
export class CopyButtons {
  readonly #host: SettingsElement;
  readonly #t;
  #last: { id: string; copied: boolean } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: SettingsElement) {
    this.#host = host;
    this.#t = host.locale.texts('copying', copying);
  }

  /**
   * @param id of the element that shows the text, which is selected where copying is refused
   * @param text what is copied
   */
  render(id: string, text: string, options: { label?: string; context?: string; look?: '' | 'primary'; copied?: () => void } = {}): unknown {
    const last = this.#last?.id === id ? this.#last : undefined;
    const label = last?.copied ? this.#t('copied') : last ? this.#t('pressCopy') : (options.label ?? this.#t('copy'));
    return button({
      label,
      context: options.context,
      icon: last?.copied ? check : copy,
      look: options.look ?? (options.label ? '' : 'quiet'),
      little: true,
      press: () => void this.#copy(id, text, options.copied),
    });
  }

  async #copy(id: string, text: string, done?: () => void): Promise<void> {
    const source = this.#host.renderRoot.querySelector(`#${id}`);
    if (!source) return;
    const copied = await copyText(text, source);
    if (copied) done?.();
    clearTimeout(this.#timer);
    this.#last = { id, copied };
    this.#host.announce(this.#t(copied ? 'copied' : 'pressCopy'));
    this.#host.requestUpdate();
    this.#timer = setTimeout(() => {
      this.#last = undefined;
      this.#host.requestUpdate();
    }, SAID);
  }
}
