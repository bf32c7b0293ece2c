/** A passkey, through the real server and an authenticator in the browser: added, renamed, used to confirm and to sign in, removed, and then good for nothing. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { ADA_TOTP_SECRET, mfaOnWorld } from '@userflux/settings/adapters/memory';
import type { Browser, Locator } from 'playwright-core';
import { Authenticator } from '../support/authenticator.js';
import { DESK, launch, look, visit } from './support/browser.js';
import { plugIn, type Device } from './support/passkeys.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { story } from './support/story.js';

const EMAIL = 'ada@example.com';
const NAME = 'Ring';

describe('Passkeys', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let ada: Person;
  let device: Device;
  let phone: Authenticator;
  const step = story();

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world: mfaOnWorld() })]);
    phone = new Authenticator(ADA_TOTP_SECRET, place.clock);
    ada = await Person.at(await visit(browser, DESK, place.url));
    device = await plugIn(ada.page);
  });
  after(async () => {
    await browser.close();
    await place.close();
  });

  const mfa = (): Locator => ada.dialog('Complete MFA');
  const card = (): Locator => ada.page.locator('uf-settings').getByRole('region', { name: 'Passkeys', exact: true });

  async function signOut(): Promise<void> {
    await ada.openTab('Your Account');
    await ada.press('Sign out of my account');
    await ada.heading('Sign in').waitFor();
  }

  const events = async (): Promise<string[]> => {
    const rows = await place.server.database.db.selectFrom('settingsEvent').select(['action', 'result']).orderBy('at').orderBy('id').execute();
    return rows.map(({ action, result }) => `${action} ${result}`);
  };

  step('who has none yet is told so by the browser’s answer, and signs in with password and code', async () => {
    await ada.press('Sign in with a passkey');
    await ada.reads('No passkey was used. It was cancelled, or it took too long. Try again, or sign in with your password.');
    await look(ada.page, 'passkey-none');
    await ada.givePassword(EMAIL, 'analytical-engine-1843');
    await ada.giveCode(phone.code());
    await ada.openAccountSettings();
  });

  step('one is added under a name, after a code, and a mail says so', async () => {
    await ada.reads('No passkeys yet');
    await ada.press('Add a passkey');
    const dialog = ada.dialog('Add a passkey');
    await ada.write(ada.field('Name', dialog), 'My laptop');
    await ada.press('Continue', dialog);
    await ada.write(ada.field('One-time code', mfa()), phone.code());
    await ada.press('Verify', mfa());
    await ada.toast('Passkey added.');
    await ada.reads('Synced between your devices', card());
    await ada.reads('Not used yet', card());
    assert.equal(await device.count(), 1);
    await place.mails.arrival(EMAIL, 'Your account was changed', /The passkey “My laptop” was added/);
    await look(ada.page, 'passkey-added');
  });

  step('the same device is not asked for a second one', async () => {
    await ada.press('Add a passkey');
    const dialog = ada.dialog('Add a passkey');
    await ada.press('Continue', dialog);
    await ada.reads(/has a passkey for your account already/, dialog);
    await ada.press('Cancel', dialog);
    assert.equal((await place.server.database.db.selectFrom('passkey').select('id').execute()).length, 1);
  });

  step('it gets another name', async () => {
    await ada.press('Rename, My laptop');
    const dialog = ada.dialog('Rename passkey');
    await ada.write(ada.field('Name', dialog), NAME);
    await ada.press('Rename passkey', dialog);
    await ada.toast('Passkey renamed.');
    await ada.button(`Remove, ${NAME}`).waitFor();
  });

  step('it confirms that it is her: cancelled first, which is calmly said, then used, and the keys are shown', async () => {
    place.clock.advance(11 * 60);
    await ada.openTab('API Keys');
    await device.recognises(false);
    await ada.press('View API Keys');
    await ada.press('Use a passkey', mfa());
    await ada.reads(/^Your passkey was not used\./, mfa());
    await look(ada.page, 'passkey-cancelled');
    await device.recognises(true);
    await ada.press('Use a passkey', mfa());
    await ada.reads('Your keys are visible');
    await ada.press('Hide now');
    await ada.openTab('Your Account');
    await ada.reads(/^Last used /, card());
  });

  step('it signs her in, alone: no password, no code', async () => {
    await signOut();
    await ada.press('Sign in with a passkey');
    await ada.organisation('Analytical Engines Ltd').waitFor();
    await ada.openAccountSettings();
    await ada.reads(`You are signed in as ${EMAIL}`);
    assert.equal((await events()).at(-1), 'sign-in ok');
    // The token of a session is for the cookie alone.
    const cookies = await ada.visit.context.cookies();
    assert.ok(cookies.every(({ httpOnly }) => httpOnly));
  });

  step('it is removed after a proof, which it may give itself, and a mail says so', async () => {
    await ada.press(`Remove, ${NAME}`);
    const question = ada.page.getByRole('alertdialog', { name: `Remove the passkey ${NAME}?` });
    await ada.reads(/From then on you confirm with a one-time code\./, question);
    await ada.press('Remove', question);
    await ada.press('Use a passkey', mfa());
    await ada.toast('Passkey removed.');
    await ada.reads('No passkeys yet');
    await place.mails.arrival(EMAIL, 'Your account was changed', /The passkey “Ring” was removed/);
    await ada.reads('Removal of a passkey');
  });

  step('from then on it opens nothing, though the device has it still', async () => {
    await signOut();
    assert.equal(await device.count(), 1);
    await ada.press('Sign in with a passkey');
    await ada.reads('This passkey does not open an account here. Use another one, or sign in with your password.');
    await look(ada.page, 'passkey-unknown');
    assert.equal((await events()).at(-1), 'sign-in wrong-credential');
    await ada.visit.close();
    assert.deepEqual(ada.visit.kept.troubles, []);
  });
});
