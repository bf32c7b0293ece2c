import { readdirSync, readFileSync } from 'node:fs';
import { minifyHTMLLiterals } from 'minify-literals';
import { defineConfig, type Plugin } from 'vite';

/** Takes the white space out of html`` and css`` (a third of the widgets' bytes), after TypeScript has been compiled away. */
export function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    enforce: 'post',
    async transform(code, id) {
      if (!id.includes('/src/') || !/\b(html|svg|css)`/.test(code)) return null;
      return minifyHTMLLiterals(code, { fileName: id });
    },
  };
}

/** Ready themes are plain CSS: they go along as they are. */
function themes(): Plugin {
  return {
    name: 'themes',
    generateBundle() {
      for (const file of readdirSync('src/themes')) this.emitFile({ type: 'asset', fileName: `themes/${file}`, source: readFileSync(`src/themes/${file}`) });
    },
  };
}

const modules = readdirSync('src', { recursive: true, encoding: 'utf8' })
  // cdn/ is built with its dependencies in it (scripts/cdn.ts); frameworks/ is types alone.
  .filter((path) => path.endsWith('.ts') && !/^(cdn|frameworks)[\\/]/.test(path))
  .map((path) => path.slice(0, -'.ts'.length).replaceAll('\\', '/'));

/**
 * The library. Each module of src/ is an entry and stays a file of its own: a host's bundler can then drop whole modules
 * (classes with decorators cannot be dropped from a shared chunk), and a new element needs no line here. But for the operations
 * table: every page needs all of it, and in one file no bundler can tear it into five that compress worse.
 */
export default defineConfig({
  publicDir: false,
  plugins: [minifyTemplates(), themes()],
  build: {
    target: 'es2022',
    sourcemap: false,
    lib: {
      entry: Object.fromEntries(modules.map((path) => [path, `src/${path}.ts`])),
      formats: ['es'],
    },
    rolldownOptions: {
      // qrcode is CommonJS: it comes along, in its own lazy chunk, so that every host can load it.
      external: /^(lit|zod|ky|@lit\/[^/]+)(\/|$)/,
      output: { minify: true, entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js', codeSplitting: { groups: [{ name: 'contract', test: /\/src\/contract\/(?!addresses|countries|examples|index)[^/]+\.ts$/ }] } },
    },
  },
});
