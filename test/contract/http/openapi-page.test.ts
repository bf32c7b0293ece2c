import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { OPENAPI_FILE } from '../../../scripts/openapi.js';
import { problemCodes } from '../../../src/contract/http/index.js';
import { renderApiPage, type OpenApiDocument } from '../../../src/contract/http/openapi.js';
import { operationNames } from '../../../src/contract/index.js';

const committed = readFileSync(OPENAPI_FILE, 'utf8');
const { html, css } = renderApiPage(JSON.parse(committed) as OpenApiDocument);
const ids = Array.from(html.matchAll(/ id="([^"]+)"/g), ([, id = '']) => id);

describe('page of the API', () => {
  it('has an anchor for every operation, schema and problem, each once', () => {
    const { components } = JSON.parse(committed) as OpenApiDocument;
    const wanted = [...operationNames, ...Object.keys(components.schemas).map((name) => `schema-${name}`), ...problemCodes.map((code) => `problem-${code}`)];
    assert.deepEqual(wanted.filter((id) => !ids.includes(id)), []);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('leads nowhere within itself that is not there', () => {
    const targets = Array.from(html.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g), ([, id = '']) => id);
    assert.ok(targets.length > 200);
    assert.deepEqual(targets.filter((id) => !ids.includes(id)), []);
  });

  it('needs no more than its sheet: nothing that a strict policy would block', () => {
    assert.doesNotMatch(html, /<(script|style|img|iframe|object|form|base)\b|\sstyle=|\son\w+=|javascript:/i);
    assert.deepEqual(Array.from(html.matchAll(/\s(?:src|href)="([^#"][^"]*)"/g), ([, url]) => url), ['openapi.css', 'openapi.json']);
    assert.doesNotMatch(css, /url\(|@import/);
    assert.match(renderApiPage(JSON.parse(committed) as OpenApiDocument, { stylesheet: '/docs.css', source: '/docs.json' }).html, /href="\/docs\.css"[\s\S]*href="\/docs\.json"/);
  });

  it('shows markup in the document as text', () => {
    const hostile = '<img src=x onerror=alert(1)>"\'&';
    // In every text of the document, whatever it is for; names of the table stay, and so does what is a reference.
    const texts = JSON.parse(committed, (key, value: unknown) => (['description', 'title', 'summary', 'pattern', 'detail', 'type'].includes(key) && typeof value === 'string' ? `${value} \`${hostile}\` **${hostile}** ${hostile}` : value)) as OpenApiDocument;
    const page = renderApiPage(texts).html;
    assert.ok(page.includes('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;'));
    assert.ok(!page.includes('<img'));
  });

  it('says of each request how to send it', () => {
    const request = /<code>(curl -X PATCH &quot;\$BASE\/company&quot;[^<]*)<\/code>/.exec(html)?.[1] ?? '';
    for (const part of ['-H &#39;Idempotency-Key: ', '-H &#39;If-Match: &quot;', '-H &#39;Content-Type: application/json&#39;', '-d &#39;{&quot;name&quot;:']) {
      assert.ok(request.includes(part), part);
    }
    assert.ok(!html.includes('undefined'));
  });
});
