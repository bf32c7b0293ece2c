import { html, nothing, render, type TemplateResult } from 'lit';
import { MARK, takeOff, wearOnPage } from '../../ui/page-styles.js';
import type { SettingsElement } from './settings-element.js';

/**
 * A form that stands in the light DOM of its widget and shows through a slot, for password managers that do not look into shadow roots. It is a child of
 * the widget for as long as a section draws it.
 */
export class LightForm {
  readonly #host: SettingsElement;
  readonly #name: string;
  readonly #place = document.createElement('div');
  /** Where the widget stands, while the form does. */
  #tree: Document | ShadowRoot | undefined;
  #drawn = false;

  /** @param name of its slot; its id begins so */
  constructor(host: SettingsElement, name: string) {
    this.#host = host;
    this.#name = name;
    this.#place.slot = name;
    this.#place.setAttribute(MARK, '');
    const leave = (): void => { this.#leave(); };
    host.addController({
      hostUpdate: () => { this.#drawn = false; },
      hostUpdated: () => { if (!this.#drawn) leave(); },
      hostDisconnected: leave,
    });
  }

  /** For the ids in the form: the tree may hold another one. */
  get id(): string {
    return this.#place.id;
  }

  /** Draws the form, and answers what stands in its place. */
  draw(form: () => unknown): TemplateResult {
    this.#drawn = true;
    this.#enter();
    this.#keepingFocus(() => { render(form(), this.#place); });
    return html`<slot name=${this.#name}></slot>`;
  }

  #enter(): void {
    const host = this.#host;
    const tree = host.getRootNode();
    if (!host.isConnected || !(tree instanceof Document || tree instanceof ShadowRoot)) return;
    if (this.#place.parentNode !== host) {
      // A page that keeps its markup for "back" keeps the form of then with it.
      for (const old of host.querySelectorAll(`:scope > [${MARK}][slot=${this.#name}]`)) old.remove();
      this.#place.id = this.#freeId(tree);
      host.append(this.#place);
    }
    this.#tree = tree;
    wearOnPage(this.#place, tree, host.shadowRoot?.adoptedStyleSheets ?? []);
  }

  #leave(): void {
    if (!this.#tree) return;
    this.#keepingFocus(() => {
      this.#place.remove();
      render(nothing, this.#place);
    });
    takeOff(this.#place, this.#tree);
    this.#tree = undefined;
  }

  #freeId(tree: Document | ShadowRoot): string {
    let id = this.#name;
    for (let number = 2; tree.getElementById(id); number++) id = `${this.#name}-${number}`;
    return id;
  }

  #keepingFocus(change: () => void): void {
    const focused = this.#tree?.activeElement;
    const held = focused && this.#place.contains(focused);
    const section = this.#place.assignedSlot?.closest('section');
    change();
    if (held) this.#host.keepFocus(focused, section);
  }
}
