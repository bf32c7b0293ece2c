/** An organisation that begins to require multi-factor authentication, through the real server: who is told, who is shut out, and the ways on. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { ADA_TOTP_SECRET, mfaOnWorld, type World } from '@userflux/settings/adapters/memory';
import { URI } from 'otpauth';
import type { Browser, Locator } from 'playwright-core';
import { Authenticator } from '../support/authenticator.js';
import { DESK, launch, look, visit, type Visit } from './support/browser.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { scan } from './support/qr.js';
import { everythingIn } from './support/record.js';
import { story } from './support/story.js';

const ADA = { email: 'ada@example.com', password: 'analytical-engine-1843' };
const MARY = { email: 'mary@example.com', password: 'physical-sciences-1834' };
const CHARLES = { email: 'charles@example.com', password: 'difference-engine-1822' };
const HERE = 'Analytical Engines Ltd';
const ELSEWHERE = 'Difference Works AB';
const SUBJECT = `${HERE} requires multi-factor authentication`;
const SET_UP = `Setup Multi-factor authentication, ${HERE}`;
const DAY = 86_400;

/** Ada has MFA; Charles, who has none, is in another organisation as well. */
function world(): World {
  const one = mfaOnWorld();
  one.organisations[1]?.members.push({ email: CHARLES.email, role: 'member', joinedAgo: 40 * DAY, activeAgo: 20 * DAY });
  return one;
}

describe('Required multi-factor authentication', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let ada: Person;
  let charles: Person;
  let phone: Authenticator;
  const visits: Visit[] = [];
  const step = story();

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world: world() })]);
    phone = new Authenticator(ADA_TOTP_SECRET, place.clock);
  });
  after(async () => {
    await browser.close();
    await place.close();
  });

  /** @param now the time of their device, where it is not the real one */
  async function at({ email, password }: typeof ADA, now?: number): Promise<Person> {
    const one = await visit(browser, DESK, place.url);
    visits.push(one);
    if (now !== undefined) await one.context.clock.install({ time: now });
    const person = await Person.at(one);
    await person.givePassword(email, password);
    if (email === ADA.email) await person.giveCode(phone.code());
    await person.openAccountSettings();
    return person;
  }

  const policy = (): Locator => ada.page.getByRole('combobox', { name: 'Require multi-factor authentication', exact: true });

  async function requiredFrom(): Promise<unknown> {
    const { db } = place.server.database;
    return (await db.selectFrom('organization').select('mfaRequiredMoment').where('name', '=', HERE).executeTakeFirstOrThrow()).mfaRequiredMoment;
  }

  /** With the app of somebody who has never had one. */
  async function enrol(person: Person): Promise<void> {
    const dialog = person.dialog('Setup Multi-factor authentication');
    const qr = dialog.getByRole('img', { name: /QR code/ });
    await qr.waitFor();
    const app = new Authenticator(URI.parse(await scan(qr)).secret.base32, place.clock);
    await person.write(person.field('Enter your one-time code here', dialog), app.code());
    await person.press('Verify code', dialog);
    await person.saveRecoveryCodes();
  }

  step('whoever sits at an open session cannot set it: a proof is asked for, and without one it stays as it was', async () => {
    ada = await at(ADA);
    await ada.openTab('Company Details');
    await ada.reads('21 people have no multi-factor authentication');
    await policy().selectOption('7');
    await ada.reads(/^Whoever has none gets a mail now and sees a reminder\./);
    await ada.press('Save security');
    await ada.dialog('Complete MFA').waitFor();
    await ada.page.keyboard.press('Escape');
    await ada.dialog('Complete MFA').waitFor({ state: 'hidden' });
    assert.equal(await requiredFrom(), null);
    assert.deepEqual(place.mails.all.filter(({ subject }) => subject === SUBJECT), []);
  });

  step('Ada proves that it is she, the save goes on by itself, and who has none gets a mail', async () => {
    await ada.press('Save security');
    await prove();
    await ada.toast('Security saved.');
    await look(ada.page, 'policy-saved');
    assert.notEqual(await requiredFrom(), null);
    for (const { email } of [MARY, CHARLES]) assert.match((await place.mails.arrival(email, SUBJECT)).text ?? '', /opens only to members with multi-factor authentication/);
    assert.deepEqual(place.mails.to(ADA.email, SUBJECT), [], 'who has it is not written to');
  });

  step('Mary is reminded, sets it up from there, and is reminded no more', async () => {
    const mary = await at(MARY);
    await mary.openTab('Team Members');
    await mary.reads(/requires multi-factor authentication from/);
    await look(mary.page, 'policy-reminder');
    await mary.press(SET_UP);
    await enrol(mary);
    await mary.button(SET_UP).waitFor({ state: 'hidden' });
    assert.equal(await mary.page.getByRole('tab', { name: 'Team Members', exact: true }).getAttribute('aria-selected'), 'true');
    await ada.page.reload();
    await ada.openAccountSettings();
    await ada.openTab('Company Details');
    await ada.reads('20 people have no multi-factor authentication');
  });

  step('once the day has come, Charles gets no further than his account, whatever he asks the server for', async () => {
    place.clock.advance(8 * DAY);
    charles = await at(CHARLES, place.clock());
    await charles.reads(/Until you set it up, only your own account is open to you/);
    assert.deepEqual(await charles.page.getByRole('tab').allInnerTexts(), ['Your Account']);
    await look(charles.page, 'policy-shut');
    for (const path of ['company', 'team', 'api-keys', 'audit-events']) {
      assert.equal(await charles.page.evaluate(async (url) => (await fetch(url, { headers: { Accept: 'application/json' } })).status, `/api/auth/settings/${path}`), 403, path);
    }
    assert.doesNotMatch(await everythingIn(charles.page), /mary@example\.com/);
  });

  step('he can go to another organisation of his, and finds this one shut when he is back', async () => {
    await charles.press(`Your organisations, ${HERE}`);
    await charles.tap(charles.page.locator('uf-settings').getByRole('button', { name: new RegExp(`^${ELSEWHERE}`) }));
    await charles.organisation(ELSEWHERE).waitFor();
    await charles.openTab('Team Members');
    await charles.reads('Georg Scheutz');
    await charles.tap(charles.organisation(ELSEWHERE));
    await charles.tap(charles.button(new RegExp(`^${HERE}`)));
    await charles.organisation(HERE).waitFor();
    await charles.button(SET_UP).waitFor();
  });

  step('he sets it up right there, and everything opens by itself', async () => {
    await charles.press(SET_UP);
    // By the server's clock, which was put forward, his sign-in is days old: he says who he is.
    const proof = charles.dialog('Confirm that it is you');
    await charles.write(proof.getByLabel('Password', { exact: true }), CHARLES.password);
    await charles.press('Verify', proof);
    await enrol(charles);
    await charles.openTab('API Keys');
    await charles.reads('Website events');
    assert.equal(await charles.button(SET_UP).count(), 0);
    await look(charles.page, 'policy-open');
  });

  step('switching it off takes a proof as well; then it is off', async () => {
    await policy().selectOption('off');
    await ada.press('Save security');
    await prove();
    await ada.toast('Security saved.');
    assert.equal(await requiredFrom(), null);
    for (const { context, kept } of visits) {
      await context.close();
      assert.deepEqual(kept.troubles, []);
    }
  });

  async function prove(): Promise<void> {
    const dialog = ada.dialog('Complete MFA');
    await dialog.waitFor();
    await ada.write(ada.field('One-time code', dialog), phone.code());
    await ada.press('Verify', dialog);
    await dialog.waitFor({ state: 'hidden' });
  }
});
