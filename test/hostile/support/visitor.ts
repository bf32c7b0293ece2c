import assert from 'node:assert/strict';
import { ADA_PASSWORD, ADA_TOTP_SECRET } from '@userflux/settings/adapters/memory';
import { TOTP } from 'otpauth';
import type { Browser, Frame, Locator, Page } from 'playwright-core';

/** The same moment on every page, so that times read the same. */
const NOW = Date.parse('2026-11-25T09:30:00Z');

/** What the browser itself writes of a frame that it holds back; no page can keep it from that. */
const OF_THE_BROWSER = /sandbox|permissions policy violation|^Blocked autofocusing .* in a cross-origin subframe/i;

/** Ada, on one page with her settings, with a mouse and keys. */
export class Visitor {
  private constructor(
    readonly page: Page,
    /** The page, or the frame in it that has the widgets. */
    readonly place: Page | Frame,
    /** What the page says in its console, and what it throws. */
    readonly lines: string[],
  ) {}

  static async at(browser: Browser, address: string, viewport = { width: 1000, height: 900 }): Promise<Visitor> {
    const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'Europe/London', reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
    context.setDefaultTimeout(15_000);
    await context.addInitScript('globalThis.__name = (value) => value');
    await context.clock.setFixedTime(NOW);
    const page = await context.newPage();
    const lines: string[] = [];
    page.on('console', (message) => lines.push(message.text()));
    page.on('pageerror', (error) => lines.push(error.stack ?? String(error)));
    await page.goto(address);
    const [frame] = page.mainFrame().childFrames();
    return new Visitor(page, frame ?? page, lines);
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }

  /** What the page said that is its own. */
  get said(): string[] {
    return this.lines.filter((line) => !OF_THE_BROWSER.test(line));
  }

  button(name: string | RegExp, within: Page | Frame | Locator = this.place): Locator {
    return within.getByRole('button', { name, exact: typeof name === 'string' });
  }

  get widget(): Locator {
    return this.place.locator('uf-settings [part=base]');
  }

  get mfa(): Locator {
    return this.place.getByRole('dialog', { name: 'Complete MFA' });
  }

  /** Everything of the account has come, also what loads late. */
  async whole(): Promise<void> {
    for (const words of ['You are signed in as ada@example.com', 'No passkeys yet', 'This device', 'You are the only owner of']) await this.reads(words);
    await this.place.waitForFunction(() => {
      const below = (root: ParentNode): boolean => [...root.querySelectorAll('*')].some((one) => one.matches('.skeleton') || (one.shadowRoot !== null && below(one.shadowRoot)));
      return !below(document);
    });
  }

  code(): string {
    return new TOTP({ secret: ADA_TOTP_SECRET }).generate({ timestamp: NOW });
  }

  async reads(words: string | RegExp, within: Page | Frame | Locator = this.place): Promise<void> {
    await within.getByText(words).filter({ visible: true }).first().waitFor();
  }

  /** What has the focus, through shadow roots. */
  async focused(): Promise<string> {
    return this.place.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.getAttribute('aria-label') ?? active?.textContent.trim() ?? '';
    });
  }

  /** The name is changed with the keyboard, and a sentence says so at the top end, over all else. */
  async changesHerName(): Promise<void> {
    const field = this.place.getByRole('textbox', { name: 'Your name', exact: true });
    await field.click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type('Ada King');
    await this.page.keyboard.press('Enter');
    await this.reads('Saved');
    const toast = this.place.locator('[part=toast]');
    await toast.waitFor();
    // A click asks whether it is on top.
    await toast.getByRole('button').click();
    await toast.waitFor({ state: 'detached' });
  }

  /** The page wants the password form in the light DOM. */
  async takesTheFormOut(): Promise<void> {
    const settings = this.place.locator('uf-settings');
    await settings.evaluate((element) => { element.setAttribute('credentials', 'light'); });
    await settings.locator('> [slot] > form').waitFor();
  }

  /** The password is changed with the keyboard, wrongly at first: in a modal of the page not all of it can be scrolled to. */
  async changesHerPassword(): Promise<void> {
    const field = (label: string): Locator => this.place.getByLabel(label, { exact: true });
    await field('New password').focus();
    await this.page.keyboard.press('Enter');
    await this.reads('3 things need your attention');
    assert.equal(await field('Current password').evaluate((one) => one.matches(':focus')), true, 'the focus on what is wrong');
    await this.page.keyboard.type(ADA_PASSWORD);
    for (const label of ['New password', 'Confirm password']) {
      await field(label).focus();
      await this.page.keyboard.type('the-mill-grinds-the-store');
    }
    await this.page.keyboard.press('Enter');
    const toast = this.place.locator('[part=toast]', { hasText: 'Your password is updated.' });
    await toast.getByRole('button').click();
    await toast.waitFor({ state: 'detached' });
  }

  /** A protected action asks for a code; Esc takes the question away and no more; the code lets it go on. */
  async provesThatItIsHer(): Promise<void> {
    await this.place.getByRole('tab', { name: 'API Keys' }).click();
    const view = this.button('View API Keys');
    await view.click();
    await this.mfa.waitFor();
    await this.page.keyboard.press('Escape');
    await this.mfa.waitFor({ state: 'detached' });
    assert.equal(await this.focused(), 'View API Keys', 'the focus is back where it was');
    // What was given up has to have ended before the same can begin again.
    await view.click({ trial: true });
    await this.page.keyboard.press('Enter');
    await this.mfa.waitFor();
    await this.page.keyboard.type(this.code());
    await this.button('Verify', this.mfa).click();
    await this.reads('Your keys are visible');
  }

  /** Copies a key: to the clipboard, or selected where the page may not. */
  async copiesAKey(): Promise<void> {
    await this.button(/^Copy ?,.* key ending/).first().click();
    await this.reads(/^Copied$|^Press (Ctrl|⌘)/);
  }

  /** The list of people as a file. @returns the file, or undefined where downloads are forbidden */
  async exportsTheTeam(allowed = true): Promise<string | undefined> {
    await this.place.getByRole('tab', { name: 'Team Members' }).click();
    await this.reads('Charles Babbage');
    const file = allowed ? this.page.waitForEvent('download') : undefined;
    await this.button('Export').click();
    const stream = await (await file)?.createReadStream();
    if (!stream) return undefined;
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return Buffer.concat(parts).toString();
  }

  /** The list behind the organisation's name: it opens over all else, and Esc closes it and no more. */
  async opensTheMenu(): Promise<void> {
    const opener = this.button(/^Organisation: ?Analytical/);
    await opener.click();
    const link = this.place.getByRole('link', { name: 'Account Settings' });
    await link.click({ trial: true });
    const [above, list] = [await opener.boundingBox(), await this.place.locator('uf-organisation-menu [part=menu]').boundingBox()];
    assert.ok(above && list && list.height > 40 && list.height < 60 && Math.abs(list.y - above.y - above.height - 4) <= 1, `the list stands under its button: ${JSON.stringify({ above, list })}`);
    await this.page.keyboard.press('Escape');
    await link.waitFor({ state: 'hidden' });
    await this.place.getByRole('textbox', { name: 'Your name', exact: true }).waitFor();
  }
}
