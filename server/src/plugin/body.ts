import { PICTURE_BYTES, pictureTypes, SettingsError } from '@userflux/settings/contract';
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
  const type = typeOf(request);
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

/** Reads the body of a picture; what it really is, its bytes have to say. @throws {TransportError} */
export async function readPicture(request: Request): Promise<{ type: string; bytes: Uint8Array }> {
  const type = typeOf(request);
  const known: readonly (string | undefined)[] = pictureTypes;
  if (type === undefined || !known.includes(type)) throw new TransportError('media-type', `Send the picture itself, as ${pictureTypes.join(', ')}.`);
  return { type, bytes: await readBytes(request, PICTURE_BYTES) };
}

function typeOf(request: Request): string | undefined {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
}

async function readText(request: Request): Promise<string> {
  const bytes = await readBytes(request, LARGEST);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new TransportError('malformed-body', 'The body is not UTF-8.');
  }
}

async function readBytes(request: Request, largest: number): Promise<Uint8Array> {
  const tooLarge = new TransportError('body-too-large', `A body may have ${String(largest)} bytes here.`);
  if (Number(request.headers.get('content-length') ?? 0) > largest) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.length;
    if (size > largest) {
      await reader?.cancel();
      throw tooLarge;
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
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
