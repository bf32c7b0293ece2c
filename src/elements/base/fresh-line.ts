import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { isOperation, rowOf } from '../../contract/index.js';
import { freshLine } from '../../locales/en/fresh-line.js';
import { icon, lock } from '../../ui/icons.js';
import { button } from '../../ui/templates.js';
import { Section } from './section.js';
import type { SettingsElement } from './settings-element.js';

const styles = css`
  .fresh { display: flex; flex-wrap: wrap; align-items: center; gap: 0 calc(var(--_u) * 2); margin-block-end: calc(var(--_u) * 5); color: var(--_text-muted); font-size: var(--_small); line-height: 1.25rem; }
  .fresh > p { display: flex; align-items: start; gap: calc(var(--_u) * 2); min-inline-size: 0; }
  /* As high as with its words, which stand above the button where it is narrow. */
  .fresh:empty { min-block-size: 2rem; }
  @container uf (max-width: 28rem) {
    .fresh:empty { min-block-size: 3.25rem; }
  }
  .fresh .i { margin-block-start: 0.125rem; }
`;

/** An open shackle. */
const unlocked = 'M3.75 7.25h8.5a.5.5 0 0 1 .5.5v5.5a.5.5 0 0 1-.5.5h-8.5a.5.5 0 0 1-.5-.5v-5.5a.5.5 0 0 1 .5-.5ZM5.25 7.25V5a2.75 2.75 0 0 1 5.3-1';

/** Which widgets have something that a proof of presence opens, by the areas of their operations. */
const AREAS: Readonly<Record<string, RegExp>> = {
  'uf-account': /^(account|email|mfa|passkeys|recoveryCodes)\./,
  'uf-company': /^(company|organisation)\./,
  'uf-team': /^team\./,
  'uf-api-keys': /^apiKeys\./,
  'uf-settings': /./,
};

/** Milliseconds under which a proof counts as over: two clocks never agree to the second. */
const SLACK = 3000;

/**
 * The time left of a fresh proof, with "Lock now". Nothing is said as the minutes go; at the end the backend is asked whether it is the end.
 */
export class FreshLine extends Section {
  readonly #t = this.host.locale.texts('freshLine', freshLine);
  readonly #end = new Action('auth.endStepUp');
  #until: string | null = null;
  /** By `performance.now()`. */
  #endsAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The answer to the question that is open, or that was answered a moment ago. */
  #awaited: Promise<void> | undefined;

  constructor(host: SettingsElement) {
    super(host);
    host.wear(styles);
    this.#follow();
    host.addController({ hostUpdate: () => { this.#follow(); } });
  }

  override render(): unknown {
    const seconds = Math.ceil((this.#endsAt - performance.now()) / 1000);
    if (!this.#guards()) return nothing;
    if (this.#until === null || seconds <= 0) return this.#awaited ? html`<div class="fresh"></div>` : nothing;
    const t = this.#t;
    const count = Math.ceil(seconds / 60);
    return html`<div class="fresh" role="group" aria-label=${t('name')}>
      <p>${icon(unlocked)}<span>${t('open', { count })}</span></p>
      ${this.host.can('auth.endStepUp') ? button({ id: 'lock-now', label: t('lock'), icon: lock, look: 'quiet', little: true, busy: this.#end.busy, press: () => void this.#lock() }) : nothing}
    </div>`;
  }

  override reset(): void {
    clearTimeout(this.#timer);
    this.#awaited = undefined;
  }

  /** Makes place for the line behind the question, so that nothing moves under the person's hand once it is answered. */
  async await(answer: Promise<void>): Promise<void> {
    this.#awaited = answer;
    this.host.requestUpdate();
    try {
      await answer;
      // Until when it holds may be on its way.
      if (this.#until === null) await this.host.client?.auth.load();
    } catch {
      // Whoever asked says why; here the place goes.
    }
    if (this.#awaited !== answer) return;
    this.#awaited = undefined;
    this.host.requestUpdate();
  }

  /** Looks whether there is another proof, or none. */
  #follow(): void {
    const { stepUp } = this.host.auth.data ?? {};
    const until = stepUp?.freshUntil ?? null;
    if (until === this.#until) return;
    const left = this.#endsAt - performance.now();
    const before = this.#until;
    this.#until = until;
    clearTimeout(this.#timer);
    if (until !== null && stepUp) {
      const most = stepUp.maxAge * 1000;
      const told = Date.parse(until) - Date.now();
      // What cannot be is this machine's clock: then all of it is left, as far as one knows.
      this.#endsAt = performance.now() + (told > 0 && told <= most ? told : most);
      this.#tick();
      return;
    }
    // Locked before its time, here or in another widget, tab or device: what it had opened goes from the screen.
    if (before !== null && left > SLACK) this.host.conceal();
  }

  #guards(): boolean {
    const { localName, auth } = this.host;
    const area = AREAS[localName];
    return area !== undefined && (auth.data?.operations ?? []).some((name) => area.test(name) && isOperation(name) && rowOf(name).stepUp !== undefined);
  }

  /** Draws anew with each minute, and looks at the end whether it is the end. */
  #tick(): void {
    const left = this.#endsAt - performance.now();
    if (left <= 0) {
      if (this.host.isConnected) this.host.auth.reload();
    } else {
      this.#timer = setTimeout(() => { this.#tick(); }, (left % 60_000) + 50);
    }
    this.host.requestUpdate();
  }

  async #lock(): Promise<void> {
    this.host.conceal();
    // It is the proof of now that is meant, not the one whose end had no answer.
    this.#end.reset();
    try {
      await this.host.act(this.#end, undefined);
      this.host.announce(this.#t('locked'));
    } catch (thrown) {
      this.host.failure(thrown);
    }
  }
}
