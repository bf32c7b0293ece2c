import { expect } from 'chai';
import { demoWorld } from '../../../src/adapters/memory/index.js';
import { SettingsError } from '../../../src/contract/index.js';
import { keys, press, type } from '../../support/keys.js';
import { listen, mount } from '../../support/mount.js';
import { all, field, find, focused, get, gone, nameOf, reads, shown } from '../../support/query.js';
import { eventually } from '../../support/wait.js';

const card = '<uf-account sections="delete-account sign-out"></uf-account>';
const OPEN = 'Delete my account';
const CONFIRM = 'Type your email address to confirm';

const focusedName = (): string => {
  const element = focused();
  return element ? nameOf(element) : 'nothing';
};

describe('Delete account', () => {
  it('says before the click that the only owner of an organisation cannot go, names it, and says the way out', async () => {
    const stage = await mount(card);
    await reads('You are the only owner of Analytical Engines Ltd', stage.root);
    expect(shown(stage.root)).to.include('Make somebody else an owner first, or delete the organisation.');
    expect(all('button').map(nameOf)).not.to.include(OPEN);
  });

  it('asks for the address: the harmless answer has the focus, and the other one says why it is not ready', async () => {
    await mount(card, { as: 'mary@example.com' });
    await press(await find('button', OPEN));
    const dialog = await find('alertdialog', 'Delete the account of mary@example.com?');
    expect(focusedName()).to.equal('Keep account');
    expect(shown(dialog)).to.include('Ready once the address is typed.');
    await press(get('button', 'Delete account'));
    await reads('Type mary@example.com to confirm.', dialog);
    expect(focusedName()).to.equal(CONFIRM);
    await type(field(CONFIRM), 'ada@example.com');
    await keys('Enter');
    await reads('This is not the address of your account.', dialog);
    await keys('Escape');
    await gone('alertdialog', 'Delete the account of mary@example.com?');
    expect(focusedName()).to.equal(OPEN);
  });

  it('deletes the account under its address, however it is written, and ends signed out: the page hears of it, the team forgets them, a last mail goes out', async () => {
    const stage = await mount(card, { as: 'mary@example.com' });
    const heard = listen(stage.root, 'uf-sign-out', 'uf-change');
    await press(await find('button', OPEN));
    await type(field(CONFIRM), '  Mary@Example.com ');
    await reads('Ready. This deletes your account at once.', stage.root);
    await keys('Enter');
    await reads('You’re signed out', stage.root);
    expect(heard.map((event) => event.type)).to.deep.equal(['uf-change', 'uf-sign-out']);
    const { items } = await stage.backend.connect().adapter.call('team.list', { search: 'mary@example.com' });
    expect(items).to.deep.equal([]);
    expect(stage.mails('mary@example.com').map(({ subject }) => subject)).to.deep.equal(['Your account was deleted']);
    let refused = '';
    await stage.backend.connect(null).signIn({ email: 'mary@example.com', password: 'physical-sciences-1834' }).catch((error: unknown) => { refused = SettingsError.is(error) ? error.kind : 'unknown'; });
    expect(refused).to.equal('wrong-credential');
  });

  it('says so when they have become the only owner meanwhile, deletes nothing, and keeps the answer', async () => {
    const world = demoWorld();
    const stage = await mount(card, { world, as: 'mary@example.com' });
    await press(await find('button', OPEN));
    stage.backend.faults.fail('account.delete', 'conflict', { times: 1 });
    await type(field(CONFIRM), 'mary@example.com');
    await keys('Enter');
    await reads('Make somebody else an owner first, or delete the organisation.', stage.root);
    expect(field(CONFIRM).value).to.equal('mary@example.com');
    await eventually(() => { expect(get('alertdialog', 'Delete the account of mary@example.com?')).to.exist; });
  });
});
