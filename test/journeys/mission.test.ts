/**
 * The mission, walked as a person walks it: every step of `mission.md`, on the host page of the demo, with words and not ids. The QR
 * code is read off a screenshot and the codes are computed by packages that are not ours (jsqr, otpauth).
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { URI, type TOTP } from 'otpauth';
import type { Locator, Page } from 'playwright-core';
import { DESK, PHONE, press, visit, type Device, type Visit } from './support/browser.js';
import { scan } from './support/qr.js';

const TABS = ['Your Account', 'Company Details', 'Team Members', 'API Keys'] as const;
const NEW_PASSWORD = 'the mill grinds what the store keeps';
const INVITED = 'wilhelmine@example.net';
const INVITED_PASSWORD = 'a calculating clerk of 1822';

for (const device of [DESK, PHONE]) {
  describe(`The mission, ${device.name}`, { concurrency: false }, () => {
    walk(device);
  });
}

function walk(device: Device): void {
  let ada: Visit;
  let page: Page;
  let phone: TOTP;

  const tap = (target: Locator): Promise<void> => press(device, target);
  /** Words that only the ear gets stand in a box of their own, which may add a space before their comma. */
  const spoken = (name: string): RegExp => new RegExp(`^${name.replace(/[.+()]/g, '\\$&').replaceAll(', ', ' ?, ')}$`);
  const button = (name: string | RegExp, within: Page | Locator = page): Locator => within.getByRole('button', { name: typeof name === 'string' ? spoken(name) : name });
  const field = (name: string, within: Page | Locator = page): Locator => within.getByRole('textbox', { name, exact: true });
  const password = (name: string): Locator => page.getByLabel(name, { exact: true });

  async function write(target: Locator, text: string): Promise<void> {
    await tap(target);
    await target.press('ControlOrMeta+A');
    await target.pressSequentially(text);
  }

  /** The sentence in the top-right corner. */
  async function toast(text: string): Promise<void> {
    // The live region says the same sentence, a pixel wide.
    const shown = page.locator('[part="toast"]').getByText(text, { exact: true });
    await shown.waitFor();
    const box = await shown.boundingBox();
    assert.ok(box && box.y < 200 && box.x + box.width > device.width * 0.6, `"${text}" stands at the top right, not at ${JSON.stringify(box)}`);
  }

  /** Tabs at a desk, a button with a list of links in the hand. */
  async function openTab(name: (typeof TABS)[number]): Promise<void> {
    if (!device.touch) {
      await tap(page.getByRole('tab', { name, exact: true }));
      return;
    }
    await tap(opener());
    await tap(page.locator('uf-settings').getByRole('link', { name, exact: true }));
  }
  const opener = (): Locator => page.locator('uf-settings').getByRole('button', { name: new RegExp(`^(${TABS.join('|')})$`), expanded: false });

  /** Time in which the authenticator shows another code. */
  async function laterBy(minutes: number): Promise<void> {
    await ada.context.clock.fastForward(minutes * 60_000);
  }

  /** What the authenticator app shows while the page's clock says what it says. */
  async function code(): Promise<string> {
    return phone.generate({ timestamp: await page.evaluate(() => Date.now()) });
  }

  before(async () => {
    ada = await visit(device);
    page = await ada.open('');
  });
  after(async () => {
    await ada.close();
  });

  // Each step stands on the one before: after a failure the rest would only fail slowly.
  let underWay: string | undefined;
  const step = (name: string, work: () => Promise<void>): void => {
    it(name, async () => {
      assert.equal(underWay, undefined, 'an earlier step failed');
      underWay = name;
      await work();
      underWay = undefined;
    });
  };

  step('1: the Organisation dropdown at the top left leads to Account Settings', async () => {
    const menu = button(/^Organisation: Analytical Engines Ltd$/);
    await menu.waitFor();
    const box = await menu.boundingBox();
    assert.ok(box && box.x < device.width / 2 && box.y < 100, 'it stands at the top left');
    assert.equal(await menu.getAttribute('aria-expanded'), 'false');
    await tap(menu);
    await tap(page.getByRole('link', { name: 'Account Settings', exact: true }));
    await page.getByRole('heading', { name: 'Account Settings', exact: true }).waitFor();
  });

  step('2: there are four tabs', async () => {
    if (device.touch) {
      await tap(opener());
      const links = page.locator('uf-settings').getByRole('list').getByRole('link');
      assert.deepEqual(await links.allInnerTexts(), [...TABS]);
      await page.keyboard.press('Escape');
      await opener().waitFor();
    } else {
      await page.getByRole('tab', { name: 'API Keys' }).waitFor();
      assert.deepEqual(await page.getByRole('tab').allInnerTexts(), [...TABS]);
      assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'Your Account');
    }
  });

  step('3: name and email address change, with a confirmation in the top-right corner', async () => {
    await write(field('Your name'), 'Ada King');
    await tap(button('Save details, Your details'));
    await toast('Your details are saved.');
    await write(field('Email address'), 'ada@lovelace.example');
    await tap(button('Save details, Your details'));
    await toast('We sent a link to ada@lovelace.example.');
    await page.getByText('stays in use').waitFor();

    const mail = await ada.open('#/outbox');
    await tap(mail.getByRole('link', { name: /Confirm your email address.*ada@lovelace\.example/s }));
    await tap(mail.getByRole('link', { name: 'Confirm the address' }));
    await mail.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
    await mail.close();
    await page.getByText('You are signed in as ada@lovelace.example').waitFor();
    assert.equal(await field('Email address').inputValue(), 'ada@lovelace.example');
  });

  step('4: the password changes, with a tip on strong ones', async () => {
    await page.getByText('unique to this account, complex and long. A password manager').waitFor();
    await write(password('Current password'), 'analytical-engine-1843');
    await write(password('New password'), NEW_PASSWORD);
    await write(password('Confirm password'), NEW_PASSWORD);
    await tap(button('Update password'));
    await toast('Your password is updated.');
  });

  step('5: multi-factor authentication is set up by scanning the QR code', async () => {
    await tap(button('Setup Multi-factor authentication'));
    const qr = page.getByRole('img', { name: /QR code/ });
    await qr.waitFor();
    const read = URI.parse(await scan(qr));
    assert.equal(read.issuer, 'UserFlux');
    assert.equal(read.label, 'ada@lovelace.example');
    assert.ok('period' in read && read.secret.bytes.byteLength >= 20, 'a TOTP secret of 160 bits or more');
    phone = read;
    await write(field('Enter your one-time code here'), await code());
    await tap(button('Verify code'));
    await toast('Multi-factor authentication is on.');
    await page.getByText('Multi-factor authentication is on', { exact: true }).waitFor();
  });

  step('7: organisation name and country change', async () => {
    await openTab('Company Details');
    await write(field('Organisation name'), 'Analytical Engines & Daughters');
    await page.getByLabel('Country', { exact: true }).selectOption({ label: 'France' });
    await tap(button('Save details, Company Details'));
    await toast('The company details are saved.');
    await button(/^Organisation: Analytical Engines & Daughters$/).waitFor();
  });

  step('8: everyone invited is listed with the status of their invitation', async () => {
    await openTab('Team Members');
    const table = page.getByRole('table', { name: 'Team members and invitations' });
    await table.getByRole('row', { name: /Charles Babbage.*Admin.*Accepted/s }).waitFor();
    await table.getByRole('row', { name: /luigi\.menabrea@example\.com.*Pending/s }).waitFor();
    await table.getByRole('row', { name: /george\.peacock@example\.com.*Expired/s }).waitFor();
  });

  step('9: New Invitation sends a mail, and its reader joins: Accepted shows in the list', async () => {
    await tap(button('New Invitation'));
    const dialog = page.getByRole('dialog', { name: 'New Invitation' });
    await write(field('Email address', dialog), INVITED);
    await tap(button('Send', dialog));
    await dialog.waitFor({ state: 'hidden' });
    await toast(`Invitation sent to ${INVITED}.`);
    const row = page.getByRole('row', { name: new RegExp(INVITED.replace('.', '\\.')) });
    await row.getByText('Pending').waitFor();

    const outbox = await ada.open('#/outbox');
    await tap(outbox.getByRole('link', { name: new RegExp(`Join Analytical Engines & Daughters.*${INVITED}`, 's') }));
    const link = await outbox.getByRole('link', { name: 'Open the invitation' }).getAttribute('href');
    await outbox.close();

    // The invitee's own tab, where nobody is signed in.
    const invitee = await ada.open(link ?? '');
    await invitee.getByRole('heading', { name: 'Join Analytical Engines & Daughters' }).waitFor();
    assert.doesNotMatch(invitee.url(), /invitation=/, 'the token has left the address');
    await tap(invitee.getByRole('link', { name: 'Create your account' }));
    await invitee.getByLabel('Your name').fill('Wilhelmine');
    await invitee.getByLabel('Password', { exact: true }).fill(INVITED_PASSWORD);
    await tap(button('Create account', invitee));
    await tap(button('Accept invitation', invitee));
    await invitee.getByText('You have joined Analytical Engines & Daughters', { exact: true }).first().waitFor();
    await invitee.close();

    await page.getByRole('row', { name: /Wilhelmine/ }).getByText('Accepted').waitFor();
  });

  step('10 to 12: the keys stand under the warning, in three kinds, for Test and Production, hidden', async () => {
    await openTab('API Keys');
    await page.getByText('Handle with care').waitFor();
    await page.getByText('Never put them in client-side code or public repositories.').waitFor();
    await page.getByText(/key ending \w{4}, hidden/).first().waitFor();
    let words = '';
    for (const kind of ['Integration API Keys', 'Data API Keys', 'Product API Keys']) {
      const group = await page.getByRole('region', { name: kind }).innerText();
      assert.match(group, /Production/);
      assert.match(group, /Test/);
      words += group;
    }
    for (const permission of ['Read-Only', 'Write-Only', 'Read and Write']) assert.ok(words.includes(permission), permission);
    assert.doesNotMatch(await everythingIn(page), /uf_(int|dat|prd)_(live|test)_\w{20}/, 'no secret is anywhere in the page');
  });

  step('13: View API Keys asks for a code, then reveals all, and each can be copied', async () => {
    // Eleven minutes after the set-up its code proves nothing any more.
    await laterBy(11);
    await tap(button('View API Keys'));
    const dialog = page.getByRole('dialog', { name: 'Complete MFA' });
    await write(field('One-time code', dialog), await code());
    await tap(button('Verify', dialog));
    await page.getByText('Your keys are visible', { exact: true }).waitFor();
    const secrets = new Set<string>((await everythingIn(page)).match(/uf_(int|dat|prd)_(live|test)_\w{36}/g));
    assert.equal(secrets.size, 7);

    const copies = page.getByRole('button', { name: /^Copy ?, / });
    assert.equal(await copies.count(), 7);
    const name = (await copies.nth(2).getAttribute('aria-label')) ?? (await copies.nth(2).textContent()) ?? '';
    await tap(copies.nth(2));
    await page.getByRole('button', { name: /^Copied/ }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(secrets.has(copied), 'the clipboard holds one of the keys');
    assert.ok(name.trim().endsWith(copied.slice(-4)), `and it is the one that its button names: ${name}`);

    await tap(button('Hide now'));
    await page.getByText('Your keys are hidden', { exact: true }).waitFor();
    assert.doesNotMatch(await everythingIn(page), /uf_(int|dat|prd)_(live|test)_\w{20}/);
  });

  step('14: a key is limited to source addresses, which outlive a reload', async () => {
    const opened = page.getByRole('button', { name: /^Anywhere ?, Source addresses, Data API Keys, Test/ });
    await tap(opened);
    const dialog = page.getByRole('dialog', { name: 'Source addresses' });
    await tap(dialog.getByText('Specific locations', { exact: true }));
    await write(field('IP address or network 1', dialog), '203.0.113.7');
    await write(field('Description 1', dialog), 'Office');
    await tap(button('Add address', dialog));
    await write(field('IP address or network 2', dialog), '2001:db8:7::/48');
    await tap(button('Save addresses', dialog));
    await toast('The source addresses are saved.');
    await page.getByRole('button', { name: /^2 addresses ?, Source addresses, Data API Keys, Test/ }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: /^2 addresses ?, Source addresses, Data API Keys, Test/ }).waitFor();
  });

  step('6: Sign out of my account ends it, and only the new password with a code opens it again', async () => {
    await openTab('Your Account');
    await tap(button('Sign out of my account'));
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.doesNotMatch(await everythingIn(page), /Ada King|ada@lovelace\.example/);
    await page.getByLabel('Email address').fill('ada@lovelace.example');
    await page.getByLabel('Password', { exact: true }).fill('analytical-engine-1843');
    await tap(button('Sign in'));
    await page.getByText('do not belong together').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
    await tap(button('Sign in'));
    await laterBy(1);
    await page.getByLabel('Enter your one-time code here').fill(await code());
    await tap(button('Sign in'));
    await button(/^Organisation: Analytical Engines & Daughters$/).waitFor();
  });

  it('went through without an error in the console, unseen or seen, and within a strict Content-Security-Policy', () => {
    assert.deepEqual(ada.troubles, []);
  });
}

/** All text, attributes and values of the page, shadow roots included. */
async function everythingIn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const parts: string[] = [];
    const collect = (root: Document | ShadowRoot | Element): void => {
      for (const node of root.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) parts.push(node.textContent ?? '');
        if (!(node instanceof Element)) continue;
        for (const { value } of node.attributes) parts.push(value);
        if (node instanceof HTMLInputElement) parts.push(node.value);
        if (node.shadowRoot) collect(node.shadowRoot);
        collect(node);
      }
    };
    collect(document);
    return parts.join('\n');
  });
}
