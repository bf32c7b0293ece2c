import { css, html, nothing } from 'lit';
import type { ApiKey } from '../../contract/index.js';
import { relativeTime } from '../../lit/relative-time.js';
import { keyFacts } from '../../locales/en/key-facts.js';
import { icon } from '../../ui/icons.js';
import { circleCross, warning } from '../../ui/list-icons.js';
import { circleSlash } from '../../ui/more-icons.js';
import { button } from '../../ui/templates.js';
import { UNUSED, type ApiKeysSection } from './api-keys-section.js';

/** Milliseconds before its end from which on a key's expiry is a warning. */
const SOON = 14 * 86_400_000;

const styles = css`
  .state { display: inline-flex; align-items: center; gap: var(--_u); font-weight: 500; }
  .state.bad { color: var(--_text); }
  .state.bad > .i { color: var(--_danger); }
  .warn-fact { display: inline-flex; gap: var(--_u); color: var(--_text); }
  .warn-fact > .i { margin-block-start: 0.125rem; color: var(--_warning); }
`;

/** How many requests came with a key, as far as that is known. */
export const requestsOf = ({ usage = [] }: ApiKey): number => usage.reduce((sum, { count }) => sum + count, 0);

/** What is to be said of some keys only: their expiry, their requests, that they are off or forgotten, and which replaces which. */
export class KeyFacts {
  readonly #list: ApiKeysSection;
  readonly #t;

  constructor(list: ApiKeysSection) {
    this.#list = list;
    this.#t = list.host.locale.texts('keyFacts', keyFacts);
    list.host.wear(styles);
  }

  /** A key that is being replaced stands below its successor. */
  order(keys: readonly ApiKey[]): readonly ApiKey[] {
    return keys.flatMap((key) => (this.#successor(key) ? [] : [key, ...keys.filter(({ id }) => id === key.roll?.replacesId)]));
  }

  state(key: ApiKey): unknown {
    if (this.#expired(key)) return html`<span class="state bad">${icon(circleCross)}${this.#t('expired')}</span>`;
    return key.enabled ? nothing : html`<span class="state">${icon(circleSlash)}${this.#t('disabled')}</span>`;
  }

  render(key: ApiKey): unknown {
    const t = this.#t;
    const { locale } = this.#list.host;
    const when = (iso: string): unknown => html`<bdi>${relativeTime(locale.tag, iso)}</bdi>`;
    const last4 = (other: ApiKey): unknown => html`<bdi dir="ltr">${other.last4}</bdi>`;
    const warn = (text: unknown): unknown => html`<span class="warn-fact">${icon(warning)}<span>${text}</span></span>`;
    const { expiresAt, lastUsedAt, roll } = key;
    const successor = this.#successor(key);
    const old = roll && this.#list.keys.find(({ id }) => id === roll.replacesId);
    const now = Date.now();
    return html`
      ${roll ? html`<span>${old ? t.rich('replaces', { last4: last4(old) }) : t.rich('replacesOlder', { when: when(roll.overlapEndsAt) })}</span>` : nothing}
      ${successor ? html`<span>${t.rich('replacedBy', { last4: last4(successor) })}</span>` : nothing}
      ${expiresAt === null ? nothing
        : successor ? warn(t.rich('ends', { when: when(expiresAt) }))
        : this.#expired(key) ? html`<span>${t.rich('expiredWhen', { when: when(expiresAt) })}</span>`
        : Date.parse(expiresAt) - now <= SOON ? warn(t.rich('expires', { when: when(expiresAt) }))
        : html`<span>${t.rich('expiresOn', { date: html`<bdi>${locale.date(expiresAt)}</bdi>` })}</span>`}
      ${lastUsedAt && now - Date.parse(lastUsedAt) >= UNUSED ? warn(t('unused')) : nothing}`;
  }

  /** How many requests came with a key, as the way to when they came. */
  usage(key: ApiKey): unknown {
    if (!key.usage?.length) return nothing;
    const text = this.#t('requests', { count: requestsOf(key) });
    return html`<span><button type="button" class="link" aria-label="${text}, ${this.#list.contextOf(key)}" @click=${() => { this.#list.with(key, (actions) => actions.showUsage(key)); }}>${text}</button></span>`;
  }

  /** While a key and its successor both go on: which of them stays. At the old one, or at the new one where that is on another page. */
  ends(key: ApiKey): unknown {
    const { host, keys } = this.#list;
    const { roll } = key;
    const replacesId = this.#successor(key) ? key.id : roll && !keys.some(({ id }) => id === roll.replacesId) ? roll.replacesId : undefined;
    if (replacesId === undefined) return nothing;
    const t = this.#t;
    const context = this.#list.contextOf(key);
    const replaced = { id: replacesId, name: key.name || context };
    return html`<div class="key-tools">
      ${host.can('apiKeys.finishRoll') ? button({ label: t('finishRoll'), context, little: true, press: () => { this.#list.with(key, (actions) => actions.finishRoll(replaced, key)); } }) : nothing}
      ${host.can('apiKeys.cancelRoll') ? button({ label: t('cancelRoll'), context, little: true, press: () => { this.#list.with(key, (actions) => actions.cancelRoll(replaced, key)); } }) : nothing}
    </div>`;
  }

  #expired({ expiresAt }: ApiKey): boolean {
    return expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  }

  /** The key that replaces this one, while both go on. */
  #successor({ id }: ApiKey): ApiKey | undefined {
    return this.#list.keys.find(({ roll }) => roll?.replacesId === id);
  }
}
