import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Device, Visit } from './browser.js';

export const TABS = ['Your Account', 'Company Details', 'Team Members', 'API Keys'] as const;
export type Tab = (typeof TABS)[number];

/** Somebody before a page of the product: finds things by their words and uses them with what the device has. */
export class Person {
  readonly #device: Device;

  constructor(
    readonly visit: Visit,
    public page: Page,
  ) {
    this.#device = visit.device;
  }

  /** Comes to the product with a browser. */
  static async at(visit: Visit, path = ''): Promise<Person> {
    return new Person(visit, await visit.open(path));
  }

  /** The same person with another tab of the same browser. */
  elsewhere(path: string): Promise<Person> {
    return Person.at(this.visit, path);
  }

  button(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name: typeof name === 'string' ? spoken(name) : name });
  }

  link(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole('link', { name, exact: true });
  }

  field(name: string, within: Page | Locator = this.page): Locator {
    return within.getByRole('textbox', { name, exact: true });
  }

  /** A password has no role. */
  password(name: string): Locator {
    return this.page.getByLabel(name, { exact: true });
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { name, exact: true });
  }

  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name, exact: true });
  }

  /** With a pointer or a finger. */
  async tap(target: Locator): Promise<void> {
    await (this.#device.touch ? target.tap() : target.click());
  }

  press(name: string | RegExp, within?: Page | Locator): Promise<void> {
    return this.tap(this.button(name, within));
  }

  async write(target: Locator, text: string): Promise<void> {
    await this.tap(target);
    await target.press('ControlOrMeta+A');
    await target.pressSequentially(text);
  }

  /** @param options how long this person waits, in milliseconds */
  async reads(words: string | RegExp, within: Page | Locator = this.page, options: { timeout?: number } = {}): Promise<void> {
    await within.getByText(words, { exact: typeof words === 'string' }).filter({ visible: true }).first().waitFor(options);
  }

  /** The sentence in the top-right corner. */
  async toast(text: string, options: { timeout?: number } = {}): Promise<void> {
    // The live region says the same sentence, a pixel wide.
    const shown = this.page.locator('[part="toast"]').getByText(text, { exact: true });
    await shown.first().waitFor(options);
    const box = await shown.first().boundingBox();
    assert.ok(box && box.y < 300 && box.x + box.width > this.#device.width * 0.6, `"${text}" stands at the top right, not at ${JSON.stringify(box)}`);
  }

  /** Tabs at a desk, a button with a list of links in the hand. */
  async openTab(name: Tab): Promise<void> {
    if (!this.#device.touch) {
      await this.tap(this.page.getByRole('tab', { name, exact: true }));
      return;
    }
    await this.tap(this.tabOpener());
    await this.tap(this.link(name, this.page.locator('uf-settings')));
  }

  tabOpener(): Locator {
    return this.page.locator('uf-settings').getByRole('button', { name: new RegExp(`^(${TABS.join('|')})$`), expanded: false });
  }

  organisation(name: string): Locator {
    return this.button(new RegExp(`^Organisation: ${literal(name)}$`));
  }

  /** By the host's sign-in page. */
  async givePassword(email: string, password: string): Promise<void> {
    await this.heading('Sign in').waitFor();
    await this.page.getByLabel('Email address', { exact: true }).fill(email);
    await this.password('Password').fill(password);
    await this.press('Sign in');
  }

  async giveCode(code: string): Promise<void> {
    await this.heading('One more step').waitFor();
    await this.page.getByLabel('Enter your one-time code here', { exact: true }).fill(code);
    await this.press('Sign in');
  }

  /** Once MFA is set up: reads the recovery codes, says that they are saved, and leaves. The dialog does not let them go before. */
  async saveRecoveryCodes(): Promise<string[]> {
    const dialog = this.dialog('Save your recovery codes');
    const list = dialog.getByRole('list', { name: 'Recovery codes', exact: true });
    await list.waitFor();
    const codes = await list.getByRole('listitem').allInnerTexts();
    await this.press('Done', dialog);
    await this.reads('Save the codes first, then confirm that you have them.', dialog);
    await this.tap(dialog.getByRole('checkbox', { name: 'I have saved them', exact: true }));
    await this.press('Done', dialog);
    await dialog.waitFor({ state: 'hidden' });
    return codes;
  }

  /** Organisation menu, Account Settings. */
  async openAccountSettings(): Promise<void> {
    await this.press(/^Organisation: /);
    await this.tap(this.link('Account Settings'));
    await this.heading('Account Settings').waitFor();
  }

  row(who: string | RegExp): Locator {
    return this.page.getByRole('row', { name: typeof who === 'string' ? new RegExp(literal(who)) : who });
  }
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Words that only the ear gets stand in a box of their own, which may add a space before their comma. */
function spoken(name: string): RegExp {
  return new RegExp(`^${literal(name).replaceAll(', ', ' ?, ')}$`);
}
