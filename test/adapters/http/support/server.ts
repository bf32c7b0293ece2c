import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { after } from 'node:test';
import { SettingsError, type SettingsErrorKind } from '../../../../src/contract/index.js';

/** A request as it came in, whole. */
export interface Seen {
  method: string;
  /** With the query. */
  path: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
  bytes: Buffer;
}

/** Answers in its own way, byte by byte if it likes. */
export type Answer = (response: ServerResponse, seen: Seen) => void | Promise<void>;

export interface TestServer {
  /** Of the API; its path is /api. */
  readonly base: string;
  readonly origin: string;
  readonly seen: Seen[];
  /** How the next requests are answered, one after another; the last one stays. */
  answers(...answers: Answer[]): void;
  /** How many connections are open. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/** A real HTTP server on a free port, until the file's tests are over. */
export async function startServer(...first: Answer[]): Promise<TestServer> {
  let queue = first;
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const bytes = await bytesOf(request);
      const one: Seen = { method: request.method ?? '', path: request.url ?? '', headers: headersOf(request), body: bytes.toString('utf8'), bytes };
      seen.push(one);
      const answer = queue.length > 1 ? queue.shift() : queue[0];
      if (!answer) throw new Error('No answer was prepared.');
      await answer(response, one);
    })().catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    });
  after(close);
  return {
    base: `${origin}/api`,
    origin,
    seen,
    answers: (...next) => {
      queue = next;
    },
    connections: () => new Promise((resolve, reject) => {
      server.getConnections((error, count) => {
        if (error) reject(error);
        else resolve(count);
      });
    }),
    close,
  };
}

function headersOf(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Answers JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value));
  };
}

/** Answers these bytes, whatever they are. */
export function raw(status: number, headers: Record<string, string>, body: string | Uint8Array = ''): Answer {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Answers a problem with a code, or with none: the status alone. */
export function problem(status: number, body: object = {}, headers: Record<string, string> = {}): Answer {
  return json(body, status, { 'Content-Type': 'application/problem+json', ...headers });
}

/** Cuts the connection before anything is answered. */
export const cut: Answer = (response) => {
  response.destroy();
};

/** Answers nothing, ever. */
export const hang: Answer = () => undefined;

/** Answers by a function of the web platform. */
export function web(origin: string, handle: (request: Request) => Promise<Response>): Answer {
  return async (response, { method, path, headers, bytes }) => {
    const gone = new AbortController();
    response.on('close', () => { gone.abort(); });
    const given = Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined && header[0] !== 'connection');
    const answer = await handle(new Request(origin + path, { method, headers: given, ...(bytes.length > 0 && { body: new Uint8Array(bytes) }), signal: gone.signal }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (!answer.body) {
      response.end();
      return;
    }
    const stream = Readable.fromWeb(answer.body as NodeStream);
    response.on('close', () => { stream.destroy(); });
    stream.on('error', () => { response.destroy(); });
    stream.pipe(response);
  };
}

/** How a call failed; fails itself when it did not. */
export async function failureOf(call: Promise<unknown>): Promise<SettingsError> {
  try {
    await call;
  } catch (error) {
    if (SettingsError.is(error)) return error;
    throw new Error('Something else than a SettingsError was thrown.', { cause: error });
  }
  throw new Error('The call succeeded.');
}

export async function kindOf(call: Promise<unknown>): Promise<SettingsErrorKind> {
  return (await failureOf(call)).kind;
}
