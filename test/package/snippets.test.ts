/**
 * Every fenced block of our pages is run or compiled: here, or by the test that `ELSEWHERE` names. What stands beside the blocks, tags, tokens, events and
 * links, is held against the manifest and the files.
 */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import ts from 'typescript';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.mjs';
import { readManifest, valuesOf } from '../../scripts/manifest.js';
import { blocksOf, type Block } from '../docs/support/markdown.js';
import { buildExample, installExamples } from './support/examples.js';
import { compile, installPacked, run, type Host } from './support/packed.js';
import { startSite, type Answer, type Site } from './support/site.js';

/** All that we write for people to read in a repository or in Storybook. */
const pages = ['.', 'docs', 'server', 'src', 'examples', 'bench', 'stories'].flatMap((folder) =>
  readdirSync(folder).filter((file) => /\.mdx?$/.test(file)).map((file) => (folder === '.' ? file : `${folder}/${file}`)),
);
const textOf = (page: string): string => readFileSync(page, 'utf8');

/** A page without its blocks. */
const prose = (page: string): string => textOf(page).replaceAll(/^```[^]*?^```$/gm, '');

interface Snippet extends Block {
  page: string;
}
const snippets: Snippet[] = pages.flatMap((page) => blocksOf(textOf(page)).map((block) => ({ ...block, page })));
const place = ({ page, line }: Snippet): string => `${page}:${line}`;

/** Pages that a test of their own runs as a whole. */
const ELSEWHERE: readonly { test: string; has: (snippet: Snippet) => boolean }[] = [
  { test: 'test/docs/adapters.test.ts', has: ({ page, file, language }) => page === 'docs/adapters.md' && (file !== undefined || language === 'graphql') },
  { test: 'test/docs/http-api.test.ts', has: ({ page, language }) => page === 'docs/http-api.md' && ['sh', 'http', 'sql', 'text'].includes(language) },
];

/** The starts of the README: files, by the name of their folder. */
const isStart = ({ page, file }: Snippet): boolean => page === 'README.md' && file?.includes('/') === true;

/** What is done with the others, by language. A block of a language that is not here is one that nobody runs. */
const HERE: Readonly<Record<string, (snippet: Snippet) => Promise<void> | void>> = {
  // Drawings.
  text: () => undefined,
  sh: isCommand,
  ts: compiles,
  js: runsOnAPage,
  html: isMarkup,
  css: isSheet,
  http: isPolicy,
};

const elements = readManifest();
const tags = new Map(elements.map((element) => [element.tagName, element]));
const events = new Set(elements.flatMap((element) => (element.events ?? []).map(({ name }) => name)));
const parts = new Set(elements.flatMap((element) => (element.cssParts ?? []).map(({ name }) => name)));
/** Of what stands in the page's own tree. */
const ids = new Set(['uf-password']);
const tokens = new Set(Array.from(textOf('docs/theming.md').matchAll(/^\| `(--uf-[a-z-]+)` \|/gm), ([, name = '']) => name));

const CDN = /https:\/\/cdn\.jsdelivr\.net\/npm\/@userflux\/settings@[^/"']+\/dist\/cdn\/([\w./-]+)/;
const loader = (): string => cdnLine(/<script[^>]*dist\/cdn\/loader\.js[^>]*><\/script>/.exec(textOf('docs/embedding.md'))?.[0] ?? '');

let host: Host;
let examples: string;
let browser: Browser;
let site: Site;
let fileAt: (path: string) => Answer | undefined = () => undefined;

before(async () => {
  host = installPacked();
  mkdirSync(join(host.folder, 'node_modules/@types'));
  symlinkSync(resolve('node_modules/@types/node'), join(host.folder, 'node_modules/@types/node'));
  examples = installExamples(host);
  site = await startSite((path) => fileAt(path));
  browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
});

after(async () => {
  await browser.close();
  await site.close();
});

/** The hash of this build, whatever release the line is of. */
function cdnLine(text: string): string {
  const { integrity } = JSON.parse(readFileSync(join(host.library, 'dist/cdn/integrity.json'), 'utf8')) as { integrity: Record<string, string> };
  return text.replaceAll(/(dist\/cdn\/([\w.-]+)" integrity=")sha384-[^"]*/g, (_, before: string, file: string) => before + (integrity[file] ?? 'none'));
}

/** A page at the site's root, in front of a backend with Ada signed in, and the CDN with the packed library; does something there; answers what it said to its author. */
async function onPage(answer: Answer | ((path: string) => Answer | undefined), act: (page: Page) => Promise<void>): Promise<string[]> {
  fileAt = typeof answer === 'function' ? answer : (path) => (path === '/' ? answer : undefined);
  const page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  page.on('pageerror', (error) => lines.push(String(error)));
  await page.route(CDN, (route) => {
    const file = CDN.exec(route.request().url())?.[1] ?? '';
    return route.fulfill({ body: readFileSync(join(host.library, 'dist/cdn', file)), contentType: 'text/javascript', headers: { 'Access-Control-Allow-Origin': '*' } });
  });
  /** Nobody has to wait for what will not come. */
  const thrown = new Promise<never>((_, reject) => page.once('pageerror', reject));
  thrown.catch(() => undefined);
  try {
    await page.goto(site.origin);
    await Promise.race([act(page), thrown]);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nThe console: ${lines.join('\n') || 'nothing'}`, { cause: error });
  } finally {
    await page.close();
  }
  return lines;
}

const html = (body: string, head = ''): Answer => ({ body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title>${head}<body>${body}`, type: 'html' });

let names = 0;
async function changeTheName(page: Page): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Your name' });
  await field.waitFor();
  assert.match(await field.inputValue(), /^Ada /);
  await field.fill(`Ada King ${String((names += 1))}`);
  await field.press('Enter');
  await page.getByText('Saved').first().waitFor();
}

function isCommand(snippet: Snippet): void {
  const { scripts, name } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string>; name: string };
  for (const line of snippet.text.split('\n').map((one) => one.replace(/\s+#.*/, '').trim()).filter(Boolean)) {
    const [, script, installed] = /^npm (?:(?:run )?(start|test|[\w:]+)(?: -- .*)?|install (\S+))$/.exec(line) ?? [];
    assert.ok((script !== undefined && script in scripts) || installed === name, `${place(snippet)}: "${line}" is nothing that a test knows to work`);
  }
}

/** As strictly as TypeScript can, against the packed library; what is about a server as the server itself is. */
function compiles(snippet: Snippet): void {
  const name = `${snippet.page}-${snippet.line}.ts`.replaceAll('/', '-');
  if (!snippet.text.includes('better-auth')) {
    compile(host, name.replace('.ts', ''), { [name]: snippet.text }, { module: 'esnext', skipLibCheck: true });
    return;
  }
  const folder = resolve('server/artifacts');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), snippet.text);
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile('tsconfig.json', (file) => readFileSync(file, 'utf8')).config, ts.sys, resolve('.'));
  const program = ts.createProgram([join(folder, name)], { ...options, types: ['node'] });
  const wrong = ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  rmSync(folder, { recursive: true });
  assert.deepEqual(wrong, [], place(snippet));
}

/** What a script of a page should have brought about, on a page with the widgets and with an element of the host's own that has them in its shadow root. */
const DONE: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'docs/embedding.md': async (page) => {
    await page.locator('my-app').getByRole('textbox', { name: 'Your name' }).waitFor();
  },
  'docs/languages.md': async (page) => {
    await page.getByRole('heading', { name: 'People', exact: true }).waitFor();
  },
};

async function runsOnAPage(snippet: Snippet): Promise<void> {
  const done = DONE[snippet.page];
  assert.ok(done, `${place(snippet)}: what should this script bring about? DONE in this test says it`);
  const widgets = '<uf-provider base-url="/api/settings"><uf-settings sections="account"></uf-settings></uf-provider>';
  const body = `<my-app><template shadowrootmode="open">${widgets}</template></my-app><uf-provider base-url="/api/settings"><uf-team></uf-team></uf-provider>${loader()}<script type="module">${snippet.text}</script>`;
  assert.deepEqual(await onPage(html(body), done), [], place(snippet));
}

/** Holds the markup of the widgets against the manifest. The browser reads it, not we. */
async function checkMarkup(snippet: Snippet): Promise<void> {
  const found: { tag: string; parent: string; attributes: [string, string][]; slot: string | null }[] = [];
  const lines = await onPage(html(''), async (page) => {
    found.push(
      ...(await page.evaluate((text) => {
        const read = new DOMParser().parseFromString(text, 'text/html');
        return [...read.querySelectorAll('*')].map((element) => ({ tag: element.localName, parent: element.parentElement?.localName ?? '', attributes: [...element.attributes].map(({ name, value }): [string, string] => [name, value]), slot: element.getAttribute('slot') }));
      }, snippet.text)),
    );
  });
  assert.deepEqual(lines, []);
  const wrong: string[] = [];
  for (const { tag, parent, attributes, slot } of found) {
    const around = tags.get(parent);
    if (slot !== null && around && !(around.slots ?? []).some(({ name }) => name === slot)) wrong.push(`<${parent}> has no slot "${slot}"`);
    const element = tags.get(tag);
    if (tag.startsWith('uf-') && !element) wrong.push(`there is no <${tag}>`);
    for (const [name, value] of element ? attributes : []) {
      const attribute = element?.attributes?.find((one) => one.name === name);
      if (!attribute && !['class', 'id', 'slot', 'lang', 'dir'].includes(name)) wrong.push(`<${tag}> has no attribute "${name}"`);
      const values = attribute ? valuesOf(attribute) : [];
      if (values.length > 0 && !values.includes(value)) wrong.push(`<${tag} ${name}> takes ${values.join(', ')}, not "${value}"`);
    }
    for (const [name, value] of attributes) {
      const theme = name === 'class' && /uf-theme-([\w-]+)/.exec(value)?.[1];
      if (theme && !existsSync(join(host.library, `dist/themes/${theme}.css`))) wrong.push(`there is no theme "${theme}"`);
      const file = ['href', 'src'].includes(name) && /^\/node_modules\/@userflux\/settings\/(.*)/.exec(value)?.[1];
      if (file && !existsSync(join(host.library, file))) wrong.push(`the package has no ${file}`);
    }
  }
  assert.deepEqual(wrong, [], place(snippet));
}

async function isMarkup(snippet: Snippet): Promise<void> {
  await checkMarkup(snippet);
  const module = /<script type="module">([^]*?)<\/script>/.exec(snippet.text)?.[1];
  if (module !== undefined) {
    // Beside it what it imports of its page.
    const beside = !module.includes("from './") ? [] : snippets.filter(({ page, file }) => page === snippet.page && file !== undefined && /^[\w-]+\.ts$/.test(file)).map(({ file = '', text }) => [file, text]);
    compile(host, `${snippet.page}-${snippet.line}`.replaceAll('/', '-'), { 'page.js': module, ...(Object.fromEntries(beside) as Record<string, string>) }, { module: 'esnext', strictNullChecks: false, exactOptionalPropertyTypes: false, noImplicitAny: false, skipLibCheck: true, types: ['node'] });
  }
  if (CDN.test(snippet.text)) {
    const own = snippet.text.includes('<uf-') ? '' : '<uf-provider base-url="/api/settings"><uf-settings></uf-settings></uf-provider>';
    assert.deepEqual(await onPage(html(cdnLine(snippet.text) + own), changeTheName), [], place(snippet));
  }
}

async function isSheet(snippet: Snippet): Promise<void> {
  const named = snippet.text.match(/--uf-[a-z-]+/g) ?? [];
  assert.deepEqual(named.filter((name) => !tokens.has(name)), [], `${place(snippet)}: tokens`);
  assert.deepEqual(Array.from(snippet.text.matchAll(/::part\(([^)]*)\)/g), ([, name = '']) => name).filter((name) => !parts.has(name)), [], `${place(snippet)}: parts`);
  assert.deepEqual((snippet.text.match(/(?<![-\w])uf-[a-z-]+(?=[\s,{:.[>])/g) ?? []).filter((tag) => !tags.has(tag)), [], `${place(snippet)}: tags`);
  const declared = Array.from(snippet.text.matchAll(/([\w-]+):[^;:{}]+;/g), ([, name = '']) => name);
  let dropped = declared;
  await onPage(html(''), async (page) => {
    dropped = await page.evaluate(
      ({ text, names }) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return names.filter((name) => ![...sheet.cssRules].some((rule) => (rule as CSSStyleRule).style.getPropertyValue(name) !== ''));
      },
      { text: snippet.text, names: declared },
    );
  });
  assert.deepEqual(dropped, [], `${place(snippet)}: the browser drops a declaration`);
}

/** A header that a page can be served with: the widgets work under it, and nothing is refused. */
async function isPolicy(snippet: Snippet): Promise<void> {
  const [, name = '', value = ''] = /^([\w-]+): (.*)\n$/.exec(snippet.text) ?? [];
  assert.equal(name, 'Content-Security-Policy', place(snippet));
  const script = readFileSync(join(host.library, 'dist/cdn/uf-settings.js'));
  const body = html('<uf-provider base-url="/api/settings"><uf-settings></uf-settings></uf-provider><script type="module" src="/uf-settings.js"></script>');
  const lines = await onPage((path) => (path === '/' ? { ...body, headers: { [name]: value } } : path === '/uf-settings.js' ? { body: script } : undefined), changeTheName);
  assert.deepEqual(lines, [], place(snippet));
}

describe('The blocks of our pages', () => {
  it('are found, and each has a language that somebody runs', () => {
    assert.ok(snippets.length > 100, `only ${snippets.length} blocks found`);
    const orphans = snippets.filter((snippet) => !isStart(snippet) && !ELSEWHERE.some(({ has }) => has(snippet)) && !(snippet.language in HERE));
    assert.deepEqual(orphans.map((snippet) => `${place(snippet)}: ${snippet.language || 'no language'}`), []);
    for (const page of pages) {
      // A fence that is indented, or of another kind, or a block without one, would go past this test.
      const open = prose(page).split('\n').filter((line, index, all) => /^\s+```|^\s*~~~/.test(line) || (/^ {4}\S/.test(line) && all[index - 1] === ''));
      assert.deepEqual(open, [], page);
    }
    for (const { test } of ELSEWHERE) assert.ok(existsSync(test), test);
  });

  for (const snippet of snippets) {
    if (isStart(snippet) || ELSEWHERE.some(({ has }) => has(snippet))) continue;
    it(`${place(snippet)}: ${snippet.language} ${snippet.file ?? ''}`, async () => {
      await HERE[snippet.language]?.(snippet);
    });
  }

  it('would be found out', async () => {
    const wrong = (language: string, text: string): Snippet => ({ page: 'docs/embedding.md', line: names, language, file: undefined, text });
    for (const [language, text] of [
      ['html', '<uf-setting></uf-setting>'],
      ['html', '<uf-settings tabs="team"></uf-settings>'],
      ['html', '<uf-settings theme="blue"></uf-settings>'],
      ['html', '<uf-settings><p slot="middle"></p></uf-settings>'],
      ['html', '<uf-provider class="uf-theme-bootstrip"></uf-provider>'],
      ['html', '<script type="module">import { createMemoryAdaptor } from "@userflux/settings/adapters/memory";</script>'],
      ['css', 'uf-provider { --uf-acent: red; }'],
      ['css', 'uf-team::part(tabel) { color: red; }'],
      ['css', 'uf-team { colour: red; }'],
      ['ts', "import { defineAdaptor } from '@userflux/settings/contract';"],
      ['js', "document.querySelector('uf-provider').nothing();"],
      ['sh', 'npm run strat\n'],
      ['http', "Content-Security-Policy: script-src 'self'; require-trusted-types-for 'script'; trusted-types other\n"],
    ] as const) {
      names += 1;
      await assert.rejects(async () => HERE[language]?.(wrong(language, text)), text);
    }
  });
});

/** What stands round the files of a start in a host of its kind: how it is shown, and what of the example's folder is its set-up. */
const HOSTS: Readonly<Record<string, { files?: Record<string, string>; from?: readonly string[]; body?: string; checked?: true }>> = {
  html: {},
  esm: {},
  htmx: {},
  react: {
    files: { 'main.tsx': "import { createRoot } from 'react-dom/client';\nimport { Settings } from './settings.js';\n\nconst root = document.querySelector('#root');\nif (root) createRoot(root).render(<Settings />);\n" },
    from: ['tsconfig.json'],
    body: '<div id="root"></div><script type="module" src="./main.tsx"></script>',
    checked: true,
  },
  preact: {
    files: { 'main.tsx': "import { render } from 'preact';\nimport { Settings } from './settings.js';\n\nconst root = document.querySelector('#root');\nif (root) render(<Settings />, root);\n" },
    from: ['tsconfig.json'],
    body: '<div id="root"></div><script type="module" src="./main.tsx"></script>',
    checked: true,
  },
  solid: {
    files: { 'main.tsx': "import { render } from 'solid-js/web';\nimport { Settings } from './settings.jsx';\n\nconst root = document.querySelector('#root');\nif (root) render(() => <Settings />, root);\n" },
    from: ['tsconfig.json', 'vite.config.js'],
    body: '<div id="root"></div><script type="module" src="./main.tsx"></script>',
    checked: true,
  },
  vue: {
    files: { 'main.js': "import { createApp } from 'vue';\nimport Settings from './Settings.vue';\n\ncreateApp(Settings).mount('#root');\n" },
    body: '<div id="root"></div><script type="module" src="./main.js"></script>',
  },
  svelte: {
    files: { 'main.js': "import { mount } from 'svelte';\nimport Settings from './Settings.svelte';\n\nmount(Settings, { target: document.querySelector('#root') });\n" },
    from: ['vite.config.js'],
    body: '<div id="root"></div><script type="module" src="./main.js"></script>',
  },
  angular: {
    files: {
      'main.ts': "import { provideZonelessChangeDetection } from '@angular/core';\nimport { bootstrapApplication } from '@angular/platform-browser';\nimport { Settings } from './settings';\n\nawait bootstrapApplication(Settings, { providers: [provideZonelessChangeDetection()] });\n",
    },
    from: ['tsconfig.json', 'vite.config.js'],
    body: '<app-settings></app-settings><script type="module" src="./main.ts"></script>',
  },
  ssr: { from: ['vite.config.js'] },
};

describe('The starts of the README', () => {
  const starts = [...new Set(snippets.filter(isStart).map(({ file = '' }) => file.split('/')[0] ?? ''))];

  it('are those of every kind of host that has an example', () => {
    const examples = readdirSync('examples', { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'node_modules').map(({ name }) => name);
    assert.deepEqual([...starts].sort(), [...examples, 'esm'].sort());
    assert.deepEqual([...starts].sort(), Object.keys(HOSTS).sort());
  });

  for (const start of starts) {
    it(`${start}: shows the settings, saves a change, and says what it is told to say`, async () => {
      const { files = {}, from = [], body, checked } = HOSTS[start] ?? {};
      const own = snippets.filter((snippet) => isStart(snippet) && snippet.file?.startsWith(`${start}/`));
      const name = `start-${start}`;
      const folder = join(examples, name);
      mkdirSync(folder);
      for (const file of from) cpSync(join('examples', start, file), join(folder, file));
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
      for (const { file = '', text } of own) {
        const path = join(folder, file.slice(start.length + 1));
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, path.endsWith('/index.html') ? String(html(text).body) : text);
      }
      if (body !== undefined) writeFileSync(join(folder, 'index.html'), String(html(body).body));
      for (const snippet of own) if (snippet.language === 'html') await checkMarkup(snippet);
      if (checked) run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder], folder);

      const built = start !== 'html';
      if (built) buildExample(examples, name);
      const markup = start === 'ssr' ? run(process.execPath, ['--input-type=module', '-e', `const { settingsMarkup } = await import('./${name}/page.mjs'); console.log(await settingsMarkup());`], examples) : '';
      const pageOf = (): Answer => (start === 'ssr' ? html(markup, '<script type="module" src="/assets/main.js"></script>') : { body: built ? readFileSync(join(folder, 'dist/index.html')) : cdnLine(readFileSync(join(folder, 'index.html'), 'utf8')), type: 'html' });
      const lines = await onPage(
        (path) => {
          const file = join(folder, 'dist', path);
          return path !== '/' && existsSync(file) ? { body: readFileSync(file) } : path === '/' ? pageOf() : undefined;
        },
        async (page) => {
          if (start === 'htmx') await page.getByRole('link', { name: 'Settings' }).click();
          await changeTheName(page);
        },
      );
      assert.deepEqual(lines, own.some(({ text }) => text.includes('console.log(detail.operation)')) ? ['profile.update'] : []);
    });
  }
});

describe('What our pages say besides', () => {
  /** Inline code of Markdown, and of the tables of MDX. */
  const codesIn = (page: string): string[] => Array.from(prose(page).matchAll(/`([^`\n]+)`|<code>([^<]*)<\/code>/g), ([, one, other]) => one ?? other ?? '');
  const living = pages.filter((page) => page !== 'CHANGELOG.md');

  it('names only tags, events and tokens that there are', () => {
    for (const page of living) {
      const codes = codesIn(page);
      const named = codes.flatMap((code) => code.match(/(?<![-\w./])uf-[a-z]+(?:-[a-z]+)*(?![-\w./:*])/g) ?? []);
      const unknown = named.filter((name) => !tags.has(name) && !events.has(name) && !ids.has(name) && !name.startsWith('uf-theme-'));
      assert.deepEqual(unknown, [], page);
      const strange = codes.flatMap((code) => code.match(/--uf-[a-z]+(?:-[a-z]+)*(?!\*)/g) ?? []).filter((name) => !tokens.has(name));
      assert.deepEqual(strange, [], page);
    }
  });

  it('leads to files, headings and stories that there are', () => {
    const slug = (heading: string): string => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(/\s/g, '-');
    const headings = (page: string): string[] => Array.from(prose(page).matchAll(/^#{1,6} (.*)$/gm), ([, heading = '']) => slug(heading));
    const stories = new Set(
      readdirSync('stories').filter((file) => file.endsWith('.stories.ts')).flatMap((file) => {
        const text = readFileSync(`stories/${file}`, 'utf8');
        const title = /^\s*title: '([^']*)'/m.exec(text)?.[1] ?? '';
        const words = (name: string): string => name.replaceAll(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();
        const kind = title.toLowerCase().replaceAll(/[^a-z\d]+/g, '-');
        return [`/docs/${kind}--docs`, ...Array.from(text.matchAll(/^export const (\w+)/gm), ([, name = '']) => `/story/${kind}--${words(name)}`)];
      }),
    );
    for (const page of readdirSync('stories').filter((file) => file.endsWith('.mdx'))) stories.add(`/docs/${(/<Meta title="([^"]*)"/.exec(textOf(`stories/${page}`))?.[1] ?? '').toLowerCase()}--docs`);
    const dead: string[] = [];
    let links = 0;
    for (const page of living) {
      for (const [, target = ''] of prose(page).replaceAll(/`[^`\n]*`/g, '').matchAll(/(?:\]\(|href="|src=")([^)"\s]+)(?:\)|")/g)) {
        if (/^(https?|mailto):/.test(target)) continue;
        links += 1;
        if (target.startsWith('?path=')) {
          if (!stories.has(target.slice('?path='.length))) dead.push(`${page}: ${target}`);
          continue;
        }
        const [path = '', anchor] = target.split('#');
        const file = path === '' ? page : join(dirname(page), path);
        if (!existsSync(file)) dead.push(`${page}: ${target}`);
        else if (anchor !== undefined && !headings(file).includes(anchor)) dead.push(`${page}: ${target}`);
      }
    }
    assert.ok(links > 60, `only ${links} links found`);
    assert.deepEqual(dead, []);
  });
});
