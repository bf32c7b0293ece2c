import { readFileSync } from 'node:fs';
// Not a public name of the library: only who documents the API needs it.
import { renderApiPage, type OpenApiDocument } from '@userflux/settings/openapi';
import { makeAsset, type Asset } from './pages.js';

const FILE = new URL('../../../docs/openapi.json', import.meta.url);

/** The API's document and the page that shows it, by path. */
export function readDocs(): ReadonlyMap<string, Asset> {
  const json = readFileSync(FILE, 'utf8');
  // Generated from the operations table and committed; a test compares it with its generator, which is typed.
  const { html, css } = renderApiPage(JSON.parse(json) as OpenApiDocument, { stylesheet: '/api/docs.css', source: '/api/openapi.json' });
  return new Map([
    ['/api/docs', makeAsset(html, '.html')],
    ['/api/docs.css', makeAsset(css, '.css')],
    ['/api/openapi.json', makeAsset(json, '.json')],
  ]);
}
