import { expect } from 'chai';
import { ADA_PASSWORD, demoWorld } from '../../../src/adapters/memory/index.js';
import { press, type } from '../../support/keys.js';
import { doubledNames, mount, type Stage } from '../../support/mount.js';
import { all, field, find, focused, get, gone, nameOf, reads, shown, toasts } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const CARD = '<uf-account sections="sessions"></uf-account>';

const list = async (stage: Stage) => (await stage.session.adapter.call('sessions.list', { limit: 100 })).items;
const ends = (): HTMLElement[] => all('button', /^End session/);

describe('Where you’re signed in', () => {
  it('says of each session by what browser, from where and when last; this device is marked and has no End', async () => {
    const stage = await mount(CARD);
    await reads('Safari on iPhone', stage.root);
    const rows = all('listitem').map((row) => shown(row));
    expect(rows).to.have.length(3);
    expect(rows[0]).to.match(/on .*This device.*Active now/);
    expect(rows[1]).to.match(/Safari on iPhone.*London, GB · 198\.51\.100\.17 · Active 40 minutes ago.*Signed in/);
    expect(rows[2]).to.match(/Firefox on Windows.*Turin, IT · 203\.0\.113\.80 · Active 9 days ago/);
    expect(shown(stage.root)).not.to.include('Mozilla');
    expect(ends().map(nameOf)).to.have.length(2);
    expect(doubledNames()).to.deep.equal([]);
  });

  it('draws a user agent that is markup as words of ours', async () => {
    const world = demoWorld();
    for (const session of world.people[0]?.sessions ?? []) session.userAgent = '<img src=x onerror=alert(1)>';
    const stage = await mount(CARD, { world });
    await reads('An unknown browser', stage.root);
    expect(shown(stage.root)).not.to.include('onerror');
  });

  it('ends one: it is gone, the focus stays in the section', async () => {
    const stage = await mount(CARD);
    await press(await find('button', /^End session, Safari on iPhone/));
    await gone('button', /^End session, Safari on iPhone/);
    expect((await list(stage)).map(({ place }) => place)).to.deep.equal([null, 'Turin, IT']);
    await eventually(() => { expect(toasts()).to.include('The session on Safari on iPhone is ended.'); });
    expect(nameOf(focused() ?? document.body) || focused()?.textContent).to.include('Where you’re signed in');
  });

  it('ends all others after asking; not when the person keeps them', async () => {
    const stage = await mount(CARD);
    await press(await find('button', 'End all other sessions'));
    await find('alertdialog', 'End all other sessions?');
    await press(get('button', 'Keep them'));
    await gone('alertdialog');
    expect(await list(stage)).to.have.length(3);
    await press(get('button', 'End all other sessions'));
    const dialog = await find('alertdialog', 'End all other sessions?');
    await press(get('button', 'End all other sessions', dialog));
    await reads('You are signed in nowhere else.', stage.root);
    expect(await list(stage)).to.have.length(1);
    expect(focused()?.textContent).to.include('Where you’re signed in');
  });

  it('says at the session what went wrong', async () => {
    const stage = await mount(CARD);
    stage.backend.faults.fail('sessions.end', 'unavailable', { times: 1 });
    await press(await find('button', /^End session, Safari on iPhone/));
    await reads('The server did not answer.', stage.root);
    expect(await list(stage)).to.have.length(3);
    await press(get('button', /^End session, Safari on iPhone/));
    await gone('button', /^End session, Safari on iPhone/);
    expect(shown(stage.root)).not.to.include('The server did not answer.');
  });

  it('offers to end the others after a new password that left them, and takes no for an answer', async () => {
    const stage = await mount('<uf-account sections="password sessions"></uf-account>');
    await reads('Safari on iPhone', stage.root);
    await type(field('Current password'), ADA_PASSWORD);
    await type(field('New password'), 'a heron stood on the far bank');
    await type(field('Confirm password'), 'a heron stood on the far bank');
    await press(get('checkbox', 'Sign out other sessions'));
    await press(get('button', 'Update password'));
    await reads('Sign out your other sessions?', stage.root);
    await press(get('button', /^Not now/));
    await until(() => !shown(stage.root).includes('Sign out your other sessions?'), 'the offer to go');
    expect(await list(stage)).to.have.length(3);
    expect(focused()?.textContent).to.include('Where you’re signed in');
  });

  it('offers nothing where the password took the others with it', async () => {
    const stage = await mount('<uf-account sections="password sessions"></uf-account>');
    await reads('Safari on iPhone', stage.root);
    await type(field('Current password'), ADA_PASSWORD);
    await type(field('New password'), 'a heron stood on the far bank');
    await type(field('Confirm password'), 'a heron stood on the far bank');
    await press(get('button', 'Update password'));
    await reads('You are signed in nowhere else.', stage.root);
    expect(shown(stage.root)).not.to.include('Sign out your other sessions?');
  });

  it('a session that is ended elsewhere is signed out here', async () => {
    const stage = await mount(CARD);
    await reads('Safari on iPhone', stage.root);
    const here = (await list(stage)).find(({ current }) => current);
    const elsewhere = stage.backend.connect();
    await elsewhere.adapter.call('sessions.end', { id: here?.id ?? '' }, { idempotencyKey: 'from-elsewhere' });
    await reads('You’re signed out', stage.root);
    expect(shown(stage.root)).not.to.include('Safari on iPhone');
  });
});
