import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import { makeHttpAdapter } from '../../../src/adapters/http/adapter.js';
import { follow } from '../../../src/adapters/http/events.js';
import { createHttpAdapter } from '../../../src/adapters/http/index.js';
import { Wire, type HttpAdapterOptions } from '../../../src/adapters/http/wire.js';
import { createMemoryBackend } from '../../../src/adapters/memory/index.js';
import type { OperationName } from '../../../src/contract/index.js';
import { operationNames, rowOf } from '../../../src/contract/operations.js';
import { httpBridge } from '../../support/http-bridge.js';
import { cut, problem, raw, startServer, web, type Answer, type TestServer } from './support/server.js';

const allReads = operationNames.filter((name) => rowOf(name).effect === 'read');

/** Things that arrive one after another, to be waited for. */
function queue<T>(): { push: (one: T) => void; next: () => Promise<T>; readonly all: T[] } {
  const all: T[] = [];
  let taken = 0;
  const waiting: ((one: T) => void)[] = [];
  return {
    all,
    push: (one) => {
      all.push(one);
      if (waiting.length > 0) taken++;
      waiting.shift()?.(one);
    },
    next: () => new Promise((resolve) => {
      if (taken < all.length) resolve(all[taken++] as T);
      else waiting.push(resolve);
    }),
  };
}

/** Follows the events of a server that answers as told; each opened stream can be written to. */
async function following(options: Partial<HttpAdapterOptions> = {}): Promise<{
  server: TestServer;
  streams: ReturnType<typeof queue<ServerResponse>>;
  open: Answer;
  told: ReturnType<typeof queue<readonly OperationName[]>>;
  start: () => Promise<string>;
  stop: () => void;
}> {
  const server = await startServer();
  const streams = queue<ServerResponse>();
  const told = queue<readonly OperationName[]>();
  const controller = new AbortController();
  return {
    server,
    streams,
    told,
    open: (response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
      streams.push(response);
    },
    start: () => follow(new Wire({ baseUrl: server.base, ...options }), allReads, told.push, controller.signal, 1),
    stop: () => { controller.abort(); },
  };
}

describe('http adapter: the event stream', () => {
  it('is asked for with what the host gives, and tells the reads of each event, however its bytes come', async () => {
    const { server, open, streams, told, start, stop } = await following({ getToken: () => 'token', headers: { 'X-Tenant': 'acme' } });
    server.answers(open);
    const end = start();
    const stream = await streams.next();
    const [seen] = server.seen;
    assert.equal(`${seen?.method ?? ''} ${seen?.path ?? ''}`, 'GET /api/events');
    const { accept, authorization, 'x-tenant': tenant } = seen?.headers ?? {};
    assert.deepEqual({ accept, authorization, tenant }, { accept: 'text/event-stream', authorization: 'Bearer token', tenant: 'acme' });

    stream.write(': hello\n\ndata: {"reads":["company.get"]}\n\n');
    assert.deepEqual(await told.next(), ['company.get']);
    stream.write('event: change\r\nid: 7\r\ndata:{"reads":["team.list","auth.context"]}\r\n\r\n');
    assert.deepEqual(await told.next(), ['auth.context', 'team.list']);
    stream.write('data: {"reads":\ndata: ["apiKeys.list"]}\n\n');
    assert.deepEqual(await told.next(), ['apiKeys.list']);
    for (const byte of 'data: {"reads":["company.get"]}\r\n\r\n') await new Promise((resolve) => stream.write(byte, resolve));
    assert.deepEqual(await told.next(), ['company.get']);
    stop();
    assert.equal(await end, 'aborted');
    assert.equal(server.seen.length, 1);
  });

  it('passes over what is no hint', async () => {
    const { server, open, streams, told, start, stop } = await following();
    server.answers(open);
    void start();
    const stream = await streams.next();
    for (const data of ['nonsense', 'null', '7', '{}', '{"reads":"company.get"}', '{"reads":["company.update","__proto__","toString",7,null]}', '{"reads":[]}']) stream.write(`data: ${data}\n\n`);
    stream.write('reads: company.get\n\n');
    stream.write('data: {"reads":["company.update","company.get"],"company":{"name":"x"}}\n\n');
    assert.deepEqual(await told.next(), ['company.get']);
    stop();
    assert.equal(told.all.length, 1);
  });

  it('is opened again when it ends, breaks or is refused for the moment, and then everything may have changed', async () => {
    const { server, open, streams, told, start, stop } = await following();
    server.answers(open, cut, problem(503), problem(429), raw(500, {}), open);
    const end = start();
    const first = await streams.next();
    first.write('data: {"reads":["company.get"]}\n\n');
    assert.deepEqual(await told.next(), ['company.get']);
    first.end();
    const second = await streams.next();
    assert.equal(server.seen.length, 6);
    assert.deepEqual(await told.next(), allReads);
    second.destroy();
    await streams.next();
    assert.deepEqual(await told.next(), allReads);
    stop();
    assert.equal(await end, 'aborted');
  });

  it('that sends without end and without a line is given up, and opened anew', async () => {
    const { server, open, streams, start, stop } = await following();
    server.answers(open);
    void start();
    const stream = await streams.next();
    const closed = new Promise((resolve) => stream.on('close', resolve));
    stream.write(`data: ${'x'.repeat(200_000)}`);
    await closed;
    await streams.next();
    stop();
  });

  for (const [what, answer] of [
    ['404', problem(404, { code: 'unknown-path' })],
    ['501', problem(501, { code: 'unsupported' })],
    ['403', problem(403)],
    ['a page with 200', raw(200, { 'Content-Type': 'text/html' }, '<html>')],
    ['204', raw(204, {})],
  ] as const) {
    it(`is not asked for again after ${what}`, async () => {
      const { server, start } = await following();
      server.answers(answer);
      assert.equal(await start(), 'unsupported');
      assert.equal(server.seen.length, 1);
    });
  }

  it('renews a token that is refused, once', async () => {
    const asked: boolean[] = [];
    const { server, open, streams, start, stop } = await following({ getToken: ({ refresh }) => { asked.push(refresh); return refresh ? 'new' : 'old'; } });
    server.answers(problem(401), open);
    void start();
    await streams.next();
    assert.equal(server.seen[1]?.headers['authorization'], 'Bearer new');
    assert.deepEqual(asked, [false, true]);
    stop();

    const refused = await following({ getToken: () => 'old' });
    refused.server.answers(problem(401));
    assert.equal(await refused.start(), 'unauthenticated');
    assert.equal(refused.server.seen.length, 2);
  });

  it('is closed while the page is hidden', async () => {
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible', baseURI: 'http://page.example/' });
    const turn = (state: string): void => {
      page.visibilityState = state;
      page.dispatchEvent(new Event('visibilitychange'));
    };
    Object.defineProperty(globalThis, 'document', { value: page, configurable: true });
    try {
      const { server, open, streams, told, start, stop } = await following();
      server.answers(open);
      turn('hidden');
      const end = start();
      await new Promise(setImmediate);
      assert.equal(server.seen.length, 0, 'not opened in a hidden page');
      turn('visible');
      const first = await streams.next();
      first.write('data: {"reads":["company.get"]}\n\n');
      assert.deepEqual(await told.next(), ['company.get'], 'it is open at this end, too');
      const closed = new Promise((resolve) => first.on('close', resolve));
      turn('hidden');
      await closed;
      assert.equal(server.seen.length, 1);
      turn('visible');
      await streams.next();
      assert.deepEqual(await told.next(), allReads);
      turn('hidden');
      stop();
      assert.equal(await end, 'aborted');
    } finally {
      Reflect.deleteProperty(globalThis, 'document');
    }
  });
});

describe('http adapter: subscribe', () => {
  const backend = createMemoryBackend();

  it('hears of another session from the first auth context on, until nobody listens', async () => {
    const server = await startServer();
    const session = backend.connect();
    const serve = web(server.origin, httpBridge('/api', () => session.adapter));
    const paths = queue<string>();
    const closed = queue<null>();
    server.answers((response, seen) => {
      if (seen.path === '/api/events') response.on('close', () => { closed.push(null); });
      paths.push(seen.path);
      return serve(response, seen);
    });
    const adapter = createHttpAdapter({ baseUrl: server.base });
    const told = queue<readonly OperationName[]>();
    const also = queue<readonly OperationName[]>();
    const stop = adapter.subscribe?.(told.push);
    const stopAlso = adapter.subscribe?.(also.push);
    await adapter.call('company.get', undefined);
    await adapter.call('auth.context', undefined);
    assert.deepEqual([await paths.next(), await paths.next(), await paths.next()], ['/api/company', '/api/context', '/api/events']);

    const other = backend.connect().adapter;
    // The stream is open when its first hint comes: write until then.
    for (let round = 0; told.all.length === 0; round++) {
      await other.call('company.update', { name: `Engines ${round}` });
      await new Promise(setImmediate);
    }
    assert.deepEqual(await told.next(), ['auth.context', 'company.get']);
    assert.deepEqual(await also.next(), ['auth.context', 'company.get']);
    await adapter.call('auth.context', undefined);
    assert.equal(paths.all.filter((path) => path === '/api/events').length, 1, 'one stream for all');
    stop?.();
    assert.equal(closed.all.length, 0);
    stopAlso?.();
    await closed.next();
  });

  it('does not ask where nobody is signed in, and stops when the session ends', async () => {
    const server = await startServer();
    const session = backend.connect(null);
    const serve = web(server.origin, httpBridge('/api', () => session.adapter));
    const streams = queue<ServerResponse>();
    server.answers((response, seen) => {
      if (seen.path === '/api/events') streams.push(response);
      return serve(response, seen);
    });
    const adapter = makeHttpAdapter({ baseUrl: server.base });
    adapter.subscribe?.(() => undefined);
    await assert.rejects(adapter.call('auth.context', undefined));
    assert.equal(streams.all.length, 0);
    await session.signIn({ email: 'ada@example.com', password: 'analytical-engine-1843' });
    await adapter.call('auth.context', undefined);
    const stream = await streams.next();
    const closed = new Promise((resolve) => stream.on('close', resolve));
    await adapter.call('auth.signOut', undefined);
    await closed;
    await assert.rejects(adapter.call('auth.context', undefined));
    assert.equal(streams.all.length, 1);
  });
});
