/**
 * The mission, walked as a person walks it: every step of `mission.md`, on the host page of the demo, with words and not ids. The QR
 * code is read off a screenshot and the codes are computed by packages that are not ours (jsqr, otpauth).
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { RECOVERY_CODES } from '@userflux/settings/rules';
import { URI, type TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { DESK, PHONE, visitMemory, type Device, type Visit } from './support/browser.js';
import { Person, TABS } from './support/person.js';
import { scan } from './support/qr.js';
import { everythingIn } from './support/record.js';
import { story } from './support/story.js';

const NEW_PASSWORD = 'the mill grinds what the store keeps';
const INVITED = 'wilhelmine@example.net';
const INVITED_PASSWORD = 'a calculating clerk of 1822';

for (const device of [DESK, PHONE]) {
  describe(`The mission, ${device.name}`, { concurrency: false }, () => {
    walk(device);
  });
}

function walk(device: Device): void {
  let visit: Visit;
  let ada: Person;
  let page: Page;
  let phone: TOTP;

  /** Time in which the authenticator shows another code. */
  async function laterBy(minutes: number): Promise<void> {
    await visit.context.clock.fastForward(minutes * 60_000);
  }

  /** What the authenticator app shows while the page's clock says what it says. */
  async function code(): Promise<string> {
    return phone.generate({ timestamp: await page.evaluate(() => Date.now()) });
  }

  before(async () => {
    visit = await visitMemory(device);
    ada = await Person.at(visit);
    ({ page } = ada);
  });
  after(async () => {
    await visit.close();
  });

  const step = story();

  step('1: the Organisation dropdown at the top left leads to Account Settings', async () => {
    const menu = ada.button(/^Organisation: Analytical Engines Ltd$/);
    await menu.waitFor();
    const box = await menu.boundingBox();
    assert.ok(box && box.x < device.width / 2 && box.y < 100, 'it stands at the top left');
    assert.equal(await menu.getAttribute('aria-expanded'), 'false');
    await ada.tap(menu);
    await ada.tap(page.getByRole('link', { name: 'Account Settings', exact: true }));
    await page.getByRole('heading', { name: 'Account Settings', exact: true }).waitFor();
  });

  step('2: there are four tabs', async () => {
    if (device.touch) {
      await ada.tap(ada.tabOpener());
      const links = page.locator('uf-settings').getByRole('list').getByRole('link');
      assert.deepEqual(await links.allInnerTexts(), [...TABS]);
      await page.keyboard.press('Escape');
      await ada.tabOpener().waitFor();
    } else {
      await page.getByRole('tab', { name: 'API Keys' }).waitFor();
      assert.deepEqual(await page.getByRole('tab').allInnerTexts(), [...TABS]);
      assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'Your Account');
    }
  });

  step('3: name and email address change, with a confirmation in the top-right corner', async () => {
    await ada.write(ada.field('Your name'), 'Ada King');
    await ada.tap(ada.button('Save details, Your details'));
    await ada.toast('Your details are saved.');
    await ada.write(ada.field('Email address'), 'ada@lovelace.example');
    await ada.tap(ada.button('Save details, Your details'));
    await ada.toast('We sent a link to ada@lovelace.example.');
    await page.getByText('stays in use').waitFor();

    const mail = await visit.open('#/outbox');
    await ada.tap(mail.getByRole('link', { name: /Confirm your email address.*ada@lovelace\.example/s }));
    await ada.tap(mail.getByRole('link', { name: 'Confirm the address' }));
    await mail.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
    await mail.close();
    await page.getByText('You are signed in as ada@lovelace.example').waitFor();
    assert.equal(await ada.field('Email address').inputValue(), 'ada@lovelace.example');
  });

  step('4: the password changes, with a tip on strong ones', async () => {
    await page.getByText('unique to this account, complex and long. A password manager').waitFor();
    await ada.write(ada.password('Current password'), 'analytical-engine-1843');
    await ada.write(ada.password('New password'), NEW_PASSWORD);
    await ada.write(ada.password('Confirm password'), NEW_PASSWORD);
    await ada.tap(ada.button('Update password'));
    await ada.toast('Your password is updated.');
  });

  step('5: multi-factor authentication is set up by scanning the QR code', async () => {
    await ada.tap(ada.button('Setup Multi-factor authentication'));
    const qr = page.getByRole('img', { name: /QR code/ });
    await qr.waitFor();
    const read = URI.parse(await scan(qr));
    assert.equal(read.issuer, 'UserFlux');
    assert.equal(read.label, 'ada@lovelace.example');
    assert.ok('period' in read && read.secret.bytes.byteLength >= 20, 'a TOTP secret of 160 bits or more');
    phone = read;
    await ada.write(ada.field('Enter your one-time code here'), await code());
    await ada.tap(ada.button('Verify code'));
    const codes = await ada.saveRecoveryCodes();
    assert.equal(new Set(codes).size, RECOVERY_CODES, 'as many ways in, should the phone be lost');
    await ada.toast('Multi-factor authentication is on.');
    await page.getByText('Multi-factor authentication is on', { exact: true }).waitFor();
  });

  step('7: organisation name and country change', async () => {
    await ada.openTab('Company Details');
    await ada.write(ada.field('Organisation name'), 'Analytical Engines & Daughters');
    await page.getByLabel('Country', { exact: true }).selectOption({ label: 'France' });
    await ada.tap(ada.button('Save details, Company Details'));
    await ada.toast('The company details are saved.');
    await ada.button(/^Organisation: Analytical Engines & Daughters$/).waitFor();
  });

  step('8: everyone invited is listed with the status of their invitation', async () => {
    await ada.openTab('Team Members');
    const table = page.getByRole('table', { name: 'Team members and invitations' });
    await table.getByRole('row', { name: /Charles Babbage.*Admin.*Accepted/s }).waitFor();
    await table.getByRole('row', { name: /luigi\.menabrea@example\.com.*Pending/s }).waitFor();
    await table.getByRole('row', { name: /george\.peacock@example\.com.*Expired/s }).waitFor();
  });

  step('9: New Invitation sends a mail, and its reader joins: Accepted shows in the list', async () => {
    await ada.tap(ada.button('New Invitation'));
    const dialog = page.getByRole('dialog', { name: 'New Invitation' });
    await ada.write(ada.field('Email address', dialog), INVITED);
    await ada.tap(ada.button('Send', dialog));
    await dialog.waitFor({ state: 'hidden' });
    await ada.toast(`Invitation sent to ${INVITED}.`);
    const row = page.getByRole('row', { name: new RegExp(INVITED.replace('.', '\\.')) });
    await row.getByText('Pending').waitFor();

    const outbox = await visit.open('#/outbox');
    await ada.tap(outbox.getByRole('link', { name: new RegExp(`Join Analytical Engines & Daughters.*${INVITED}`, 's') }));
    const link = await outbox.getByRole('link', { name: 'Open the invitation' }).getAttribute('href');
    await outbox.close();

    // The invitee's own tab, where nobody is signed in.
    const invitee = await visit.open(link ?? '');
    await invitee.getByRole('heading', { name: 'Join Analytical Engines & Daughters' }).waitFor();
    assert.doesNotMatch(invitee.url(), /invitation=/, 'the token has left the address');
    await ada.tap(invitee.getByRole('link', { name: 'Create your account' }));
    await invitee.getByLabel('Your name').fill('Wilhelmine');
    await invitee.getByLabel('Password', { exact: true }).fill(INVITED_PASSWORD);
    await ada.tap(ada.button('Create account', invitee));
    await ada.tap(ada.button('Accept invitation', invitee));
    await invitee.getByText('You have joined Analytical Engines & Daughters', { exact: true }).first().waitFor();
    await invitee.close();

    await page.getByRole('row', { name: /Wilhelmine/ }).getByText('Accepted').waitFor();
  });

  step('10 to 12: the keys stand under the warning, in three kinds, for Test and Production, hidden', async () => {
    await ada.openTab('API Keys');
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
    await ada.tap(ada.button('View API Keys'));
    const dialog = page.getByRole('dialog', { name: 'Complete MFA' });
    await ada.write(ada.field('One-time code', dialog), await code());
    await ada.tap(ada.button('Verify', dialog));
    await page.getByText('Your keys are visible', { exact: true }).waitFor();
    const secrets = new Set<string>((await everythingIn(page)).match(/uf_(int|dat|prd)_(live|test)_\w{36}/g));
    assert.equal(secrets.size, 7);

    const copies = page.getByRole('button', { name: /^Copy ?, / });
    assert.equal(await copies.count(), 7);
    const name = (await copies.nth(2).getAttribute('aria-label')) ?? (await copies.nth(2).textContent()) ?? '';
    await ada.tap(copies.nth(2));
    await page.getByRole('button', { name: /^Copied/ }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(secrets.has(copied), 'the clipboard holds one of the keys');
    assert.ok(name.trim().endsWith(copied.slice(-4)), `and it is the one that its button names: ${name}`);

    await ada.tap(ada.button('Hide now'));
    await page.getByText('Your keys are hidden', { exact: true }).waitFor();
    assert.doesNotMatch(await everythingIn(page), /uf_(int|dat|prd)_(live|test)_\w{20}/);
  });

  step('14: a key is limited to source addresses, which outlive a reload', async () => {
    const opened = page.getByRole('button', { name: /^Anywhere ?, Source addresses, Data API Keys, Test/ });
    await ada.tap(opened);
    const dialog = page.getByRole('dialog', { name: 'Source addresses' });
    await ada.tap(dialog.getByText('Specific locations', { exact: true }));
    await ada.write(ada.field('IP address or network 1', dialog), '203.0.113.7');
    await ada.write(ada.field('Description 1', dialog), 'Office');
    await ada.tap(ada.button('Add address', dialog));
    await ada.write(ada.field('IP address or network 2', dialog), '2001:db8:7::/48');
    await ada.tap(ada.button('Save addresses', dialog));
    await ada.toast('The source addresses are saved.');
    await page.getByRole('button', { name: /^2 addresses ?, Source addresses, Data API Keys, Test/ }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: /^2 addresses ?, Source addresses, Data API Keys, Test/ }).waitFor();
  });

  step('6: Sign out of my account ends it, and only the new password with a code opens it again', async () => {
    await ada.openTab('Your Account');
    await ada.tap(ada.button('Sign out of my account'));
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.doesNotMatch(await everythingIn(page), /Ada King|ada@lovelace\.example/);
    await page.getByLabel('Email address').fill('ada@lovelace.example');
    await page.getByLabel('Password', { exact: true }).fill('analytical-engine-1843');
    await ada.tap(ada.button('Sign in'));
    await page.getByText('do not belong together').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
    await ada.tap(ada.button('Sign in'));
    await laterBy(1);
    await page.getByLabel('Enter your one-time code here').fill(await code());
    await ada.tap(ada.button('Sign in'));
    await ada.button(/^Organisation: Analytical Engines & Daughters$/).waitFor();
  });

  step('went through without an error in the console, unseen or seen, and within a strict Content-Security-Policy', () => {
    assert.deepEqual([...visit.kept.troubles, ...visit.kept.network], []);
  });
}
