/** The day on which the phone is not at hand, through the real server: recovery codes at sign-in and where a code is asked, each once; and new ones. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { ADA_RECOVERY_CODES, ADA_TOTP_SECRET, recoveryCodesWorld } from '@userflux/settings/adapters/memory';
import type { Browser } from 'playwright-core';
import { Authenticator } from '../support/authenticator.js';
import { DESK, launch, look, visit } from './support/browser.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { Secrets } from './support/secrets.js';
import { story } from './support/story.js';

const EMAIL = 'ada@example.com';
const PASSWORD = 'analytical-engine-1843';
const [FIRST = '', SECOND = '', THIRD = ''] = ADA_RECOVERY_CODES;

describe('Recovery codes', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let ada: Person;
  let fresh: string[] = [];
  const secrets = new Secrets();
  for (const [index, code] of [FIRST, SECOND, THIRD].entries()) secrets.keep(`old code ${String(index + 1)}`, code);
  const step = story();

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world: recoveryCodesWorld(4) })]);
    ada = await Person.at(await visit(browser, DESK, place.url));
  });
  after(async () => {
    await browser.close();
    await place.close();
  });

  async function giveRecoveryCode(code: string): Promise<void> {
    await ada.givePassword(EMAIL, PASSWORD);
    await ada.heading('One more step').waitFor();
    await ada.press('Use a recovery code');
    await ada.write(ada.field('Recovery code'), code);
    await ada.press('Sign in');
  }

  async function signOut(): Promise<void> {
    await ada.press('Sign out of my account');
    await ada.heading('Sign in').waitFor();
  }

  async function isIn(): Promise<void> {
    await ada.organisation('Analytical Engines Ltd').waitFor();
    await ada.openAccountSettings();
  }

  const refused = (): Promise<void> => ada.reads(/^That recovery code did not match, or was used before\./);

  step('one signs her in, in the place of a one-time code; a mail says so, and that three are left', async () => {
    // As somebody writes it who reads it off paper.
    await giveRecoveryCode(` ${FIRST.toLowerCase().replaceAll('-', ' ')} `);
    await isIn();
    await ada.reads(/^3 codes left\./);
    await ada.reads('Make new ones before you run out.');
    await look(ada.page, 'recovery-three-left');
    await place.mails.arrival(EMAIL, 'A recovery code was used', /3 are left\./);
  });

  step('the same one a second time is refused, and nothing is taken', async () => {
    await signOut();
    await giveRecoveryCode(FIRST);
    await refused();
    await look(ada.page, 'recovery-used-twice');
    // Another one, in the same place.
    await ada.write(ada.field('Recovery code'), SECOND);
    await ada.press('Sign in');
    await isIn();
    await ada.reads(/^2 codes left\./);
  });

  step('the app’s own codes go on working beside them', async () => {
    await signOut();
    await ada.givePassword(EMAIL, PASSWORD);
    await ada.giveCode(new Authenticator(ADA_TOTP_SECRET, place.clock).code());
    await isIn();
    await ada.reads(/^2 codes left\./);
  });

  step('one opens what asks for a code inside, once', async () => {
    place.clock.advance(11 * 60);
    await ada.openTab('API Keys');
    await ada.press('View API Keys');
    const dialog = ada.dialog('Complete MFA');
    await ada.press('Use a recovery code', dialog);
    await ada.write(ada.field('Recovery code', dialog), FIRST);
    await ada.press('Verify', dialog);
    await ada.reads(/^That recovery code did not match, or was used before\./, dialog);
    await ada.write(ada.field('Recovery code', dialog), THIRD);
    await ada.press('Verify', dialog);
    await ada.reads('Your keys are visible');
    await ada.press('Hide now');
    await ada.openTab('Your Account');
    await ada.reads(/^1 code left\./);
  });

  step('new ones are made, shown once, and the old ones are dead', async () => {
    await ada.press('Make new codes, Recovery codes');
    const question = ada.page.getByRole('alertdialog', { name: 'Make new recovery codes?' });
    await ada.press('Make new codes', question);
    fresh = await ada.saveRecoveryCodes();
    assert.equal(new Set(fresh).size, 10);
    for (const [index, code] of fresh.entries()) secrets.keep(`new code ${String(index + 1)}`, code);
    await ada.toast('Your new recovery codes are saved.');
    await ada.reads(/^10 codes left\./);
    await secrets.assertNoneOn(ada, 'once the dialog is closed');
    await place.mails.arrival(EMAIL, 'Your account was changed', /New recovery codes were made/);
    assert.equal((await place.server.database.db.selectFrom('settingsRecoveryCode').select('id').execute()).length, 10);

    await signOut();
    await giveRecoveryCode(ADA_RECOVERY_CODES[3] ?? '');
    await refused();
    await ada.write(ada.field('Recovery code'), fresh[0] ?? '');
    await ada.press('Sign in');
    await isIn();
    await ada.reads(/^9 codes left\./);
  });

  step('no code is left anywhere, in the page or in what it asked for', async () => {
    await secrets.assertNoneOn(ada, 'at the end');
    secrets.assertNoneAround(ada.visit);
    await ada.visit.close();
    assert.deepEqual(ada.visit.kept.troubles, []);
  });
});
