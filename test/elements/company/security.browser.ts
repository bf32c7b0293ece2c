import { expect } from 'chai';
import { ADA_TOTP_SECRET, busyTeamWorld, demoWorld, memberWorld, mfaOnWorld, mfaPolicyWorld } from '../../../src/adapters/memory/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { fill, keys, press, type } from '../../support/keys.js';
import { completeMfa, mount, saveRecoveryCodes, setUpMfa, type Stage } from '../../support/mount.js';
import { all, field, find, findField, focusOn, get, gone, nameOf, reads, toasts } from '../../support/query.js';
import { eventually } from '../../support/wait.js';

const WIDGET = '<uf-company sections="security"></uf-company>';
const DAY = 86_400;

async function choose(value: string): Promise<void> {
  const select = (await find('combobox', 'Require multi-factor authentication')) as HTMLSelectElement;
  select.focus();
  select.value = value;
  for (const kind of ['input', 'change']) select.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
}

const policy = async (stage: Stage): Promise<string | null> => (await stage.session.adapter.call('company.get', undefined)).mfaRequiredFrom;

/** Ada's proof, which the save waits for. */
const prove = (stage: Stage): Promise<unknown> => completeMfa(new Authenticator(ADA_TOTP_SECRET, stage.clock).code());

/** Sets up an authenticator app in the steps on the screen. */
async function enrol(stage: Stage): Promise<void> {
  await setUpMfa(stage);
  await saveRecoveryCodes();
}

describe('requiring MFA', () => {
  it('says how many are concerned and who they are', async () => {
    await mount(WIDGET, { world: busyTeamWorld() });
    await reads('19 people have no multi-factor authentication');
    await reads(/and \+16/);
  });

  it('says before saving what it does to them, and afterwards from when on it stands', async () => {
    const stage = await mount(WIDGET, { world: mfaOnWorld() });
    await choose('7');
    await reads(/^Whoever has none gets a mail now and sees a reminder\. From /);
    await press(get('button', 'Save security'));
    await prove(stage);
    await eventually(() => { expect(toasts()).to.include('Security saved.'); });
    const from = new Date((await policy(stage)) ?? '');
    expect([from.getHours(), from.getMinutes()]).to.deep.equal([0, 0]);
    await eventually(() => { expect((get('combobox', 'Require multi-factor authentication') as HTMLSelectElement).selectedOptions[0]?.text).to.match(/^Required from /); });
    expect(stage.mails()).to.have.length(21);
  });

  it('can begin at once, and be lifted', async () => {
    const stage = await mount(WIDGET, { world: mfaOnWorld() });
    await choose('now');
    await reads(/is shut out at once/);
    await press(get('button', 'Save security'));
    await prove(stage);
    await eventually(() => { expect(toasts()).to.include('Security saved.'); });
    expect(Math.abs(Date.parse((await policy(stage)) ?? '') - stage.clock())).to.be.below(60_000);
    await choose('off');
    await reads('Nobody has to have it any more. What people have set up stays as it is.');
    await press(get('button', 'Save security'));
    await eventually(() => { expect((get('combobox', 'Require multi-factor authentication') as HTMLSelectElement).selectedOptions[0]?.text).to.equal('Not required'); expect(all('combobox')[0]?.textContent).not.to.include('Required since'); });
    expect(await policy(stage)).to.be.null;
  });

  it('takes a proof of the person to be switched off; given up, it stands as it did and the choice is kept', async () => {
    const stage = await mount(WIDGET, { world: mfaPolicyWorld(-DAY) });
    await choose('off');
    await press(get('button', 'Save security'));
    await find('dialog', 'Complete MFA');
    await keys('Escape');
    await gone('dialog', 'Complete MFA');
    await focusOn('button', 'Save security');
    expect(await policy(stage)).not.to.be.null;
    expect((get('combobox', 'Require multi-factor authentication') as HTMLSelectElement).value).to.equal('off');
    await keys('Enter');
    await prove(stage);
    await eventually(() => { expect(toasts()).to.include('Security saved.'); });
    expect(await policy(stage)).to.be.null;
  });

  it('wants a day that is still to come', async () => {
    await mount(WIDGET, { world: mfaOnWorld() });
    await choose('date');
    await press(get('button', 'Save security'));
    await reads(/Choose a day after today\./);
    fill(field('First day'), '2020-02-29');
    await reads(/Choose a day after today\./);
  });

  it('leads whoever has none through their own set-up first, and then saves', async () => {
    const stage = await mount(WIDGET, { world: demoWorld() });
    await choose('30');
    await reads(/You have none yourself yet/);
    await press(get('button', 'Save security'));
    await press(get('button', 'Setup Multi-factor authentication', await find('dialog', 'Set up multi-factor authentication first')));
    await enrol(stage);
    await eventually(() => { expect(toasts()).to.include('Security saved.'); });
    expect(await policy(stage)).not.to.be.null;
  });

  it('says that the names could not be loaded; the choice is there all the same', async () => {
    const faulty = await mount(WIDGET, { world: mfaOnWorld(), ready: false });
    faulty.backend.faults.fail('team.list', 'unavailable', { times: 1 });
    await reads('Could not load team members');
    await find('combobox', 'Require multi-factor authentication');
    await press(get('button', 'Retry, team members'));
    await reads('21 people have no multi-factor authentication');
  });

  it('shows plain members how it stands', async () => {
    await mount(WIDGET, { world: memberWorld() });
    await reads('Not required');
    expect(all('combobox').map(nameOf)).to.be.empty;
  });
});

describe('being required to have MFA', () => {
  it('is said ahead of time, with a way to the set-up', async () => {
    await mount('<uf-account></uf-account>', { world: mfaPolicyWorld(19 * DAY, 'mary@example.com') });
    await reads(/requires multi-factor authentication from/);
    await press(get('button', /^Setup Multi-factor authentication ?, Analytical/));
    await findField(/code/i);
  });

  it('is not said to those who have it', async () => {
    const stage = await mount('<uf-team></uf-team>', { world: mfaPolicyWorld(-DAY) });
    await reads('MFA missing');
    expect(stage.root.textContent).not.to.include('requires');
    expect(all('button', /, Analytical/).map(nameOf)).to.be.empty;
  });

  it('is set up in any tab, and the tab stays', async () => {
    await mount('<uf-settings tab="team"></uf-settings>', { world: mfaPolicyWorld(19 * DAY, 'mary@example.com') });
    await press(await find('button', /^Setup Multi-factor authentication ?, Analytical/));
    await findField(/code/i);
    expect(get('tab', 'Team Members').getAttribute('aria-selected')).to.equal('true');
  });

  it('stands in the place of the team once it has begun; set up there, the team opens', async () => {
    const stage = await mount('<uf-team></uf-team>', { world: mfaPolicyWorld(-DAY, 'mary@example.com') });
    await reads(/you have none yet\. Until you set it up/);
    expect(all('table').map(nameOf)).to.be.empty;
    await press(await find('button', /^Setup Multi-factor authentication ?, Analytical/));
    await enrol(stage);
    await find('table');
    await focusOn('heading', 'Team Members');
  });

  it('says so above the account, and all tabs open by themselves after the set-up', async () => {
    const stage = await mount('<uf-settings></uf-settings>', { world: mfaPolicyWorld(-DAY, 'mary@example.com') });
    await reads(/Until you set it up, only your own account is open to you/);
    expect(all('tab')).to.have.length(1);
    await press(get('button', /^Setup Multi-factor authentication ?, Analytical/));
    await enrol(stage);
    await find('tab', 'Team Members');
    await gone('button', /^Setup Multi-factor authentication/);
  });
});

describe('What the backend refuses for want of MFA', () => {
  it('leads into the set-up from wherever it was asked for, and then goes on by itself', async () => {
    const stage = await mount('<uf-company sections="membership"></uf-company>', { world: demoWorld() });
    await press(await find('button', 'Delete organisation'));
    await type(await findField('Type the name of the organisation to confirm'), 'Analytical Engines Ltd');
    await keys('Enter');
    await press(get('button', 'Setup Multi-factor authentication', await find('dialog', 'Set up multi-factor authentication first')));
    await enrol(stage);
    await eventually(() => { expect(toasts()).to.include('Analytical Engines Ltd is deleted.'); });
  });
});
