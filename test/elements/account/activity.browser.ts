import { expect } from 'chai';
import { demoWorld } from '../../../src/adapters/memory/index.js';
import { press, type } from '../../support/keys.js';
import { mount } from '../../support/mount.js';
import { all, find, findField, focused, get, gone, reads, shown } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const CARD = '<uf-account sections="activity"></uf-account>';
const rows = (): string[] => all('listitem').map((row) => shown(row));

describe('Recent activity', () => {
  it('says what happened, when, by what and from where; what was refused says why', async () => {
    const stage = await mount(CARD);
    await reads('Wrong password or code', stage.root);
    expect(rows()).to.have.length(8);
    expect(rows()[0]).to.match(/^Sign-in/);
    expect(rows()[1]).to.match(/Sign-in Wrong password or code yesterday · curl · 192\.0\.2\.66/);
    expect(rows().join('\n')).to.match(/Reveal of API keys: Website events, Mobile apps, Staging events and 2 more 13 days ago · Chrome on Windows/);
    expect(shown(stage.root), 'events of others').not.to.include('View of the API keys');
  });

  it('shows more, without a gap and without a double, and the focus goes on with the first that is new', async () => {
    const stage = await mount(CARD);
    await press(await find('button', 'Show more, Recent activity'));
    await gone('button', 'Show more, Recent activity');
    const events = (await stage.session.adapter.call('activity.list', { limit: 100 })).items;
    expect(rows()).to.have.length(events.length);
    expect(all('listitem').map((row) => row.querySelector('time')?.dateTime)).to.deep.equal(events.map(({ at }) => at));
    await eventually(() => { expect(focused()?.id).to.equal('activity-event-8'); });
  });

  it('puts on top what the person does here, and keeps what was shown', async () => {
    const stage = await mount('<uf-account sections="sessions activity"></uf-account>');
    await press(await find('button', 'Show more, Recent activity'));
    await gone('button', 'Show more, Recent activity');
    const before = rows().filter((row) => !row.includes('End session')).length;
    await press(await find('button', /^End session, Safari/));
    await reads('End of a session', stage.root);
    // One session fewer, one event more.
    expect(all('listitem').filter((row) => row.id.startsWith('activity-event')).length).to.be.greaterThan(before - 3);
  });

  it('follows what the person does in another widget of the page', async () => {
    const stage = await mount(`${CARD}<uf-company></uf-company>`);
    await reads('Wrong password or code', stage.root);
    await type(await findField('Organisation name'), 'Engines of Another Name');
    await press(get('button', 'Save details, Company Details'));
    await reads('Change of company details', stage.element('uf-account'));
  });

  it('shows an action that it has no words for as it is', async () => {
    const world = demoWorld();
    const [event] = world.organisations[0]?.events ?? [];
    if (!event) throw new Error('no events');
    world.organisations[0]?.events?.unshift({ ...event, by: 'ada@example.com', action: 'billing.change' as never, targets: ['<b>bold</b>'], ago: 5 });
    const stage = await mount(CARD, { world });
    await reads('billing.change', stage.root);
    expect(shown(stage.root)).to.include('<b>bold</b>');
  });

  it('says that it could not load, and loads on Retry', async () => {
    const world = demoWorld();
    const stage = await mount(CARD, { world, ready: false });
    stage.backend.faults.fail('activity.list', 'unavailable');
    stage.element('uf-account').remove();
    stage.provider.innerHTML = CARD;
    await reads('Could not load your activity', stage.root);
    stage.backend.faults.clear();
    await press(get('button', /^Retry/));
    await until(() => rows().length === 8, 'the events');
  });
});
