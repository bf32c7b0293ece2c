import { SettingsError } from '../../contract/errors.js';
import { readProblem } from '../../contract/http/read-problem.js';

/** Bytes. A page of a hundred long rows is a tenth of it. */
const LARGEST = 5_000_000;

const JSON_TYPE = /^application\/([\w.+-]+\+)?json\s*(;|$)/i;

/**
 * What a response says: the value, or the error that its status and problem stand for. The operation's schema still has to check the value.
 * @param base where the API stands: pictures may be relative to it
 * @throws {SettingsError}; anything else that is thrown is a failure of the network.
 */
export async function readAnswer(response: Response, base: string): Promise<unknown> {
  const { status, ok, headers } = response;
  if (status === 204) return undefined;
  const json = await readJson(response, base);
  if (!ok) throw readProblem(status, json?.value, retryAfterOf(headers));
  if (!json) throw new SettingsError('unexpected', `The server answered ${status}, but not in JSON.`);
  return json.value;
}

/** The body's value; nothing where it is no JSON, whatever the reason. */
async function readJson(response: Response, base: string): Promise<{ value: unknown } | undefined> {
  const text = JSON_TYPE.test(response.headers.get('Content-Type') ?? '') ? await readText(response) : undefined;
  if (text === undefined) {
    // Nobody reads the rest. A body that broke by now cannot be cancelled, and need not be.
    response.body?.cancel().catch(() => undefined);
    return undefined;
  }
  try {
    return { value: JSON.parse(text, reviver(base)) as unknown };
  } catch {
    return undefined;
  }
}

/** The whole body as text; nothing when it is too large. */
async function readText(response: Response): Promise<string | undefined> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  // Takes a byte order mark away.
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > LARGEST) {
      reader.releaseLock();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Drops names that mean something else on an object than in a JSON text, and says where pictures are, seen from any page. */
const reviver = (base: string) => (key: string, value: unknown): unknown => {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') return undefined;
  return (key === 'avatarUrl' || key === 'logoUrl') && typeof value === 'string' ? pictureUrl(value, base) : value;
};

/** Nothing where it is none that a browser could draw. */
function pictureUrl(url: string, base: string): string | null {
  try {
    const { href, protocol } = new URL(url, `${base}/`);
    return ['https:', 'http:', 'data:'].includes(protocol) ? href : null;
  } catch {
    return null;
  }
}

/** Retry-After in whole seconds, in either form (RFC 9110 10.2.3); nothing where there is none, or none that can be read. */
export function retryAfterOf(headers: Headers): number | undefined {
  const text = headers.get('Retry-After')?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  // Date.parse takes nearly anything; an HTTP date ends so.
  const until = text.endsWith('GMT') ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(until)) return undefined;
  // By the server's own clock, where it tells it: that of this machine may be an hour off.
  const sent = Date.parse(headers.get('Date') ?? '');
  return Math.max(0, Math.ceil((until - (Number.isNaN(sent) ? Date.now() : sent)) / 1000));
}
