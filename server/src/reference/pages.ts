import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file of the host page, as it is sent. */
export interface Asset {
  body: Uint8Array<ArrayBuffer>;
  gzipped: Uint8Array<ArrayBuffer> | undefined;
  type: string;
  etag: string;
}

const types: Partial<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * The built host page, read once: a few hundred kilobytes in memory, and no request ever names a file on the disk.
 * @returns the files by their path in a URL
 */
export function readPages(folder: string): ReadonlyMap<string, Asset> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(paths.map((path) => [`/${path.replaceAll('\\', '/')}`, makeAsset(readFileSync(join(folder, path)), extname(path))]));
}

export function makeAsset(content: Uint8Array | string, extension: string): Asset {
  const body = new Uint8Array(typeof content === 'string' ? new TextEncoder().encode(content) : content);
  const type = types[extension] ?? 'application/octet-stream';
  const gzipped = /^(text|application\/json|image\/svg)/.test(type) ? new Uint8Array(gzipSync(body, { level: 9 })) : undefined;
  return { body, gzipped, type, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

/** @param immutable the file's name changes with its content */
export function sendAsset(asset: Asset, request: Request, immutable: boolean): Response {
  const headers = new Headers({
    'Content-Type': asset.type,
    'Cache-Control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: asset.etag,
    Vary: 'Accept-Encoding',
  });
  const known = (request.headers.get('If-None-Match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(asset.etag)) return new Response(null, { status: 304, headers });
  const gzip = asset.gzipped !== undefined && /\bgzip\b/.test(request.headers.get('Accept-Encoding') ?? '');
  if (gzip) headers.set('Content-Encoding', 'gzip');
  return new Response(gzip ? asset.gzipped : asset.body, { headers });
}
