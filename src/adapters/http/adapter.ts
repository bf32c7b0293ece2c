import ky from 'ky';
import { defineAdapter, type CallOptions, type Handlers, type SettingsAdapter } from '../../contract/adapter.js';
import { SettingsError } from '../../contract/errors.js';
import { operationNames, rowOf, type OperationName } from '../../contract/operations.js';
import { readAnswer } from './answer.js';
import { Hints } from './hints.js';
import { Patience, usualTiming, type Timing } from './patience.js';
import { writeRequest } from './request.js';
import { Wire, type HttpAdapterOptions } from './wire.js';

/**
 * The http adapter, with what is nobody's to choose.
 * @param timing another sense of time, for tests
 * @param ahead the answer to who is signed in, asked for before this code was there
 */
export function makeHttpAdapter(options: HttpAdapterOptions, timing: Timing = usualTiming, ahead?: Promise<Response>): SettingsAdapter {
  const wire = new Wire(options, ahead);
  const hints = new Hints(wire);
  const answer = (operation: OperationName) => async (input: unknown, call: CallOptions) => {
    try {
      const value = await perform(wire, timing, operation, input, call);
      hints.heard(operation);
      return value;
    } catch (error) {
      hints.heard(operation, error);
      throw error;
    }
  };
  // One function for every operation: defineAdapter parses what goes in and out, so the types hold at both ends.
  const operations: Handlers = Object.fromEntries(operationNames.map((operation) => [operation, answer(operation)]));
  return defineAdapter({ name: 'http', operations, ...((options.events ?? true) && { subscribe: hints.subscribe }) });
}

/** False where the browser knows that there is no network; undefined where there is no browser. */
const isOnline = (): boolean | undefined => (globalThis as { navigator?: { onLine?: boolean } }).navigator?.onLine;

/** One call, with all its tries. @throws {SettingsError} */
async function perform(wire: Wire, timing: Timing, operation: OperationName, input: unknown, { signal, ...options }: CallOptions): Promise<unknown> {
  let ahead = operation === 'auth.context' ? wire.takeAhead() : undefined;
  if (signal?.aborted) throw new SettingsError('aborted');
  if (isOnline() === false) throw new SettingsError('offline');
  const { effect } = rowOf(operation);
  const { url, method, headers, json, body } = writeRequest(wire.base, operation, input, options);
  const patience = new Patience(effect, timing);
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort();
  }, timing.total);

  let answer: unknown;
  let failure: SettingsError | undefined;
  let ticket = 0;
  let renewed: string | undefined;
  let pause = 0;

  /** Whether to try again. Sets why not, or when. */
  async function shouldRetry({ error }: { error: Error }): Promise<boolean> {
    // What is not ours came from fetch or from ky's timeout. A write may have had its effect by now: "offline, nothing was sent" would be a guess.
    failure = SettingsError.is(error) ? error : new SettingsError(effect === 'read' && isOnline() === false ? 'offline' : 'unavailable', 'No answer came.');
    if (failure.kind === 'unauthenticated' && wire.tokens && renewed === undefined) {
      pause = 0;
      try {
        renewed = (await wire.tokens.renew(ticket)) ?? undefined;
        return renewed !== undefined;
      } catch (reason) {
        failure = SettingsError.from(reason, operation);
        return false;
      }
    }
    const next = patience.pauseAfter(failure);
    pause = next ?? 0;
    return next !== undefined;
  }

  try {
    await ky(url, {
      ...wire.init,
      method,
      headers,
      ...(json !== undefined && { json }),
      ...(body && { body }),
      signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal,
      timeout: timing.attempt,
      // ky repeats, with a fresh copy of the request, and waits so that an abort ends the wait. What it would decide by itself (by method and
      // status, Retry-After by this machine's clock and however long) is not our rule.
      retry: { limit: Number.POSITIVE_INFINITY, methods: ['get', 'post', 'put', 'patch', 'delete'], shouldRetry, delay: () => pause },
      // The body belongs to the try: half an answer is a failed one, and ky's timeout covers it.
      fetch: async (request) => {
        const sent = wire.send(request as Request, renewed, ahead);
        ahead = undefined;
        const received = await sent;
        ({ ticket } = received);
        answer = await readAnswer(received.response, wire.base);
        return received.response;
      },
    });
    return answer;
  } catch (error) {
    if (signal?.aborted) throw SettingsError.is(signal.reason) ? signal.reason : new SettingsError('aborted');
    if (deadline.signal.aborted) throw new SettingsError('unavailable', `${operation} did not answer within ${timing.total / 1000} s.`);
    // Without a failure ky never sent it: a header that cannot be one.
    throw failure ?? new SettingsError('unexpected', `${operation} could not be sent.`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
