import type { OperationName } from '../../contract/operations.js';
import type { Listener } from './hints.js';
import type { Wire } from './wire.js';

/** Milliseconds: the longest first pause before the stream is opened again, and the longest of all. */
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60_000;

/** Characters that an event may have; a stream that sends more without a line's end is none of ours. */
const LARGEST = 65_536;

/**
 * Follows the server's events (GET {baseUrl}/events, `text/event-stream`): each is `{ "reads": [...] }`, the reads whose answers changed.
 * By fetch rather than by EventSource, which sends no token. The stream is closed while the page is hidden (it takes one of the few
 * connections that a browser has to a host) and opened again with growing random pauses. What was missed meanwhile is not known, so then all
 * reads are told.
 * @param reads all there are; a parameter, so that this part imports nothing that the page has already: a bundler would cut that out of the
 * page's own file, to share it, and a cut costs more than this whole part.
 * @returns why it ended for good: the server has no events, nobody is signed in, or it was aborted.
 */
export async function follow(wire: Wire, reads: readonly OperationName[], tell: Listener, signal: AbortSignal, firstPause = FIRST_PAUSE): Promise<'unsupported' | 'unauthenticated' | 'aborted'> {
  let missed = false;
  let renewed: string | undefined;
  for (let failures = 0; ; ) {
    await untilVisible(signal);
    if (signal.aborted) return 'aborted';
    const visible = whileVisible(signal);
    try {
      const { response, ticket } = await wire.send(new Request(`${wire.base}/events`, { ...wire.init, headers: { Accept: 'text/event-stream' }, signal: visible.signal }), renewed);
      const refused = renewed !== undefined;
      renewed = undefined;
      const isStream = /^text\/event-stream\b/i.test(response.headers.get('Content-Type') ?? '');
      if (response.ok && response.body && isStream) {
        if (missed) tell(reads);
        missed = true;
        for await (const changed of readEvents(response.body, reads)) {
          failures = 0;
          tell(changed);
        }
      } else {
        await response.body?.cancel();
        if (response.status === 401) {
          renewed = refused ? undefined : ((await wire.tokens?.renew(ticket)) ?? undefined);
          if (renewed === undefined) return 'unauthenticated';
          continue;
        }
        // A server (or a page, sent instead) that will not have them in a minute either.
        if ((response.status < 500 && response.status !== 429) || response.status === 501) return 'unsupported';
      }
    } catch {
      // The connection ended: by the network, the server, or because the page is hidden.
    } finally {
      visible.end();
    }
    if (isHidden()) continue;
    await pause(Math.random() * Math.min(LONGEST_PAUSE, firstPause * 2 ** failures), signal);
    failures++;
  }
}

/** The hints of an event stream. Other fields, comments and data that are none are passed over. */
async function* readEvents(body: ReadableStream<Uint8Array>, reads: readonly OperationName[]): AsyncGenerator<OperationName[]> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let data = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('data:')) data += line.slice(5);
        else if (line === '' && data !== '') {
          const changed = readHint(data, reads);
          if (changed.length > 0) yield changed;
          data = '';
        }
      }
      if (rest.length + data.length > LARGEST) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function readHint(data: string, reads: readonly OperationName[]): OperationName[] {
  try {
    const hint: unknown = JSON.parse(data);
    return typeof hint === 'object' && hint !== null && 'reads' in hint && Array.isArray(hint.reads) ? reads.filter((name) => (hint.reads as unknown[]).includes(name)) : [];
  } catch {
    return [];
  }
}

/** Absent outside of a page, which counts as visible. */
const page = (): Document | undefined => (globalThis as { document?: Document }).document;
const isHidden = (): boolean => page()?.visibilityState === 'hidden';

/** Settles when the page is visible, or the signal aborts. */
function untilVisible(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (isHidden() && !signal.aborted) return;
      page()?.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', look);
      resolve();
    };
    page()?.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look);
    look();
  });
}

/** A signal that aborts with the other one, and when the page is hidden. */
function whileVisible(signal: AbortSignal): { signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const look = (): void => {
    if (isHidden() || signal.aborted) controller.abort();
  };
  page()?.addEventListener('visibilitychange', look);
  signal.addEventListener('abort', look);
  return {
    signal: controller.signal,
    end: () => {
      page()?.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', look);
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
