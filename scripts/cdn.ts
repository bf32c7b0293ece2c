/**
 * Part of `npm run build`: dist/cdn/, for pages without a build. `uf-settings.js` is everything in one file, `loader.js` loads a tag when it appears.
 * Both carry their dependencies. `integrity.json` has the hash of each file (Subresource Integrity), `embed.html` the lines to paste.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { minifyTemplates } from '../vite.config.js';

const out = 'dist/cdn';
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };

/** A language is a file beside: a page that speaks one does not carry eighteen. American English is little more than the built-in one. */
const languagesBeside: Plugin = {
  name: 'languages-beside',
  enforce: 'pre',
  resolveId: (source, importer) => (importer?.endsWith('/locales/loaders.ts') && source !== './en-US.js' && source !== './messages.js' ? { id: `../locales/${source.slice(2)}`, external: true } : null),
};

async function bundle(entry: string, inOneFile: boolean): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [...(inOneFile ? [languagesBeside] : []), minifyTemplates()],
    build: {
      target: 'es2022',
      outDir: out,
      emptyOutDir: false,
      sourcemap: false,
      lib: { entry: `src/cdn/${entry}.ts`, formats: ['es'] },
      rolldownOptions: {
        output: {
          minify: true,
          comments: { legal: true, annotation: false, jsdoc: false },
          entryFileNames: '[name].js',
          // A file of another version never takes the place of this one in a cache.
          chunkFileNames: 'chunks/[name]-[hash].js',
          ...(inOneFile && { codeSplitting: false }),
        },
      },
    },
  });
}

mkdirSync(out, { recursive: true });
await bundle('uf-settings', true);
await bundle('loader', false);

const integrity = Object.fromEntries(
  readdirSync(out, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.js'))
    .sort()
    .map((file) => [file, `sha384-${createHash('sha384').update(readFileSync(join(out, file))).digest('base64')}`]),
);
writeFileSync(join(out, 'integrity.json'), `${JSON.stringify({ name, version, integrity }, null, 2)}\n`);

const address = `https://cdn.jsdelivr.net/npm/${name}@${version}/dist/cdn`;
const script = (file: string): string => `<script type="module" src="${address}/${file}" integrity="${integrity[file] ?? ''}" crossorigin="anonymous"></script>`;
writeFileSync(
  join(out, 'embed.html'),
  `<!-- One of these two. Everything in one file: -->
${script('uf-settings.js')}

<!-- Or each tag when it first appears: -->
${script('loader.js')}

<uf-provider base-url="/api/settings">
  <uf-settings></uf-settings>
</uf-provider>
`,
);
for (const file of ['uf-settings.js', 'loader.js']) console.log(`${out}/${file}  ${integrity[file] ?? ''}`);
