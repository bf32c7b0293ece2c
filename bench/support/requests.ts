import { randomUUID } from 'node:crypto';
import { request, type Agent } from 'node:http';
import { PUBLIC_URL } from './processes.js';

export interface Sent {
  method: 'GET' | 'PATCH' | 'POST';
  /** Below the base URL of the settings API. */
  path: string;
  body?: unknown;
}

export interface Reply {
  status: number;
  body: string;
  /** From the first byte that is sent to the last that came, in milliseconds. */
  took: number;
}

/** One request as a browser behind a proxy sends it; its agent is its connection. */
export function send(agent: Agent, port: number, cookie: string, { method, path, body }: Sent): Promise<Reply> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers: Record<string, string> = { Host: new URL(PUBLIC_URL).host, Cookie: cookie, Accept: 'application/json' };
  if (method !== 'GET') Object.assign(headers, { Origin: PUBLIC_URL, 'Idempotency-Key': randomUUID() });
  if (method === 'PATCH') headers['If-Match'] = '*';
  if (text !== undefined) Object.assign(headers, { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) });
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const sent = request({ agent, host: '127.0.0.1', port, path: `/api/auth/settings${path}`, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), took: performance.now() - begun });
      });
      response.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(text);
  });
}

/** @throws {Error} when the reply is no success: figures of failures are no figures */
export function assertOk({ status, body }: Reply, { method, path }: Sent): void {
  if (status < 200 || status > 299) throw new Error(`${method} ${path} was answered ${status}: ${body.slice(0, 300)}`);
}
