import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const demo = join(root, 'demo');
const builds = join(root, 'node_modules/.cache/host-page');

/** Where the settings API stands, for `<uf-provider base-url>`. */
const BASE_URL = '/api/auth/settings';

/**
 * Builds the host page of demo/ for this server and answers the folder. Takes two seconds, and none when nothing has changed since.
 * Several processes may do it at once: a build gets its name when it is whole.
 */
export async function buildPages(): Promise<string> {
  const name = fingerprint();
  const folder = join(builds, name);
  if (existsSync(folder)) return folder;
  const draft = join(builds, `.draft-${randomUUID()}`);
  const { build } = await import('vite');
  await build({
    root: demo,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [forThisServer()],
    build: { target: 'es2022', outDir: draft, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  sweep();
  return folder;
}

/** Older builds go; young ones may be what another process is about to read. */
function sweep(): void {
  const hourAgo = Date.now() - 3_600_000;
  for (const name of readdirSync(builds)) {
    const folder = join(builds, name);
    if ((statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? hourAgo) < hourAgo) rmSync(folder, { recursive: true, force: true });
  }
}

/** Of everything that the page is made from: names, sizes and times. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const files = ['demo', 'src'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(root, folder, path)));
  for (const file of [...files, join(root, 'package-lock.json'), fileURLToPath(import.meta.url)].sort()) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${String(mtimeMs)} ${String(size)}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The one host page with its other backend, and with what the server's own headers say left out of the HTML. */
function forThisServer(): Plugin {
  const preferences = join(demo, 'preferences.ts');
  return {
    name: 'host-page-for-the-reference-server',
    enforce: 'pre',
    resolveId(source, importer) {
      return source === './session-memory.js' && importer?.startsWith(demo) ? join(demo, 'session-server.ts') : null;
    },
    buildStart() {
      // A file of its own, so that the theme is there before the first paint and does not wait for the page's script.
      this.emitFile({ type: 'chunk', id: preferences, name: 'preferences' });
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => replaced(replaced(replaced(html, /<!-- A strict policy[^>]*-->\s*<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''), /<script[^>]*preferences\.ts[^>]*><\/script>/, ''), '<uf-provider>', `<uf-provider base-url="${BASE_URL}">`),
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const html = bundle['index.html'];
        const script = Object.values(bundle).find((file) => file.type === 'chunk' && file.facadeModuleId === preferences);
        if (html?.type !== 'asset' || !script) this.error('The host page has no index.html or no preferences.');
        html.source = replaced(String(html.source), '<script ', `<script type="module" crossorigin blocking="render" src="/${script.fileName}"></script>\n    <script `);
      },
    },
  };
}

/** Replaces what has to be there: a host page that was changed must not lose, say, its policy in silence. */
function replaced(text: string, part: string | RegExp, by: string): string {
  const found = typeof part === 'string' ? text.includes(part) : part.test(text);
  if (!found) throw new Error(`demo/index.html has no ${String(part)} any more: see build-pages.ts.`);
  return text.replace(part, () => by);
}

