import { css, html, nothing } from 'lit';
import type { SettingsError } from '../../contract/index.js';
import { mfaFirst } from '../../locales/en/mfa-first.js';
import { mfaReminder } from '../../locales/en/mfa-reminder.js';
import { lock } from '../../ui/icons.js';
import { shield } from '../../ui/more-icons.js';
import { button, empty, errorLine, notice } from '../../ui/templates.js';
import { Lazy } from './lazy.js';
import { policyMoment } from './policy-moment.js';
import { Section } from './section.js';
import type { SettingsElement } from './settings-element.js';
import { errorText } from './texts.js';

const styles = css`
  .reminder { display: grid; gap: calc(var(--_u) * 6); }
  .reminder:has(+ :not(slot)) { margin-block-end: calc(var(--_u) * 8); }
  .reminder .empty > .error { text-align: start; }
`;

/** Widgets of which nothing is left to whom the organisation is shut. */
const INSIDE_WIDGETS = ['uf-team', 'uf-api-keys', 'uf-audit-log'];

/** What nobody may call to whom the organisation is shut. */
const INSIDE = ['company.get', 'team.list', 'apiKeys.list', 'audit.list'] as const;

const DAY = 86_400_000;
/** Milliseconds after which the backend is asked again when it does not agree yet that the time has come. */
const LATER = 60_000;

/**
 * The organisation requires a second factor and this person has none: says so ahead of time; once it has begun, in the place of
 * what the person cannot open. Leads into the set-up.
 */
export class MfaReminder extends Section {
  readonly #t = this.host.locale.texts('mfaReminder', mfaReminder);
  readonly #first = this.host.locale.texts('mfaFirst', mfaFirst);
  readonly #steps = new Lazy(async () => {
    const { MfaEnrolmentSteps } = await import('../account/mfa-enrolment.js');
    return new MfaEnrolmentSteps(this.host, { id: 'reminder-mfa', done: () => void this.#finish(), cancelled: () => void this.host.focusOn('reminder-begin') });
  });
  #starting = false;
  #error: SettingsError | undefined;
  #awaited: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: SettingsElement) {
    super(host);
    host.wear(styles);
  }

  /** There is nothing else to be shown here. */
  get isAll(): boolean {
    return this.#isShut && INSIDE_WIDGETS.includes(this.host.localName);
  }

  override conceal(): void {
    this.#steps.part?.conceal();
  }

  override reset(): void {
    this.conceal();
    this.#error = undefined;
  }

  override render(): unknown {
    const { organisation } = this.host.auth.data ?? {};
    const from = organisation?.mfaRequiredFrom;
    // Whoever is about to join one organisation is not told of another.
    if (!organisation || !from || this.host.localName === 'uf-invitation') return nothing;
    const t = this.#t;
    const shut = this.#isShut;
    if (!shut) this.#await(from);
    const name = html`<bdi>${organisation.name}</bdi>`;
    const title = shut ? t.rich('begun', { organisation: name }) : t.rich('toCome', { organisation: name, date: html`<bdi>${policyMoment(this.host.locale, from)}</bdi>` });
    const steps = this.#steps.part?.render();
    const may = this.host.can('mfa.begin');
    const action = may && !steps
      ? button({ id: 'reminder-begin', label: this.#first('setUp'), context: organisation.name, look: shut ? 'primary' : '', little: !shut, busy: this.#starting, press: () => void this.#setUp() })
      : undefined;
    const error = this.#error && errorText(this.host.common, this.#error);
    const body = t(shut ? 'begunBody' : 'toComeBody');
    return html`<div class="reminder" role="group" aria-label=${organisation.name}>
      ${shut && this.host.localName !== 'uf-account'
        ? empty({ icon: lock, title, body, action: html`${action}${error ? errorLine(error) : nothing}`, id: 'state' })
        : notice({ tone: 'warning', icon: shield, title, body, actions: action, error })}
      ${steps}
    </div>`;
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

  /** Right here: whoever is in the midst of something stays where they are. */
  async #setUp(): Promise<void> {
    this.#error = undefined;
    this.#starting = true;
    this.host.requestUpdate();
    try {
      await (await this.#steps.get()).begin();
    } catch (thrown) {
      this.#error = this.host.failure(thrown);
    } finally {
      this.#starting = false;
      this.host.requestUpdate();
    }
  }

  async #finish(): Promise<void> {
    // What is open to them again takes the place of this.
    await this.host.client?.auth.load();
    await this.host.updateComplete;
    const seen = [...this.host.renderRoot.querySelectorAll<HTMLElement>('[part=heading]')].find((heading) => heading.getClientRects().length > 0);
    seen?.focus();
  }
}
