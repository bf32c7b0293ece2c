import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.mjs';
import { installPacked, type Host } from './support/packed.js';
import { startSite, type Site } from './support/site.js';

/** The policy of a strict host: nothing but its own, and no text is markup. @param policies the Trusted Types that may be made */
const strict = (policies = 'lit-html'): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types ${policies}`;

const OTHER = '9.9.9';
const SETTINGS = '<uf-provider base-url="/api/settings"><uf-settings></uf-settings></uf-provider>';
const script = (path: string): string => `<script type="module" src="${path}"></script>`;

let host: Host;
let site: Site;
let browser: Browser;
let page: Page;
/** What the page says to its author: the console, errors that nobody caught, and what its policy refused. */
let lines: string[];
/** The page at `/`, and what else a test puts beside it. */
let html = '';
let policy: string | undefined;
let scripts: Record<string, string> = {};
let lit: string;

before(async () => {
  host = installPacked();
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry: resolve('node_modules/lit/index.js'), formats: ['es'] } },
  })) as Rolldown.RolldownOutput[];
  lit = built[0]?.output[0].code ?? '';
  site = await startSite((path) => {
    if (path === '/') return { body: `<!doctype html><html lang="en"><title>Host</title><body>${html}`, ...(policy !== undefined && { headers: { 'Content-Security-Policy': policy } }) };
    const own = scripts[path];
    if (own !== undefined) return { body: own };
    const file = join(host.library, 'dist', path);
    return path.startsWith('/cdn/') && existsSync(file) ? { body: readFileSync(file) } : undefined;
  });
  browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
});

after(async () => {
  await browser.close();
  await site.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  lines = [];
  policy = undefined;
  scripts = {};
  page.on('console', (message) => lines.push(message.text()));
  page.on('pageerror', (error) => lines.push(String(error)));
});

afterEach(async () => {
  await page.close();
});

async function open(markup: string): Promise<void> {
  html = markup;
  await page.goto(site.origin);
}

/** The same file, of another version. */
function anotherVersion(): string {
  const text = readFileSync(join(host.library, 'dist/cdn/uf-settings.js'), 'utf8');
  const own = `\`${host.manifest.version}\``;
  assert.ok(text.includes(own), 'the file says its version');
  return text.replaceAll(own, `\`${OTHER}\``);
}

const visible = async (text: string): Promise<void> => page.getByText(text).first().waitFor();

let names = 0;
/** A person changes something, and it is saved. */
async function changeTheName(): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Your name' });
  await field.fill(`Ada King ${String((names += 1))}`);
  await field.press('Enter');
  await visible('Saved');
}

describe('The file for pages without a build', () => {
  it('shows the settings and saves a change, under a strict policy with Trusted Types, and says nothing', async () => {
    policy = strict();
    await open(script('/cdn/uf-settings.js') + SETTINGS);
    await changeTheName();
    await page.getByRole('tab', { name: 'Team' }).click();
    await visible('Charles Babbage');
    assert.deepEqual(lines, []);
  });

  it('is one file: nothing else is asked for but the API', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await open(script('/cdn/uf-settings.js') + SETTINGS);
    await page.getByRole('tab', { name: 'API Keys' }).click();
    await visible('Metrics warehouse');
    assert.deepEqual([...new Set(asked.filter((path) => !path.startsWith('/api/')))].filter((path) => path !== '/favicon.ico'), ['/', '/cdn/uf-settings.js']);
  });

  it('has what an adapter of one’s own needs', async () => {
    scripts['/host.js'] = `import { defineAdapter } from '/cdn/uf-settings.js';
      document.querySelector('uf-account').adapter = defineAdapter({ name: 'acme', operations: { 'auth.context': async () => (await fetch('/api/settings/context')).json() } });`;
    await open(`<uf-account sections="sign-out"></uf-account>${script('/host.js')}`);
    await visible('You are signed in as ada@example.com');
  });

  it('is loaded as the lines to paste say: with its hash, from another origin', async () => {
    const lineOf = (file: string): string => new RegExp(`<script[^>]*/${file}"[^>]*></script>`).exec(readFileSync(join(host.library, 'dist/cdn/embed.html'), 'utf8'))?.[0] ?? '';
    for (const file of ['uf-settings.js', 'loader.js']) {
      const line = lineOf(file).replace(/https:[^"]*\/dist\//, `${site.origin.replace('localhost', '127.0.0.1')}/`);
      assert.match(line, /integrity="sha384-[\w+/]{64}" crossorigin="anonymous"/);
      const other = await startSite((path) => (path.startsWith('/cdn/') ? { body: readFileSync(join(host.library, 'dist', path)), headers: { 'Access-Control-Allow-Origin': '*' } } : undefined));
      await open(line.replace(/http:[^"]*\/cdn\//, `${other.origin}/cdn/`) + SETTINGS);
      await page.getByRole('textbox', { name: 'Your name' }).waitFor();
      // Of another file the hash is wrong, and the browser refuses it.
      await open(line.replace(/http:[^"]*\/cdn\//, `${other.origin}/cdn/`).replace(/sha384-.{6}/, 'sha384-AAAAAA') + SETTINGS);
      await page.waitForFunction(() => performance.getEntriesByType('resource').length > 0);
      assert.equal(await page.evaluate(() => customElements.get('uf-settings')), undefined);
      await other.close();
    }
    const { version, integrity } = JSON.parse(readFileSync(join(host.library, 'dist/cdn/integrity.json'), 'utf8')) as { version: string; integrity: Record<string, string> };
    assert.equal(version, host.manifest.version);
    assert.ok(lineOf('uf-settings.js').includes(integrity['uf-settings.js'] ?? '-'));
    assert.ok(lineOf('loader.js').includes(`@${version}/`));
  });

  it('loaded twice says nothing, and the page lives', async () => {
    scripts['/copy/uf-settings.js'] = readFileSync(join(host.library, 'dist/cdn/uf-settings.js'), 'utf8');
    policy = strict("lit-html 'allow-duplicates'");
    await open(script('/cdn/uf-settings.js') + script('/copy/uf-settings.js') + script('/cdn/uf-settings.js') + SETTINGS);
    await changeTheName();
    assert.deepEqual(lines, []);
  });

  it('loaded late finds what stands there, and what was set on it before', async () => {
    scripts['/late.js'] = `const account = document.querySelector('uf-account');
      account.headingLevel = 3;
      setTimeout(() => import('/cdn/uf-settings.js'), 100);`;
    await open(`<uf-provider base-url="/api/settings"><uf-account sections="profile"></uf-account></uf-provider>${script('/late.js')}`);
    await page.getByRole('heading', { name: 'Your details', level: 3 }).waitFor();
    assert.deepEqual(lines, []);
  });

  it('that is blocked leaves the page as it is', async () => {
    policy = strict().replace("script-src 'self'", "script-src 'none'");
    await open(`<p>The product</p>${script('/cdn/uf-settings.js')}<uf-provider base-url="/api/settings"><uf-settings>Settings need scripts.</uf-settings></uf-provider>`);
    await visible('The product');
    await visible('Settings need scripts.');
    assert.ok(lines.every((line) => line.includes('Content Security Policy')), lines.join('\n'));
  });
});

describe('Two versions on one page', () => {
  it('live together with the Lit of the host, under Trusted Types: the first keeps the tags, and one line for each tag names both versions', async () => {
    policy = strict("lit-html 'allow-duplicates'");
    scripts['/lit.js'] = lit;
    scripts['/host.js'] = `import { html, LitElement } from '/lit.js';
      customElements.define('host-greeting', class extends LitElement { render() { return html\`<p>Greetings from the host</p>\`; } });`;
    scripts['/other/uf-settings.js'] = anotherVersion();
    await open(`<host-greeting></host-greeting>${script('/host.js')}${script('/cdn/uf-settings.js')}${script('/other/uf-settings.js')}${SETTINGS}`);
    await visible('Greetings from the host');
    await changeTheName();
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/other/')));
    const said = (tag: string): string => `<${tag}> is defined already, as version ${host.manifest.version}; version ${OTHER} is not used. Load one version of the library.`;
    const tags = ['uf-account', 'uf-api-keys', 'uf-audit-log', 'uf-company', 'uf-invitation', 'uf-organisation-menu', 'uf-provider', 'uf-settings', 'uf-team'];
    assert.deepEqual(lines.sort(), tags.map(said).sort());
  });

  it('under a policy that allows one Lit, leave the first as it is: the second does not start, and the browser says why', async () => {
    policy = strict();
    scripts['/other/uf-settings.js'] = anotherVersion();
    await open(script('/cdn/uf-settings.js') + script('/other/uf-settings.js') + SETTINGS);
    await changeTheName();
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/other/')));
    assert.ok(lines.length > 0 && lines.every((line) => line.includes('lit-html')), lines.join('\n'));
  });

  it('share a backend: a widget of one inside the provider of the other', async () => {
    scripts['/other/uf-settings.js'] = anotherVersion();
    scripts['/mixed.js'] = `import { UfAccount } from '/cdn/uf-settings.js';
      customElements.define('other-account', class extends UfAccount {});`;
    await open(`${script('/other/uf-settings.js')}${script('/mixed.js')}<uf-provider base-url="/api/settings"><other-account sections="sign-out"></other-account></uf-provider>`);
    await visible('You are signed in as ada@example.com');
    assert.equal(lines.filter((line) => !line.includes(`as version ${OTHER}; version ${host.manifest.version} is not used`)).length, 0);
  });
});

describe('The loader for pages without a build', () => {
  it('loads what stands on the page and no more, under a strict policy with Trusted Types', async () => {
    policy = strict();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await open(`${script('/cdn/loader.js')}<uf-provider base-url="/api/settings"><uf-company></uf-company></uf-provider>`);
    await page.getByRole('textbox', { name: 'Organisation name' }).waitFor();
    assert.deepEqual(await page.evaluate(() => ['uf-provider', 'uf-company', 'uf-account', 'uf-settings'].map((tag) => customElements.get(tag) !== undefined)), [true, true, false, false]);
    assert.deepEqual(asked.filter((path) => /uf-(account|settings|team|api-keys)/.test(path)), []);
    assert.deepEqual(lines, []);
  });

  it('loads a tag that appears later, however deep in what is added', async () => {
    await open(script('/cdn/loader.js'));
    await page.evaluate(() => {
      const section = document.createElement('section');
      section.append(document.createElement('div'));
      const provider = document.createElement('uf-provider');
      provider.setAttribute('base-url', '/api/settings');
      provider.append(document.createElement('uf-team'));
      section.firstElementChild?.append(provider);
      document.body.append(section);
    });
    await visible('Charles Babbage');
    assert.deepEqual(lines, []);
  });

  it('looks into a shadow root that it is pointed at, now and later, and into no other', async () => {
    scripts['/host.js'] = `import { loadElements } from '/cdn/loader.js';
      const seen = document.querySelector('#seen').attachShadow({ mode: 'open' });
      const unseen = document.querySelector('#unseen').attachShadow({ mode: 'open' });
      const add = (root, tag) => {
        const provider = document.createElement('uf-provider');
        provider.setAttribute('base-url', '/api/settings');
        provider.append(document.createElement(tag));
        root.append(provider);
      };
      add(seen, 'uf-company');
      add(unseen, 'uf-api-keys');
      globalThis.stop = loadElements(seen);
      globalThis.addLater = (tag) => add(seen, tag);`;
    await open(`<div id="seen"></div><div id="unseen"></div>${script('/host.js')}`);
    await page.getByRole('textbox', { name: 'Organisation name' }).waitFor();
    await page.evaluate("addLater('uf-team')");
    await visible('Charles Babbage');
    await page.evaluate("stop(); addLater('uf-audit-log')");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    assert.deepEqual(await page.evaluate(() => ['uf-api-keys', 'uf-audit-log'].map((tag) => customElements.get(tag) !== undefined)), [false, false]);
    assert.deepEqual(lines, []);
  });

  it('says in one line which tag did not come and what to look at, and tries again with the next', async () => {
    let broken = true;
    await page.route(/\/cdn\/chunks\/uf-team/, async (route) => (broken ? route.abort() : route.continue()));
    await open(`${script('/cdn/loader.js')}<p>The product</p><uf-provider base-url="/api/settings"><uf-team></uf-team></uf-provider>`);
    await page.waitForEvent('console', (message) => message.text().startsWith('<uf-team> could not be loaded'));
    await visible('The product');
    assert.equal(lines.filter((line) => line.startsWith('<uf-')).length, 1);
    broken = false;
    await page.evaluate(() => document.querySelector('uf-provider')?.append(document.createElement('uf-team')));
    await visible('Charles Babbage');
  });
});
