/** The memory backend in a worker, with the world that the page's address names. */
import { createMemoryBackend, largeTeamWorld, manyKeysWorld } from '@userflux/settings/adapters/memory';
import { SettingsError, type Input, type OperationName } from '@userflux/settings/contract';
import type { Answer, Question } from './protocol.js';

const PAGE_SIZE = 50;
const [world, count] = self.name.split(' ');
const rows = Number(count);
const made = world === 'keys' ? manyKeysWorld(rows) : largeTeamWorld(rows);
const { adapter } = createMemoryBackend({ world: { ...made, pageSize: PAGE_SIZE } }).connect();

const answer = async ({ id, operation, input, ...options }: Question): Promise<Answer> => {
  try {
    // What came over is what the page's adapter was called with; the adapter here checks it again.
    return { id, output: await adapter.call(operation, input as Input<OperationName>, options) };
  } catch (thrown) {
    return { id, kind: SettingsError.from(thrown, operation).kind };
  }
};

addEventListener('message', (event: MessageEvent<Question>) => {
  void answer(event.data).then((reply) => { postMessage(reply); });
});
