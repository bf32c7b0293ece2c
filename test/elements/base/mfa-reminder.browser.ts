import { expect } from 'chai';
import { demoWorld, mfaPolicyWorld, shutOutWorld } from '../../../src/adapters/memory/index.js';
import { itWith } from '../../support/engines.js';
import { keys, press, typeHere } from '../../support/keys.js';
import { mount } from '../../support/mount.js';
import { all, find, findField, focused, get, gone, nameOf, reads, shown, toasts } from '../../support/query.js';
import { watchShifts } from '../../support/shifts.js';
import { eventually, frame, until } from '../../support/wait.js';

const DAY = 86_400;
const MARY = 'mary@example.com';
const HERE = 'Analytical Engines Ltd';
const SET_UP = /^Setup Multi-factor authentication ?, Analytical/;
const WIDGETS = ['uf-account', 'uf-company', 'uf-team', 'uf-api-keys', 'uf-settings'] as const;

describe('The reminder of required MFA', () => {
  it('is said by one widget of the page, the first; by the next one when that is hidden or gone', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account><uf-company sections="company"></uf-company><uf-team></uf-team>', { world: mfaPolicyWorld(19 * DAY, MARY) });
    const sayers = (): string[] => [...stage.root.querySelectorAll('uf-account, uf-company, uf-team')].filter((widget) => shown(widget).includes('requires multi-factor')).map(({ localName }) => localName);
    await find('button', SET_UP);
    await reads('24 people');
    expect(sayers()).to.deep.equal(['uf-account']);
    stage.element('uf-account').style.display = 'none';
    await eventually(() => { expect(sayers()).to.deep.equal(['uf-company']); });
    stage.element('uf-company').remove();
    await eventually(() => { expect(sayers()).to.deep.equal(['uf-team']); });
    stage.element('uf-account').style.display = '';
    await eventually(() => { expect(sayers()).to.deep.equal(['uf-account']); });
  });

  it('goes once MFA is set up, and is not there for those who need none', async () => {
    await mount('<uf-account sections="profile"></uf-account>', { world: demoWorld() });
    await findField('Your name');
    expect(shown()).not.to.include('requires multi-factor');
  });

  it('stays at the lower end of the window, and covers nothing that has the focus', async () => {
    await mount('<uf-account></uf-account>', { world: mfaPolicyWorld(19 * DAY, MARY), width: 700 });
    for (const words of ['It is now', 'No passkeys yet', 'This device', 'Delete account']) await reads(words);
    const bar = (await find('button', SET_UP)).closest('[role=group]');
    const own = (): DOMRect => bar?.getBoundingClientRect() ?? new DOMRect();
    expect(own().bottom).to.be.at.most(innerHeight);
    expect(own().top).to.be.above(innerHeight / 2);
    (await findField('Your name')).focus();
    for (let tabs = 0; tabs < 14; tabs++) {
      await keys('Tab');
      const at = focused();
      if (!at || bar?.contains(at)) break;
      // WebKit scrolls to what has the focus a little later.
      await eventually(() => { expect(at.getBoundingClientRect().bottom, nameOf(at)).to.be.at.most(own().top); });
    }
  });

  for (const tag of WIDGETS) {
    for (const width of [1000, 360]) {
      itWith('layout-shift')(`moves nothing of <${tag}> at ${String(width)} px by more than 0.02 when it comes`, async () => {
        const shifts = watchShifts();
        await mount(`<uf-organisation-menu></uf-organisation-menu><${tag}></${tag}><p>Below</p>`, { ready: false, latency: 150, width, world: mfaPolicyWorld(19 * DAY, 'john@example.com') });
        await find('button', SET_UP);
        await frame();
        expect(await shifts()).to.be.at.most(0.02);
      });

      // What the page has below rises: nothing is left of the widget.
      itWith('layout-shift')(`moves nothing of <${tag}> at ${String(width)} px by more than 0.02 when it has begun`, async () => {
        const shifts = watchShifts();
        await mount(`<uf-organisation-menu></uf-organisation-menu><${tag}></${tag}>`, { ready: false, latency: 150, width, world: mfaPolicyWorld(-DAY, 'john@example.com') });
        await find('button', SET_UP);
        await find('button', /^Leave organisation/);
        await frame();
        expect(await shifts()).to.be.at.most(0.02);
      });
    }
  }
});

describe('Being shut out for want of MFA', () => {
  it('has its reason in each widget of the organisation, and the ways on in one', async () => {
    await mount('<uf-company></uf-company><uf-team></uf-team>', { world: shutOutWorld() });
    await find('button', SET_UP);
    await find('button', /^Leave organisation ?, Analytical/);
    expect(shown().split('Until you set it up').length - 1).to.equal(2);
    expect(all('button', SET_UP)).to.have.length(1);
    expect(all('button', 'Save details').map(nameOf)).to.be.empty;
  });

  it('is left by going to another organisation, by keyboard alone, from uf-settings', async () => {
    const stage = await mount('<uf-organisation-menu></uf-organisation-menu><uf-settings></uf-settings>', { world: shutOutWorld() });
    expect(all('tab')).to.have.length(1);
    (await find('button', /^Your organisations ?, Analytical/)).focus();
    await keys('Enter');
    const other = await find('button', /^Difference Works AB/, stage.element('uf-settings'));
    other.focus();
    await keys('Enter');
    await find('button', 'Organisation: Difference Works AB');
    await find('tab', 'Team Members');
    await gone('button', SET_UP);
    await until(() => focused() !== document.body && focused() !== null, 'the focus in the page');
  });

  it('is left without what was typed for the account being lost', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>', { world: shutOutWorld() });
    (await findField('Your name')).focus();
    await typeHere('New ');
    await press(await find('button', /^Your organisations ?, Analytical/));
    await press(await find('button', /^Difference Works AB/));
    await gone('button', SET_UP);
    expect((await findField('Your name')).value).to.match(/^New |New $/);
    expect((await stage.session.adapter.call('auth.context', undefined)).organisation?.name).to.equal('Difference Works AB');
  });

  it('is left by leaving it, after a question', async () => {
    const stage = await mount('<uf-team></uf-team>', { world: shutOutWorld() });
    await press(await find('button', /^Leave organisation ?, Analytical/));
    await press(get('button', 'Leave organisation', await find('alertdialog', `Leave ${HERE}?`)));
    await eventually(() => { expect(toasts()).to.include(`You have left ${HERE}.`); });
    await find('table');
    expect((await stage.session.adapter.call('auth.context', undefined)).organisations.map(({ name }) => name)).to.deep.equal(['Difference Works AB']);
  });

  it('says what went wrong with leaving, and lets it be tried again', async () => {
    const stage = await mount('<uf-team></uf-team>', { world: shutOutWorld() });
    stage.backend.faults.fail('organisation.leave', 'unavailable', { times: 1 });
    await press(await find('button', /^Leave organisation ?, Analytical/));
    await press(get('button', 'Leave organisation', await find('alertdialog')));
    await reads('The server did not answer. Try again.');
    await press(get('button', /^Leave organisation ?, Analytical/));
    await press(get('button', 'Leave organisation', await find('alertdialog')));
    await find('table');
  });

  it('offers its only owner no way out that there is not', async () => {
    await mount('<uf-settings></uf-settings>', { world: { ...demoWorld(), organisations: mfaPolicyWorld(-DAY).organisations } });
    await find('button', SET_UP);
    await frame();
    expect(all('button', /^(Leave organisation|Your organisations)/).map(nameOf)).to.be.empty;
  });
});
