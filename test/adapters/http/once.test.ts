/** Every write of the operations table on a bad line: its first request never arrives, the answer to the second is lost, the third is answered. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { makeHttpAdapter } from '../../../src/adapters/http/adapter.js';
import { usualTiming } from '../../../src/adapters/http/patience.js';
import { rowOf, type SettingsAdapter } from '../../../src/contract/index.js';
import { isEqual, newKey } from '../../../src/contract/conformance/expect.js';
import { prepare, writes } from '../../../src/contract/conformance/writes.js';
import { memoryHarness } from '../../contract/support/memory-harness.js';
import { httpBridge } from '../../support/http-bridge.js';
import { cut, startServer, web, type Answer } from './support/server.js';

describe('http adapter, on a line that loses the request and then the answer', async () => {
  const server = await startServer();
  const sessions = new Map<string, SettingsAdapter>();
  after(() => { sessions.clear(); });
  const serve = httpBridge('/api', (request) => {
    const session = sessions.get(request.headers.get('Authorization') ?? '');
    if (!session) throw new Error('A request of no session.');
    return session;
  });
  /** The server does it; its answer is lost on the way. */
  const committed: Answer = async (response, seen) => {
    await web(server.origin, async (request) => {
      await (await serve(request)).text();
      response.destroy();
      return new Response();
    })(response, seen);
  };
  let faults: Answer[] = [];
  server.answers((response, seen) => (faults.shift() ?? web(server.origin, serve))(response, seen));
  const harness = memoryHarness((adapter) => {
    const token = `session-${String(sessions.size)}`;
    sessions.set(`Bearer ${token}`, adapter);
    return makeHttpAdapter({ baseUrl: server.base, getToken: () => token, events: false }, { ...usualTiming, backoff: 0 });
  });

  for (const operation of writes) {
    it(`${operation} has its effect once, and its answer`, async () => {
      const world = await harness.createWorld(operation);
      const { session, input, carrying, effect, mailsTo, mails } = await prepare(world, operation);
      const before = await effect?.(session);
      const begun = server.seen.length;
      faults = [cut, committed];
      const answer = await session.call(operation, input, { ...carrying, idempotencyKey: newKey() });
      const tries = server.seen.slice(begun);
      assert.equal(tries.length, 3);
      const sent = tries.map(({ method, path, bytes, headers }) => [method, path, bytes.toString('base64'), headers['idempotency-key'], headers['if-match'], headers['content-type']]);
      assert.deepEqual(sent, [sent[0], sent[0], sent[0]], 'the same is sent each time, under one key');
      assert.ok(rowOf(operation).output.safeParse(answer).success);
      if (effect) assert.ok(!isEqual(await effect(session), before), 'reads show it');
      if (mailsTo !== undefined) assert.equal(await mails(), 1);
    });
  }
});
