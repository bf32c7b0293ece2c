/** The team through the real server: what an owner does to a row, and what those whom it concerns see and hear of it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { DESK, launch, look, visit, type Visit } from './support/browser.js';
import { linkIn } from './support/mailbox.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { everythingIn } from './support/record.js';

const ADA = { email: 'ada@example.com', password: 'analytical-engine-1843' };
const CHARLES = { email: 'charles@example.com', password: 'difference-engine-1822' };
const MARY = { email: 'mary@example.com', password: 'physical-sciences-1834' };
const SOPHIA = 'sophia@example.com';
const LUIGI = 'luigi.menabrea@example.com';

describe('The team', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let visits: Visit[] = [];

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace()]);
  });
  after(async () => {
    await browser.close();
    await place.close();
  });

  async function atTeam({ email, password }: typeof ADA): Promise<Person> {
    const one = await visit(browser, DESK, place.url);
    visits.push(one);
    const person = await Person.at(one);
    await person.givePassword(email, password);
    await person.openAccountSettings();
    await person.openTab('Team Members');
    await person.row(ADA.email).waitFor();
    return person;
  }

  async function leave(): Promise<void> {
    for (const { context, kept } of visits) {
      await context.close();
      assert.deepEqual(kept.troubles, []);
    }
    visits = [];
  }

  it('several get another role at once; the one that somebody else changed meanwhile is named, and gets it when one tries again', async () => {
    const [ada, charles] = [await atTeam(ADA), await atTeam(CHARLES)];
    const pick = (who: string): Promise<void> => ada.tap(ada.row(who).getByRole('checkbox'));

    await ada.press('Select');
    assert.equal(await ada.row(ADA.email).getByRole('checkbox').count(), 0);
    await pick(SOPHIA);
    await pick(LUIGI);
    await ada.press('Next, Team Members');
    await ada.reads(/^9 to 16 of/);
    await pick('jane@example.com');
    await ada.press('Change role (3)');
    const question = ada.page.getByRole('alertdialog', { name: 'Change the role of 3 people?' });
    await question.getByRole('radio', { name: 'Admin', exact: true }).check();
    await look(ada.page, 'bulk-question');

    await charles.press(`More, ${SOPHIA}`);
    await charles.press(`Change role…, ${SOPHIA}`);
    const dialog = charles.dialog('Change the role of Sophia Frend');
    await dialog.getByRole('radio', { name: 'Admin', exact: true }).check();
    await charles.press('Change role', dialog);
    await charles.toast('The role of Sophia Frend is now Admin.');
    await place.mails.arrival(SOPHIA, 'Your role in Analytical Engines Ltd has changed');

    await ada.press('Change 3 roles', question);
    const results = ada.dialog('Results');
    await ada.reads('1 failed', results);
    await ada.reads('2 have the new role', results);
    await results.getByRole('row', { name: /sophia@example\.com.*Failed\./ }).waitFor();
    await look(ada.page, 'bulk-partial-result');
    await ada.press('Retry the failed ones', results);
    await ada.reads('3 have the new role', results);
    await look(ada.page, 'bulk-result');
    await ada.press('Done', results);
    await results.waitFor({ state: 'hidden' });
    await charles.row(LUIGI).getByText('Admin', { exact: true }).waitFor();
    await place.mails.arrival('jane@example.com', 'Your role in Analytical Engines Ltd has changed');
    assert.match(linkIn(await place.mails.arrival(LUIGI, 'Join Analytical Engines Ltd')), /#invitation=/);
    await leave();
  });

  it('a role is changed before the eyes of the others, an invitation is sent again with another, and who is removed is out at once and hears why', async () => {
    const [ada, mary] = [await atTeam(ADA), await atTeam(MARY)];

    await ada.press('More, charles@example.com');
    await ada.press('Change role…, charles@example.com');
    const dialog = ada.dialog('Change the role of Charles Babbage');
    await dialog.getByRole('radio', { name: 'Member', exact: true }).check();
    await look(ada.page, 'change-role');
    await ada.press('Change role', dialog);
    await ada.toast('The role of Charles Babbage is now Member.');
    await mary.row('charles@example.com').getByText('Member', { exact: true }).waitFor();
    await place.mails.arrival('charles@example.com', 'Your role in Analytical Engines Ltd has changed');

    await ada.press(`More, ${LUIGI}`);
    await ada.press(`Change role…, ${LUIGI}`);
    await ada.dialog(`Change the role of ${LUIGI}`).getByRole('radio', { name: 'Member', exact: true }).check();
    await ada.press('Change role', ada.dialog(`Change the role of ${LUIGI}`));
    await ada.row(LUIGI).getByText('Member', { exact: true }).waitFor();
    assert.match(linkIn(await place.mails.arrival(LUIGI, 'Join Analytical Engines Ltd')), /#invitation=/);

    await ada.press(`More, ${MARY.email}`);
    await ada.press(`Remove from team…, ${MARY.email}`);
    const question = ada.page.getByRole('alertdialog', { name: 'Remove Mary Somerville from Analytical Engines Ltd?' });
    await look(ada.page, 'remove-member');
    await ada.press('Remove', question);
    await ada.toast('Mary Somerville is removed from your team.');
    assert.equal(await ada.row(MARY.email).count(), 0);
    await mary.page.getByRole('tab', { name: 'Team Members', exact: true }).waitFor({ state: 'detached' });
    assert.doesNotMatch(await everythingIn(mary.page), new RegExp(LUIGI.replaceAll('.', '\\.')));
    await look(mary.page, 'removed');
    await place.mails.arrival(MARY.email, 'You are no longer in Analytical Engines Ltd');
    await leave();
  });
});
