/** The end of an account, through the real server: not of an only owner; typed, proven, and then nothing of the person is left. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { demoWorld } from '@userflux/settings/adapters/memory';
import type { Browser, Locator } from 'playwright-core';
import { DESK, launch, look, PHONE, visit, type Device } from './support/browser.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { everythingIn } from './support/record.js';
import { story } from './support/story.js';

const ADA = { email: 'ada@example.com', password: 'analytical-engine-1843' };
const MARY = { email: 'mary@example.com', password: 'physical-sciences-1834' };

describe('Delete account', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let mary: Person;
  let elsewhere: Person;
  const step = story();

  async function at({ email, password }: typeof ADA, device: Device = DESK): Promise<Person> {
    const person = await Person.at(await visit(browser, device, place.url));
    await person.givePassword(email, password);
    await person.openAccountSettings();
    return person;
  }

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world: demoWorld() })]);
  });
  after(async () => {
    await browser.close();
    await place.close();
  });

  const question = (): Locator => mary.page.getByRole('alertdialog', { name: `Delete the account of ${MARY.email}?` });
  const rowsOf = async (table: 'session' | 'account' | 'member', userId: string): Promise<number> => (await place.server.database.db.selectFrom(table).select('id').where('userId', '=', userId).execute()).length;

  step('an only owner reads why not, and what to do, instead of a button', async () => {
    const ada = await at(ADA);
    await ada.reads(/^You are the only owner of/);
    await ada.reads('Make somebody else an owner first, or delete the organisation. Then you can delete your account.');
    assert.equal(await ada.button('Delete my account').count(), 0);
    await look(ada.page, 'delete-account-blocked');
    await ada.visit.close();
    assert.deepEqual(ada.visit.kept.troubles, []);
  });

  step('who may has to type the address, and the wrong one does nothing', async () => {
    [mary, elsewhere] = [await at(MARY), await at(MARY, PHONE)];
    await mary.press('Delete my account');
    await mary.press('Delete account', question());
    await mary.reads(`Type ${MARY.email} to confirm.`, question());
    await mary.write(mary.field('Type your email address to confirm', question()), ADA.email);
    await mary.press('Delete account', question());
    await mary.reads(/^This is not the address of your account\./, question());
  });

  step('long after the sign-in it takes a proof; then she is signed out here and elsewhere, and everything of hers is gone', async () => {
    const { db } = place.server.database;
    const { id } = await db.selectFrom('user').select('id').where('email', '=', MARY.email).executeTakeFirstOrThrow();
    const sessions = await rowsOf('session', id);
    assert.ok(sessions >= 2);
    place.clock.advance(11 * 60);
    await mary.write(mary.field('Type your email address to confirm', question()), MARY.email);
    await mary.reads('Ready. This deletes your account at once.', question());
    await look(mary.page, 'delete-account-typed');
    await mary.press('Delete account', question());
    const proof = mary.dialog('Confirm that it is you');
    await proof.waitFor();
    assert.equal(await rowsOf('session', id), sessions, 'nothing is done before the proof');
    await look(mary.page, 'delete-account-proof');
    await mary.write(proof.getByLabel('Password', { exact: true }), MARY.password);
    await mary.press('Verify', proof);
    await mary.heading('Sign in').waitFor();
    await mary.toast('Your account is deleted.');
    await elsewhere.heading('You are signed out').waitFor();
    for (const table of ['session', 'account', 'member'] as const) assert.equal(await rowsOf(table, id), 0, table);
    assert.equal(await db.selectFrom('user').select('id').where('email', '=', MARY.email).executeTakeFirst(), undefined);
    await place.mails.arrival(MARY.email, 'Your account was deleted');
    assert.doesNotMatch(await everythingIn(mary.page), /mary@example\.com|Analytical Engines/);
  });

  step('her password opens nothing any more, and her team goes on without her', async () => {
    await mary.page.reload();
    await mary.givePassword(MARY.email, MARY.password);
    await mary.reads(/do not belong together/);
    const ada = await at(ADA);
    await ada.openTab('Team Members');
    await ada.row('Charles Babbage').waitFor();
    assert.equal(await ada.row('Mary Somerville').count(), 0);
    for (const { visit: one } of [ada, mary, elsewhere]) {
      await one.close();
      assert.deepEqual(one.kept.troubles, []);
    }
  });
});
