/** One site for all pages alike: built files with gzip, and the same reference server behind /api/auth. */
import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { ADDRESS_HEADER } from '../../server/src/reference/auth.js';
import { makeAsset, readPages, sendAsset, type Asset } from '../../server/src/reference/pages.js';
import { signInAs, temporaryServer } from '../../test/server/support/server-harness.js';
import { freePort } from '../../test/support/postgres.js';
import { answerAsHanko } from './hanko.js';

export interface Site {
  origin: string;
  /** The session of {@link person}. */
  cookie: { name: string; value: string };
  person: { name: string; email: string };
  close(): Promise<void>;
}

const person = { name: 'Ada Lovelace', email: 'ada@example.com' };

/** @param pages built folders by the first part of their path */
export async function startSite(pages: ReadonlyMap<string, string>): Promise<Site> {
  const port = await freePort();
  const origin = `http://localhost:${String(port)}`;
  const backend = await temporaryServer({ publicUrl: origin });
  const [name = '', value = ''] = (await signInAs(backend, person.email)).cookie.split('=');
  const assets = new Map<string, Asset>([['/blank', makeAsset('<!doctype html><title>Blank</title>', '.html')]]);
  for (const [page, folder] of pages) {
    for (const [path, asset] of readPages(folder)) assets.set(`/${page}${path}`, asset);
  }
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/api/auth/')) {
      const headers = new Headers(request.headers);
      headers.set(ADDRESS_HEADER, '127.0.0.1');
      return backend.auth.handler(new Request(request, { headers }));
    }
    if (pathname.startsWith('/hanko-api/')) {
      const body = answerAsHanko(pathname.slice('/hanko-api'.length), person);
      return body ? Response.json(body) : Response.json({ code: 404, message: 'Not Found' }, { status: 404 });
    }
    const asset = assets.get(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    if (asset) return sendAsset(asset, request, pathname.includes('/assets/'));
    return new Response(null, { status: pathname === '/favicon.ico' ? 204 : 404 });
  };
  const server = createAdaptorServer({ fetch: answer }) as Server;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  if ((server.address() as AddressInfo).port !== port) throw new Error('The site is not where it should be.');
  return {
    origin,
    cookie: { name, value },
    person,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await backend.close();
    },
  };
}

/** Versions of what was installed for the peers. */
export function versionsOf(folder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const file = join(folder, 'node_modules', name, 'package.json');
      return [name, existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'missing'];
    }),
  );
}
