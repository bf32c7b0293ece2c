import { isOperation, type OperationName } from '@userflux/settings/contract';
import { randomToken } from '@userflux/settings/rules';
import type { Me, Place } from './call.js';
import { whoIs } from './me.js';
import { moment, type Queries } from './store.js';

/** Which reads changed, and whom it concerns: this person and this organisation. Never data. */
export interface Hint {
  readonly reads: readonly OperationName[];
  readonly userId: string | null;
  readonly organizationId: string | null;
}

/** Milliseconds between two looks for what other processes wrote. */
const LOOK = 1000;
/** A transaction that began earlier may commit later: rows this much older than the newest are looked at again. */
const OVERLAP = 10_000;
/** Milliseconds between two signs of life, so that proxies keep the connection and an ended session does not. */
const HEARTBEAT = 15_000;
/** Milliseconds after which a hint is old news. */
const KEPT = 60_000;

/** Writes down what a write has changed and whom it concerns, in its transaction: every process finds it there. */
export async function announce(db: Queries, now: number, change: { reads: readonly OperationName[]; userId: string | null; organizationIds: Iterable<string> }): Promise<void> {
  if (change.reads.length === 0) return;
  const reads = change.reads.join(' ');
  const [first = null, ...others] = change.organizationIds;
  const hints = [{ userId: change.userId, organizationId: first }, ...others.map((organizationId) => ({ userId: null, organizationId }))];
  await db.insertInto('settingsHint').values(hints.map((hint) => ({ id: randomToken(), at: now, reads, ...hint }))).execute();
}

export async function sweepHints(db: Queries, now: number): Promise<void> {
  await db.deleteFrom('settingsHint').where('at', '<', now - KEPT).execute();
}

/** Streams of one session: more pages than anybody has open. */
const STREAMS = 20;

interface Listener {
  readonly sessionId: string;
  readonly userId: string;
  organizationId: string | null;
  readonly send: (text: string) => void;
  readonly end: () => void;
}

/**
 * Server-sent events (WHATWG HTML 9.2): tells every open page what to read again, whichever process wrote it. Looks into the database
 * only while somebody listens.
 */
export class Events {
  readonly #place: Place;
  readonly #listeners = new Set<Listener>();
  #looking: ReturnType<typeof setInterval> | undefined;
  #beating: ReturnType<typeof setInterval> | undefined;
  /** The ids seen since `#since`. */
  #seen = new Map<string, number>();
  /** When the first of those who listen now came: what was written before is in what they have read. */
  #from = 0;
  #since = 0;
  #busy = false;

  constructor(place: Place) {
    this.#place = place;
  }

  /** The stream of one session; it ends with the session, or when the page goes. */
  open(me: Me, signal: AbortSignal): Response {
    let listener: Listener | undefined;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const encoder = new TextEncoder();
        const leave = (): void => {
          if (!listener || !this.#listeners.delete(listener)) return;
          this.#pace();
          controller.close();
        };
        listener = {
          sessionId: me.session.id,
          userId: me.person.id,
          organizationId: me.organisation?.id ?? null,
          send: (text) => {
            controller.enqueue(encoder.encode(text));
          },
          end: leave,
        };
        signal.addEventListener('abort', leave, { once: true });
        // Opens the stream in browsers and tells them how long to wait before they come again.
        listener.send('retry: 3000\n\n');
        this.#listeners.add(listener);
        // The oldest gives way; were its page still there, it would come again.
        const own = [...this.#listeners].filter(({ sessionId }) => sessionId === me.session.id);
        if (own.length > STREAMS) own[0]?.end();
        this.#pace();
      },
      cancel: () => {
        if (listener) this.#listeners.delete(listener);
        this.#pace();
      },
    });
    return new Response(stream, { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no', 'X-Content-Type-Options': 'nosniff' } });
  }

  /** Ends every stream: the server stops. */
  close(): void {
    for (const listener of [...this.#listeners]) listener.end();
  }

  /** Looks and beats while there are listeners, and not otherwise. */
  #pace(): void {
    if (this.#listeners.size > 0 && !this.#looking) {
      this.#from = this.#since = this.#place.clock();
      this.#seen.clear();
      this.#looking = setInterval(() => void this.#look(), LOOK);
      this.#beating = setInterval(() => void this.#beat(), HEARTBEAT);
      // What keeps the process is its server, not these.
      this.#looking.unref();
      this.#beating.unref();
    } else if (this.#listeners.size === 0) {
      clearInterval(this.#looking);
      clearInterval(this.#beating);
      this.#looking = undefined;
    }
  }

  async #look(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const rows = await this.#place.store.db.selectFrom('settingsHint').selectAll().where('at', '>=', this.#since - OVERLAP).execute();
      for (const row of rows) {
        const at = moment(row.at);
        if (this.#seen.has(row.id) || at < this.#from) continue;
        this.#seen.set(row.id, at);
        this.#deliver({ reads: row.reads.split(' ').filter(isOperation), userId: row.userId, organizationId: row.organizationId });
      }
      const newest = Math.max(this.#since, ...this.#seen.values());
      for (const [id, at] of this.#seen) if (at < newest - 2 * OVERLAP) this.#seen.delete(id);
      this.#since = newest;
    } catch (error) {
      this.#place.log(`Hints could not be read: ${error instanceof Error ? error.message : 'unknown'}`);
    } finally {
      this.#busy = false;
    }
  }

  #deliver(hint: Hint): void {
    for (const listener of this.#listeners) {
      const concerned = (hint.userId !== null && listener.userId === hint.userId) || (hint.organizationId !== null && listener.organizationId === hint.organizationId);
      if (concerned) listener.send(`data: ${JSON.stringify({ reads: hint.reads })}\n\n`);
    }
  }

  /** A sign of life for those who are still signed in; the others are told to look, and let go. */
  async #beat(): Promise<void> {
    const { store, clock } = this.#place;
    for (const listener of [...this.#listeners]) {
      const me = await whoIs(store.db, this.#place, listener.sessionId, clock()).catch(() => undefined);
      if (me) {
        listener.organizationId = me.organisation?.id ?? null;
        listener.send(': here\n\n');
      } else {
        listener.send(`data: ${JSON.stringify({ reads: ['auth.context'] })}\n\n`);
        listener.end();
      }
    }
  }
}
