import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createHttpAdapter } from '../../../src/adapters/http/index.js';
import { conformanceCases, runConformance } from '../../../src/contract/conformance/index.js';
import type { SettingsAdapter } from '../../../src/contract/index.js';
import { memoryHarness } from '../../contract/support/memory-harness.js';
import { httpBridge } from '../../support/http-bridge.js';
import { startServer, web } from './support/server.js';

describe('http adapter, with the memory backend behind a server, against the conformance suite', async () => {
  const server = await startServer();
  const sessions = new Map<string, SettingsAdapter>();
  server.answers(
    web(server.origin, httpBridge('/api', (request) => {
      const session = sessions.get(request.headers.get('Authorization') ?? '');
      if (!session) throw new Error('A request of no session.');
      return session;
    })),
  );
  const results = await runConformance(
    memoryHarness((adapter) => {
      const token = `session-${sessions.size}`;
      sessions.set(`Bearer ${token}`, adapter);
      return createHttpAdapter({ baseUrl: server.base, getToken: () => token });
    }),
  );
  for (const result of results) {
    it(`${result.case.area}: ${result.case.name}`, () => {
      assert.equal(result.outcome, 'passed', result.reason);
    });
  }

  it('ran every case, over the wire', () => {
    assert.equal(results.length, conformanceCases.length);
    assert.ok(server.seen.length > results.length);
  });

  after(() => { sessions.clear(); });
});
