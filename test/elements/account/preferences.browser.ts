import { expect } from 'chai';
import { keys, press, type } from '../../support/keys.js';
import { mount, type Stage } from '../../support/mount.js';
import { all, field, find, get, reads, shown } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';
import { demoWorld } from '../../../src/adapters/memory/index.js';

const SAVE = 'Save preferences';

async function chosen(stage: Stage): Promise<unknown> {
  const { timeZone, language } = (await stage.backend.connect().adapter.call('auth.context', undefined)).user;
  return [timeZone, language];
}

describe('Time zone and language', () => {
  it('is as on the device and as on the page until somebody chooses', async () => {
    await mount('<uf-account sections="preferences"></uf-account>');
    const zone = await find('combobox', 'Time zone');
    const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect((zone as HTMLSelectElement).selectedOptions[0]?.textContent).to.equal(`As on this device (${here})`);
    expect(((await find('combobox', 'Language')) as HTMLSelectElement).selectedOptions[0]?.textContent).to.equal('As on this page');
  });

  it('is chosen with the keyboard, saved, and says what time it is there', async () => {
    const stage = await mount('<uf-account sections="preferences"></uf-account>');
    const zone = (await find('combobox', 'Time zone')) as HTMLSelectElement;
    expect([...zone.querySelectorAll('optgroup')].map(({ label }) => label)).to.include.members(['Africa', 'Europe', 'Pacific', 'Other']);
    zone.focus();
    await keys('K', 'i', 'r', 'i', 't');
    await eventually(() => { expect(zone.value).to.equal('Pacific/Kiritimati'); });
    const there = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'Pacific/Kiritimati' }).format(Date.now());
    await reads(`It is now ${there}`, stage.root);
    await press(get('button', SAVE));
    await reads('Saved', stage.root);
    expect(await chosen(stage)).to.deep.equal(['Pacific/Kiritimati', null]);
  });

  it('is saved beside a name that is not: the name follows without a question, unless somebody else changed something', async () => {
    const stage = await mount('<uf-account sections="profile preferences"></uf-account>');
    const answered = (): boolean => all('button', 'Keep mine').length > 0 || shown(document.body).includes('Your details are saved.');
    await find('combobox', 'Time zone');
    const save = async (name: string, zone: string): Promise<void> => {
      await type(field('Your name'), name);
      const select = (await find('combobox', 'Time zone')) as HTMLSelectElement;
      select.value = zone;
      select.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
      await press(get('button', SAVE));
      await eventually(() => { expect(stage.element('uf-account').client?.auth.state.data?.user.timeZone).to.equal(zone); });
    };
    await save('Ada King', 'Pacific/Kiritimati');
    await press(get('button', 'Save details, Your details'));
    await until(answered, 'an answer');
    expect(all('button', 'Keep mine')).to.be.empty;
    const saved = (await stage.backend.connect().adapter.call('auth.context', undefined)).user;
    expect([saved.name, saved.timeZone]).to.deep.equal(['Ada King', 'Pacific/Kiritimati']);

    await save('Ada Byron', 'Pacific/Pago_Pago');
    const elsewhere = stage.backend.connect().adapter;
    await elsewhere.call('profile.update', { name: 'Augusta' }, { ifMatch: (await elsewhere.call('auth.context', undefined)).user.version });
    await press(get('button', 'Save details, Your details'));
    await find('button', 'Keep mine');
    expect((await elsewhere.call('auth.context', undefined)).user.name).to.equal('Augusta');
  });

  it('moves the dates of every widget to the day that it is there, at once', async () => {
    const world = demoWorld();
    const stage = await mount('<uf-team></uf-team><uf-account sections="preferences"></uf-account>', { world });
    // A row that came at a moment which is on two days: noon in UTC is the next day fourteen hours east of it.
    const { items } = await stage.backend.connect().adapter.call('team.list', { limit: 1 });
    const joined = items[0]?.joinedAt ?? '';
    const dayIn = (timeZone: string): string => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(new Date(joined));
    const days = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map(dayIn);
    expect(days[0]).not.to.equal(days[1]);
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      await stage.session.adapter.call('profile.update', { timeZone: zone });
      void stage.element('uf-team').client?.auth.reload();
      await eventually(() => { expect(shown(stage.element('uf-team'))).to.include(dayIn(zone)); });
    }
  });

  it('changes the texts to those of the language where there are some, and the dates alone where there are none', async () => {
    const stage = await mount('<uf-company></uf-company><uf-team></uf-team>');
    await stage.session.adapter.call('profile.update', { language: 'en-US' });
    void stage.element('uf-team').client?.auth.reload();
    await find('textbox', 'Organization name');
    await stage.session.adapter.call('profile.update', { language: 'nb' });
    void stage.element('uf-team').client?.auth.reload();
    await find('textbox', 'Organisation name');
    const { items } = await stage.backend.connect().adapter.call('team.list', { limit: 1 });
    const norwegian = new Intl.DateTimeFormat('nb', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(items[0]?.joinedAt ?? ''));
    await eventually(() => { expect(shown(stage.element('uf-team'))).to.include(norwegian); });
    await stage.session.adapter.call('profile.update', { language: null });
    void stage.element('uf-team').client?.auth.reload();
    await eventually(() => { expect(shown(stage.element('uf-team'))).not.to.include(norwegian); });
  });

  it('keeps a zone that this browser does not list, and survives one that it does not know', async () => {
    const world = demoWorld();
    for (const person of world.people) if (person.email === 'ada@example.com') Object.assign(person, { timeZone: 'Asia/Calcutta', language: 'tlh' });
    const stage = await mount('<uf-account sections="preferences"></uf-account><uf-team></uf-team>', { world });
    const zone = (await find('combobox', 'Time zone')) as HTMLSelectElement;
    expect(zone.value).to.equal('Asia/Calcutta');
    expect(shown(stage.element('uf-team'))).to.match(/20\d\d/);
  });
});
