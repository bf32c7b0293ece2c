import type { ReactiveController } from 'lit';
import type { SettingsElement } from './settings-element.js';

/** Who of a page's widgets, by their client, would say it. */
const circles = new WeakMap<object, Set<Spokesman>>();

/** What concerns all widgets of a page alike is said by one of them: the first that is seen. */
export class Spokesman implements ReactiveController {
  readonly #host: SettingsElement;
  // With the next frame: what is said changes the size that is watched.
  readonly #sight = new ResizeObserver(() => requestAnimationFrame(() => { this.#look(); }));
  #circle: Set<Spokesman> | undefined;
  #seen = false;

  constructor(host: SettingsElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // The widget itself may have no box of its own.
    const { firstElementChild } = this.#host.renderRoot;
    if (firstElementChild) this.#sight.observe(firstElementChild);
  }

  hostDisconnected(): void {
    this.#sight.disconnect();
    this.#seen = false;
    this.#leave();
  }

  /** Whether it is for this widget to say it; asked with each drawing. */
  get speaks(): boolean {
    const { client } = this.#host;
    if (!client || !this.#host.isConnected) return false;
    const circle = circles.get(client) ?? new Set();
    circles.set(client, circle);
    if (this.#circle !== circle) this.#leave();
    this.#circle = circle.add(this);
    return this.#seen && [...circle].every((one) => one === this || !one.#seen || this.#isBefore(one));
  }

  /** In the order in which they are read. */
  #isBefore(other: Spokesman): boolean {
    return (this.#host.compareDocumentPosition(other.#host) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  }

  /** Shown or hidden by the page: another one may have to say it now. */
  #look(): void {
    const seen = this.#host.isConnected && (this.#host.renderRoot.firstElementChild?.getClientRects().length ?? 0) > 0;
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#tell();
  }

  #leave(): void {
    this.#circle?.delete(this);
    this.#tell();
    this.#circle = undefined;
  }

  #tell(): void {
    for (const one of this.#circle ?? []) one.#host.requestUpdate();
  }
}
