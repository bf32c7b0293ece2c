import { chromium, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../../scripts/chromium.mjs';
import { startDemo } from '../../../scripts/demo-server.mjs';

/** How somebody holds the product: at a desk, or in the hand. */
export interface Device {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly touch: boolean;
}

export const DESK: Device = { name: 'at a desk, 1280 px', width: 1280, height: 900, touch: false };
export const PHONE: Device = { name: 'on a phone, 360 px with touch', width: 360, height: 740, touch: true };

/** A browser of one person, and all that went wrong in it unseen. */
export interface Visit {
  readonly url: string;
  readonly context: BrowserContext;
  readonly device: Device;
  /** Errors, console errors and violations of the page's Content-Security-Policy. */
  readonly troubles: readonly string[];
  open(path: string): Promise<Page>;
  close(): Promise<void>;
}

export async function visit(device: Device): Promise<Visit> {
  const demo = await startDemo(0);
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
  const { width, height, touch } = device;
  const context = await browser.newContext({ viewport: { width, height }, hasTouch: touch, isMobile: touch, deviceScaleFactor: touch ? 2 : 1, locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] });
  context.setDefaultTimeout(20_000);
  // tsx names inner functions through a helper that the page does not have.
  await context.addInitScript('globalThis.__name = (value) => value');
  // Time runs as it does, and can be put forward.
  await context.clock.install();
  const troubles: string[] = [];
  const listen = (page: Page): void => {
    page.on('pageerror', (error) => {
      troubles.push(error.message);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || /content security policy|trusted type/i.test(message.text())) troubles.push(message.text());
    });
  };
  context.on('page', listen);
  return {
    url: demo.url,
    context,
    device,
    troubles,
    open: async (path) => {
      const page = await context.newPage();
      await page.goto(demo.url + path);
      return page;
    },
    close: async () => {
      await browser.close();
      await demo.close();
    },
  };
}

/** Presses with what the device has: a pointer or a finger. */
export async function press(device: Device, target: Locator): Promise<void> {
  await (device.touch ? target.tap() : target.click());
}
