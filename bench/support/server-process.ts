/** server/src/reference/main.ts without the pages, which would be built first: only the API is measured. */
import { readConfig } from '../../server/src/reference/config.js';
import { startServer } from '../../server/src/reference/start.js';

const server = await startServer(readConfig(process.env));
const stop = (): void => {
  void server.close().then(() => process.exit(0));
};
process.on('SIGTERM', stop);
// The bench is gone.
process.on('disconnect', stop);
process.send?.('ready');
