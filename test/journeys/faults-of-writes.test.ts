/**
 * Writes whose answers are all lost, through the real server: the person reads it, presses once more, and in the records it stands once. What each write of
 * the table does then is held below the browser: test/elements/base/lost-answers, test/adapters/http/once, test/server/kill/writes.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe } from 'node:test';
import { ADA_TOTP_SECRET, keyLifecycleWorld, MARY_PASSWORD } from '@userflux/settings/adapters/memory';
import type { WriteOperation } from '@userflux/settings/contract';
import { routeOf } from '@userflux/settings/http';
import type { Browser, Locator } from 'playwright-core';
import { examplePicture } from '../../src/contract/examples.js';
import { Authenticator } from '../support/authenticator.js';
import { DESK, launch, look, visit } from './support/browser.js';
import { plugIn } from './support/passkeys.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { everythingIn } from './support/record.js';
import { story } from './support/story.js';

const API = '/api/auth/settings';
const NO_ANSWER = /^The server did not answer\./;
const SECRET = /uf_\w+?_(?:test|live)_[0-9A-Za-z]{36}/;
/** Everything ends by then. */
const SOON = { timeout: 10_000 };

describe('Writes whose answers are lost', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let ada: Person;
  const world = keyLifecycleWorld();
  const step = story();

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world })]);
    const phone = new Authenticator(ADA_TOTP_SECRET, place.clock);
    ada = await Person.at(await visit(browser, DESK, place.url));
    await plugIn(ada.page);
    await ada.givePassword('ada@example.com', 'analytical-engine-1843');
    await ada.giveCode(phone.code());
    await ada.openAccountSettings();
    await ada.openTab('API Keys');
    // The proof that most of what follows asks for.
    await ada.press('View API Keys');
    await ada.write(ada.field('One-time code', ada.dialog('Complete MFA')), phone.code());
    await ada.press('Verify', ada.dialog('Complete MFA'));
    await ada.press('Hide now');
  });
  after(async () => {
    await browser.close();
    await place.close();
  });
  afterEach(() => {
    place.network.mend();
  });

  /** From now on, until the network is mended. */
  function loseAnswersTo(operation: WriteOperation): void {
    const { method, path } = routeOf(operation);
    place.network.spoil(new RegExp(`^${method} ${API}${path.replace(/\{\w+\}/g, '[^/]+')}$`), { kind: 'lost on the way back' });
  }

  async function times(action: WriteOperation): Promise<number> {
    return (await place.server.database.db.selectFrom('settingsEvent').select('id').where('action', '=', action).where('result', '=', 'ok').execute()).length;
  }

  /** Does it, reads that there was no answer, does it once more, and is told that it is done. */
  async function lost(action: WriteOperation, press: () => Promise<void>, within: () => Locator, done: () => Promise<void>, writes = 1, person = ada): Promise<void> {
    const before = await times(action);
    loseAnswersTo(action);
    await press();
    await person.reads(NO_ANSWER, within(), SOON);
    await look(person.page, `lost-${action}`);
    place.network.mend();
    await press();
    await done();
    assert.equal((await times(action)) - before, writes, action);
  }

  const widget = (): Locator => ada.page.locator('uf-settings');

  step('a key is created once, and its secret is shown', async () => {
    await ada.press('Create API key');
    const dialog = ada.dialog('Create API key');
    await ada.write(ada.field('Name', dialog), 'Nightly export');
    const made = ada.dialog('Your new API key');
    await lost('apiKeys.create', () => ada.press('Create key', dialog), () => dialog, () => made.waitFor());
    assert.match(await everythingIn(ada.page), SECRET);
    await ada.tap(made.getByRole('checkbox', { name: 'I have stored this key', exact: true }));
    await ada.press('Done', made);
    assert.equal((await place.server.database.db.selectFrom('apikey').select('id').where('name', '=', 'Nightly export').execute()).length, 1);
  });

  step('a key is replaced once, and the new secret is shown', async () => {
    await ada.press(/^More ?, Integration API Keys, Production Read and Write /);
    await ada.press(/^Replace key…/);
    const dialog = ada.dialog('Replace this key');
    const made = ada.dialog('Your new API key');
    await lost('apiKeys.roll', () => ada.press('Create the new key', dialog), () => dialog, () => made.waitFor());
    await ada.tap(made.getByRole('checkbox', { name: 'I have stored this key', exact: true }));
    await ada.press('Done', made);
  });

  step('several keys are revoked once', async () => {
    await ada.press('Select');
    for (const name of ['Dashboard sandbox', 'Catalogue sync']) await ada.tap(widget().getByRole('listitem').filter({ hasText: name }).getByRole('checkbox'));
    await ada.press(/^Revoke…, 2 keys selected/);
    const question = ada.page.getByRole('alertdialog', { name: 'Revoke 2 keys?', exact: true });
    await ada.write(ada.field('There are production keys among them. Type how many keys you revoke, 2', question), '2');
    await lost('apiKeys.revoke', () => ada.press('Revoke 2 keys', question), () => question, () => ada.toast('2 keys are revoked.'));
  });

  step('people get another role once, each', async () => {
    await ada.openTab('Team Members');
    await ada.press('Select');
    for (const who of ['sophia@example.com', 'augustus@example.com']) await ada.tap(ada.row(who).getByRole('checkbox'));
    await ada.press('Change role (2)');
    const question = ada.page.getByRole('alertdialog', { name: 'Change the role of 2 people?', exact: true });
    await question.getByRole('radio', { name: 'Admin', exact: true }).check();
    const before = await times('team.changeRole');
    loseAnswersTo('team.changeRole');
    await ada.press('Change 2 roles', question);
    const results = ada.dialog('Results');
    await ada.reads(NO_ANSWER, results, SOON);
    place.network.mend();
    await ada.press('Go on with the other 2', results);
    await ada.reads('2 have the new role', results);
    assert.equal((await times('team.changeRole')) - before, 2);
    await ada.press('Done', results);
  });

  step('a passkey is added once: the browser does not ask again', async () => {
    await ada.openTab('Your Account');
    await ada.press('Add a passkey');
    const dialog = ada.dialog('Add a passkey');
    await lost('passkeys.finish', () => ada.press('Continue', dialog), () => dialog, () => ada.toast('Passkey added.'));
    assert.equal((await place.server.database.db.selectFrom('passkey').select('id').execute()).length, 1);
  });

  step('recovery codes that nobody saw give way to others, which are shown: ten stand', async () => {
    const make = async (): Promise<void> => {
      await ada.press(/^Make new codes/);
      await ada.press('Make new codes', ada.page.getByRole('alertdialog', { name: 'Make new recovery codes?', exact: true }));
    };
    let codes: string[] = [];
    await lost('recoveryCodes.regenerate', make, widget, async () => { codes = await ada.saveRecoveryCodes(); }, 2);
    assert.equal(new Set(codes).size, 10);
    assert.equal((await place.server.database.db.selectFrom('settingsRecoveryCode').select('id').execute()).length, 10);
  });

  step('a picture is set once', async () => {
    await ada.page.locator('#avatar-file').setInputFiles({ name: 'me.png', mimeType: examplePicture.type, buffer: Buffer.from(examplePicture.bytes) });
    const dialog = ada.dialog('Choose what your picture shows');
    await lost('avatar.set', () => ada.press('Save picture', dialog), () => dialog, () => ada.toast('Your picture is saved.'));
    assert.equal((await place.server.database.db.selectFrom('settingsPicture').select('id').execute()).length, 1);
  });

  step('MFA is required once, and whoever has none gets one mail', async () => {
    await ada.openTab('Company Details');
    const card = (): Locator => widget().getByRole('region', { name: 'Security', exact: true });
    await card().getByRole('combobox', { name: 'Require multi-factor authentication', exact: true }).selectOption('30');
    await lost('company.update', () => ada.press('Save security', card()), card, () => ada.toast('Security saved.'));
    const subject = 'Analytical Engines Ltd requires multi-factor authentication';
    const without = world.organisations[0]?.members.map(({ email }) => email).filter((email) => email !== 'ada@example.com') ?? [];
    for (const email of without) await place.mails.arrival(email, subject);
    assert.equal(place.mails.all.filter((mail) => mail.subject === subject).length, without.length);
  });

  step('an organisation is handed over once', async () => {
    await ada.press('Transfer ownership');
    const dialog = ada.dialog('Transfer ownership of Analytical Engines Ltd');
    await dialog.getByRole('radio', { name: /^Charles Babbage/ }).check();
    await lost('organisation.transfer', () => ada.press('Transfer ownership', dialog), () => dialog, () => ada.toast('Charles Babbage is an owner of Analytical Engines Ltd now. You are an admin.'));
  });

  step('an account is deleted once, and the page finds that out by itself', async () => {
    const mary = await Person.at(await visit(browser, DESK, place.url));
    await mary.givePassword('mary@example.com', MARY_PASSWORD);
    await mary.openAccountSettings();
    await mary.press('Delete my account');
    const question = mary.page.getByRole('alertdialog', { name: 'Delete the account of mary@example.com?' });
    await mary.write(mary.field('Type your email address to confirm', question), 'mary@example.com');
    loseAnswersTo('account.delete');
    await mary.press('Delete account', question);
    await mary.heading('You are signed out').waitFor(SOON);
    await look(mary.page, 'lost-account.delete');
    assert.equal(await times('account.delete'), 1);
    await place.mails.arrival('mary@example.com', 'Your account was deleted');
    assert.equal(place.mails.all.filter(({ subject }) => subject === 'Your account was deleted').length, 1);
    assert.deepEqual(mary.visit.kept.troubles, []);
  });

  step('no error went unseen', () => {
    assert.deepEqual(ada.visit.kept.troubles, []);
  });
});
