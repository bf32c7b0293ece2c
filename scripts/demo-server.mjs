import { join } from 'node:path';
import { createServer } from 'vite';
import { root } from './setup.mjs';

/**
 * Serves the host page of demo/ from the sources. The journeys ask for port 0: any free one.
 * @param {number} port
 */
export async function startDemo(port) {
  const server = await createServer({
    root: join(root, 'demo'),
    configFile: false,
    // An instance of the tests beside `npm start` must not throw its prepared packages away.
    cacheDir: join(root, 'node_modules', port === 0 ? '.vite-test' : '.vite'),
    // What loads on demand is prepared at the start: preparing it later makes the first try of it fail.
    optimizeDeps: { include: ['lit', '@lit/context', 'lit/directives/repeat.js', 'qrcode', 'zod/mini'] },
    // 127.0.0.1 rather than localhost, which Node may read as ::1 only; browsers try both.
    server: { port, strictPort: port !== 0, host: '127.0.0.1', fs: { allow: [root] } },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || address === null) throw new Error('The demo server has no port.');
  return { url: `http://localhost:${address.port}/`, close: () => server.close() };
}
