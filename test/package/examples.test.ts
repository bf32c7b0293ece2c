import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createServer } from 'vite';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.mjs';
import { readManifest } from '../../scripts/manifest.js';
import { buildExample, installExamples } from './support/examples.js';
import { installPacked, run, type Host } from './support/packed.js';
import { startSite, type Answer } from './support/site.js';

/** Each example and what makes it a page. */
const examples = [
  ['html', 'no build'],
  ['react', 'vite'],
  ['vue', 'vite'],
  ['svelte', 'vite'],
  ['solid', 'vite'],
  ['angular', 'vite'],
  ['preact', 'vite'],
  ['htmx', 'vite'],
  ['ssr', 'vite and a server'],
] as const;

let packed: Host;
/** The examples, installed with the packed library. */
let folder: string;
let browser: Browser;

before(async () => {
  packed = installPacked();
  folder = installExamples(packed);
  browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
});

after(async () => {
  await browser.close();
});

/** What stands at a path of a built example; its pages are one page with a router. */
function filesOf(name: string): (path: string) => Answer | undefined {
  if (name === 'ssr') {
    // In a Node of its own: here the library's name stands for its sources.
    const script = "const { renderPage } = await import('./ssr/page.mjs'); const pages = {}; for (const path of ['/', '/settings', '/settings/team']) pages[path] = await renderPage(path); console.log(JSON.stringify(pages));";
    const pages = JSON.parse(run(process.execPath, ['--input-type=module', '-e', script], folder)) as Record<string, string>;
    return (path) => {
      const file = [join(folder, 'ssr/dist', path), join(folder, path)].find((place) => /\.\w+$/.test(path) && existsSync(place));
      const page = pages[path];
      if (file !== undefined) return { body: readFileSync(file) };
      return page === undefined ? undefined : { body: page, type: 'html' };
    };
  }
  return (path) => {
    const places = name === 'html' ? [join(folder, 'html', path), join(folder, path), join(packed.library, 'dist', path)] : [join(folder, name, 'dist', path)];
    const file = places.find((place) => /\.\w+$/.test(path) && existsSync(place));
    if (file !== undefined) return { body: readFileSync(file) };
    return /\.\w+$/.test(path) ? undefined : { body: readFileSync(name === 'html' ? join(folder, 'html/index.html') : join(folder, name, 'dist/index.html')), type: 'html' };
  };
}

/** Runs in the page. */
const looksLikeTheShop = (): boolean => getComputedStyle(document.querySelector('header') ?? document.body).display === 'flex';

/** A person's way through a shop; what the page says to its author on the way. */
async function useTheShop(page: Page, origin: string): Promise<void> {
  const visible = async (text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
  const link = async (name: string): Promise<void> => page.getByRole('navigation').first().getByRole('link', { name, exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Your name' });

  await page.goto(`${origin}/`);
  await visible('Welcome to the shop');
  assert.ok(await page.evaluate(looksLikeTheShop), 'the sheet of the shop is there');
  assert.equal(await page.evaluate(() => customElements.get('uf-settings')), undefined, 'the home page does not pay for the settings');

  await link('Settings');
  await field.waitFor();
  assert.equal(await field.inputValue(), 'Ada Lovelace');
  // The event of the provider, in the product's own header; the slot.
  await page.locator('header output').getByText('Ada Lovelace').waitFor();
  await visible('All about your account.');

  // The event of a change.
  await field.fill('Ada King');
  await field.press('Enter');
  await visible('Changed: profile.update');

  // The property, and the event that the person sets off.
  await link('Team');
  await visible('Charles Babbage');
  await page.getByRole('tab', { name: 'Company Details' }).click();
  await visible('Tab: company');
  await page.getByRole('textbox', { name: 'Organisation name' }).waitFor();

  // Another backend at run time.
  await page.getByRole('button', { name: 'Demo backend' }).click();
  await page.locator('header output').getByText('Mary Somerville').waitFor();

  // Away and back, twice.
  for (let time = 0; time < 2; time += 1) {
    await link('Home');
    await visible('Welcome to the shop');
    assert.equal(await page.locator('uf-settings').count(), 0);
    await link('Settings');
    await field.waitFor();
    assert.equal(await field.inputValue(), 'Ada King');
  }
}

describe('A host built from the packed library', () => {
  for (const [name, build] of examples) {
    it(`${name}: properties, events, slots, context, another backend, away and back, and nothing in the console`, async (test) => {
      if (build !== 'no build') buildExample(folder, name);
      const site = await startSite(filesOf(name));
      const page = await browser.newPage();
      page.setDefaultTimeout(15_000);
      const lines: string[] = [];
      page.on('console', (message) => lines.push(message.text()));
      page.on('pageerror', (error) => lines.push(String(error)));
      try {
        await useTheShop(page, site.origin);
      } catch (error) {
        test.diagnostic(`console: ${lines.join('\n') || 'nothing'}`);
        throw error;
      } finally {
        await page.close();
        await site.close();
      }
      assert.deepEqual(lines, []);
    });
  }

  it('is served by vite, too, as their README says, with the look of the shop', async () => {
    const server = await createServer({ root: join(folder, 'react'), logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
    await server.listen();
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.getByText('Welcome to the shop').waitFor();
    await page.waitForFunction(looksLikeTheShop);
    await page.close();
    await server.close();
  });

  it('ssr: the server’s markup is the skeleton, styled, before any script; taking it over moves nothing and says nothing', async () => {
    const site = await startSite(filesOf('ssr'));
    const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    const lines: string[] = [];
    page.on('console', (message) => lines.push(message.text()));
    page.on('pageerror', (error) => lines.push(String(error)));
    let arrive: (() => void) | undefined;
    const late = new Promise<void>((done) => { arrive = done; });
    await page.route('**/assets/*.js', async (route) => {
      await late;
      await route.continue();
    });
    await page.goto(`${site.origin}/settings`, { waitUntil: 'commit' });
    const tab = page.getByRole('tab', { name: 'Your Account' });
    await tab.waitFor();
    assert.equal(await page.evaluate(() => customElements.get('uf-settings')), undefined);
    // Its own look, from the styles in the markup.
    assert.equal(await tab.evaluate((element) => getComputedStyle(element).cursor), 'pointer');
    await page.evaluate(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value); }).observe({ type: 'layout-shift', buffered: true });
    });
    const before = await tab.elementHandle({ timeout: 5000 });
    arrive?.();
    await page.getByRole('textbox', { name: 'Your name' }).waitFor();
    assert.ok(await before.evaluate((element) => element.isConnected), 'the server’s own elements are taken over');
    assert.equal(await page.getByRole('tab').count(), 4, 'and nothing is drawn beside them');
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const sum = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts.reduce((total, value) => total + value, 0));
    assert.ok(sum <= 0.02, `layout shift ${sum}`);
    assert.deepEqual(lines, []);
    await page.close();
    await site.close();
  });

  it('ssr: every tag can be rendered by a server', () => {
    const elements = readManifest().map(({ tagName, name }) => [tagName, name]);
    const script = join(folder, 'ssr/every-tag.mjs');
    writeFileSync(
      script,
      `import { render } from '@lit-labs/ssr';
       import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
       import { html } from 'lit';
       import { unsafeStatic, html as staticHtml } from 'lit/static-html.js';
       import * as library from '@userflux/settings';
       for (const [tag, name] of ${JSON.stringify(elements)}) {
         library.define(tag, library[name], customElements);
         const markup = await collectResult(render(staticHtml\`<\${unsafeStatic(tag)} deep-link="hash"></\${unsafeStatic(tag)}>\`));
         if (!markup.includes('shadowrootmode="open"')) throw new Error(tag + ': ' + markup);
       }
       console.log('all');`,
    );
    assert.equal(run(process.execPath, [script], folder).trim(), 'all');
  });

  for (const name of ['react', 'solid']) {
    it(`${name}: its markup is typed, so that a wrong property does not compile`, () => {
      const tsc = resolve('node_modules/typescript/bin/tsc');
      run(process.execPath, [tsc, '-p', join(folder, name)], folder);
      const wrong = join(folder, name, 'wrong.tsx');
      for (const [markup, complaint] of [
        ['<uf-settings tab={3} />', /number.*string/],
        ['<uf-settings tabs="team" />', /tabs/],
        ['<uf-provider adapter="memory" />', /string/],
        [`<uf-provider ${name === 'solid' ? 'on:' : 'on'}uf-auth-change={(event: CustomEvent<{ person: string }>) => event.detail.person} />`, /person/],
      ] as const) {
        writeFileSync(wrong, `import type {} from '@userflux/settings/${name}';\nexport const wrong = () => ${markup};\n`);
        assert.throws(() => run(process.execPath, [tsc, '-p', join(folder, name)], folder), complaint, markup);
      }
    });
  }

  it('preact, vue, svelte: the tags are known to their types, and the host in Preact compiles', () => {
    const place = join(folder, 'types');
    mkdirSync(place);
    const tsconfig = { compilerOptions: { strict: true, exactOptionalPropertyTypes: true, noEmit: true, jsx: 'react-jsx', jsxImportSource: 'preact', target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'], module: 'esnext', moduleResolution: 'bundler', types: ['vite/client'], skipLibCheck: true }, include: ['*.ts', '*.tsx', '../preact/*.tsx'] };
    writeFileSync(join(place, 'tsconfig.json'), JSON.stringify(tsconfig));
    writeFileSync(
      join(place, 'preact.tsx'),
      `import type {} from '@userflux/settings/preact';
       export const right = <uf-provider baseUrl="/api" onuf-auth-change={({ detail }) => detail.auth?.user.name}><uf-settings tab="team"><p slot="before">Hello</p></uf-settings></uf-provider>;
       // @ts-expect-error -- a tab is a text
       export const wrong = <uf-settings tab={3} />;`,
    );
    writeFileSync(
      join(place, 'vue.ts'),
      `import type {} from '@userflux/settings/vue';
       import type { GlobalComponents } from 'vue';
       type Props = InstanceType<GlobalComponents['uf-settings']>['$props'];
       export const right: Props = { tab: 'team', class: 'wide', onUfTabChange: ({ detail }) => detail.tab.length };
       // @ts-expect-error -- a tab is a text
       export const wrong: Props = { tab: 3 };`,
    );
    writeFileSync(
      join(place, 'svelte.ts'),
      `import type {} from '@userflux/settings/svelte';
       import type { SvelteHTMLElements } from 'svelte/elements';
       export const right: SvelteHTMLElements['uf-settings'] = { tab: 'team', class: 'wide', 'onuf-tab-change': ({ detail }) => detail.tab.length };
       // @ts-expect-error -- a tab is a text
       export const wrong: SvelteHTMLElements['uf-settings'] = { tab: 3 };`,
    );
    run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', place], folder);
  });
});
