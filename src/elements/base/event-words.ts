import { html, nothing } from 'lit';
import type { Event as AccountEvent } from '../../contract/index.js';
import { eventActions } from '../../locales/en/event-actions.js';
import { events } from '../../locales/en/events.js';
import { deviceWords } from './device.js';
import type { SettingsElement } from './settings-element.js';

/** How many of the things that an event concerns are named in a list. */
const NAMED = 3;

type Known = keyof typeof eventActions;
const isKnown = (action: string): action is Known => Object.hasOwn(eventActions, action);

/** Events in the words of the page's language. */
export class EventWords {
  readonly #host: SettingsElement;
  readonly #t;
  readonly #actions;
  readonly device: (userAgent: string | null) => string;

  constructor(host: SettingsElement) {
    this.#host = host;
    this.#t = host.locale.texts('events', events);
    this.#actions = host.locale.texts('eventActions', eventActions);
    this.device = deviceWords(host);
  }

  /** What was done; a code that we have no words for is shown as it is. */
  action(action: string): string {
    return isKnown(action) ? this.#actions(action) : action;
  }

  actor({ actor }: AccountEvent): string {
    return actor === null ? this.#t('nobody') : (actor.name ?? this.#t('gone'));
  }

  result(result: string): string {
    switch (result) {
      case 'ok':
      case 'wrong-credential':
      case 'rate-limited':
      case 'forbidden':
      case 'step-up-required': return this.#t(result);
      default: return this.#t('refused', { result });
    }
  }

  /** The first of what it concerns, and how many there are besides. */
  targets({ targets }: AccountEvent): unknown {
    if (targets.length === 0) return nothing;
    const more = targets.length - NAMED;
    return html`${targets.slice(0, NAMED).map((target, index) => html`${index > 0 ? ', ' : nothing}<bdi>${target}</bdi>`)}${more > 0 ? html` ${this.#t('more', { count: more })}` : nothing}`;
  }

  moment(iso: string): string {
    return this.#host.locale.moment(iso);
  }
}
