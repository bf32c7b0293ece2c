import { css, html } from 'lit';
import { Action } from '../../client/index.js';
import { SettingsError, type ApiKey, type Output } from '../../contract/index.js';
import { keyReveal } from '../../locales/en/key-reveal.js';
import { icon } from '../../ui/icons.js';
import { eye } from '../../ui/more-icons.js';
import { overlayTokens } from '../../ui/part-tokens.js';
import { button } from '../../ui/templates.js';
import { CopyButtons } from '../base/copy-button.js';
import type { ApiKeysSection } from './api-keys-section.js';

const styles = css`
  ${overlayTokens}
  .reveal.open { background: var(--_accent-soft); border-color: color-mix(in oklab, var(--_accent) 45%, var(--_surface)); }
  .reveal.open .muted { color: var(--_text); }
  .reveal.open > .i { color: var(--_accent-text); }
  @container uf (max-width: 39.99rem) {
    .secret:not(.masked) > bdi { flex: 0 1 22ch; }
  }
  @container uf (max-width: 14.99rem) {
    .secret:not(.masked) > bdi { flex-basis: 100%; }
  }
`;

/** Seconds for which keys are visible. */
const VISIBLE = 60;

/** Keys in clear, for a minute. Their secrets are held here and nowhere else. */
export class KeyReveal {
  readonly #list: ApiKeysSection;
  readonly #t;
  readonly #reveal = new Action('apiKeys.reveal');
  readonly #copy;
  #secrets = new Map<string, string>();
  #secondsLeft = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(list: ApiKeysSection) {
    this.#list = list;
    this.#t = list.host.locale.texts('keyReveal', keyReveal);
    this.#copy = new CopyButtons(list.host);
    list.host.wear(styles);
  }

  get visible(): boolean {
    return this.#secrets.size > 0;
  }

  get busy(): boolean {
    return this.#reveal.busy;
  }

  /** What the bar says and offers while keys are visible. */
  bar(): { icon: unknown; title: string; body: unknown; action: unknown } {
    const t = this.#t;
    const one = this.#secrets.size === 1;
    const count = this.#secondsLeft;
    return {
      icon: icon(eye),
      title: t(one ? 'oneVisibleTitle' : 'visibleTitle'),
      body: t.rich(one ? 'oneHidesIn' : 'hideIn', { count, seconds: html`<strong>${t('seconds', { count })}</strong>` }),
      action: button({ label: t('hideNow'), press: () => { this.#hide(); } }),
    };
  }

  /** A key in clear with its Copy; nothing while it is hidden. */
  secret(key: ApiKey): unknown {
    const secret = this.#secrets.get(key.id);
    if (secret === undefined) return undefined;
    const id = this.#list.keyId(key);
    return html`<bdi id=${id} dir="ltr">${secret}</bdi>${this.#copy.render(id, secret, { context: this.#list.contextOf(key) })}`;
  }

  /** All keys of the page. */
  async view(): Promise<void> {
    const { host, keys } = this.#list;
    this.#show(await this.#ask(keys.filter(({ revealable }) => revealable)));
    host.announce(this.#t('revealed', { count: VISIBLE }));
    await host.focusOn('keys-state');
  }

  async viewOne(key: ApiKey): Promise<void> {
    this.#show(await this.#ask([key]));
    this.#list.host.announce(this.#t('oneRevealed', { last4: key.last4, count: VISIBLE }));
  }

  /** For the clipboard: nothing shows. */
  async secretOf(key: ApiKey): Promise<string> {
    const [found] = await this.#ask([key]);
    if (!found) throw new SettingsError('not-found');
    return found.secret;
  }

  /** The secrets leave the screen and the memory. */
  mask(): void {
    clearInterval(this.#timer);
    this.#secrets = new Map();
    this.#secondsLeft = 0;
    this.#list.host.requestUpdate();
  }

  async #ask(keys: readonly ApiKey[]): Promise<Output<'apiKeys.reveal'>['secrets']> {
    this.#reveal.reset();
    return (await this.#list.host.act(this.#reveal, { ids: keys.map(({ id }) => id) })).secrets;
  }

  /** Counts down by the clock, not by ticks: a sleeping page does not keep keys on the screen. */
  #show(secrets: Output<'apiKeys.reveal'>['secrets']): void {
    if (!this.#list.host.isConnected) return;
    this.#secrets = new Map(secrets.map(({ id, secret }) => [id, secret]));
    clearInterval(this.#timer);
    const end = Date.now() + VISIBLE * 1000;
    const tick = (): void => {
      this.#secondsLeft = Math.ceil((end - Date.now()) / 1000);
      if (this.#secondsLeft <= 0) this.#hide();
      this.#list.host.requestUpdate();
    };
    tick();
    this.#timer = setInterval(tick, 1000);
  }

  #hide(): void {
    this.mask();
    this.#list.host.announce(this.#t('hidden'));
    void this.#list.host.focusOn('keys-state');
  }
}
