/** Time zone and language, through the real server: chosen once, and every date of every widget is of that place, in every window and after a reload. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { mfaOnWorld, ADA_TOTP_SECRET } from '@userflux/settings/adapters/memory';
import type { Browser, Locator } from 'playwright-core';
import { Authenticator } from '../support/authenticator.js';
import { DESK, launch, look, visit } from './support/browser.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { story } from './support/story.js';

/** Fourteen hours ahead of UTC, and eleven behind: a moment is never on the same day in both. */
const EAST = 'Pacific/Kiritimati';
const WEST = 'Pacific/Pago_Pago';

describe('Time zone and language', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let ada: Person;
  let phone: Authenticator;
  const step = story();

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world: mfaOnWorld() })]);
    ada = await Person.at(await visit(browser, DESK, place.url));
    await ada.givePassword('ada@example.com', 'analytical-engine-1843');
    phone = new Authenticator(ADA_TOTP_SECRET, place.clock);
    await ada.giveCode(phone.code());
    await ada.openAccountSettings();
  });
  after(async () => {
    await browser.close();
    await place.close();
  });

  const settings = (): Locator => ada.page.locator('uf-settings');
  const day = (at: number, timeZone: string, tag = 'en-GB'): string => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(at);
  const moment = (at: number, timeZone: string, tag = 'en-GB'): string => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);

  async function choose(zone: string): Promise<void> {
    await ada.openTab('Your Account');
    await ada.page.getByLabel('Time zone', { exact: true }).selectOption(zone);
    await ada.press('Save preferences');
    await ada.toast('Your time zone and language are saved.');
  }

  /** When this session began, when somebody joined, when a key was made: as the database has it. */
  async function facts(): Promise<{ session: number; joined: number; created: number }> {
    const { db } = place.server.database;
    const { createdAt } = await db.selectFrom('session').innerJoin('user', 'user.id', 'session.userId').select('session.createdAt').where('user.email', '=', 'ada@example.com').orderBy('session.createdAt', 'desc').executeTakeFirstOrThrow();
    const { joinedAt } = await db.selectFrom('member').innerJoin('user', 'user.id', 'member.userId').select('joinedAt').where('user.email', '=', 'charles@example.com').executeTakeFirstOrThrow();
    const key = await db.selectFrom('apikey').select('createdAt').where('name', '=', 'Website events').executeTakeFirstOrThrow();
    return { session: new Date(createdAt ?? 0).getTime(), joined: Number(joinedAt), created: new Date(key.createdAt ?? 0).getTime() };
  }

  /** Everywhere that a date is written out. */
  async function everyDateIsOf(zone: string, person: Person = ada): Promise<void> {
    const { session, joined, created } = await facts();
    await person.openTab('Your Account');
    await person.reads(`Signed in ${moment(session, zone)}`);
    const [newest] = await place.server.database.db.selectFrom('settingsEvent').select('at').where('action', '=', 'profile.update').orderBy('at', 'desc').limit(1).execute();
    await person.page.locator(`uf-settings time[title="${moment(Number(newest?.at), zone)}"]`).first().waitFor();
    await person.openTab('Team Members');
    await person.row('Charles Babbage').getByText(day(joined, zone)).waitFor();
    await person.openTab('API Keys');
    await person.reads(new RegExp(`Created ${day(created, zone)}`));
  }

  for (const zone of [EAST, WEST]) {
    step(`every date is of ${zone} once it is chosen`, async () => {
      await choose(zone);
      await everyDateIsOf(zone);
      await look(ada.page, `preferences-${zone.replace('/', '-')}`);
    });
  }

  step('in another window, too, and after a reload', async () => {
    const other = await ada.elsewhere('#/settings/account');
    await everyDateIsOf(WEST, other);
    await choose(EAST);
    await everyDateIsOf(EAST, other);
    await other.page.close();
    await ada.page.reload();
    await everyDateIsOf(EAST);
  });

  step('a name that is typed beside it is saved after it, without a question', async () => {
    await ada.openTab('Your Account');
    await ada.write(ada.field('Your name'), 'Ada King');
    await choose(WEST);
    await ada.press('Save details, Your details');
    await ada.toast('Your details are saved.');
    const { name, timeZone } = await place.server.database.db.selectFrom('user').select(['name', 'timeZone']).where('email', '=', 'ada@example.com').executeTakeFirstOrThrow();
    assert.deepEqual([name, timeZone], ['Ada King', WEST]);
  });

  step('a key that expires in thirty days ends with the last of them there', async () => {
    await ada.openTab('API Keys');
    await ada.press('Create API key');
    const dialog = ada.dialog('Create API key');
    await ada.write(ada.field('Name', dialog), 'Ends in the west');
    await dialog.getByLabel('Expiry', { exact: true }).selectOption('30');
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: WEST, year: 'numeric', month: '2-digit', day: '2-digit' }).format(place.clock());
    const last = Date.parse(`${today}T23:59:59Z`) + 30 * 86_400_000 + 11 * 3_600_000;
    await ada.reads(day(last, WEST), dialog);
    await look(ada.page, 'preferences-expiry');
    await ada.press('Create key', dialog);
    const proof = ada.dialog('Complete MFA');
    await ada.write(ada.field('One-time code', proof), phone.code());
    await ada.press('Verify', proof);
    await ada.dialog('Your new API key').waitFor();
    const { expiresAt } = await place.server.database.db.selectFrom('apikey').select('expiresAt').where('name', '=', 'Ends in the west').executeTakeFirstOrThrow();
    assert.equal(new Date(expiresAt ?? 0).toISOString(), new Date(last).toISOString());
    await ada.tap(ada.page.getByRole('checkbox', { name: 'I have stored this key' }));
    await ada.press('Done', ada.dialog('Your new API key'));
  });

  step('the language changes words and dates, and comes back with the page’s own', async () => {
    await ada.openTab('Your Account');
    await ada.page.getByLabel('Language', { exact: true }).selectOption('de');
    await ada.press('Save preferences');
    await ada.page.getByRole('tab', { name: 'Teammitglieder' }).or(ada.page.getByRole('tab').nth(2)).first().waitFor();
    const { session } = await facts();
    await ada.reads(new RegExp(moment(session, WEST, 'de').replaceAll('.', '\\.')), settings());
    await look(ada.page, 'preferences-de');
    await ada.page.reload();
    await ada.reads(new RegExp(moment(session, WEST, 'de').replaceAll('.', '\\.')), settings());
    await ada.visit.close();
    assert.deepEqual(ada.visit.kept.troubles, []);
  });
});
