/** Figures of the widgets in Chromium: see bench/README.md. `node --import tsx bench/widgets.ts [--throttle 4] [--quick]` */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type CDPSession, type Page } from 'playwright-core';
import { build, preview } from 'vite';
import { chromiumArgs, chromiumPath } from '../scripts/chromium.mjs';
import { circumstances, keepResults } from './support/circumstances.js';

const { values: flags } = parseArgs({ options: { throttle: { type: 'string' }, quick: { type: 'boolean', default: false } } });
const plan = flags.quick ? { members: 10_000, keys: 500, times: 8, pages: 5 } : { members: 100_000, keys: 5000, times: 30, pages: 50 };
/** How many times slower than the machine. */
const throttles = flags.throttle === undefined ? [1, 4] : [Number(flags.throttle)];
const NAMES = ['herschel', 'member00', 'ada love', 'somervil', 'gödel'];

interface StepFigures {
  inputs: number;
  /** Until the handlers began. */
  delay: { p50: number; p95: number; max: number };
  /** Until the next frame: only those of 16 ms and more are reported, the rest counts as 16. */
  paint: { p95: number; max: number };
}

interface Figures {
  widget: string;
  rows: number;
  throttle: number;
  ready: number;
  /** The most that stood in the document at once, shadow trees included. */
  elements: number;
  steps: Record<string, StepFigures>;
  memory: { pages: number; before: number; after: number } | undefined;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const root = fileURLToPath(new URL('.', import.meta.url));
const MEGABYTE = 2 ** 20;

const quantile = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? 0;

async function erase(page: Page, count: number): Promise<void> {
  for (let left = count; left > 0; left--) await page.keyboard.press('Backspace', { delay: 20 });
}

/** One step of a person, under a name by which its inputs are counted. */
async function step(page: Page, name: string, work?: () => Promise<void>): Promise<void> {
  await page.evaluate((now) => { window.step = now; }, name);
  await work?.();
  // The frame of the last input, and its report.
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 100)); }));
}

async function stepsOf(page: Page): Promise<Record<string, StepFigures>> {
  const { delays, paints } = await page.evaluate(() => ({ delays: window.delays, paints: window.paints }));
  return Object.fromEntries(
    Object.entries(delays).map(([name, values]) => {
      const delay = [...values].sort((left, right) => left - right);
      const slow = [...(paints[name] ?? [])].sort((left, right) => left - right);
      const paint = [...Array.from({ length: Math.max(0, delay.length - slow.length) }, () => 16), ...slow];
      return [name, { inputs: delay.length, delay: { p50: quantile(delay, 0.5), p95: quantile(delay, 0.95), max: delay.at(-1) ?? 0 }, paint: { p95: quantile(paint, 0.95), max: paint.at(-1) ?? 0 } }];
    }),
  );
}

async function usedHeap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / MEGABYTE;
}

async function open(page: Page, url: string, widget: string, rows: number, ready: string): Promise<number> {
  const start = performance.now();
  await page.goto(`${url}?widget=${widget}&rows=${rows}`);
  await page.waitForFunction((selector) => window.inside(selector) !== null, ready, { timeout: 120_000 });
  return performance.now() - start;
}

async function turnPages(page: Page, session: CDPSession): Promise<Figures['memory']> {
  const next = page.getByRole('button', { name: /^Next/ });
  const turn = async (): Promise<void> => {
    const before = await page.getByText(/ to .* of /).first().innerText();
    await next.click();
    await page.getByText(before, { exact: true }).waitFor({ state: 'detached' });
  };
  // What is loaded once is loaded by then.
  for (let index = 0; index < 3; index++) await turn();
  const before = await usedHeap(session);
  for (let index = 0; index < plan.pages; index++) await turn();
  return { pages: plan.pages, before, after: await usedHeap(session) };
}

async function measureTeam(page: Page, session: CDPSession, url: string): Promise<Omit<Figures, 'throttle'>> {
  const ready = await open(page, url, 'team', plan.members, 'tbody [role=rowheader]');
  const search = page.getByRole('searchbox');
  let elements = await page.evaluate(() => window.countElements());
  const look = async (): Promise<void> => { elements = Math.max(elements, await page.evaluate(() => window.countElements())); };
  await search.focus();
  await step(page, 'type in search', async () => {
    for (const name of NAMES) {
      await search.pressSequentially(name, { delay: 80 });
      await page.waitForTimeout(400);
      await erase(page, name.length);
    }
  });
  await page.waitForTimeout(500);
  await look();
  const select = page.getByRole('button', { name: 'Select', exact: true });
  if ((await select.count()) > 0) {
    await select.click();
    await pick(page, page.getByRole('checkbox', { name: /^Select .*@/ }));
    await look();
    await page.getByRole('button', { name: 'Stop selecting' }).click();
  }
  const more = page.getByRole('button', { name: /^More/ });
  if ((await more.count()) > 0) await openMenus(page, more);
  await look();
  await step(page, 'turn pages');
  const memory = await turnPages(page, session);
  await look();
  await page.getByRole('button', { name: 'New Invitation' }).click();
  await page.getByRole('dialog', { name: 'New Invitation' }).getByRole('button', { name: 'Invite many' }).click();
  const field = page.getByRole('textbox', { name: 'Email addresses' });
  await field.waitFor();
  await step(page, 'type while 10,000 pasted lines are read', async () => {
    await field.evaluate((target) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', Array.from({ length: 10_000 }, (_, index) => (index % 50 === 7 ? `no address ${String(index)}` : `Person ${String(index)} <person${String(index)}@example.net>`)).join('\n'));
      target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }));
    });
    for (let index = 0; index < plan.times; index++) await page.keyboard.press('a', { delay: 10 });
    await page.getByText('10,000 addresses', { exact: true }).waitFor();
  });
  await look();
  return { widget: 'uf-team', rows: plan.members, ready, elements, steps: await stepsOf(page), memory };
}

async function pick(page: Page, boxes: ReturnType<Page['getByRole']>): Promise<void> {
  await boxes.first().waitFor();
  await step(page, 'select rows', async () => {
    const count = await boxes.count();
    for (let index = 0; index < plan.times; index++) await boxes.nth(index % count).click();
  });
}

async function openMenus(page: Page, more: ReturnType<Page['getByRole']>): Promise<void> {
  await more.first().click();
  await page.keyboard.press('Escape');
  await step(page, 'open a menu', async () => {
    const count = await more.count();
    for (let index = 0; index < plan.times; index++) {
      await more.nth(index % count).click();
      await page.keyboard.press('Escape');
    }
  });
}

async function measureKeys(page: Page, session: CDPSession, url: string): Promise<Omit<Figures, 'throttle'>> {
  const ready = await open(page, url, 'keys', plan.keys, '.keys [id^=row-]');
  await openMenus(page, page.getByRole('button', { name: /^More/ }));
  await page.getByRole('button', { name: 'Filter' }).click();
  const search = page.getByRole('searchbox').or(page.getByRole('textbox', { name: /search/i })).first();
  await search.waitFor();
  await step(page, 'type in search', async () => {
    for (const name of ['service', 'staging ', 'catalog']) {
      await search.pressSequentially(name, { delay: 80 });
      await page.waitForTimeout(400);
      await erase(page, name.length);
    }
  });
  await page.waitForTimeout(500);
  await page.getByRole('button', { name: /^Select/ }).first().click();
  await pick(page, page.getByRole('checkbox', { name: /ending/ }));
  const elements = await page.evaluate(() => window.countElements());
  await page.getByRole('button', { name: 'Cancel' }).first().click();
  await step(page, 'turn pages');
  return { widget: 'uf-api-keys', rows: plan.keys, ready, elements, steps: await stepsOf(page), memory: await turnPages(page, session) };
}

function print({ widget, rows, throttle, ready, elements, steps, memory }: Figures): void {
  say(`\n${widget}, ${rows.toLocaleString('en')} rows, CPU ${throttle === 1 ? 'as it is' : `${throttle} x slower`}: ready after ${ready.toFixed(0)} ms, at most ${elements.toLocaleString('en')} elements`);
  say(`${''.padEnd(44)}${['inputs', 'delay p50', 'p95', 'max', 'paint p95', 'max'].map((title) => title.padStart(11)).join('')}`);
  for (const [name, { inputs, delay, paint }] of Object.entries(steps)) {
    if (name !== 'load') say(`${name.padEnd(44)}${[String(inputs), ...[delay.p50, delay.p95, delay.max, paint.p95, paint.max].map((value) => value.toFixed(1))].map((text) => text.padStart(11)).join('')}`);
  }
  if (memory) say(`JavaScript heap before and after ${memory.pages} pages: ${memory.before.toFixed(1)} and ${memory.after.toFixed(1)} MB`);
}

async function run(): Promise<void> {
  const where = circumstances();
  const folder = join(root, 'widgets');
  const outDir = mkdtempSync(join(tmpdir(), 'widgets-bench-'));
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: [{ find: /^@userflux\/settings\/(contract|adapters\/memory)$/, replacement: `${join(root, '..', 'src')}/$1/index.ts` }] },
    worker: { format: 'es' },
    build: { target: 'es2022', outDir, emptyOutDir: true },
  });
  const server = await preview({ root: folder, configFile: false, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const address = server.httpServer.address();
  const url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/` : '';
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
  const figures: Figures[] = [];
  try {
    for (const throttle of throttles) {
      for (const measure of [measureTeam, measureKeys]) {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
        // tsx names inner functions through a helper that the page does not have.
        await page.addInitScript('globalThis.__name = (value) => value');
        const session = await page.context().newCDPSession(page);
        if (throttle > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
        const measured = { ...(await measure(page, session, url)), throttle };
        figures.push(measured);
        print(measured);
        await page.close();
      }
    }
    const versions = { node: process.versions.node, chromium: browser.version() };
    if (!flags.quick) say(`\nKept in ${keepResults('widgets', { ...where, versions, plan, figures })}`);
  } finally {
    await browser.close();
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}

await run();
