import { expect } from 'chai';
import { severalOrganisationsWorld } from '../../../src/adapters/memory/index.js';
import { keys, press, typeHere } from '../../support/keys.js';
import { mount } from '../../support/mount.js';
import { all, find, findField, focusOn, get, gone, nameOf, said, shown } from '../../support/query.js';
import { until } from '../../support/wait.js';

const HOME = 'Organisation: Analytical Engines Ltd';
const OTHER = /^Difference Works AB/;

describe('switching organisations in <uf-organisation-menu>', () => {
  const world = severalOrganisationsWorld();

  it('lists them with the role in each and the current one marked, and takes every widget of the page along', async () => {
    await mount('<uf-organisation-menu></uf-organisation-menu><uf-settings tab="team"></uf-settings>', { world });
    await find('tab', 'API Keys');
    await press(await find('button', HOME));
    await find('button', OTHER);
    const places = all('button').filter((button) => button.classList.contains('place'));
    expect(places.map(nameOf)).to.deep.equal(['Analytical Engines Ltd Owner', 'Difference Works AB Member', 'Jacquard Weaving Mills SARL Admin']);
    expect(places.map((place) => place.getAttribute('aria-current'))).to.deep.equal(['true', null, null]);
    await press(get('button', OTHER));
    await focusOn('button', 'Organisation: Difference Works AB');
    await gone('tab', 'API Keys');
    await until(() => all('rowheader').some((row) => row.textContent.includes('Georg Scheutz')), 'the team of the other organisation');
    expect(all('rowheader').some((row) => row.textContent.includes('Charles Babbage'))).to.be.false;
    await until(() => said().includes('You are now in Difference Works AB.'), 'the announcement');
  });

  it('lists them, too, when it was opened before it knew of any', async () => {
    await mount('<uf-organisation-menu></uf-organisation-menu>', { world, ready: false, latency: 150 });
    await press(await find('button', /^Organisation: /));
    expect(all('button', HOME)).to.be.empty;
    await find('button', OTHER);
  });

  it('asks before unsaved changes to the organisation go; Stay keeps them', async () => {
    await mount('<uf-organisation-menu></uf-organisation-menu><uf-company></uf-company>', { world });
    const name = await findField('Organisation name');
    name.focus();
    await typeHere('New ');
    await press(get('button', HOME));
    await press(await find('button', OTHER));
    await focusOn('button', 'Stay');
    await keys('Enter');
    await focusOn('button', HOME);
    expect(name.value).to.match(/New/);
    await press(get('button', HOME));
    await press(await find('button', OTHER));
    await press(await find('button', 'Discard and switch'));
    await find('button', 'Organisation: Difference Works AB');
    await until(() => shown().includes('Sweden'), 'the company of the other organisation');
  });

  it('says that one is no longer there, with a fresh list, when somebody took the person out meanwhile', async () => {
    const { backend } = await mount('<uf-organisation-menu></uf-organisation-menu>', { world });
    await press(await find('button', HOME));
    await find('button', OTHER);
    const georg = backend.connect('georg@example.org').adapter;
    backend.faults.fail('organisation.switch', 'not-found');
    const row = (await georg.call('team.list', { search: 'ada@' })).items[0];
    await georg.call('team.remove', { id: row?.id ?? '' }, { idempotencyKey: 'taken-out', ifMatch: row?.version });
    const place = all('button').find((button) => nameOf(button).startsWith("Difference Works AB"));
    if (place) await press(place);
    await gone('button', OTHER);
  });
});
