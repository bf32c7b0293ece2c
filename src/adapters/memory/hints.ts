import type { OperationName } from '../../contract/operations.js';
import type { SessionHandle } from './call.js';

/** Which reads changed, and for whom. Never data. */
export interface Hint {
  reads: readonly OperationName[];
  /** Sessions of this person ... */
  personId: string | null;
  /** ... and of this organisation; with both null, all sessions. */
  organisationId: string | null;
}

type Listener = (changed: readonly OperationName[]) => void;

/** Tells the other sessions of this page, and the other tabs, what to read again. */
export class Hints {
  readonly #listeners = new Map<SessionHandle, Set<Listener>>();
  readonly #channel: BroadcastChannel | undefined;

  /** @param onOtherTab another tab has written. */
  constructor(channel?: string, onOtherTab?: () => Promise<void>) {
    if (channel === undefined || typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel(channel);
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      // Only code of this origin can send here; a message of another version of it is still nothing to fall over.
      if (!isHint(data)) return;
      void onOtherTab?.().then(() => {
        this.#deliver(data);
      });
    };
  }

  subscribe(handle: SessionHandle, listener: Listener): () => void {
    const listeners = this.#listeners.get(handle) ?? new Set<Listener>();
    this.#listeners.set(handle, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(handle);
    };
  }

  /** @param by the session that made the change and knows. */
  announce(hint: Hint, by?: SessionHandle): void {
    if (hint.reads.length === 0) return;
    this.#deliver(hint, by);
    this.#channel?.postMessage(hint);
  }

  /** Something happened to this one session. */
  tell(handle: SessionHandle, reads: readonly OperationName[]): void {
    for (const listener of this.#listeners.get(handle) ?? []) {
      queueMicrotask(() => {
        listener(reads);
      });
    }
  }

  /** Something happened to all of them, in this tab and the others. */
  tellAll(reads: readonly OperationName[]): void {
    for (const handle of this.#listeners.keys()) this.tell(handle, reads);
    this.#channel?.postMessage({ reads, personId: null, organisationId: null } satisfies Hint);
  }

  #deliver(hint: Hint, by?: SessionHandle): void {
    for (const handle of this.#listeners.keys()) {
      if (handle === by) continue;
      const concerned =
        (hint.personId === null && hint.organisationId === null) ||
        (hint.personId !== null && handle.personId === hint.personId) ||
        (hint.organisationId !== null && handle.organisationId === hint.organisationId);
      // An invitation may be open in front of somebody who is signed in nowhere.
      const reads = concerned ? hint.reads : hint.reads.filter((read) => read === 'invitation.get');
      if (reads.length > 0) this.tell(handle, reads);
    }
  }
}

function isHint(data: unknown): data is Hint {
  return typeof data === 'object' && data !== null && 'reads' in data && Array.isArray(data.reads) && 'personId' in data && 'organisationId' in data;
}
