import { html, nothing } from 'lit';
import type { OperationName } from '../../contract/index.js';
import { skeleton, skeletonField, skeletonSection } from '../../ui/templates.js';
import { Lazy } from './lazy.js';
import { painted } from './painted.js';
import { Section, type SectionClass } from './section.js';

/** Milliseconds that a section waits for the first data; what needs none of it is drawn then. */
const PATIENCE = 400;

/**
 * A section whose file is not in the first view: it loads when a person is there who may use it, and a backend that lacks it never asks
 * for it. What everybody has is drawn without data, too, where that is slow.
 *
 * @param needs any of these operations, called by this person, makes the section worth its bytes; without a name, everybody has it
 * @param fields how many fields it has: its place is kept from the first paint, so that what stands below does not move
 */
export function lazySection(needs: readonly OperationName[], load: () => Promise<SectionClass>, fields = 0): SectionClass {
  return class extends Section {
    readonly #section = new Lazy(async () => {
      await painted();
      // Files beside the first answer delay it. Where it is slow they come before it.
      if (!this.host.auth.data) await Promise.race([this.host.client?.auth.load(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
      return new (await load())(this.host);
    });

    override render(): unknown {
      if (needs.length > 0) {
        if (!this.host.auth.data) return fields > 0 ? this.#place() : nothing;
        if (!needs.some((operation) => this.host.can(operation))) return nothing;
      }
      if (this.#section.part) return this.#section.part.render();
      const redraw = (): void => { this.host.requestUpdate(); };
      if (this.#section.error) return this.host.loadError(this.host.common('section'), this.#section.error, () => { this.#section.error = undefined; redraw(); });
      // A server draws the place, and fetches nothing.
      if (this.host.isConnected) this.host.loaded(this.#section, redraw);
      return this.#place();
    }

    override renderDialogs(): unknown {
      return this.#section.part?.renderDialogs();
    }

    override stays(): boolean {
      return this.#section.part?.stays() ?? false;
    }

    override leave(): void {
      this.#section.part?.leave();
    }

    override conceal(): void {
      this.#section.part?.conceal();
    }

    override reset(): void {
      this.#section.part?.reset();
    }

    #place(): unknown {
      if (fields === 0) return skeletonSection();
      return skeletonSection(html`<div class="card"><div class="card-body">${Array.from({ length: fields }, () => skeletonField(skeleton(), skeleton()))}</div><div class="card-foot">${skeleton('box')}</div></div>`);
    }
  };
}
