import { SettingsError } from '../../contract/index.js';

/** One call for some of the things. Called again, it repeats the same write: a lost answer does nothing twice. */
export type BulkCall = () => Promise<readonly string[]>;

export interface BulkOptions<Item> {
  items: readonly Item[];
  /** How many things go in one call. */
  slice: number;
  /** Makes the call for some of them; it answers an outcome for each, in their order. */
  call: (items: readonly Item[]) => BulkCall;
  /** It stands elsewhere than before. */
  changed: () => void;
}

/** Some of the things, and the call for them. */
interface Prepared<Item> {
  readonly items: readonly Item[];
  readonly send: BulkCall;
}

/** What became of something: the backend's word, `failed`, or nothing yet. */
export type BulkOutcome = string | undefined;

/** After these the next call would fail likewise: the rest waits for the person. */
const ENDS = ['offline', 'unauthenticated', 'unavailable', 'aborted'];
/** Seconds that one waits for by oneself. */
const PATIENCE = 120;

/**
 * Something done to many things, some in each call, one call after the other. It stops between two calls, waits where the backend asks for it,
 * and knows what became of each thing; what failed can be tried again, and only that.
 */
export class BulkRun<Item> {
  /** `waiting`: the backend takes no more for some seconds. `over`: nothing is under way; some things may not have been tried. */
  state: 'running' | 'waiting' | 'over' = 'over';
  /** While waiting: seconds left. */
  seconds = 0;
  /** The person stops it; the call under way is not torn off. */
  stopping = false;
  /** Why it ended before everything was tried. */
  error: SettingsError | undefined;
  readonly #options: BulkOptions<Item>;
  readonly #outcomes = new Map<Item, string>();
  readonly #errors = new Map<Item, SettingsError>();
  #calls: Prepared<Item>[];
  #wake: (() => void) | undefined;

  constructor(options: BulkOptions<Item>) {
    this.#options = options;
    this.#calls = this.#inSlices(options.items);
  }

  get items(): readonly Item[] {
    return this.#options.items;
  }

  /** How many have been tried. */
  get tried(): number {
    return this.#outcomes.size;
  }

  /** How many a further run would try: what failed, and what was not tried. */
  get left(): number {
    return this.items.length - this.tried + this.failed.length;
  }

  get failed(): readonly Item[] {
    return this.items.filter((item) => this.#outcomes.get(item) === 'failed');
  }

  outcomeOf(item: Item): BulkOutcome {
    return this.#outcomes.get(item);
  }

  /** Why it failed, where the backend said so. */
  errorOf(item: Item): SettingsError | undefined {
    return this.#errors.get(item);
  }

  /** Tries what has not been tried, or has failed. Settles when it is over. */
  async run(): Promise<void> {
    if (this.state !== 'over') return;
    this.stopping = false;
    this.error = undefined;
    this.state = 'running';
    // A call that failed as a whole is repeated as it was; what an answer called failed goes in new calls.
    const inCalls = new Set(this.#calls.flatMap(({ items }) => items));
    this.#calls.push(...this.#inSlices(this.failed.filter((item) => !inCalls.has(item))));
    for (const item of this.failed) this.#outcomes.delete(item);
    this.#errors.clear();
    this.#options.changed();
    const again: Prepared<Item>[] = [];
    while (this.#calls.length > 0 && !this.#isOver()) {
      const [next] = this.#calls;
      if (!next) break;
      try {
        const outcomes = await next.send();
        next.items.forEach((item, index) => this.#outcomes.set(item, outcomes[index] ?? 'failed'));
        this.#calls.shift();
      } catch (thrown) {
        const error = SettingsError.from(thrown, 'a bulk action');
        if (error.kind === 'rate-limited' && (error.retryAfter ?? 60) <= PATIENCE) {
          await this.#wait(error.retryAfter ?? 60);
          continue;
        }
        if (error.kind === 'rate-limited' || ENDS.includes(error.kind)) this.error = error;
        // What was refused before it began was not tried.
        if (!['rate-limited', 'offline', 'aborted'].includes(error.kind)) {
          for (const item of next.items) {
            this.#outcomes.set(item, 'failed');
            this.#errors.set(item, error);
          }
          again.push(next);
          this.#calls.shift();
        }
      }
      this.#options.changed();
    }
    this.#calls.unshift(...again);
    this.state = 'over';
    this.#options.changed();
  }

  /** Stops before the next call. */
  stop(): void {
    if (this.state === 'over') return;
    this.stopping = true;
    this.#wake?.();
    this.#options.changed();
  }

  #isOver(): boolean {
    return this.stopping || this.error !== undefined;
  }

  #inSlices(items: readonly Item[]): Prepared<Item>[] {
    const { slice, call } = this.#options;
    return Array.from({ length: Math.ceil(items.length / slice) }, (_, index) => {
      const some = items.slice(index * slice, (index + 1) * slice);
      return { items: some, send: call(some) };
    });
  }

  async #wait(seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1000;
    this.state = 'waiting';
    for (let left = seconds; left > 0 && !this.stopping; left = (end - Date.now()) / 1000) {
      this.seconds = Math.ceil(left);
      this.#options.changed();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(1000, left * 1000));
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = undefined;
    this.state = 'running';
  }
}
