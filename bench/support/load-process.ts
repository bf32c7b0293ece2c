/** The load generator: {@link measure} starts it. */
import { Agent } from 'node:http';
import { percentile, type Load, type Measured, type Scenario } from './load.js';
import { assertOk, send, type Sent } from './requests.js';

/** The requests of one connection: `turn` counts them. */
function requestOf(scenario: Scenario, key: string, connection: number, turn: number): Sent {
  switch (scenario) {
    case 'context':
      return { method: 'GET', path: '/context' };
    case 'team':
      return { method: 'GET', path: '/team?limit=50' };
    case 'save':
    case 'save-same':
      // Another name each time: a save that changes nothing is not written.
      return { method: 'PATCH', path: '/company', body: { name: `Company ${connection}, name ${turn}` } };
    case 'reveal':
      return { method: 'POST', path: '/api-keys/reveal', body: { ids: [key] } };
  }
}

async function run({ scenario, ports, cookies, keys, warmUp, seconds }: Load): Promise<Measured> {
  const from = performance.now() + warmUp * 1000;
  const until = from + seconds * 1000;
  const latencies: number[] = [];
  const connect = async (_: unknown, connection: number): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const port = ports[connection % ports.length] ?? 0;
    const cookie = cookies[scenario === 'save-same' ? 0 : connection] ?? '';
    for (let turn = 0; performance.now() < until; turn++) {
      const sent = requestOf(scenario, keys[connection] ?? '', connection, turn);
      const reply = await send(agent, port, cookie, sent);
      assertOk(reply, sent);
      const ended = performance.now();
      if (ended >= from && ended <= until) latencies.push(reply.took);
    }
    agent.destroy();
  };
  await Promise.all(cookies.map(connect));
  if (latencies.length === 0) throw new Error('not one request was answered in time');
  latencies.sort((left, right) => left - right);
  return { requests: latencies.length, perSecond: latencies.length / seconds, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}

process.once('message', (message) => {
  run(message as Load).then(
    (measured) => process.send?.(measured),
    (error: unknown) => process.send?.({ failure: error instanceof Error ? error.message : String(error) }),
  );
});
