import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMemoryBackend, memberWorld } from '../../../src/adapters/memory/index.js';
import { httpBridge } from '../../support/http-bridge.js';

const APIS = ['/api/settings', '/api/demo/settings'] as const;

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
};

export interface Answer {
  body: string | Uint8Array;
  /** The end of a file's name; of the path unless told. */
  type?: string;
  headers?: Record<string, string>;
}

export interface Site {
  origin: string;
  close(): Promise<void>;
}

/**
 * A product's site: its files, and the settings API, with the demo world behind it: at /api/settings with Ada signed in, at /api/demo/settings with Mary.
 * @param fileAt what stands at a path; undefined: nothing.
 */
export async function startSite(fileAt: (path: string) => Answer | undefined | Promise<Answer | undefined>): Promise<Site> {
  const adapters = { '/api/settings': createMemoryBackend().connect().adapter, '/api/demo/settings': createMemoryBackend({ world: memberWorld() }).connect().adapter };
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const url = new URL(request.url ?? '/', origin());
      const base = APIS.find((path) => url.pathname.startsWith(`${path}/`));
      if (base) {
        const api = httpBridge(base, () => adapters[base]);
        const headers = Object.entries(request.headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
        const gone = new AbortController();
        response.on('close', () => { gone.abort(); });
        const method = request.method ?? 'GET';
        const answer = await api(new Request(url, { method, headers, signal: gone.signal, ...(method !== 'GET' && chunks.length > 0 && { body: Buffer.concat(chunks) }) }));
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        if (answer.body) for await (const chunk of answer.body) response.write(chunk);
        response.end();
        return;
      }
      const found = await fileAt(url.pathname);
      const type = found?.type ?? /\.(\w+)$/.exec(url.pathname)?.[1] ?? 'html';
      response.writeHead(found ? 200 : url.pathname === '/favicon.ico' ? 204 : 404, { 'Content-Type': TYPES[type] ?? 'application/octet-stream', ...found?.headers });
      response.end(found?.body);
    })().catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  const origin = (): string => `http://localhost:${String((server.address() as AddressInfo).port)}`;
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  return {
    origin: origin(),
    close: () =>
      new Promise((done) => {
        server.close(() => { done(); });
        server.closeAllConnections();
      }),
  };
}
