import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { installPacked, type Host } from './support/packed.js';

let host: Host;
before(() => {
  host = installPacked();
});

/** What a host's bundler makes of some lines: kB of gzip that the page loads first, and the library's modules in them. */
async function firstOf(lines: string): Promise<{ size: number; modules: string[] }> {
  const entry = join(host.folder, `entry-${Math.random().toString(36).slice(2)}.js`);
  writeFileSync(entry, lines);
  const result = (await build({
    configFile: false,
    root: host.folder,
    logLevel: 'error',
    build: { write: false, target: 'es2022', rolldownOptions: { input: entry, output: { comments: false } }, modulePreload: false },
  })) as Rolldown.RolldownOutput;
  const chunks = result.output.filter((part) => part.type === 'chunk');
  const first = new Set<Rolldown.OutputChunk>();
  const add = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || first.has(chunk)) return;
    first.add(chunk);
    for (const name of chunk.imports) add(chunks.find(({ fileName }) => fileName === name));
  };
  add(chunks.find(({ isEntry }) => isEntry));
  let bytes = 0;
  for (const { code } of first) bytes += gzipSync(code, { level: 9 }).length;
  const modules = [...first].flatMap((chunk) => Object.keys(chunk.modules)).map((id) => relative(join(host.library, 'dist'), id));
  return { size: bytes / 1000, modules };
}

describe('A page that takes one widget', () => {
  it('pays for that one, by whichever entry it takes it', async (test) => {
    const registered = await firstOf("import '@userflux/settings/define/uf-account';");
    const named = await firstOf("import { UfAccount, define } from '@userflux/settings'; define('uf-account', UfAccount);");
    const all = await firstOf("import '@userflux/settings/define/all';");
    test.diagnostic(`gzip: define/uf-account ${registered.size.toFixed(2)} kB, import { UfAccount } ${named.size.toFixed(2)} kB, define/all ${all.size.toFixed(2)} kB`);
    const others = /^elements\/(company|team|api-keys|audit-log|invitation|organisation-menu|settings)\/|^adapters\//;
    assert.deepEqual(named.modules.filter((path) => others.test(path)), []);
    assert.deepEqual(registered.modules.filter((path) => others.test(path)), []);
    // Without the provider, which define/uf-account brings along.
    assert.ok(named.size < registered.size, `${named.size} kB`);
    assert.ok(all.modules.some((path) => others.test(path)));
  });

  it('pays for no widget at all when it takes only a name', async (test) => {
    const { size, modules } = await firstOf("import { version } from '@userflux/settings'; console.log(version);");
    test.diagnostic(`gzip: import { version } ${size.toFixed(2)} kB`);
    assert.deepEqual(modules.filter((path) => path.startsWith('elements/') || path.startsWith('define/')), []);
    assert.ok(size < 1, `${size} kB`);
  });

  it('loads the loader alone first: everything else when its tag appears', async (test) => {
    const { size, modules } = await firstOf("import { loadElements } from '@userflux/settings/loader'; loadElements();");
    test.diagnostic(`gzip: loader ${size.toFixed(2)} kB`);
    assert.deepEqual(modules.filter((path) => /^(elements|define|contract)\//.test(path)), []);
    assert.ok(size < 2.5, `${size} kB`);
  });
});
