/** A server of its own process, for tests that kill it. Options as JSON in LAB; answers its address to the parent. */
import { startServer, type ServerOptions } from '../../../server/src/reference/start.js';

const options = JSON.parse(process.env['LAB'] ?? '{}') as ServerOptions;
const server = await startServer({ ...options, log: (line) => process.stderr.write(`${line}\n`) });
process.send?.({ url: server.url });
// A parent that is gone must not leave a server behind.
process.on('disconnect', () => process.exit(0));
