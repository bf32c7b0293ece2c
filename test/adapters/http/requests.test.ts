import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createHttpAdapter, type HttpAdapterOptions } from '../../../src/adapters/http/index.js';
import { SettingsError, type CallOptions, type OperationName, type SettingsAdapter } from '../../../src/contract/index.js';
import { examples } from '../../../src/contract/examples.js';
import { matchRoute, readQuery, routeOf } from '../../../src/contract/http/index.js';
import { operationNames, rowOf } from '../../../src/contract/operations.js';
import { failureOf, json, kindOf, raw, startServer, type Seen } from './support/server.js';

const server = await startServer();

/** Sends the example of an operation, or another input; what the server saw, and what came back. */
async function send(operation: OperationName, options: CallOptions = {}, input: unknown = examples[operation].input, adapter: SettingsAdapter = createHttpAdapter({ baseUrl: server.base })): Promise<{ seen: Seen; output: unknown }> {
  const { output } = examples[operation];
  server.answers(output === undefined ? raw(204, {}) : json(output, routeOf(operation).status ?? 200));
  const before = server.seen.length;
  const answered = await adapter.call(operation, input as never, options);
  const [seen, another] = server.seen.slice(before);
  assert.ok(seen && !another, 'one request');
  return { seen, output: answered };
}

describe('http adapter: a call as a request', () => {
  it('has every operation of the table', () => {
    assert.deepEqual(createHttpAdapter({ baseUrl: server.base }).operations, operationNames);
  });

  for (const operation of operationNames) {
    it(`${operation}: the server reads the same input from it, and its answer comes back`, async () => {
      const { seen, output } = await send(operation, { idempotencyKey: 'key-1', ifMatch: 'v7' });
      const url = new URL(seen.path, server.origin);
      const match = matchRoute(seen.method, url.pathname.slice('/api'.length));
      assert.ok(match && 'operation' in match, `${seen.method} ${seen.path} is a route`);
      assert.equal(match.operation, operation);
      const row = rowOf(operation);
      const picture = routeOf(operation).picture === true;
      const body: unknown = picture ? { type: seen.headers['content-type'], bytes: new Uint8Array(seen.bytes) } : seen.body === '' ? {} : JSON.parse(seen.body);
      const fields = { ...readQuery(operation, url.searchParams), ...(body as object), ...match.fields };
      assert.deepEqual(Object.keys(fields).length === 0 ? (examples[operation].input === undefined ? undefined : {}) : fields, examples[operation].input);
      // Pictures are where the API is, from wherever one looks.
      const expected = JSON.stringify([examples[operation].output]).replaceAll('"pictures/', `"${server.base}/pictures/`);
      assert.deepEqual(JSON.stringify([output]), expected);
      // What a proxy may write down holds nothing that was typed, and no secret.
      if (seen.method !== 'GET') assert.equal(url.search, '');

      const { headers } = seen;
      assert.equal(headers['idempotency-key'], row.effect === 'write' ? 'key-1' : undefined);
      assert.equal(headers['if-match'], row.versioned ? '"v7"' : undefined);
      assert.equal(headers['content-type'], picture ? 'image/png' : seen.body === '' ? undefined : 'application/json');
      assert.match(headers['accept'] ?? '', /application\/json/);
      assert.equal(headers['cache-control'], 'no-cache', 'what fetch makes of no-store');
      assert.equal(headers['authorization'], undefined);
    });
  }

  it('writes lists into the query again and again, and text as it is', async () => {
    const { seen } = await send('team.list', {}, { search: 'Ä&b=c', status: ['pending', 'expired'], role: [], limit: 5 });
    assert.equal(seen.path, '/api/team?limit=5&search=%C3%84%26b%3Dc&status=pending&status=expired');
    assert.equal((await send('team.list', {}, {})).seen.path, '/api/team');
  });

  it('puts ids into the path so that they stay one segment', async () => {
    const { seen } = await send('apiKeys.update', {}, { id: 'a/b?c#d e%2F/../x', addresses: [] });
    assert.equal(seen.path, '/api/api-keys/a%2Fb%3Fc%23d%20e%252F%2F..%2Fx');
    assert.equal(seen.body, '{"addresses":[]}');
    assert.deepEqual((await send('mfa.confirm')).seen.body, JSON.stringify({ code: examples['mfa.confirm'].input.code }));
  });

  for (const id of ['.', '..', '\ud800']) {
    it(`finds nothing under the id ${JSON.stringify(id)}, which no URL can hold, and asks nobody`, async () => {
      const before = server.seen.length;
      assert.equal(await kindOf(createHttpAdapter({ baseUrl: server.base }).call('team.resend', { id })), 'not-found');
      assert.equal(server.seen.length, before);
    });
  }

  it('sends a body exactly where there are fields for it', async () => {
    assert.equal((await send('team.resend')).seen.body, '');
    assert.equal((await send('team.revoke')).seen.body, '');
    assert.equal((await send('apiKeys.reveal', {}, {})).seen.body, '{}');
    assert.equal((await send('apiKeys.update', {}, { id: 'k' })).seen.body, '{}');
  });

  it('asks for the value as it is now when no version was given, and makes an idempotency key of its own', async () => {
    const first = (await send('company.update')).seen.headers;
    const second = (await send('company.update')).seen.headers;
    assert.equal(first['if-match'], '*');
    assert.match(first['idempotency-key'] ?? '', /^[\da-f]{32}$/);
    assert.notEqual(first['idempotency-key'], second['idempotency-key']);
  });

  it('fails as unexpected, without a request, when a version or key cannot stand in a header', async () => {
    const before = server.seen.length;
    const adapter = createHttpAdapter({ baseUrl: server.base });
    for (const options of [{ ifMatch: 'a\r\nX-Evil: 1' }, { ifMatch: '版' }, { idempotencyKey: 'a\nb' }]) {
      assert.equal(await kindOf(adapter.call('company.update', { name: 'A' }, options)), 'unexpected');
    }
    assert.equal(server.seen.length, before);
  });
});

describe('http adapter: the options', () => {
  for (const [baseUrl, path] of [[server.base, '/api/context'], [`${server.base}/`, '/api/context'], [`${server.base}//`, '/api/context'], [new URL(server.origin), '/context']] as const) {
    it(`baseUrl ${String(baseUrl).replace(server.origin, 'http://host')} leads to ${path}`, async () => {
      assert.equal((await send('auth.context', {}, undefined, createHttpAdapter({ baseUrl }))).seen.path, path);
    });
  }

  it('resolves a path against the page, when it is made', async () => {
    const page = { baseURI: `${server.origin}/app/page` };
    Object.defineProperty(globalThis, 'document', { value: page, configurable: true });
    try {
      const absolute = createHttpAdapter({ baseUrl: '/api/settings' });
      const relative = createHttpAdapter({ baseUrl: 'settings' });
      page.baseURI = 'https://elsewhere.example/';
      assert.equal((await send('company.get', {}, undefined, absolute)).seen.path, '/api/settings/company');
      assert.equal((await send('company.get', {}, undefined, relative)).seen.path, '/app/settings/company');
    } finally {
      Reflect.deleteProperty(globalThis, 'document');
    }
  });

  for (const baseUrl of ['', ' ', '/api/settings', 'api', 'ftp://example.com/api', 'javascript:alert(1)', 'data:,x', 'https://', 'https://ada:secret@example.com/api', 'https://example.com/api?token=secret', 'https://example.com/api#x', undefined, null, 7]) {
    it(`refuses ${JSON.stringify(baseUrl)} as baseUrl (outside of a page), and says how it should be`, () => {
      assert.throws(() => createHttpAdapter({ baseUrl: baseUrl as string }), (error) => error instanceof TypeError && error.message.includes('base URL') && !error.message.includes('secret'));
    });
  }

  it('refuses credentials that fetch does not know', () => {
    assert.throws(() => createHttpAdapter({ baseUrl: server.base, credentials: 'yes' as 'omit' }), /same-origin, include, omit/);
  });

  it('sends headers of the host, but its own stay', async () => {
    const headers = { 'X-Tenant': 'acme', 'If-Match': '"evil"', 'IDEMPOTENCY-KEY': 'evil', 'content-type': 'text/plain', Authorization: 'Basic evil' };
    const options: HttpAdapterOptions = { baseUrl: server.base, headers, getToken: () => 'good' };
    const { seen } = await send('company.update', { idempotencyKey: 'k', ifMatch: '1' }, undefined, createHttpAdapter(options));
    const { 'x-tenant': tenant, 'if-match': match, 'idempotency-key': key, 'content-type': type, authorization } = seen.headers;
    assert.deepEqual({ tenant, match, key, type, authorization }, { tenant: 'acme', match: '"1"', key: 'k', type: 'application/json', authorization: 'Bearer good' });
  });

  it('asks a function for headers at each request, and waits for it', async () => {
    let count = 0;
    const adapter = createHttpAdapter({ baseUrl: server.base, headers: () => Promise.resolve({ 'X-Count': String(++count) }) });
    assert.equal((await send('company.get', {}, undefined, adapter)).seen.headers['x-count'], '1');
    assert.equal((await send('company.get', {}, undefined, adapter)).seen.headers['x-count'], '2');
  });

  for (const [what, headers] of [
    ['throw', () => { throw new TypeError('broken'); }],
    ['are none', { 'X Y': '1' }],
    ['have a line break', () => ({ 'X-Y': 'a\nb' })],
  ] as const) {
    it(`fails as unexpected, at once and without a request, when the headers ${what}`, async () => {
      const before = server.seen.length;
      const error = await failureOf(createHttpAdapter({ baseUrl: server.base, headers }).call('company.get', undefined));
      assert.equal(error.kind, 'unexpected');
      assert.ok(error.cause instanceof TypeError, 'for the developer');
      assert.equal(server.seen.length, before);
    });
  }

  it('offers no subscribe with events: false', () => {
    assert.equal(createHttpAdapter({ baseUrl: server.base, events: false }).subscribe, undefined);
    assert.equal(typeof createHttpAdapter({ baseUrl: server.base }).subscribe, 'function');
  });

  it('throws nothing but SettingsErrors from calls', async () => {
    const closed = await startServer();
    await closed.close();
    assert.ok(SettingsError.is(await failureOf(createHttpAdapter({ baseUrl: closed.base }).call('company.get', undefined))));
  });
});

describe('http adapter: where pictures are', () => {
  const told: readonly (readonly [said: string, url: string | null])[] = [
    ['pictures/abc', `${server.base}/pictures/abc`],
    ['/files/abc.webp', `${server.origin}/files/abc.webp`],
    ['https://cdn.example.com/abc.webp', 'https://cdn.example.com/abc.webp'],
    ['javascript:alert(1)', null],
    ['file:///etc/passwd', null],
    ['blob:https://example.com/1', null],
    ['https://', null],
  ];
  for (const [said, url] of told) {
    it(`${said} is ${url?.replace(server.origin, '') ?? 'none'}`, async () => {
      server.answers(json({ ...examples['company.get'].output, logoUrl: said }));
      const { logoUrl } = await createHttpAdapter({ baseUrl: server.base }).call('company.get', undefined);
      assert.equal(logoUrl, url);
    });
  }
});
