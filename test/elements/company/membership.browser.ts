import { expect } from 'chai';
import { ADA_TOTP_SECRET, adminWorld, demoWorld, memberWorld, mfaOnWorld, severalOrganisationsWorld, type World } from '../../../src/adapters/memory/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { keys, press, type, typeHere } from '../../support/keys.js';
import { completeMfa, mount, type Stage } from '../../support/mount.js';
import { all, field, find, findField, focused, focusOn, get, gone, nameOf, reads, shown, toasts } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const WIDGET = '<uf-company sections="membership"></uf-company>';
const NAME = 'Analytical Engines Ltd';

/** Ada proves presence with her authenticator, whatever asked for it. */
async function prove(stage: Stage): Promise<void> {
  await find('dialog', 'Complete MFA');
  await completeMfa(new Authenticator(ADA_TOTP_SECRET, stage.clock).code());
}

const namesToChoose = (): string[] => all('radio').map(nameOf);

/** A second owner beside Ada. */
function twoOwners(): World {
  const world = mfaOnWorld();
  for (const member of world.organisations[0]?.members ?? []) if (member.email === 'charles@example.com') member.role = 'owner';
  return world;
}

describe('leaving an organisation', () => {
  it('says to its only owner what stands against it, instead of a button to find that out by', async () => {
    await mount(WIDGET);
    await find('heading', 'Leave organisation');
    await reads('You are its only owner. Transfer ownership first, or delete the organisation.');
    expect(all('button', 'Leave organisation').map(nameOf)).to.be.empty;
  });

  it('asks first, and Stay changes nothing', async () => {
    const stage = await mount(WIDGET, { world: memberWorld() });
    await press(await find('button', 'Leave organisation'));
    await find('alertdialog', `Leave ${NAME}?`);
    expect(nameOf(focused() ?? document.body)).to.equal('Stay');
    await keys('Enter');
    await gone('alertdialog');
    await focusOn('button', 'Leave organisation');
    expect((await stage.session.adapter.call('auth.context', undefined)).organisation?.name).to.equal(NAME);
  });

  it('ends the membership, and the widget says that its person is in no organisation', async () => {
    const stage = await mount('<uf-company></uf-company>', { world: memberWorld() });
    await press(await find('button', 'Leave organisation'));
    await press(get('button', 'Leave organisation', await find('alertdialog')));
    await reads('You are in no organisation');
    await eventually(() => { expect(toasts()).to.include(`You have left ${NAME}.`); });
    await until(() => focused() !== document.body, 'the focus in the widget');
    expect((await stage.session.adapter.call('auth.context', undefined)).organisations).to.be.empty;
    expect(shown(stage.root)).not.to.include('Save details');
  });

  it('takes the whole page to the next organisation of the person', async () => {
    const world = severalOrganisationsWorld();
    for (const member of world.organisations[0]?.members ?? []) if (member.email === 'charles@example.com') member.role = 'owner';
    await mount('<uf-organisation-menu></uf-organisation-menu><uf-company></uf-company>', { world });
    await press(await find('button', 'Leave organisation'));
    await press(get('button', 'Leave organisation', await find('alertdialog')));
    await find('button', 'Organisation: Difference Works AB');
    await reads('Sweden');
  });

  it('says so at the row when the other owner left a moment before', async () => {
    const stage = await mount(WIDGET, { world: twoOwners() });
    await find('button', 'Leave organisation');
    stage.backend.faults.fail('organisation.leave', 'conflict');
    await press(get('button', 'Leave organisation'));
    await press(get('button', 'Leave organisation', await find('alertdialog')));
    await reads('This was changed at the same moment.');
  });
});

describe('transferring ownership', () => {
  it('is for owners alone', async () => {
    await mount(WIDGET, { world: adminWorld() });
    await find('button', 'Leave organisation');
    expect(all('button', 'Transfer ownership').map(nameOf)).to.be.empty;
    expect(all('button', 'Delete organisation').map(nameOf)).to.be.empty;
  });

  it('finds the member by search, by keyboard alone, and hands over after proof', async () => {
    const stage = await mount(WIDGET, { world: mfaOnWorld() });
    await press(await find('button', 'Transfer ownership'));
    await find('dialog', `Transfer ownership of ${NAME}`);
    await find('radio', /Charles Babbage/);
    expect(namesToChoose()).to.have.length(6);
    expect(namesToChoose().join()).not.to.include('Ada Lovelace');
    await reads(/more members\. Search to find them\./);
    expect(nameOf(focused() ?? document.body)).to.equal('Search members');
    await typeHere('somerville');
    await keys('Enter');
    await until(() => namesToChoose().length === 1, 'only Mary');
    await keys('Tab', ' ');
    await eventually(() => { expect((get('radio', /Mary/) as HTMLInputElement).checked).to.be.true; });
    await press(get('button', 'Transfer ownership', await find('dialog', /^Transfer/)));
    await prove(stage);
    await gone('dialog', /^Transfer/);
    await eventually(() => { expect(toasts()).to.deep.equal(['Mary Somerville is an owner of Analytical Engines Ltd now. You are an admin.']); });
    expect((await stage.session.adapter.call('auth.context', undefined)).organisation?.role).to.equal('admin');
    await gone('button', 'Transfer ownership');
    await find('button', 'Leave organisation');
    expect(stage.mails().map(({ subject }) => subject)).to.have.length(2);
  });

  it('asks for the new owner when nobody was chosen', async () => {
    await mount(WIDGET, { world: mfaOnWorld() });
    await press(await find('button', 'Transfer ownership'));
    await find('radio', /Charles Babbage/);
    await press(get('button', 'Transfer ownership', await find('dialog', /^Transfer/)));
    await reads('Choose the new owner.');
  });

  it('keeps who was chosen when another search leaves them out', async () => {
    await mount(WIDGET, { world: mfaOnWorld() });
    await press(await find('button', 'Transfer ownership'));
    (await find('radio', /Charles Babbage/)).click();
    await type(get('searchbox', 'Search members'), 'somerville');
    await find('radio', /Mary/);
    expect((get('radio', /Charles/) as HTMLInputElement).checked).to.be.true;
  });

  it('says that somebody is an owner by now', async () => {
    const stage = await mount(WIDGET, { world: mfaOnWorld() });
    await press(await find('button', 'Transfer ownership'));
    (await find('radio', /Charles Babbage/)).click();
    stage.backend.faults.fail('organisation.transfer', 'conflict');
    await press(get('button', 'Transfer ownership', await find('dialog', /^Transfer/)));
    await reads('Charles Babbage is an owner already.');
  });
});

describe('deleting an organisation', () => {
  it('takes its name, and proof, and leads to the next one', async () => {
    const world = severalOrganisationsWorld();
    for (const person of world.people) if (person.email === 'ada@example.com') Object.assign(person, mfaOnWorld().people.find(({ email }) => email === 'ada@example.com'));
    const stage = await mount('<uf-organisation-menu></uf-organisation-menu><uf-company></uf-company>', { world });
    await press(await find('button', 'Delete organisation'));
    const dialog = await find('alertdialog', `Delete ${NAME}?`);
    expect(nameOf(focused() ?? document.body)).to.equal('Keep organisation');
    await press(get('button', 'Delete organisation', dialog));
    await reads(`Type ${NAME} to confirm.`);
    await type(field('Type the name of the organisation to confirm'), 'Analytical');
    await keys('Enter');
    await reads(`This is not its name. Type ${NAME}.`);
    await type(field('Type the name of the organisation to confirm'), `  ${NAME} `);
    await reads('Ready. This deletes the organisation at once.');
    await keys('Enter');
    await prove(stage);
    await find('button', 'Organisation: Difference Works AB');
    await eventually(() => { expect(toasts()).to.include(`${NAME} is deleted.`); });
    await gone('alertdialog');
    expect((await stage.session.adapter.call('auth.context', undefined)).organisations.map(({ name }) => name)).not.to.include(NAME);
  });

  it('leads people without MFA into its set-up instead of a dead end', async () => {
    await mount(WIDGET, { world: demoWorld() });
    await press(await find('button', 'Delete organisation'));
    await type(await findField('Type the name of the organisation to confirm'), NAME);
    await keys('Enter');
    await find('dialog', 'Set up multi-factor authentication first');
  });
});
