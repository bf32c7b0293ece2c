import { SettingsError } from '@userflux/settings/contract';
import type { TransportCode } from '@userflux/settings/http';

/** Bytes of a body, and levels of nesting, that a settings form never reaches (S13). */
const LARGEST = 64 * 1024;
const DEEPEST = 16;

/** A refusal of the transport, with the code it has on the wire. */
export class TransportError extends SettingsError {
  readonly code: TransportCode;

  constructor(code: TransportCode, message: string) {
    super('unexpected', message);
    this.code = code;
  }
}

/** Reads a JSON body, counting as it comes. An absent one is undefined. @throws {TransportError} */
export async function readBody(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text === '') return undefined;
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  // Anything else could be sent by a form of another site without asking first (S8).
  if (type !== 'application/json') throw new TransportError('media-type', 'Send the body as application/json.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TransportError('malformed-body', 'The body is not JSON.');
  }
  assertSafe(value, 0);
  return value;
}

async function readText(request: Request): Promise<string> {
  const tooLarge = new TransportError('body-too-large', `A body may have ${String(LARGEST)} bytes.`);
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.length;
    if (size > LARGEST) {
      await reader?.cancel();
      throw tooLarge;
    }
    chunks.push(part.value);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new TransportError('malformed-body', 'The body is not UTF-8.');
  }
}

/** NUL ends texts in C libraries and is refused by PostgreSQL; half a surrogate pair is no text at all. */
export function assertSafe(value: unknown, depth: number): void {
  if (depth > DEEPEST) throw new TransportError('too-deep', `A body may be nested ${String(DEEPEST)} levels deep.`);
  if (typeof value === 'string') assertText(value);
  else if (Array.isArray(value)) for (const inner of value) assertSafe(inner, depth + 1);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      assertText(name);
      assertSafe(inner, depth + 1);
    }
  }
}

export function isSafeText(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text);
}

export function assertText(text: string): void {
  if (!isSafeText(text)) throw new TransportError('unsafe-text', 'A text has a NUL character or half a surrogate pair.');
}
