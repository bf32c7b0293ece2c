import { expect } from 'chai';
import { memberWorld } from '../../../src/adapters/memory/index.js';
import { keys, press, shiftTab, type } from '../../support/keys.js';
import { afterThisTest, hearConsole, listen, mount } from '../../support/mount.js';
import { all, field, find, findField, focusOn, get, gone, nameOf, reads, shown } from '../../support/query.js';
import { eventually, next, until } from '../../support/wait.js';

const TABS = ['Your Account', 'Company Details', 'Team Members', 'API Keys'];
const names = (): string[] => all('tab').map(nameOf);
const selected = (): string[] => all('tab').filter((tab) => tab.getAttribute('aria-selected') === 'true').map(nameOf);

/** The fragment of the page, put back after the test. */
function fragment(hash: string): void {
  const before = location.href;
  history.replaceState(null, '', `${location.pathname}${location.search}${hash}`);
  afterThisTest(() => { history.replaceState(null, '', before); });
}

describe('The tabs of <uf-settings>', () => {
  it('are four, with one panel on the screen that belongs to the open one', async () => {
    await mount('<uf-settings></uf-settings>');
    expect(names()).to.deep.equal(TABS);
    expect(selected()).to.deep.equal(['Your Account']);
    const panel = get('tabpanel');
    expect(nameOf(panel)).to.equal('Your Account');
    expect(get('tab', 'Your Account').getAttribute('aria-controls')).to.equal(panel.id);
    expect(get('tablist', 'Account Settings')).to.exist;
  });

  it('leave out what this person may not open: a plain member has no API Keys', async () => {
    await mount('<uf-settings tab="api-keys"></uf-settings>', { world: memberWorld() });
    await until(() => names().length === 3, 'three tabs');
    expect(names()).to.deep.equal(TABS.slice(0, 3));
    expect(selected()).to.deep.equal(['Your Account']);
    expect(shown()).not.to.include('API Keys');
  });

  it('are one stop for the Tab key; arrows, Home and End move, Enter and Space open', async () => {
    await mount('<uf-settings></uf-settings>');
    expect(all('tab').map((tab) => tab.tabIndex)).to.deep.equal([0, -1, -1, -1]);
    get('tab', 'Your Account').focus();
    await keys('ArrowRight');
    await focusOn('tab', 'Company Details');
    expect(selected(), 'arrows only move').to.deep.equal(['Your Account']);
    await keys('End');
    await focusOn('tab', 'API Keys');
    await keys('ArrowRight');
    await focusOn('tab', 'Your Account');
    await keys('ArrowLeft');
    await focusOn('tab', 'API Keys');
    await keys('Home');
    await focusOn('tab', 'Your Account');
    await keys('ArrowRight', 'Enter');
    await eventually(() => { expect(selected()).to.deep.equal(['Company Details']); });
    await focusOn('tab', 'Company Details');
    await keys('ArrowRight', 'Space');
    await eventually(() => { expect(selected()).to.deep.equal(['Team Members']); });
    await reads('24 people');
    await keys('Tab');
    expect(all('tab').some((tab) => tab.matches(':focus')), 'Tab leaves the row of tabs').to.be.false;
    await shiftTab();
    await focusOn('tab', 'Team Members');
  });

  it('move the other way round in a right-to-left page', async () => {
    const stage = await mount('<uf-settings dir="rtl"></uf-settings>');
    stage.root.dir = 'rtl';
    get('tab', 'Your Account').focus();
    await keys('ArrowLeft');
    await focusOn('tab', 'Company Details');
    await keys('ArrowRight');
    await focusOn('tab', 'Your Account');
    expect(get('tab', 'Your Account').getBoundingClientRect().left).to.be.greaterThan(get('tab', 'Company Details').getBoundingClientRect().left);
  });

  it('keep what was typed in a panel while another is open', async () => {
    await mount('<uf-settings></uf-settings>');
    await type(field('Your name'), 'Half a na');
    await press(get('tab', 'Team Members'));
    await find('button', 'New Invitation');
    expect(all('textbox', 'Your name').map(nameOf), 'hidden').to.be.empty;
    await press(get('tab', 'Your Account'));
    expect((await findField('Your name')).value).to.equal('Half a na');
    expect(shown()).to.include('Unsaved changes');
  });

  it('read nothing for panels that were never opened', async () => {
    const stage = await mount('<uf-settings></uf-settings>', { ready: false });
    const asked: string[] = [];
    for (const operation of ['company.get', 'team.list', 'apiKeys.list'] as const) {
      stage.backend.faults.fail(operation, () => {
        asked.push(operation);
        throw new Error('not asked for');
      });
    }
    await until(() => shown().includes('You are signed in as'), 'the account');
    expect(asked).to.be.empty;
    await press(get('tab', 'Company Details'));
    // The company names who has no second factor, so it reads of the team, too.
    await until(() => asked.includes('company.get') && asked.includes('team.list'), 'the questions');
    expect(asked).not.to.include('apiKeys.list');
  });

  it('tell the page which one the person opened, and nothing when the page itself opens one', async () => {
    const stage = await mount('<uf-settings></uf-settings>');
    const heard = listen(stage.root, 'uf-tab-change');
    const widget = stage.element('uf-settings');
    await press(get('tab', 'API Keys'));
    expect(heard).to.deep.equal([{ type: 'uf-tab-change', detail: { tab: 'api-keys' } }]);
    expect(widget.tab).to.equal('api-keys');
    widget.tab = 'team';
    await eventually(() => { expect(selected()).to.deep.equal(['Team Members']); });
    widget.setAttribute('tab', 'company');
    await eventually(() => { expect(selected()).to.deep.equal(['Company Details']); });
    await press(get('tab', 'Company Details'));
    expect(heard).to.have.length(1);
  });

  it('are chosen and ordered by `sections`', async () => {
    await mount('<uf-settings sections="team account"></uf-settings>');
    expect(names()).to.deep.equal(['Team Members', 'Your Account']);
    expect(selected()).to.deep.equal(['Your Account']);
  });

  it('open the first for a name that no tab has, with one line to the page’s author', async () => {
    const lines = hearConsole();
    const stage = await mount('<uf-settings tab="billing"></uf-settings>');
    expect(selected()).to.deep.equal(['Your Account']);
    stage.element('uf-settings').requestUpdate();
    await stage.element('uf-settings').updateComplete;
    expect(lines).to.deep.equal(['<uf-settings> has no tab "billing". It has: account, company, team, api-keys.']);
  });
});

describe('Deep links', () => {
  it('open the tab that the fragment names, and follow it back', async () => {
    fragment('#settings/team');
    await mount('<uf-settings deep-link="hash"></uf-settings>');
    await eventually(() => { expect(selected()).to.deep.equal(['Team Members']); });
    await press(get('tab', 'API Keys'));
    expect(location.hash).to.equal('#settings/api-keys');
    const back = new Promise((done) => { addEventListener('popstate', done, { once: true }); });
    history.back();
    await back;
    await eventually(() => { expect(selected()).to.deep.equal(['Team Members']); });
  });

  it('write into an empty fragment', async () => {
    fragment('');
    await mount('<uf-settings deep-link="hash"></uf-settings>');
    await press(get('tab', 'Team Members'));
    expect(location.hash).to.equal('#settings/team');
  });

  it('never overwrite a fragment that is the host’s own', async () => {
    fragment('#/app/settings?view=1');
    await mount('<uf-settings deep-link="hash"></uf-settings>');
    await press(get('tab', 'Team Members'));
    await eventually(() => { expect(selected()).to.deep.equal(['Team Members']); });
    expect(location.hash).to.equal('#/app/settings?view=1');
  });

  it('are off unless asked for', async () => {
    fragment('#settings/team');
    await mount('<uf-settings></uf-settings>');
    expect(selected()).to.deep.equal(['Your Account']);
    await press(get('tab', 'API Keys'));
    expect(location.hash).to.equal('#settings/team');
  });

  it('do not follow a fragment of a tab that does not exist', async () => {
    fragment('#settings/__proto__');
    await mount('<uf-settings deep-link="hash"></uf-settings>');
    expect(selected()).to.deep.equal(['Your Account']);
  });

  it('stop following once the widget is gone', async () => {
    fragment('#settings/team');
    const stage = await mount('<uf-settings deep-link="hash"></uf-settings>');
    const widget = stage.element('uf-settings');
    widget.remove();
    const followed = new Promise((done) => { addEventListener('hashchange', done, { once: true }); });
    location.hash = '#settings/company';
    await followed;
    expect(widget.tab).to.equal('team');
  });
});

describe('<uf-settings> in a narrow place', () => {
  const opener = (): HTMLElement => get('button', /^(Your Account|Company Details|Team Members|API Keys)$/);

  it('is a button with a list of links instead of tabs, and never a native select', async () => {
    await mount('<uf-settings></uf-settings>', { width: 340 });
    expect(all('tab').map(nameOf)).to.be.empty;
    expect(all('combobox').map(nameOf), 'those of the preferences').to.deep.equal(['Time zone', 'Language']);
    expect(opener().getAttribute('aria-expanded')).to.equal('false');
    expect(nameOf(opener())).to.equal('Your Account');
    await press(opener());
    await eventually(() => { expect(opener().getAttribute('aria-expanded')).to.equal('true'); });
    expect(all('link').slice(0, 4).map(nameOf)).to.deep.equal(TABS);
    expect(get('link', 'Your Account').getAttribute('aria-current')).to.equal('page');
  });

  it('opens what is chosen, closes, tells the page, and keeps the focus', async () => {
    const stage = await mount('<uf-settings></uf-settings>', { width: 340 });
    const chosen = next(stage.root, 'uf-tab-change');
    await press(opener());
    await press(await find('link', 'Team Members'));
    expect((await chosen).detail).to.deep.equal({ tab: 'team' });
    await gone('link', 'Company Details');
    await focusOn('button', 'Team Members');
    await find('button', 'New Invitation');
    expect(location.hash, 'the link itself is not followed').to.equal('');
  });

  it('closes by Esc, with the focus back, and when the focus leaves', async () => {
    await mount('<uf-settings></uf-settings>', { width: 340 });
    await press(opener());
    const link = await find('link', 'API Keys');
    link.focus();
    await keys('Escape');
    await gone('link', 'API Keys');
    await focusOn('button', 'Your Account');
    await keys('Enter');
    (await find('link', 'API Keys')).focus();
    await keys('Tab');
    await gone('link', 'API Keys');
  });

  it('changes form with the room it has, and what was typed stays', async () => {
    const stage = await mount('<uf-settings></uf-settings>', { width: 900 });
    await type(field('Your name'), 'Half a na');
    stage.root.style.inlineSize = '340px';
    await until(() => all('tab').length === 0, 'the narrow form');
    expect(field('Your name').value).to.equal('Half a na');
    await reads('Unsaved changes');
  });
});
