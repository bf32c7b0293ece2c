/**
 * What people see when the way between browser and server, or the server, fails: each time, within ten seconds, one sentence that says
 * what happened; what was typed stays; and in the database the thing was done once, or not at all.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { ADA_TOTP_SECRET, mfaOnWorld } from '@userflux/settings/adapters/memory';
import { sql } from 'kysely';
import type { Browser, Locator, Page } from 'playwright-core';
import { Authenticator } from '../support/authenticator.js';
import { DESK, launch, look, visit } from './support/browser.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import type { Fault } from './support/proxy.js';
import { everythingIn } from './support/record.js';

const API = '/api/auth/settings';
const SAVE_COMPANY = `PATCH ${API}/company`;
/** Waits for the event streams; fails after twenty seconds. */
async function opened(enough: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!enough()) {
    assert.ok(Date.now() < end, 'the streams were opened again');
    await setTimeout(50);
  }
}

/** Everything ends by then. */
const SOON = { timeout: 10_000 };

const NO_ANSWER = 'The server did not answer. Nothing you typed is lost: try again.';
const BROKEN = 'Something went wrong on our side. Nothing you typed is lost: try again.';

const LOGIN_PAGE: Fault = { kind: 'answered by another', status: 200, headers: { 'Content-Type': 'text/html' }, body: '<!doctype html><title>Hotel Wi-Fi</title><script>alert(1)</script><form>Room number: <input></form>' };
const UNAVAILABLE: Fault = { kind: 'answered by another', status: 503, headers: { 'Content-Type': 'text/html' }, body: '<h1>503 Service Unavailable</h1>' };
const tooMany = (retryAfter: string): Fault => ({ kind: 'answered by another', status: 429, headers: { 'Retry-After': retryAfter } });

describe('When the network or the server fails', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let ada: Person;
  let page: Page;
  let app: Authenticator;
  /** Of the company, before the save that fails. */
  let oldName = '';

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world: mfaOnWorld() })]);
    ada = await Person.at(await visit(browser, DESK, place.url));
    ({ page } = ada);
    // The database itself counts, so that a second save of the same name is one, too.
    await sql`create table renamed (name text)`.execute(place.server.database.db);
    await sql`create trigger renamed after update on organization begin insert into renamed values (new.name); end`.execute(place.server.database.db);
    await ada.givePassword('ada@example.com', 'analytical-engine-1843');
    app = new Authenticator(ADA_TOTP_SECRET, place.clock);
    await ada.giveCode(app.code());
    await ada.openAccountSettings();
    await ada.openTab('Company Details');
  });
  after(async () => {
    await browser.close();
    await place.close();
  });
  afterEach(() => {
    place.network.mend();
  });

  const card = (): Locator => page.locator('uf-settings').getByRole('region', { name: 'Company Details', exact: true });

  /** She gives the company another name, in a world that fails. */
  async function save(newName: string, fault?: Fault, times?: number): Promise<void> {
    oldName = await nameInDatabase();
    if (fault) place.network.spoil(SAVE_COMPANY, fault, times);
    await ada.write(ada.field('Organisation name'), newName);
    await ada.press('Save details, Company Details');
  }

  /** The sentence is beside the button, and what she typed is in its field. */
  async function isTold(sentence: string, typed: string): Promise<void> {
    await ada.reads(sentence, card(), SOON);
    assert.equal(await ada.field('Organisation name').inputValue(), typed);
    assert.equal(await toast().count(), 0, 'nothing says that it is saved');
  }

  async function saveAgain(newName: string): Promise<void> {
    place.network.mend();
    await ada.press('Save details, Company Details');
    await isSaved(newName);
  }

  /** She is told, and the server did it exactly once. */
  async function isSaved(newName: string): Promise<void> {
    await ada.toast('The company details are saved.', SOON);
    await ada.reads('Saved', card());
    await ada.organisation(newName).waitFor();
    await wasDone(newName);
    await dismissToasts();
  }

  /** It was done though no answer came. By now the server has told the page so, or Save says it again. */
  async function isThereAlready(newName: string): Promise<void> {
    await wasDone(newName);
    place.network.mend();
    await ada.press('Save details, Company Details');
    await ada.reads(/^(Saved|No changes to save)$/, card(), SOON);
    await ada.organisation(newName).waitFor();
    await wasDone(newName);
    await dismissToasts();
  }

  async function dismissToasts(): Promise<void> {
    while ((await toast().count()) > 0) await ada.press(/^Close ?, /, toast().first());
  }

  const toast = (): Locator => page.locator('[part="toast"]');

  async function nameInDatabase(): Promise<string> {
    return (await place.server.database.db.selectFrom('organization').select('name').executeTakeFirstOrThrow()).name;
  }

  async function timesRenamed(to: string): Promise<number> {
    const { rows } = await sql<{ times: number }>`select count(*) as times from renamed where name = ${to}`.execute(place.server.database.db);
    return Number(rows[0]?.times);
  }

  async function wasDone(newName: string): Promise<void> {
    assert.equal(await timesRenamed(newName), 1, 'it was done once');
    assert.equal(await nameInDatabase(), newName);
  }

  async function wasNotDone(newName: string): Promise<void> {
    assert.equal(await timesRenamed(newName), 0, 'it was not done');
    assert.equal(await nameInDatabase(), oldName);
  }

  const tries = (): number => place.network.passages.filter(({ method, path, fault }) => fault && `${method} ${path}`.startsWith(SAVE_COMPANY)).length;

  it('the connection is lost before the request arrived: nothing is done, and pressing Save again does it', async () => {
    await save('Never arrived', { kind: 'lost on the way there' });
    await isTold(NO_ANSWER, 'Never arrived');
    await look(page, 'fault-no-answer');
    assert.ok(tries() > 1, 'it was tried more than once, under one key');
    await wasNotDone('Never arrived');
    await saveAgain('Never arrived');
  });

  it('the connection is lost after the server did it: pressing Save again does not do it twice', async () => {
    await save('Answer lost', { kind: 'lost on the way back' });
    await isTold(NO_ANSWER, 'Answer lost');
    await isThereAlready('Answer lost');
  });

  it('the same, but only once: the next try gets the answer by itself', async () => {
    await save('Answer lost once', { kind: 'lost on the way back' }, 1);
    await isSaved('Answer lost once');
  });

  it('the answer is cut in the middle: the next try gets the whole of it', async () => {
    await save('Half an answer', { kind: 'cut in the middle' }, 1);
    await isSaved('Half an answer');
  });

  it('every answer is cut in the middle: she is told, and it was done once', async () => {
    await save('Only halves', { kind: 'cut in the middle' });
    await isTold(NO_ANSWER, 'Only halves');
    await isThereAlready('Only halves');
  });

  it('the server hangs: the page does not wait for ever', async () => {
    await save('Hung', { kind: 'no answer at all' });
    await isTold(NO_ANSWER, 'Hung');
    await wasNotDone('Hung');
    await saveAgain('Hung');
  });

  it('a login page of somebody else answers, with status 200: it is not drawn, and not taken for a yes', async () => {
    await save('Behind a portal', LOGIN_PAGE);
    await isTold(BROKEN, 'Behind a portal');
    assert.doesNotMatch(await everythingIn(page), /Wi-Fi|Room number/);
    await look(page, 'fault-login-page');
    await wasNotDone('Behind a portal');
    await saveAgain('Behind a portal');
  });

  it('503, and then the server is there: she does not even notice', async () => {
    await save('After 503', UNAVAILABLE, 2);
    await isSaved('After 503');
  });

  it('503 for longer: she is told', async () => {
    await save('Long 503', UNAVAILABLE);
    await isTold(NO_ANSWER, 'Long 503');
    await wasNotDone('Long 503');
    await saveAgain('Long 503');
  });

  it('429 with Retry-After: the sentence says how long to wait', async () => {
    const before = tries();
    await save('Too often', tooMany('7'));
    await isTold('Too many tries. Try again in 7 seconds.', 'Too often');
    await look(page, 'fault-too-many');
    assert.equal(tries() - before, 1, 'a limit is not met again unasked');
    await wasNotDone('Too often');
    await saveAgain('Too often');
  });

  it('the network is gone: nothing is sent, and the page says so until it is back', async () => {
    await page.context().setOffline(true);
    await ada.reads('You’re offline', page, { timeout: 1000 });
    await save('In a tunnel');
    await isTold('You’re offline. Nothing was sent.', 'In a tunnel');
    await look(page, 'fault-offline');
    await wasNotDone('In a tunnel');
    await page.context().setOffline(false);
    await page.locator('uf-settings').getByText('You’re offline', { exact: true }).waitFor({ state: 'hidden' });
    await saveAgain('In a tunnel');
  });

  it('the server is stopped and started again at the same place: who is signed in stays so, and can save', async () => {
    oldName = await nameInDatabase();
    await place.stopServer();
    await ada.write(ada.field('Organisation name'), 'Restarted');
    await ada.press('Save details, Company Details');
    await isTold(NO_ANSWER, 'Restarted');
    await place.startServer();
    await wasNotDone('Restarted');
    await saveAgain('Restarted');
  });

  it('the event stream breaks with everything else: it comes back, and the page catches up with what was missed', async () => {
    const streams = (): number => place.network.passages.filter(({ path }) => path === `${API}/events`).length;
    const before = streams();
    const other = await Person.at(ada.visit, '#/settings/company');
    await other.field('Organisation name').waitFor();
    place.network.breakAll();
    await other.write(other.field('Organisation name'), 'Renamed meanwhile');
    await other.press('Save details, Company Details');
    await other.toast('The company details are saved.');
    await ada.organisation('Renamed meanwhile').waitFor({ timeout: 20_000 });
    assert.equal(await ada.field('Organisation name').inputValue(), 'Renamed meanwhile');
    // Each page reads anew at its own pace: the name may be here before the last stream is open again.
    await opened(() => streams() - before >= 3);
    await other.page.close();
    await wasDone('Renamed meanwhile');
  });

  it('a list that does not come says so with Retry, and leaves the rest of the page alone', async () => {
    place.network.spoil(`GET ${API}/team`, LOGIN_PAGE);
    await ada.openTab('Team Members');
    await ada.reads('Could not load team members', page, SOON);
    await look(page, 'fault-list');
    place.network.mend();
    place.network.spoil(`GET ${API}/team`, { kind: 'cut in the middle' });
    await ada.press('Retry, team members');
    await ada.reads(/^The server did not answer\./, page, SOON);
    place.network.mend();
    await ada.press('Retry, team members');
    await ada.row('Charles Babbage').waitFor();
  });

  it('an invitation whose answer was lost goes out once: one row, one mail', async () => {
    const invited = 'wilhelmine@example.net';
    place.network.spoil(`POST ${API}/team/invitations`, { kind: 'lost on the way back' });
    await ada.press('New Invitation');
    const dialog = ada.dialog('New Invitation');
    await ada.write(ada.field('Email address', dialog), invited);
    await ada.press('Send', dialog);
    await ada.reads(NO_ANSWER, dialog, SOON);
    assert.equal(await ada.field('Email address', dialog).inputValue(), invited);
    await look(page, 'fault-invitation');
    place.network.mend();
    await ada.press('Send', dialog);
    await ada.toast(`Invitation sent to ${invited}.`);
    const rows = await place.server.database.db.selectFrom('invitation').select('id').where('email', '=', invited).execute();
    assert.equal(rows.length, 1);
    await place.mails.arrival(invited, 'Join Renamed meanwhile');
    assert.equal(place.mails.all.filter(({ subject }) => subject?.startsWith('Join ')).length, 1);
  });

  it('a code whose answer was lost is not called wrong: its next try gets the answer, and the keys are shown', async () => {
    await ada.openTab('API Keys');
    place.network.spoil(`POST ${API}/step-up`, { kind: 'lost on the way back' }, 1);
    await ada.press('View API Keys');
    const dialog = ada.dialog('Complete MFA');
    await ada.write(ada.field('One-time code', dialog), app.code());
    await ada.press('Verify', dialog);
    await ada.reads('Your keys are visible', page, SOON);
    await ada.press('Hide now');
  });

  it('keys that came only by half are not shown, and the next try shows them', async () => {
    place.network.spoil(`POST ${API}/api-keys/reveal`, { kind: 'cut in the middle' });
    await ada.press('View API Keys');
    // She had nothing to type.
    await ada.reads('The server did not answer. Try again.', page, SOON);
    assert.doesNotMatch(await everythingIn(page), /uf_(int|dat|prd)_(live|test)_\w{20}/);
    await look(page, 'fault-keys');
    place.network.mend();
    await ada.press('View API Keys');
    await ada.reads('Your keys are visible');
    await ada.press('Hide now');
    await ada.reads('Your keys are hidden');
  });

  it('a page that is opened while the server is away says so instead of calling the person signed out', async () => {
    await ada.openTab('Company Details');
    place.network.spoil(`GET ${API}/context`, UNAVAILABLE);
    await page.reload();
    await ada.reads(/^The server did not answer\. Reload the page in a moment/, page, SOON);
    await look(page, 'fault-context');
    place.network.mend();
    await page.reload();
    await ada.field('Organisation name').waitFor();
  });

  it('away for a moment only, the page goes on by itself to where the person wanted to be', async () => {
    place.network.spoil(`GET ${API}/context`, UNAVAILABLE, 2);
    await page.reload();
    await ada.field('Organisation name').waitFor(SOON);
  });

  it('all the while no error went unseen, and the console has nothing but the browser’s own lines on the network', () => {
    assert.deepEqual(ada.visit.kept.troubles, []);
    assert.ok(ada.visit.kept.network.length > 0);
  });
});
