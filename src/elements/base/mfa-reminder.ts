import { css, html, nothing } from 'lit';
import type { SettingsError } from '../../contract/index.js';
import { mfaFirst } from '../../locales/en/mfa-first.js';
import { mfaReminder } from '../../locales/en/mfa-reminder.js';
import { lock } from '../../ui/icons.js';
import { shield } from '../../ui/more-icons.js';
import { overlayTokens } from '../../ui/part-tokens.js';
import { button, empty, errorLine, notice } from '../../ui/templates.js';
import { Lazy } from './lazy.js';
import { policyMoment } from './policy-moment.js';
import { Section } from './section.js';
import type { SettingsElement } from './settings-element.js';
import { Spokesman } from './spokesman.js';
import { errorText } from './texts.js';

const styles = css`
  ${overlayTokens}
  .reminder { display: grid; gap: calc(var(--_u) * 2); }
  .reminder .actions { justify-content: center; align-items: center; }
  .reminder .empty { align-content: start; min-block-size: 24rem; padding-block-start: calc(var(--_u) * 20); }
  .reminder .empty > .error { text-align: start; }
  /* At the lower end of the window for as long as the widget is longer than that: nothing moves when it comes. */
  .bar { position: sticky; z-index: 1; inset-block-end: calc(var(--_u) * 4); margin-block-start: calc(var(--_u) * 8); }
  .bar > :is(.notice, .exits) { box-shadow: var(--_shadow); }
  .bar .actions { justify-content: start; }
  .frame:has(> .bar) :is(a, button, input, select, textarea, summary, [tabindex]) { scroll-margin-block-end: 12rem; }
  @container uf (min-width: 44rem) {
    .bar > .notice { align-items: center; }
    .bar > .notice p { max-inline-size: 60rem; }
    .bar > .notice > div { grid-template-columns: minmax(0, 1fr) auto; column-gap: calc(var(--_u) * 6); }
    .bar > .notice > div > :not(.actions) { grid-column: 1; }
    .bar .actions { grid-area: 1 / 2 / span 2; inline-size: auto; max-inline-size: 22rem; padding: 0; }
  }
  @container uf (max-width: 29.99rem) {
    .bar > .notice { padding: calc(var(--_u) * 3); }
    .bar > .notice strong { font-size: var(--_small); }
    .bar > .notice p + p { display: none; }
  }
  @media (max-height: 30rem) {
    .bar { position: static; }
  }
`;

/** Widgets in which something is left to whom the organisation is shut. */
const PERSONAL = ['uf-account', 'uf-settings', 'uf-invitation'];

/** What nobody may call to whom the organisation is shut. */
const INSIDE = ['company.get', 'team.list', 'apiKeys.list', 'audit.list'] as const;

const DAY = 86_400_000;
/** Milliseconds after which the backend is asked again when it does not agree yet that the time has come. */
const LATER = 60_000;

/**
 * The organisation requires a second factor and this person has none: one widget of the page says so ahead of time; once it has begun, each says
 * why nothing is left of it. Leads into the set-up, and out of the organisation.
 */
export class MfaReminder extends Section {
  readonly #t = this.host.locale.texts('mfaReminder', mfaReminder);
  readonly #first = this.host.locale.texts('mfaFirst', mfaFirst);
  readonly #spokesman = new Spokesman(this.host);
  readonly #exits = new Lazy(async () => new (await import('./shut-exits.js')).ShutExits(this.host));
  #settingUp = false;
  #error: SettingsError | undefined;
  #awaited: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: SettingsElement) {
    super(host);
    host.wear(styles);
    // From one field to the next the event stays within the shadow root.
    host.renderRoot.addEventListener('focusin', this.#uncover);
  }

  /** What stands in the widget: its content and a word about the requirement, or nothing but that. */
  beside(content: unknown): unknown[] {
    return this.#isAll ? [this.render()] : [content, this.render()];
  }

  override reset(): void {
    this.#error = undefined;
    this.#exits.part?.reset();
  }

  override render(): unknown {
    const { organisation } = this.host.auth.data ?? {};
    const from = organisation?.mfaRequiredFrom;
    // Whoever is about to join one organisation is not told of another.
    if (!organisation || !from || this.host.localName === 'uf-invitation') return nothing;
    const t = this.#t;
    const shut = this.#isShut;
    if (!shut) this.#await(from);
    const { speaks } = this.#spokesman;
    const isAll = this.#isAll;
    if (!speaks && !isAll) return nothing;
    const name = html`<bdi>${organisation.name}</bdi>`;
    const title = shut ? t.rich('begun', { organisation: name }) : t.rich('toCome', { organisation: name, date: html`<bdi>${policyMoment(this.host.locale, from)}</bdi>` });
    const body = t(shut ? 'begunBody' : 'toComeBody');
    const exits = shut && speaks ? this.host.loaded(this.#exits) : undefined;
    const setUp = this.host.can('mfa.begin')
      ? button({ id: 'reminder-begin', label: this.#first('setUp'), context: organisation.name, look: shut ? 'primary' : '', little: !isAll, busy: this.#settingUp, press: () => void this.#setUp() })
      : nothing;
    const actions = speaks ? html`${setUp}${exits?.buttons(!isAll)}` : undefined;
    const error = this.#error && errorText(this.host.common, this.#error);
    return html`<div class=${isAll ? 'reminder' : 'reminder bar'} role="group" aria-label=${organisation.name}>
      ${isAll
        ? empty({ icon: lock, title, body, action: actions && html`<div class="actions">${actions}</div>${error ? errorLine(error) : nothing}`, id: 'state' })
        : notice({ tone: 'warning', icon: shield, title, body, actions, error })}
      ${exits?.below()}
    </div>`;
  }

  /** There is nothing else to be shown here. */
  get #isAll(): boolean {
    return this.#isShut && !PERSONAL.includes(this.host.localName);
  }

  /** The backend lets the person do nothing of the organisation any more: its clock decides, as far as ours can be right. */
  get #isShut(): boolean {
    const from = this.host.auth.data?.organisation?.mfaRequiredFrom;
    return Boolean(from) && Date.parse(from ?? '') < Date.now() + DAY && !INSIDE.some((operation) => this.host.can(operation));
  }

  /** When the time comes, the backend is asked. */
  #await(from: string): void {
    if (this.#awaited !== from) clearTimeout(this.#timer);
    else if (this.#timer !== undefined) return;
    this.#awaited = from;
    const left = Date.parse(from) - Date.now();
    // A longer time than timers know: looked at again on another day.
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.host.isConnected) return;
      if (Date.parse(from) <= Date.now()) this.host.auth.reload();
      else this.host.requestUpdate();
    }, left > 0 ? Math.min(left + 500, DAY) : LATER);
  }

  /** WebKit takes no `scroll-margin` into account where it shows the selection of a text field that gets the focus (WCAG 2.4.11). */
  readonly #uncover = (event: Event): void => {
    const [target] = event.composedPath();
    requestAnimationFrame(() => {
      const bar = this.host.renderRoot.querySelector('.bar');
      if (!bar || !(target instanceof Element) || bar.contains(target)) return;
      if (target.getBoundingClientRect().bottom > bar.getBoundingClientRect().top) target.scrollIntoView({ block: 'nearest' });
    });
  };

  /** Right here: whoever is in the midst of something stays where they are. */
  async #setUp(): Promise<void> {
    this.#error = undefined;
    this.#settingUp = true;
    this.host.requestUpdate();
    try {
      await this.host.setUpMfa(true);
      // What is open to them again takes the place of this.
      await this.host.updateComplete;
      [...this.host.renderRoot.querySelectorAll<HTMLElement>('[part=heading]')].find((heading) => heading.getClientRects().length > 0)?.focus();
    } catch (thrown) {
      this.#error = this.host.failure(thrown);
    } finally {
      this.#settingUp = false;
      this.host.requestUpdate();
    }
  }
}
