import type { Database } from './database.js';
import type { Mail } from './mails.js';

/** The mails that a real backend would have sent, the oldest first, and who wants to hear of new ones. */
export class Outbox {
  readonly #listeners = new Set<() => void>();
  #mails: readonly Mail[] = [];

  get mails(): readonly Mail[] {
    return this.#mails;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Looks whether there is something new; called after each commit. */
  look(database: Database): void {
    const rows = database.rows('mails').sort((left, right) => left.sequence - right.sequence);
    if (rows.length === this.#mails.length && rows.at(-1)?.id === this.#mails.at(-1)?.id) return;
    this.#mails = rows.map(({ id, to, subject, text, link, at }) => ({ id, to, subject, text, link, at }));
    for (const listener of this.#listeners) listener();
  }
}
