/**
 * The mission through the real server: the host page as it is built for it, a database, mails that arrive by SMTP, and two people with
 * browsers of their own. Each row of `mission.md`, with its words; the QR code is read off a screenshot and the codes are computed by
 * packages that are not ours (jsqr, otpauth).
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { RECOVERY_CODES } from '@userflux/settings/rules';
import { URI } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { Authenticator } from '../support/authenticator.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { DESK, launch, look, PHONE, visit, type Device, type Visit } from './support/browser.js';
import { linkIn, tokenIn } from './support/mailbox.js';
import { Person, TABS } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { scan } from './support/qr.js';
import { everythingIn } from './support/record.js';
import { Secrets } from './support/secrets.js';
import { story } from './support/story.js';

const NEW_ADDRESS = 'ada@lovelace.example';
const INVITED = 'wilhelmine@example.net';
const OFFICE = '203.0.113.7';
const ELSEWHERE = '198.51.100.9';
const KEY = /uf_(?:int|dat|prd)_(?:live|test)_\w{36}/g;

let browser: Browser;
let postgres: TestPostgres | undefined;
before(async () => {
  [browser, postgres] = await Promise.all([launch(), startPostgres()]);
});
after(async () => {
  await browser.close();
  await postgres?.stop();
});

describe(`The mission through the server on SQLite, ${DESK.name}`, { concurrency: false }, () => {
  walk(DESK, () => openPlace());
});
describe(`The mission through the server on SQLite, ${PHONE.name}`, { concurrency: false }, () => {
  walk(PHONE, () => openPlace());
});
describe(`The mission through the server on PostgreSQL, ${DESK.name}`, { concurrency: false }, () => {
  walk(DESK, async () => postgres && openPlace({ databaseUrl: await postgres.createDatabase() }));
});

function walk(device: Device, begin: () => Promise<Place | undefined>): void {
  const secrets = new Secrets();
  const firstPassword = secrets.keep('the first password', 'analytical-engine-1843');
  const secondPassword = secrets.keep('the second password', 'the mill grinds what the store keeps');
  const inviteesPassword = secrets.keep("the invitee's password", 'a calculating clerk of 1822');
  let place: Place | undefined;
  let visits: Visit[] = [];
  let ada: Person;
  let page: Page;
  let phone: Authenticator;
  let copiedKey = '';
  let copiedName = '';

  const here = (): Place => {
    assert.ok(place);
    return place;
  };
  const code = (): string => secrets.keep('a one-time code', phone.code());
  /** Somebody with a browser of their own. */
  const arrive = async (path?: string): Promise<Person> => {
    const one = await visit(browser, device, here().url);
    visits.push(one);
    return Person.at(one, path);
  };

  before(async () => {
    place = await begin();
    if (!place) return;
    ada = await arrive();
    ({ page } = ada);
  });
  after(async () => {
    for (const one of visits) await one.close();
    visits = [];
    await place?.close();
  });

  const told = story();
  // Without PostgreSQL there is no place; startPostgres() has said so aloud.
  const step: typeof told = (name, work) => {
    told(name, () => (place ? work() : undefined));
  };

  step('Ada signs in on the host’s page', async () => {
    await ada.givePassword('ada@example.com', firstPassword);
    await ada.organisation('Analytical Engines Ltd').waitFor();
    const cookies = await ada.visit.context.cookies();
    assert.ok(cookies.length > 0 && cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Lax'), 'her session is a cookie that no script reads');
    for (const { name, value } of cookies) secrets.keep(`the cookie ${name}`, value);
    await secrets.assertNoneOn(ada, 'signed in');
  });

  step('1: the Organisation dropdown at the top left leads to Account Settings', async () => {
    const menu = ada.organisation('Analytical Engines Ltd');
    const box = await menu.boundingBox();
    assert.ok(box && box.x < device.width / 2 && box.y < 100, 'it stands at the top left');
    await ada.openAccountSettings();
  });

  step('2: there are four tabs', async () => {
    if (device.touch) {
      await ada.tap(ada.tabOpener());
      assert.deepEqual(await page.locator('uf-settings').getByRole('list').getByRole('link').allInnerTexts(), [...TABS]);
      await page.keyboard.press('Escape');
      await ada.tabOpener().waitFor();
    } else {
      await page.getByRole('tab', { name: 'API Keys' }).waitFor();
      assert.deepEqual(await page.getByRole('tab').allInnerTexts(), [...TABS]);
    }
    await look(page, `settings-${String(device.width)}`);
  });

  step('3: the name changes, and the address once its mailbox has confirmed it; the old one is told', async () => {
    const { mails } = here();
    await ada.write(ada.field('Your name'), 'Ada King');
    await ada.press('Save details, Your details');
    await ada.toast('Your details are saved.');
    await ada.write(ada.field('Email address'), NEW_ADDRESS);
    await ada.press('Save details, Your details');
    await ada.toast(`We sent a link to ${NEW_ADDRESS}.`);
    await ada.reads(/stays in use/);

    const mail = await mails.arrival(NEW_ADDRESS, 'Confirm your email address');
    secrets.keep('the token of the confirmation', tokenIn(mail));
    const reader = await ada.elsewhere(linkIn(mail));
    await reader.heading('Your address is confirmed').waitFor();
    await secrets.assertNoneOn(reader, 'after the confirmation');
    await reader.page.close();
    // By itself: the server tells the page.
    await ada.reads(`You are signed in as ${NEW_ADDRESS}`);
    assert.equal(await ada.field('Email address').inputValue(), NEW_ADDRESS);
    await mails.arrival('ada@example.com', 'Your account was changed', /The email address of your account was changed/);
  });

  step('4: the password changes, with a tip on strong ones', async () => {
    await ada.reads(/unique to this account, complex and long\. A password manager/);
    await ada.write(ada.password('Current password'), firstPassword);
    await ada.write(ada.password('New password'), secondPassword);
    await ada.write(ada.password('Confirm password'), secondPassword);
    await ada.press('Update password');
    await ada.toast('Your password is updated.');
    await secrets.assertNoneOn(ada, 'after the change of password');
    await here().mails.arrival(NEW_ADDRESS, 'Your account was changed', /The password of your account was changed/);
  });

  step('5: multi-factor authentication is set up by scanning the QR code', async () => {
    await ada.press('Setup Multi-factor authentication');
    const qr = page.getByRole('img', { name: /QR code/ });
    await qr.waitFor();
    const read = URI.parse(await scan(qr));
    assert.equal(read.issuer, 'UserFlux');
    assert.equal(read.label, NEW_ADDRESS);
    assert.ok('period' in read && read.secret.bytes.byteLength >= 20, 'a TOTP secret of 160 bits or more');
    phone = new Authenticator(secrets.keep('the secret of the authenticator', read.secret.base32), here().clock);
    await ada.write(ada.field('Enter your one-time code here'), code());
    await ada.press('Verify code');
    const codes = await ada.saveRecoveryCodes();
    assert.equal(new Set(codes).size, RECOVERY_CODES, 'as many ways in, should the phone be lost');
    for (const [index, one] of codes.entries()) secrets.keep(`recovery code ${String(index + 1)}`, one);
    await ada.toast('Multi-factor authentication is on.');
    await secrets.assertNoneOn(ada, 'after the set-up of MFA');
  });

  step('6: Sign out of my account; it takes the new password and a code to come back', async () => {
    await ada.press('Sign out of my account');
    await ada.heading('Sign in').waitFor();
    assert.doesNotMatch(await everythingIn(page), /Ada King|ada@lovelace\.example|Analytical/);
    await secrets.assertNoneOn(ada, 'signed out');
    await ada.givePassword(NEW_ADDRESS, firstPassword);
    await ada.reads(/do not belong together/);
    await ada.password('Password').fill(secondPassword);
    await ada.press('Sign in');
    await ada.heading('One more step').waitFor();
    await look(page, `sign-in-code-${String(device.width)}`);
    await ada.giveCode(code());
    await ada.organisation('Analytical Engines Ltd').waitFor();
    await ada.openAccountSettings();
  });

  step('7: organisation name and country change', async () => {
    await ada.openTab('Company Details');
    await ada.write(ada.field('Organisation name'), 'Analytical Engines & Daughters');
    await page.getByLabel('Country', { exact: true }).selectOption({ label: 'France' });
    await ada.press('Save details, Company Details');
    await ada.toast('The company details are saved.');
    await ada.organisation('Analytical Engines & Daughters').waitFor();
  });

  step('8: everyone invited is listed with the status of their invitation', async () => {
    await ada.openTab('Team Members');
    await page.getByRole('table', { name: 'Team members and invitations' }).waitFor();
    await ada.row(/Charles Babbage.*Admin.*Accepted/s).waitFor();
    await ada.row(/luigi\.menabrea@example\.com.*Pending/s).waitFor();
    await ada.row(/george\.peacock@example\.com.*Expired/s).waitFor();
  });

  step('9: New Invitation sends a mail; its reader joins with a browser of their own, and Ada’s list says so by itself', async () => {
    await ada.press('New Invitation');
    const dialog = ada.dialog('New Invitation');
    await ada.write(ada.field('Email address', dialog), INVITED);
    await ada.press('Send', dialog);
    await dialog.waitFor({ state: 'hidden' });
    await ada.toast(`Invitation sent to ${INVITED}.`);
    await ada.row(INVITED).getByText('Pending').waitFor();
    const loadedAt = await page.evaluate(() => performance.timeOrigin);

    const mail = await here().mails.arrival(INVITED, 'Join Analytical Engines & Daughters');
    secrets.keep('the token of the invitation', tokenIn(mail));
    const invitee = await arrive(linkIn(mail));
    await invitee.heading('Join Analytical Engines & Daughters').waitFor();
    await secrets.assertNoneOn(invitee, 'at the invitation');
    await look(invitee.page, `invitation-${String(device.width)}`);
    await invitee.tap(invitee.link('Create your account'));
    await invitee.page.getByLabel('Your name').fill('Wilhelmine');
    await invitee.password('Password').fill(inviteesPassword);
    await invitee.press('Create account');
    await invitee.press('Accept invitation');
    await invitee.reads('You have joined Analytical Engines & Daughters');
    await secrets.assertNoneOn(invitee, 'after joining');

    await ada.row('Wilhelmine').getByText('Accepted').waitFor();
    assert.equal(await page.evaluate(() => performance.timeOrigin), loadedAt, 'without a reload');
  });

  step('10 to 12: the keys stand under the warning, in three kinds, for Test and Production, hidden', async () => {
    await ada.openTab('API Keys');
    await ada.reads('Handle with care');
    await ada.reads(/Never put them in client-side code or public repositories\./);
    await page.getByText(/key ending \w{4}, hidden/).first().waitFor();
    let words = '';
    for (const kind of ['Integration API Keys', 'Data API Keys', 'Product API Keys']) {
      const group = await page.getByRole('region', { name: kind }).innerText();
      assert.match(group, /Production/);
      assert.match(group, /Test/);
      words += group;
    }
    for (const permission of ['Read-Only', 'Write-Only', 'Read and Write']) assert.ok(words.includes(permission), permission);
    assert.doesNotMatch(await everythingIn(page), KEY, 'no secret is anywhere in the page');
  });

  step('13: View API Keys asks for a code, then reveals all; one is copied, and they hide again', async () => {
    // Eleven minutes after her sign-in its code proves nothing any more.
    here().clock.advance(11 * 60);
    await ada.press('View API Keys');
    const dialog = ada.dialog('Complete MFA');
    await ada.write(ada.field('One-time code', dialog), code());
    await ada.press('Verify', dialog);
    await ada.reads('Your keys are visible');
    const shown = new Set((await everythingIn(page)).match(KEY));
    assert.equal(shown.size, 7);
    for (const secret of shown) secrets.keep(`the key ending ${secret.slice(-4)}`, secret);

    const copy = ada.button(/^Copy ?, Data API Keys, Test Read-Only/);
    await ada.tap(copy);
    await ada.button(/^Copied/).waitFor();
    copiedKey = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(shown.has(copiedKey), 'the clipboard holds one of the keys');
    copiedName = `Data API Keys, Test Read-Only key ending ${copiedKey.slice(-4)}`;

    await ada.press('Hide now');
    await ada.reads('Your keys are hidden');
    await ada.button(new RegExp(`^Anywhere ?, Source addresses ?, ${copiedName}$`)).waitFor();
    await secrets.assertNoneOn(ada, 'with the keys hidden');
  });

  step('14: the copied key opens the product’s API, until it is limited to source addresses that ours is not among', async () => {
    assert.equal((await useKey(here(), 'metrics', copiedKey, ELSEWHERE)).status, 200);
    assert.equal((await useKey(here(), 'products', copiedKey, ELSEWHERE)).reason, 'wrong-kind');

    await ada.press(new RegExp(`^Anywhere ?, Source addresses ?, ${copiedName}$`));
    const dialog = ada.dialog('Source addresses');
    await ada.tap(dialog.getByText('Specific locations', { exact: true }));
    await ada.write(ada.field('IP address or network 1', dialog), OFFICE);
    await ada.write(ada.field('Description 1', dialog), 'Office');
    await ada.press('Add address', dialog);
    await ada.write(ada.field('IP address or network 2', dialog), '2001:db8:7::/48');
    await ada.press('Save addresses', dialog);
    await ada.toast('The source addresses are saved.');
    await ada.button(new RegExp(`^2 addresses ?, Source addresses ?, ${copiedName}$`)).waitFor();

    assert.deepEqual(await useKey(here(), 'metrics', copiedKey, ELSEWHERE), { status: 403, reason: 'address-not-allowed' });
    assert.equal((await useKey(here(), 'metrics', copiedKey, OFFICE)).status, 200);
    assert.equal((await useKey(here(), 'metrics', copiedKey, '2001:db8:7::1843')).status, 200);
    await page.reload();
    await ada.button(new RegExp(`^2 addresses ?, Source addresses ?, ${copiedName}$`)).waitFor();

    await ada.press(new RegExp(`^2 addresses ?, Source addresses ?, ${copiedName}$`));
    await ada.press('Remove 2001:db8:7::/48', dialog);
    await ada.press('Save addresses', dialog);
    await ada.button(new RegExp(`^1 address ?, Source addresses ?, ${copiedName}$`)).waitFor();
    assert.equal((await useKey(here(), 'metrics', copiedKey, '2001:db8:7::1843')).reason, 'address-not-allowed');
  });

  step('went through without an error or a warning in the console, and within a strict Content-Security-Policy', () => {
    for (const { kept } of visits) {
      assert.deepEqual(kept.troubles, []);
      // Nobody is signed in yet, the password was the old one, or a code is asked for (RFC 9470).
      for (const line of kept.network) assert.match(line, /status of 401 .* \/api\/auth\/(settings\/context|settings\/api-keys\/reveal|sign-in\/email)$/);
    }
    // Of a new place, and of the old password that she tried.
    const expected = /^(Made new secrets|better-auth warn: Invalid password$)/;
    assert.deepEqual(here().lines.filter((line) => !expected.test(line)), [], 'the operator has nothing to read');
  });

  step('left no secret behind: not in a URL, the console, storage, or the page after leaving', async () => {
    await ada.openTab('Your Account');
    await ada.press('Sign out of my account');
    await ada.heading('Sign in').waitFor();
    assert.ok(secrets.count > 15, 'there were secrets to look for');
    await secrets.assertNoneOn(ada, 'in the end');
    for (const one of visits) secrets.assertNoneAround(one);
    secrets.assertNoneIn(here().network.passages.map(({ path }) => path).join('\n'), 'in the addresses that the network saw');
    secrets.assertNoneIn(here().lines.join('\n'), 'in the log');
  });
}

/** A program of the customer's, somewhere in the world, uses its key on the product's own API. */
async function useKey({ server }: Place, path: string, key: string, from: string): Promise<{ status: number; reason?: unknown }> {
  const response = await fetch(`${server.listensAt}/api/example/${path}`, { headers: { Authorization: `Bearer ${key}`, 'X-Forwarded-For': from } });
  const { reason } = (await response.json()) as { reason?: unknown };
  return { status: response.status, ...(reason !== undefined && { reason }) };
}
