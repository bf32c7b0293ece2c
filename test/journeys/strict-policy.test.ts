/**
 * The whole journey under the strictest policy that the docs promise to be enough (W2): enforced by the server, and once more by a policy that only
 * reports, whose reports the network between browser and server collects as an operator would.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import { demoWorld } from '@userflux/settings/adapters/memory';
import { URI } from 'otpauth';
import { PNG } from 'pngjs';
import type { Browser, Locator, Page } from 'playwright-core';
import { Authenticator } from '../support/authenticator.js';
import { DESK, launch, visit, type Visit } from './support/browser.js';
import { linkIn } from './support/mailbox.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { scan } from './support/qr.js';
import { story } from './support/story.js';

const ADA = { email: 'ada@example.com', password: 'analytical-engine-1843' };
const NEW_PASSWORD = 'the mill grinds what the store keeps';
const INVITED = 'wilhelmine@example.net';
const W2 = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";

const directivesOf = (policy: string): Map<string, string> => new Map(policy.split(';').map((part) => part.trim()).map((part) => [part.split(' ')[0] ?? '', part]));

/** A picture of one colour, wider than high. */
function picture(): Buffer {
  const png = new PNG({ width: 640, height: 400 });
  png.data.fill(180);
  return PNG.sync.write(png);
}

describe('The whole journey under a strict Content-Security-Policy and Trusted Types', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let visited: Visit;
  let ada: Person;
  let page: Page;
  let phone: Authenticator;

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world: demoWorld() })]);
    place.network.watchPolicy(W2);
    visited = await visit(browser, DESK, place.url);
    ada = await Person.at(visited);
    ({ page } = ada);
  });
  after(async () => {
    await browser.close();
    await place.close();
  });

  async function prove(): Promise<void> {
    const dialog = ada.dialog('Complete MFA');
    await dialog.waitFor();
    place.clock.advance(30);
    await ada.write(ada.field('One-time code', dialog), phone.code());
    await ada.press('Verify', dialog);
    await dialog.waitFor({ state: 'hidden' });
  }

  async function downloaded(button: Locator): Promise<{ name: string; text: string }> {
    const [download] = await Promise.all([page.waitForEvent('download'), ada.tap(button)]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  }

  async function crop(change: string, title: string, saved: string): Promise<void> {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), ada.press(change)]);
    await chooser.setFiles({ name: 'picture.png', mimeType: 'image/png', buffer: picture() });
    const dialog = ada.dialog(title);
    await dialog.waitFor();
    await ada.press('Save picture', dialog);
    await dialog.waitFor({ state: 'hidden' });
    await ada.toast(saved);
  }

  const step = story();

  step('the server allows no more than the policy of the docs', async () => {
    const policy = directivesOf((await fetch(place.url)).headers.get('content-security-policy') ?? '');
    for (const [name, directive] of directivesOf(W2)) assert.equal(policy.get(name), directive);
    for (const [name, directive] of policy) assert.match(directive, /^[\w-]+ ('none'|'self'|'script'|lit-html)$/, name);
  });

  step('Ada signs in, and takes another password', async () => {
    await ada.givePassword(ADA.email, ADA.password);
    await ada.openAccountSettings();
    await ada.write(ada.password('Current password'), ADA.password);
    await ada.write(ada.password('New password'), NEW_PASSWORD);
    await ada.write(ada.password('Confirm password'), NEW_PASSWORD);
    await ada.press('Update password');
    await ada.toast('Your password is updated.');
  });

  step('sets up MFA by its QR code; the recovery codes are copied, printed and downloaded', async () => {
    await ada.press('Setup Multi-factor authentication');
    const qr = page.getByRole('img', { name: /QR code/ });
    await qr.waitFor();
    const read = URI.parse(await scan(qr));
    assert.ok('period' in read);
    phone = new Authenticator(read.secret.base32, place.clock);
    await ada.write(ada.field('Enter your one-time code here'), phone.code());
    await ada.press('Verify code');
    const dialog = ada.dialog('Save your recovery codes');
    await ada.press('Copy all', dialog);
    const codes = await dialog.getByRole('listitem').allInnerTexts();
    // The print dialog of the browser is none of the page's: what it would print is looked at instead.
    await page.evaluate(() => {
      window.print = () => void dispatchEvent(new Event('beforeprint'));
    });
    await ada.press('Print', dialog);
    await page.emulateMedia({ media: 'print' });
    assert.ok((await page.locator('#uf-paper').innerText()).includes(codes[0] ?? '-'));
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    const file = await downloaded(ada.button('Download .txt', dialog));
    assert.match(file.name, /^recovery-codes.*\.txt$/);
    for (const code of codes) assert.ok(file.text.includes(code));
    await ada.saveRecoveryCodes();
    await ada.toast('Multi-factor authentication is on.');
  });

  step('adds a passkey, and takes it away again', async () => {
    const devTools = await visited.context.newCDPSession(page);
    await devTools.send('WebAuthn.enable');
    await devTools.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await ada.press('Add a passkey');
    const dialog = ada.dialog('Add a passkey');
    await ada.write(ada.field('Name', dialog), 'Workshop');
    await ada.press('Continue', dialog);
    await ada.toast('Passkey added.');
    await ada.press('Remove, Workshop');
    await ada.press('Remove', page.getByRole('alertdialog', { name: 'Remove the passkey Workshop?' }));
    await ada.toast('Passkey removed.');
  });

  step('crops a picture of herself and one for the company, and saves the company', async () => {
    await crop('Change picture', 'Choose what your picture shows', 'Your picture is saved.');
    await ada.openTab('Company Details');
    await crop('Change logo', 'Choose what the logo shows', 'The logo is saved.');
    await page.waitForFunction(() => [...document.querySelectorAll('uf-settings')].flatMap((one) => [...(one.shadowRoot?.querySelectorAll('img') ?? [])]).some((image) => image.naturalWidth > 0));
    await ada.write(ada.field('Organisation name'), 'Analytical Engines & Daughters');
    await ada.press('Save details, Company Details');
    await ada.toast('The company details are saved.');
    await ada.press('Delete organisation');
    await page.getByRole('alertdialog', { name: /^Delete Analytical Engines/ }).waitFor();
    await page.keyboard.press('Escape');
  });

  step('invites one and several, and takes the team along as a CSV file', async () => {
    await ada.openTab('Team Members');
    await ada.row(/Charles Babbage/).waitFor();
    await ada.press('New Invitation');
    const dialog = ada.dialog('New Invitation');
    await ada.write(ada.field('Email address', dialog), INVITED);
    await ada.press('Send', dialog);
    await ada.toast(`Invitation sent to ${INVITED}.`);
    await ada.press('New Invitation');
    await ada.press('Invite many', dialog);
    const many = ada.dialog('Invite many');
    await ada.write(ada.field('Email addresses', many), 'anna@example.net, bert@example.net,');
    await ada.press('Send 2 invitations', many);
    await ada.press('Done', page.getByRole('dialog').filter({ visible: true }));
    const file = await downloaded(ada.button('Export'));
    assert.match(file.text, new RegExp(INVITED));
  });

  step('reads the invitation as the one who got it', async () => {
    const guest = await visit(browser, DESK, place.url);
    const invitee = await Person.at(guest, linkIn(await place.mails.arrival(INVITED, 'Join Analytical Engines & Daughters')));
    await invitee.heading('Join Analytical Engines & Daughters').waitFor();
    assert.deepEqual(guest.kept.troubles, []);
    await guest.context.close();
  });

  step('sees her keys after a proof, makes one, and looks at what it may do', async () => {
    await ada.openTab('API Keys');
    place.clock.advance(11 * 60);
    await ada.press('View API Keys');
    await prove();
    await ada.reads('Your keys are visible');
    await ada.press('Hide now');
    await ada.press('Create API key');
    const dialog = ada.dialog('Create API key');
    await ada.write(ada.field('Name', dialog), 'Nightly export');
    await ada.press('Create key', dialog);
    const made = ada.dialog('Your new API key');
    await ada.press('Copy key', made);
    await ada.press('Done', made);
    await made.waitFor({ state: 'hidden' });
  });

  step('takes another language, right to left, another time zone and another theme', async () => {
    await ada.openTab('Your Account');
    await page.getByLabel('Time zone', { exact: true }).selectOption('Asia/Jerusalem');
    await page.getByLabel('Language', { exact: true }).selectOption('he');
    await ada.press('Save preferences');
    await page.locator('uf-settings').getByText('סיסמה').first().waitFor();
    await ada.tap(page.locator('.demo summary'));
    for (const theme of ['Dark', 'Light']) {
      await page.getByRole('radio', { name: theme, exact: true }).check();
      await page.waitForFunction((value) => document.documentElement.dataset['theme'] === value, theme.toLowerCase());
    }
  });

  step('and nothing was blocked nor reported; what is not allowed would have been, by both', async () => {
    assert.deepEqual(visited.kept.troubles, []);
    assert.deepEqual(place.network.reports, []);
    const refused = await page.evaluate(() => {
      document.body.setAttribute('style', 'color: red');
      try {
        document.createElement('div').innerHTML = '<p>';
        return false;
      } catch {
        return true;
      }
    });
    assert.ok(refused, 'a string is no markup under Trusted Types');
    // Both come by a way of their own, after the page has gone on.
    const troubles = (): string => visited.kept.troubles.join('\n');
    while (place.network.reports.length < 2 || !troubles().includes('style-src-attr')) await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    assert.deepEqual([...place.network.reports].sort(), ['require-trusted-types-for trusted-types-sink', 'style-src-attr inline']);
    assert.match(troubles(), /require-trusted-types-for/);
  });
});
