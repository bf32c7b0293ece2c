import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../../scripts/chromium.mjs';
import { startDemo } from '../../../scripts/demo-server.mjs';
import { keepRecord, type Kept } from './record.js';

/** How somebody holds the product: at a desk, or in the hand. */
export interface Device {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly touch: boolean;
}

export const DESK: Device = { name: 'at a desk, 1280 px', width: 1280, height: 900, touch: false };
export const PHONE: Device = { name: 'on a phone, 360 px with touch', width: 360, height: 740, touch: true };

/** A browser of one person, with cookies of its own, and what can be noticed in it unseen. */
export interface Visit {
  readonly url: string;
  readonly context: BrowserContext;
  readonly device: Device;
  readonly kept: Kept;
  /** @param path behind the product's address, or the whole of it, as a link in a mail has it */
  open(path: string): Promise<Page>;
  close(): Promise<void>;
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
}

/** @param url where the product is; ends with a slash */
export async function visit(browser: Browser, device: Device, url: string): Promise<Visit> {
  const { width, height, touch } = device;
  const context = await browser.newContext({ viewport: { width, height }, hasTouch: touch, isMobile: touch, deviceScaleFactor: touch ? 2 : 1, locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] });
  context.setDefaultTimeout(20_000);
  // tsx names inner functions through a helper that the page does not have.
  await context.addInitScript('globalThis.__name = (value) => value');
  const kept = await keepRecord(context);
  return {
    url,
    context,
    device,
    kept,
    open: async (path) => {
      const page = await context.newPage();
      await page.goto(path.startsWith(url) ? path : url + path);
      return page;
    },
    close: () => context.close(),
  };
}

/** The page on the memory adapter, in a browser of its own, whose time runs as it does and can be put forward. */
export async function visitMemory(device: Device): Promise<Visit> {
  const demo = await startDemo(0);
  const browser = await launch();
  const visitor = await visit(browser, device, demo.url);
  await visitor.context.clock.install();
  return {
    ...visitor,
    close: async () => {
      await browser.close();
      await demo.close();
    },
  };
}

/** For people who want to see it: a picture into the folder that JOURNEY_SCREENSHOTS names. */
export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['JOURNEY_SCREENSHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
