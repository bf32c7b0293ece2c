import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readManifest } from '../../scripts/manifest.js';
import { compile, entriesOf, installPacked, run, type Host } from './support/packed.js';

const frameworks = ['react', 'preact', 'solid', 'vue', 'svelte'];

let host: Host;
let entries: string[];
let modules: string[];

before(() => {
  host = installPacked();
  entries = entriesOf(host);
  modules = entries.filter((entry) => !/\.(json|css)$/.test(entry));
});

describe('The packed library', () => {
  it('has every entry that the issue of the package names', () => {
    const names = entries.map((entry) => entry.slice('@userflux/settings'.length));
    for (const name of ['', '/define/all', '/define/uf-settings', '/loader', '/contract', '/conformance', '/adapters/memory', '/adapters/http', '/client', '/locales/en-US', '/custom-elements.json', ...frameworks.map((one) => `/${one}`)]) {
      assert.ok(names.includes(name), name);
    }
    for (const { tagName } of readManifest()) assert.ok(names.includes(`/define/${tagName}`), tagName);
  });

  it('carries what a reader needs and nothing of the workshop', () => {
    const files = readdirSync(host.library);
    assert.deepEqual(files.sort(), ['CHANGELOG.md', 'LICENSE', 'README.md', 'custom-elements.json', 'dist', 'package.json']);
    const dist = readdirSync(join(host.library, 'dist'), { recursive: true, encoding: 'utf8' });
    assert.deepEqual(dist.filter((file) => /\.(map|tsbuildinfo)$|(?<!\.d)\.ts$|test|stories/.test(file)), []);
  });

  it('is imported on plain Node, every entry of it: nothing is thrown, said or registered, and no page is made up', () => {
    const script = join(host.folder, 'import-all.mjs');
    const tags = readManifest().map(({ tagName }) => tagName);
    writeFileSync(
      script,
      `const before = typeof document + typeof window;
       for (const entry of ${JSON.stringify(modules)}) await import(entry);
       for (const entry of ${JSON.stringify(entries.filter((entry) => entry.endsWith('.json')))}) (await import('node:module')).createRequire(import.meta.url)(entry);
       const registered = ${JSON.stringify(tags)}.filter((tag) => globalThis.customElements?.get(tag));
       const { loadElements } = await import('@userflux/settings/loader');
       loadElements()();
       console.log(JSON.stringify({ registered, page: before === typeof document + typeof window }));`,
    );
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    assert.equal(stderr.slice(-500), '');
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(stdout), { registered: [], page: true });
  });

  it('has the ready themes, each a sheet that styles the class of its name', () => {
    const sheets = entries.filter((entry) => entry.endsWith('.css'));
    assert.deepEqual(sheets, readdirSync('src/themes').sort().map((file) => `@userflux/settings/themes/${file}`));
    for (const sheet of sheets) {
      const file = fileURLToPath(run(process.execPath, ['--input-type=module', '-e', `console.log(import.meta.resolve('${sheet}'))`], host.folder).trim());
      assert.ok(readFileSync(file, 'utf8').includes(`.uf-theme-${basename(file, '.css')} {`), sheet);
    }
  });

  for (const [how, module] of [['a bundler', 'esnext'], ['Node', 'nodenext']] as const) {
    it(`has types for every entry, as ${how} finds them, right by themselves`, () => {
      // Those of a framework need the framework: examples.test.ts has it.
      const typed = modules.filter((entry) => !frameworks.some((name) => entry.endsWith(`/${name}`)));
      compile(host, `types-${module}`, { 'all.ts': typed.map((entry, index) => `import * as entry${index} from '${entry}';\nexport const use${index}: object = entry${index};`).join('\n') }, { module });
    });
  }

  it('keeps to itself what no entry names', () => {
    for (const path of ['elements/account/uf-account.js', 'dist/index.js', 'locales/loaders', 'lit/define.js']) {
      const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `await import('@userflux/settings/${path}')`], { cwd: host.folder, encoding: 'utf8' });
      assert.match(stderr, /ERR_PACKAGE_PATH_NOT_EXPORTED/, path);
    }
  });

  it('has every module that its manifest names', () => {
    const { modules: named } = JSON.parse(readFileSync(join(host.library, 'custom-elements.json'), 'utf8')) as { modules: { path: string }[] };
    for (const { path } of named) assert.ok(existsSync(join(host.library, path)), path);
  });
});

describe('Data for editors', () => {
  interface Named {
    name: string;
    description?: unknown;
    attributes?: Named[];
  }

  it('of VS Code has every tag and attribute, each with its words', () => {
    const { version, tags } = JSON.parse(readFileSync(join(host.library, 'dist/editor/vscode.html-custom-data.json'), 'utf8')) as { version: number; tags: Named[] };
    assert.equal(version, 1.1);
    assert.deepEqual(tags.map((tag) => [tag.name, tag.attributes?.map(({ name }) => name)]), readManifest().map((element) => [element.tagName, (element.attributes ?? []).map(({ name }) => name)]));
    for (const tag of tags) for (const one of [tag, ...(tag.attributes ?? [])]) assert.ok(one.description, `${tag.name} ${one.name}`);
  });

  it('of JetBrains has every tag with attributes, properties, events, slots and parts', () => {
    const webTypes = JSON.parse(readFileSync(join(host.library, 'dist/editor/web-types.json'), 'utf8')) as {
      name: string;
      version: string;
      contributions: { html: { elements: (Named & { slots: Named[]; js: { properties: Named[]; events: Named[] }; css: { parts: Named[] } })[] } };
    };
    assert.equal(`${webTypes.name} ${webTypes.version}`, `${host.manifest.name} ${host.manifest.version}`);
    for (const element of readManifest()) {
      const own = webTypes.contributions.html.elements.find(({ name }) => name === element.tagName);
      assert.ok(own, element.tagName);
      assert.deepEqual(own.js.events.map(({ name }) => name), (element.events ?? []).map(({ name }) => name), element.tagName);
      assert.deepEqual(own.slots.map(({ name }) => name), (element.slots ?? []).map(({ name }) => name), element.tagName);
      assert.deepEqual(own.css.parts.map(({ name }) => name), (element.cssParts ?? []).map(({ name }) => name), element.tagName);
      assert.ok(own.js.properties.some(({ name }) => name === 'adapter'), element.tagName);
    }
  });
});
