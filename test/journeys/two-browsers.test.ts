/** Two people at once, each with a browser of their own, through the real server: what one does while the other is in the middle of something. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ADA_TOTP_SECRET, demoWorld, type World } from '@userflux/settings/adapters/memory';
import type { Browser } from 'playwright-core';
import { Authenticator } from '../support/authenticator.js';
import { DESK, launch, look, PHONE, visit, type Device, type Visit } from './support/browser.js';
import { linkIn } from './support/mailbox.js';
import { Person, type Tab } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { everythingIn } from './support/record.js';

const ADA = { email: 'ada@example.com', password: 'analytical-engine-1843' };
const CHARLES = { email: 'charles@example.com', password: 'difference-engine-1822' };
const MARY = { email: 'mary@example.com', password: 'physical-sciences-1834' };
const INVITED = 'wilhelmine@example.net';

/** The demo world, but Charles has an authenticator app. */
function world(): World {
  const demo = demoWorld();
  return { ...demo, people: demo.people.map((person) => (person.email === CHARLES.email ? { ...person, totpSecret: ADA_TOTP_SECRET } : person)) };
}

describe('Two browsers at once', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let app: Authenticator;
  const visits: Visit[] = [];

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world: world() })]);
    app = new Authenticator(ADA_TOTP_SECRET, place.clock);
  });
  after(async () => {
    await browser.close();
    await place.close();
  });

  async function arrive(device: Device, path?: string): Promise<Person> {
    const one = await visit(browser, device, place.url);
    visits.push(one);
    return Person.at(one, path);
  }

  /** Ada, in a browser of this test alone, where she came for a tab of the settings. */
  async function adaAt(tab: Tab, { device = DESK, password = ADA.password } = {}): Promise<Person> {
    const ada = await arrive(device);
    await ada.givePassword(ADA.email, password);
    await ada.openAccountSettings();
    if (tab !== 'Your Account') await ada.openTab(tab);
    return ada;
  }

  async function charlesAt(tab: Tab, device: Device = DESK): Promise<Person> {
    const charles = await arrive(device);
    await charles.givePassword(CHARLES.email, CHARLES.password);
    await charles.giveCode(app.code());
    await charles.openAccountSettings();
    await charles.openTab(tab);
    return charles;
  }

  const nameOfCompany = async (): Promise<string | undefined> => (await place.server.database.db.selectFrom('organization').select('name').executeTakeFirst())?.name;

  async function leave(...people: Person[]): Promise<void> {
    for (const { visit: one } of people) {
      await one.context.close();
      assert.deepEqual(one.kept.troubles, []);
    }
  }

  it('a stale save shows both values, and the person chooses: theirs, or ours knowingly over theirs', async () => {
    const [ada, charles] = [await adaAt('Company Details'), await charlesAt('Company Details', PHONE)];
    await ada.write(ada.field('Organisation name'), 'Lovelace Engines');

    await charles.write(charles.field('Organisation name'), 'Babbage Engines');
    await charles.press('Save details, Company Details');
    await charles.toast('The company details are saved.');
    // The server tells Ada's page; what she typed stays.
    await ada.organisation('Babbage Engines').waitFor();
    assert.equal(await ada.field('Organisation name').inputValue(), 'Lovelace Engines');

    await ada.press('Save details, Company Details');
    await ada.reads('Somebody changed this while you were editing');
    await ada.reads('Lovelace Engines');
    await ada.reads('Babbage Engines');
    assert.equal(await nameOfCompany(), 'Babbage Engines', 'nothing is overwritten unasked');
    await look(ada.page, 'conflict');
    await ada.press('Take theirs');
    await ada.page.getByText('Somebody changed this while you were editing').waitFor({ state: 'hidden' });
    assert.equal(await ada.field('Organisation name').inputValue(), 'Babbage Engines');

    await ada.write(ada.field('Organisation name'), 'Lovelace & Babbage');
    await charles.page.getByLabel('Country', { exact: true }).selectOption({ label: 'Italy' });
    await charles.press('Save details, Company Details');
    await charles.toast('The company details are saved.');
    await ada.press('Save details, Company Details');
    await ada.press('Keep mine');
    await ada.toast('The company details are saved.');
    assert.equal(await nameOfCompany(), 'Lovelace & Babbage');
    await charles.organisation('Lovelace & Babbage').waitFor();
    await leave(ada, charles);
  });

  it('a role that is lost in the middle: the next action says so in words, and shows no key', async () => {
    const charles = await charlesAt('API Keys');
    await charles.page.getByText(/key ending \w{4}, hidden/).first().waitFor();
    await changeRole(place, CHARLES.email, 'member');

    await charles.press('View API Keys');
    await charles.reads(/You may not do this any more\. Ask an owner of your organisation\.|Only an owner or an admin can see API keys\./);
    await look(charles.page, 'role-lost');
    assert.doesNotMatch(await everythingIn(charles.page), /uf_(int|dat|prd)_(live|test)_\w{20}/);

    // Next time there is no such tab, and the rest is there to read.
    await charles.page.reload();
    await charles.page.getByRole('tab', { name: 'Company Details', exact: true }).waitFor();
    assert.equal(await charles.page.getByRole('tab', { name: 'API Keys', exact: true }).count(), 0);
    await charles.openTab('Company Details');
    await charles.reads('Only an owner or an admin can change these details.');
    await changeRole(place, CHARLES.email, 'admin');
    await leave(charles);
  });

  it('a session that is ended elsewhere: the page says so by itself, and keeps what was typed for the same person', async () => {
    const [atDesk, onPhone] = [await adaAt('Your Account'), await adaAt('Your Account', { device: PHONE })];
    await onPhone.write(onPhone.field('Your name'), 'Augusta Ada King');
    const newPassword = 'the mill grinds what the store keeps';
    await atDesk.write(atDesk.password('Current password'), ADA.password);
    await atDesk.write(atDesk.password('New password'), newPassword);
    await atDesk.write(atDesk.password('Confirm password'), newPassword);
    assert.ok(await atDesk.page.getByLabel('Sign out other sessions', { exact: true }).isChecked());
    await atDesk.press('Update password');
    await atDesk.toast('Your password is updated.');

    await onPhone.reads('You are signed out');
    await look(onPhone.page, 'signed-out');
    assert.doesNotMatch(await everythingIn(onPhone.page), /ada@example\.com/);
    await onPhone.tap(onPhone.link('Sign in'));
    await onPhone.givePassword(ADA.email, ADA.password);
    await onPhone.reads(/do not belong together/);
    await onPhone.password('Password').fill(newPassword);
    await onPhone.press('Sign in');
    await onPhone.heading('Account Settings').waitFor();
    assert.equal(await onPhone.field('Your name').inputValue(), 'Augusta Ada King');
    await onPhone.press('Save details, Your details');
    await onPhone.toast('Your details are saved.');
    // And the session that ended the other one goes on, and hears of it.
    await atDesk.page.waitForFunction(() => document.querySelector('uf-settings')?.shadowRoot?.querySelector<HTMLInputElement>('#profile-name')?.value === 'Augusta Ada King');

    // Somebody else at the same phone gets nothing of it.
    await onPhone.write(onPhone.field('Your name'), 'Not for Mary');
    await place.server.database.db.deleteFrom('session').where('userId', 'in', place.server.database.db.selectFrom('user').select('id').where('email', '=', ADA.email)).execute();
    await onPhone.press('Save details, Your details');
    await onPhone.reads('You are signed out');
    await onPhone.tap(onPhone.link('Sign in'));
    await onPhone.givePassword(MARY.email, MARY.password);
    await onPhone.heading('Account Settings').waitFor();
    await onPhone.page.waitForFunction(() => document.querySelector('uf-settings')?.shadowRoot?.querySelector<HTMLInputElement>('#profile-name')?.value === 'Mary Somerville');
    assert.doesNotMatch(await everythingIn(onPhone.page), /Not for Mary|Augusta/);
    await leave(atDesk, onPhone);
  });

  it('an invitation that is revoked while its reader has it open does not work any more, and says so', async () => {
    const ada = await adaAt('Team Members', { password: 'the mill grinds what the store keeps' });
    await invite(ada);
    const stranger = await arrive(DESK, linkIn(await place.mails.arrival(INVITED, 'Join Lovelace & Babbage')));
    await stranger.tap(stranger.link('Create your account'));
    await stranger.page.getByLabel('Your name').fill('Wilhelmine');
    await stranger.password('Password').fill('a calculating clerk of 1822');
    await stranger.press('Create account');
    await stranger.button('Accept invitation').waitFor();

    await ada.press(`More, ${INVITED}`);
    await ada.press(`Revoke…, ${INVITED}`);
    await ada.press('Revoke', ada.page.getByRole('alertdialog'));
    await ada.toast(`The invitation of ${INVITED} is revoked.`);

    await stranger.press('Accept invitation');
    await stranger.reads('This invitation does not work any more');
    await look(stranger.page, 'invitation-revoked');
    assert.equal(await stranger.button('Accept invitation').count(), 0);
    assert.equal(await ada.row(INVITED).count(), 0);
    assert.equal(await ada.row('Wilhelmine').count(), 0);
    const { db } = place.server.database;
    assert.deepEqual(await db.selectFrom('member').innerJoin('user', 'user.id', 'member.userId').select('user.email').where('user.email', '=', INVITED).execute(), []);
    await leave(ada, stranger);
  });

  it('all that a browser wrote into its console is that the server refused what it should', () => {
    for (const { kept } of visits) for (const line of kept.network) assert.match(line, /status of (401|403|404|412) /);
  });

  async function invite(ada: Person): Promise<void> {
    await ada.press('New Invitation');
    await ada.write(ada.field('Email address', ada.dialog('New Invitation')), INVITED);
    await ada.press('Send', ada.dialog('New Invitation'));
    await ada.row(INVITED).getByText('Pending').waitFor();
  }
});

/** As an owner at another server process would, or a support engineer: no page is told. */
async function changeRole({ server }: Place, email: string, role: string): Promise<void> {
  const { db } = server.database;
  await db.updateTable('member').set({ role }).where('userId', 'in', db.selectFrom('user').select('id').where('email', '=', email)).execute();
}
