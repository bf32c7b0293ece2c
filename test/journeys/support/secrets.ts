import assert from 'node:assert/strict';
import type { Visit } from './browser.js';
import type { Person } from './person.js';
import { everythingIn, leftBehindBy } from './record.js';

/** What nobody may find afterwards: each with a name that a failure may print. */
export class Secrets {
  readonly #known = new Map<string, string>();

  /** Remembers, and answers it, so that it stands where it is used. */
  keep(name: string, secret: string): string {
    this.#known.set(secret, name);
    return secret;
  }

  get count(): number {
    return this.#known.size;
  }

  /** @param where for the failure's message, which never repeats the text */
  assertNoneIn(text: string, where: string): void {
    // A code of six digits may stand in a longer number by chance.
    const found = [...this.#known].filter(([secret]) => (/^\d+$/.test(secret) ? new RegExp(`(?<![\\w.,])${secret}(?![\\w.,])`).test(text) : text.includes(secret)));
    assert.deepEqual(
      found.map(([, name]) => name),
      [],
      `secrets ${where}`,
    );
  }

  /** The page as it is now, with all it keeps out of sight. */
  async assertNoneOn({ page }: Person, when: string): Promise<void> {
    this.assertNoneIn(await everythingIn(page), `in the page, ${when}`);
    this.assertNoneIn(await leftBehindBy(page), `in the address, history or storage, ${when}`);
  }

  /** Everything that a whole visit asked for and wrote into the console. */
  assertNoneAround({ kept }: Visit): void {
    this.assertNoneIn(kept.urls.join('\n'), 'in the addresses that were asked for');
    this.assertNoneIn(kept.console.join('\n'), 'in the console');
    this.assertNoneIn(kept.troubles.join('\n'), 'in errors');
  }
}
