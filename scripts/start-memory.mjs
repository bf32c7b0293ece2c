/** `npm run start:memory`: the host page of demo/ on a backend in the page, at http://localhost:${PORT:-5173}/. No server, no database. */
import { installPackages } from './setup.mjs';

installPackages();
const { startDemo } = await import('./demo-server.mjs');
try {
  const { url } = await startDemo(Number(process.env['PORT'] ?? 5173));
  console.log(`\n  Account settings, in the page of a product:  ${url}\n`);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}. Choose another port: PORT=5174 npm run start:memory`);
  process.exit(1);
}
