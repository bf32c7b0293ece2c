/**
 * `npm run size`: what a page downloads, gzip, minified, with lit, @lit/context and zod in it, as a host's bundler would
 * make it of dist/. What is imported statically counts; what loads later, on demand, is listed apart. Over budget = exit 1.
 * `npm run size -- define/uf-account` lists the modules of one entry by their bytes before gzip.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { loaders } from '../src/locales/loaders.js';

/**
 * kB (1000 bytes) of gzip. The aim of the four widgets is what each weighed before keys could be made and sessions ended, and 3 kB for all
 * that came since: 34.99 for uf-account, 33.04 for uf-company, 35.5 for uf-team, 34.58 for uf-api-keys.
 * `define/all` is every widget at once, in as many files as the panels of `uf-settings` need to come one by one.
 */
const budgets: Record<string, number> = {
  'define/uf-account': 34.5,
  'define/uf-company': 33.04,
  'define/uf-team': 35.5,
  'define/uf-api-keys': 34.9,
  'define/uf-settings': 37,
  'define/uf-organisation-menu': 27.2,
  'define/all': 50.5,
};
/** kB of each file that loads on demand, but for the QR code, which is a library. */
const LAZY_BUDGET = 4;

const modulesIn = (folder: string): string[] =>
  existsSync(`dist/${folder}`) ? readdirSync(`dist/${folder}`).filter((file) => file.endsWith('.js')).map((file) => `${folder}/${file.slice(0, -3)}`).sort() : [];

/** @param external what is not counted, because the page has it already. */
async function chunksOf(entry: string, external: (id: string) => boolean = () => false): Promise<Rolldown.OutputChunk[]> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      // Library mode leaves out what Vite adds to an app (its preload helper).
      lib: { entry: entry.endsWith('.ts') ? entry : resolve(`dist/${entry}.js`), formats: ['es'] },
      // The elements are used by a page, not exported by it, so what they share with later parts may stay in their own file.
      rolldownOptions: { external, preserveEntrySignatures: entry.startsWith('define/') ? false : 'strict', output: { minify: true, comments: false, entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output).filter((part) => part.type === 'chunk');
}

const gzip = (chunks: Iterable<Rolldown.OutputChunk>): number => {
  let bytes = 0;
  for (const chunk of chunks) bytes += gzipSync(chunk.code, { level: 9 }).length;
  return bytes / 1000;
};

/** The first chunk and all that it imports statically. */
function eagerOf(chunks: Rolldown.OutputChunk[]): Set<Rolldown.OutputChunk> {
  const eager = new Set<Rolldown.OutputChunk>();
  const add = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || eager.has(chunk)) return;
    eager.add(chunk);
    for (const name of chunk.imports) add(chunks.find((other) => other.fileName === name));
  };
  add(chunks.find((chunk) => chunk.isEntry));
  return eager;
}

const [explained] = process.argv.slice(2);
if (explained !== undefined) {
  const modules = [...eagerOf(await chunksOf(explained))].flatMap((chunk) => Object.entries(chunk.modules));
  for (const [id, { renderedLength }] of modules.sort(([, a], [, b]) => b.renderedLength - a.renderedLength)) {
    console.log(`${renderedLength.toString().padStart(7)}  ${relative('.', id)}`);
  }
  process.exit();
}

/** A whole language is one file, of ten to twenty kB: a page loads one of them. */
const isLocale = (name: string): boolean => name in loaders;

let over = false;
const lazy = new Map<string, number>();
const print = (name: string, size: number, note = ''): void => {
  console.log(`${name.padEnd(34)}${size.toFixed(2).padStart(8)} kB  ${note}`.trimEnd());
};

console.log('gzip, minified, all dependencies included\n');
for (const entry of [...modulesIn('define'), 'client/index', 'contract/index', 'adapters/memory/index', ...modulesIn('locales').filter((entry) => !/(loaders|messages|resolve)$/.test(entry))]) {
  if (!existsSync(`dist/${entry}.js`)) continue;
  const chunks = await chunksOf(entry);
  const eager = eagerOf(chunks);
  const size = gzip(eager);
  const budget = budgets[entry];
  const tooBig = budget !== undefined && size > budget;
  over ||= tooBig;
  print(entry.replace(/\/index$/, ''), size, budget === undefined ? '' : `budget ${budget} kB${tooBig ? '  OVER' : ''}`);
  for (const chunk of chunks) if (!eager.has(chunk)) lazy.set(basename(chunk.facadeModuleId ?? chunk.fileName, '.js'), gzip([chunk]));
}
console.log('\non top of a page with widgets, when <uf-provider base-url> asks for it\n');
for (const [name, own] of [
  ['adapters/http', /[\\/](adapters|contract)[\\/]http[\\/]|[\\/]ky[\\/]/],
  ['adapters/http without ky', /[\\/](adapters|contract)[\\/]http[\\/]/],
] as const) {
  // From the sources: dist/ has ky in the adapter's own module.
  const chunks = await chunksOf(resolve('src/adapters/http/index.ts'), (id) => id !== 'ky' ? !own.test(resolve('src/adapters/http', id)) : !own.test('/ky/'));
  const eager = eagerOf(chunks);
  print(name, gzip(eager));
  for (const chunk of chunks) if (!eager.has(chunk)) lazy.set(`adapters/http/${basename(chunk.facadeModuleId ?? chunk.fileName, '.ts')}`, gzip([chunk]));
}
console.log('\nloaded on demand\n');
for (const [name, size] of lazy) {
  // The http adapter counts in the first view over HTTP, below.
  const library = name === 'browser' || name === 'qr' || name === 'adapter';
  // A panel of uf-settings is a widget, with a budget above.
  const tooBig = size > LAZY_BUDGET && !library && !isLocale(name) && !(`define/${name}` in budgets);
  over ||= tooBig;
  print(name === 'browser' ? 'qrcode' : name, size, tooBig ? `budget ${LAZY_BUDGET} kB  OVER` : '');
}

/** What a page has fetched once it shows its first view over HTTP: what `entry` needs at once, and the http adapter with what it needs beyond that. */
async function overHttp(entry: string): Promise<Set<Rolldown.OutputChunk>> {
  const chunks = await chunksOf(entry);
  const fetched = eagerOf(chunks);
  const add = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || fetched.has(chunk)) return;
    fetched.add(chunk);
    for (const name of chunk.imports) add(chunks.find((other) => other.fileName === name));
  };
  add(chunks.find((chunk) => Object.keys(chunk.modules).some((id) => /[\\/]adapters[\\/]http[\\/]adapter\.js$/.test(id))));
  return fetched;
}

const brotli = (chunks: Iterable<{ code: string }>): number => [...chunks].reduce((bytes, { code }) => bytes + brotliCompressSync(code).length, 0) / 1000;

console.log('\nfiles as they are fetched, over HTTP (gzip, brotli)\n');
for (const [name, entry, ceiling] of [
  ['first view of <uf-settings>', 'define/uf-settings', 46],
  ['every widget', 'define/all', 80],
] as const) {
  const fetched = await overHttp(entry);
  const size = gzip(fetched);
  over ||= size > ceiling;
  print(name, size, `${brotli(fetched).toFixed(2)} kB  ceiling ${ceiling} kB${size > ceiling ? '  OVER' : ''}`);
}
console.log('\nfor pages without a build (gzip, brotli)\n');
for (const file of ['loader.js', 'uf-settings.js']) {
  const code = readFileSync(`dist/cdn/${file}`, 'utf8');
  print(`cdn/${file}`, gzipSync(code, { level: 9 }).length / 1000, `${brotli([{ code }]).toFixed(2)} kB`);
}

for (const entry of Object.keys(budgets)) {
  if (existsSync(`dist/${entry}.js`)) continue;
  console.error(`dist/${entry}.js is missing: run "npm run build" first.`);
  over = true;
}
if (over) process.exitCode = 1;
