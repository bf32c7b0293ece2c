/** `npm start`: the reference server with the host page, at http://localhost:${PORT:-5173}/. server/README.md says what it can be told. */
import { installPackages, root } from './setup.mjs';

installPackages();
process.chdir(root);
const { register } = await import('tsx/esm/api');
register();
await import(new URL('../server/src/reference/main.ts', import.meta.url).href);
