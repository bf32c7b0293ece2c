/** Somebody in several organisations, through the real server: going from one to another, handing over, leaving, deleting. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { ADA_TOTP_SECRET, mfaOnWorld, severalOrganisationsWorld, type World } from '../../src/adapters/memory/index.js';
import { Authenticator } from '../support/authenticator.js';
import { DESK, launch, look, visit, type Visit } from './support/browser.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { everythingIn } from './support/record.js';

const ADA = { email: 'ada@example.com', password: 'analytical-engine-1843' };
const CHARLES = { email: 'charles@example.com', password: 'difference-engine-1822' };
const ENGINES = 'Analytical Engines Ltd';
const WORKS = 'Difference Works AB';
const MILLS = 'Jacquard Weaving Mills SARL';

/** Ada has MFA, and owns the mills beside Charles. */
function world(): World {
  const several = severalOrganisationsWorld();
  const withMfa = mfaOnWorld().people.find(({ email }) => email === ADA.email);
  several.people = several.people.map((person) => (person.email === ADA.email && withMfa ? withMfa : person));
  for (const { name, members } of several.organisations) {
    if (name === MILLS) for (const member of members) member.role = 'owner';
  }
  return several;
}

describe('Organisations', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let authenticator: Authenticator;
  const visits: Visit[] = [];

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world: world() })]);
    authenticator = new Authenticator(ADA_TOTP_SECRET, place.clock);
  });
  after(async () => {
    await browser.close();
    await place.close();
  });

  async function at({ email, password }: typeof ADA): Promise<Person> {
    const one = await visit(browser, DESK, place.url);
    visits.push(one);
    const person = await Person.at(one);
    await person.givePassword(email, password);
    if (email === ADA.email) await person.giveCode(authenticator.code());
    await person.openAccountSettings();
    return person;
  }

  async function go(person: Person, from: string, to: string): Promise<void> {
    await person.tap(person.organisation(from));
    await person.tap(person.button(new RegExp(`^${to}`)));
    await person.organisation(to).waitFor();
  }

  async function prove(person: Person): Promise<void> {
    const dialog = person.dialog('Complete MFA');
    await dialog.waitFor();
    await person.write(person.field('One-time code', dialog), authenticator.code());
    await person.press('Verify', dialog);
    await dialog.waitFor({ state: 'hidden' });
  }

  let ada: Person;

  it('switching takes every widget along, asks first for what is unsaved, and shows nothing of where one was', async () => {
    ada = await at(ADA);
    await ada.openTab('Company Details');
    await ada.write(ada.field('Organisation name'), 'Not meant for Stockholm');
    await ada.tap(ada.organisation(ENGINES));
    await ada.tap(ada.button(new RegExp(`^${WORKS}`)));
    await ada.reads(`You have unsaved changes to ${ENGINES}. They are lost when you switch.`);
    await look(ada.page, 'switch-unsaved');
    await ada.press('Discard and switch');
    await ada.organisation(WORKS).waitFor();
    await ada.reads('Sweden');
    assert.equal(await ada.page.getByRole('tab', { name: 'API Keys', exact: true }).count(), 0);
    assert.doesNotMatch(await everythingIn(ada.page), /Not meant for Stockholm|charles@example\.com/);
    await look(ada.page, 'switched');
    await ada.page.reload();
    await ada.organisation(WORKS).waitFor();
    await go(ada, WORKS, ENGINES);
  });

  it('ownership goes to somebody whom she finds by search; both hear of it, and the other can do it at once', async () => {
    const charles = await at(CHARLES);
    await charles.openTab('Company Details');
    await charles.button('Leave organisation').waitFor();
    assert.equal(await charles.button('Delete organisation').count(), 0);

    await ada.openTab('Company Details');
    await ada.reads('You are its only owner. Transfer ownership first, or delete the organisation.');
    await ada.press('Transfer ownership');
    const dialog = ada.dialog(`Transfer ownership of ${ENGINES}`);
    await dialog.getByRole('searchbox', { name: 'Search members' }).fill('babbage');
    await dialog.getByRole('radio', { name: 'Charles Babbage' }).check();
    await look(ada.page, 'transfer');
    await ada.press('Transfer ownership', dialog);
    await prove(ada);
    await ada.toast(`Charles Babbage is an owner of ${ENGINES} now. You are an admin.`);
    await charles.button('Delete organisation').waitFor();
    await place.mails.arrival(CHARLES.email, `You are now an owner of ${ENGINES}`);
    await place.mails.arrival(ADA.email, `You handed over ${ENGINES}`);
  });

  it('then she may leave, and stands in her next organisation', async () => {
    await ada.press('Leave organisation');
    const question = ada.page.getByRole('alertdialog', { name: `Leave ${ENGINES}?` });
    await ada.press('Leave organisation', question);
    await ada.toast(`You have left ${ENGINES}.`);
    await ada.organisation(WORKS).waitFor();
    assert.doesNotMatch(await everythingIn(ada.page), new RegExp(CHARLES.email.replaceAll('.', '\\.')));
    await ada.tap(ada.organisation(WORKS));
    await ada.button(new RegExp(`^${MILLS}`)).waitFor();
    assert.equal(await ada.button(new RegExp(`^${ENGINES}`)).count(), 0);
    await ada.page.keyboard.press('Escape');
  });

  it('what she owns she deletes by typing its name; the other owner hears of it, and is out', async () => {
    await go(ada, WORKS, MILLS);
    await ada.openTab('Company Details');
    await ada.press('Delete organisation');
    const question = ada.page.getByRole('alertdialog', { name: `Delete ${MILLS}?` });
    await ada.write(ada.field('Type the name of the organisation to confirm', question), MILLS);
    await look(ada.page, 'delete-organisation');
    await ada.press('Delete organisation', question);
    await ada.toast(`${MILLS} is deleted.`);
    await ada.organisation(WORKS).waitFor();
    await place.mails.arrival(CHARLES.email, `${MILLS} was deleted`);
    const { db } = place.server.database;
    assert.equal((await db.selectFrom('organization').select('id').where('name', '=', MILLS).execute()).length, 0);
    for (const { context, kept } of visits) {
      await context.close();
      assert.deepEqual(kept.troubles, []);
    }
  });
});
