import { expect } from 'chai';
import { memberWorld } from '../../../src/adapters/memory/index.js';
import { fill, keys, press, type } from '../../support/keys.js';
import { conflictAnswer, listen, mount, type Stage } from '../../support/mount.js';
import { all, field, find, findField, focusOn, get, gone, nameOf, reads, shown, toasts } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const WIDGET = '<uf-company></uf-company>';
const SAVE = 'Save details, Company Details';

const country = (): HTMLSelectElement => get('combobox', 'Country') as HTMLSelectElement;

async function company(stage: Stage): Promise<{ name: string; country: string | null; version: string }> {
  return stage.backend.connect().adapter.call('company.get', undefined);
}

describe('Company Details', () => {
  it('shows name and country, and asks the browser for the right ones', async () => {
    await mount(WIDGET);
    expect((await findField('Organisation name')).value).to.equal('Analytical Engines Ltd');
    expect(field('Organisation name').autocomplete).to.equal('organization');
    expect(country().value).to.equal('GB');
    expect(country().selectedOptions[0]?.text).to.equal('United Kingdom');
  });

  it('offers the 249 countries of ISO 3166-1 by name, in the order of the language', async () => {
    await mount(WIDGET);
    await findField('Organisation name');
    const names = [...country().options].slice(1).map(({ text }) => text);
    expect(names).to.have.length(249);
    expect(names).to.deep.equal([...names].sort(new Intl.Collator('en-GB').compare));
    expect(names.slice(0, 2)).to.deep.equal(['Afghanistan', 'Åland Islands']);
  });

  it('saves both together, with a toast, and every widget shows it', async () => {
    const stage = await mount(`<uf-organisation-menu></uf-organisation-menu>${WIDGET}`);
    const heard = listen(stage.root, 'uf-change');
    await type(await findField('Organisation name'), 'Difference & Daughters');
    country().focus();
    await keys('F', 'r');
    await until(() => country().selectedOptions[0]?.text.startsWith('Fr'), 'France by its first letters');
    await press(get('button', SAVE));
    await reads('Saved', stage.root);
    await eventually(() => { expect(toasts()).to.deep.equal(['The company details are saved.']); });
    expect(await company(stage)).to.include({ name: 'Difference & Daughters', country: 'FR' });
    await find('button', 'Organisation: Difference & Daughters');
    expect(heard).to.deep.equal([{ type: 'uf-change', detail: { operation: 'company.update' } }]);
  });

  it('lets the country be taken back', async () => {
    const stage = await mount(WIDGET);
    await findField('Organisation name');
    country().focus();
    await keys('Home');
    await eventually(() => { expect(country().value).to.equal(''); });
    await press(get('button', SAVE));
    await reads('Saved', stage.root);
    expect((await company(stage)).country).to.be.null;
  });

  it('says that the name is missing or too long, and keeps what was typed', async () => {
    const stage = await mount(WIDGET);
    await type(await findField('Organisation name'), ' ');
    await press(get('button', SAVE));
    await reads('Enter the name of your organisation.');
    await focusOn('textbox', 'Organisation name');
    fill(field('Organisation name'), 'x'.repeat(10_240));
    await press(get('button', SAVE));
    await reads('This is too long. Use at most 200 characters.');
    expect(field('Organisation name').value).to.have.length(10_240);
    expect((await company(stage)).version).to.equal('1');
  });

  it('says "No changes to save" when there are none', async () => {
    await mount(WIDGET);
    await findField('Organisation name');
    await press(get('button', SAVE));
    await reads('No changes to save');
  });

  it('has one effect when the answer is lost and the person saves again', async () => {
    const stage = await mount(WIDGET);
    await type(await findField('Organisation name'), 'Difference & Daughters');
    stage.backend.faults.fail('company.update', 'unavailable', { times: 1, committed: true });
    await press(get('button', SAVE));
    await reads('The server did not answer.', stage.root);
    await press(get('button', SAVE));
    await reads('Saved', stage.root);
    expect((await company(stage)).version).to.equal('2');
  });

  it('shows both versions when another session saved first; mine can be kept', async () => {
    const stage = await mount(WIDGET);
    await type(await findField('Organisation name'), 'Mine Ltd');
    await stage.backend.connect('charles@example.com').adapter.call('company.update', { name: 'Theirs Ltd', country: 'FR' });
    await press(get('button', SAVE));
    await reads('Somebody changed this while you were editing');
    await reads('Yours Organisation name Mine Ltd');
    await reads('Theirs Organisation name Theirs Ltd');
    const keep = await conflictAnswer('Keep mine');
    expect((await company(stage)).name).to.equal('Theirs Ltd');
    await press(keep);
    await reads('Saved', stage.root);
    expect((await company(stage)).name).to.equal('Mine Ltd');
    expect(shown()).not.to.include('Somebody changed this');
  });

  it('keeps what the other session saved in the field that I did not touch', async () => {
    const stage = await mount(WIDGET);
    await type(await findField('Organisation name'), 'Mine Ltd');
    await stage.backend.connect('charles@example.com').adapter.call('company.update', { country: 'FR' });
    await eventually(() => { expect(country().value).to.equal('FR'); });
    await press(get('button', SAVE));
    await until(() => all('button', 'Keep mine').length > 0 || shown(stage.root).includes('Saved'), 'an answer');
    if (all('button', 'Keep mine').length > 0) await press(await conflictAnswer('Keep mine'));
    await reads('Saved', stage.root);
    expect(await company(stage)).to.include({ name: 'Mine Ltd', country: 'FR' });
  });

  it('takes theirs on request', async () => {
    const stage = await mount(WIDGET);
    await type(await findField('Organisation name'), 'Mine Ltd');
    await stage.backend.connect('charles@example.com').adapter.call('company.update', { name: 'Theirs Ltd' });
    await press(get('button', SAVE));
    await press(await conflictAnswer('Take theirs'));
    await eventually(() => { expect(field('Organisation name').value).to.equal('Theirs Ltd'); });
    await gone('button', 'Take theirs');
    expect((await company(stage)).name).to.equal('Theirs Ltd');
  });

  it('is read-only for a plain member, with the reason and the values', async () => {
    await mount('<uf-company sections="company"></uf-company>', { world: memberWorld() });
    await reads('Only an owner or an admin can change these details.');
    await reads('Analytical Engines Ltd');
    await reads('United Kingdom');
    expect(all('textbox')).to.have.length(0);
    expect(all('button').map(nameOf)).to.deep.equal([]);
  });

  it('says that it could not be loaded, and loads on Retry, while the rest of the page works', async () => {
    const stage = await mount(`<uf-account sections="profile"></uf-account>${WIDGET}`, { ready: false });
    stage.backend.faults.fail('company.get', 'unavailable');
    await reads('Could not load company details The server did not answer. The rest of this page still works.');
    await findField('Your name');
    stage.backend.faults.clear();
    await press(get('button', 'Retry, company details'));
    await findField('Organisation name');
    expect(shown()).not.to.include('Could not load');
  });
});
