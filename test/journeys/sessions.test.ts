/** One person with two browsers, through the real server: what is ended in one is over in the other, and stands in the activity. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { demoWorld } from '@userflux/settings/adapters/memory';
import type { Browser } from 'playwright-core';
import { DESK, launch, look, PHONE, visit, type Device } from './support/browser.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { everythingIn } from './support/record.js';

const ADA = { email: 'ada@example.com', password: 'analytical-engine-1843' };

describe('Sessions and what happened in them', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world: demoWorld() })]);
  });
  after(async () => {
    await browser.close();
    await place.close();
  });

  async function adaOn(device: Device): Promise<Person> {
    const ada = await Person.at(await visit(browser, device, place.url));
    await ada.givePassword(ADA.email, ADA.password);
    await ada.openAccountSettings();
    return ada;
  }

  it('a session that is ended on the phone is signed out on the desk; the activity says so, and a wrong password, too', async () => {
    const stranger = await Person.at(await visit(browser, DESK, place.url));
    await stranger.givePassword(ADA.email, 'not-her-password');
    await stranger.visit.context.close();

    const desk = await adaOn(DESK);
    await desk.reads('Where you’re signed in');
    const phone = await adaOn(PHONE);
    await phone.reads('This device');
    const { db } = place.server.database;
    const before = (await db.selectFrom('session').select('id').execute()).length;
    // The newest of the others: the desk's.
    await phone.tap(phone.button(/^End session, Chrome on /).first());
    await phone.toast('The session on Chrome on Linux is ended.');
    // In the words of the page round the widgets.
    await desk.heading('You are signed out').waitFor({ timeout: 20_000 });
    assert.equal((await db.selectFrom('session').select('id').execute()).length, before - 1);

    await phone.reads('End of a session');
    await phone.reads('Wrong password or code');
    await look(phone.page, 'activity');
    const rows = await db.selectFrom('settingsEvent').select(['action', 'result']).where('action', 'in', ['sign-in', 'sessions.end']).orderBy('at').orderBy('id').execute();
    assert.deepEqual(rows.slice(-4).map(({ action, result }) => `${action} ${result}`), ['sign-in wrong-credential', 'sign-in ok', 'sign-in ok', 'sessions.end ok']);
    await desk.visit.context.close();
    await phone.visit.context.close();
  });

  it('all others are ended at once: the one that ends them goes on, the others are signed out and told so without alarm', async () => {
    const [desk, second, phone] = [await adaOn(DESK), await adaOn(DESK), await adaOn(PHONE)];
    await second.write(second.field('Your name'), 'Ada King');
    await phone.press('End all other sessions');
    const question = phone.page.getByRole('alertdialog', { name: 'End all other sessions?', exact: true });
    await phone.reads('Everywhere but here, you have to sign in again. What was not saved there may be lost.', question);
    await look(phone.page, 'end-all-others');
    await phone.press('End all other sessions', question);
    await phone.toast('All your other sessions are ended.');
    await phone.reads('You are signed in nowhere else.');
    const { db } = place.server.database;
    const { id } = await db.selectFrom('user').select('id').where('email', '=', ADA.email).executeTakeFirstOrThrow();
    assert.equal((await db.selectFrom('session').select('id').where('userId', '=', id).execute()).length, 1);
    for (const other of [desk, second]) {
      await other.heading('You are signed out').waitFor({ timeout: 20_000 });
      assert.equal(await other.page.getByRole('alert').count(), 0);
      assert.doesNotMatch(await everythingIn(other.page), /ada@example\.com/);
    }
    await look(desk.page, 'signed-out-elsewhere');
    await phone.press('Save details, Your details');
    await phone.reads('No changes to save');
    for (const { visit: one } of [desk, second, phone]) {
      await one.context.close();
      assert.deepEqual(one.kept.troubles, []);
    }
  });
});
