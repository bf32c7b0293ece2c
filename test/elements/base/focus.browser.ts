import { expect } from 'chai';
import { ADA_PASSWORD } from '../../../src/adapters/memory/index.js';
import { keys, press, type } from '../../support/keys.js';
import { conflictAnswer, mount, type Stage } from '../../support/mount.js';
import { field, find, findField, focused, focusOn, get, gone, reads, shown, toasts } from '../../support/query.js';
import { eventually, frame, until } from '../../support/wait.js';

const SAVE = 'Save details, Company Details';
const EMAIL = 'wilhelmine@example.net';

/** The focus is on something that can be seen, and that says this. */
async function focusReads(text: string): Promise<void> {
  await until(
    () => {
      const now = focused();
      return now !== null && now !== document.body && now.checkVisibility() && shown(now).includes(text);
    },
    () => `the focus at "${text}"; it is on ${focused()?.tagName ?? 'nothing'} "${shown(focused() ?? document.body).slice(0, 200)}"`,
  );
}

/** Where the keyboard is can be seen: a ring, in the colour of the look. */
function ring(): string {
  const now = focused();
  return now ? getComputedStyle(now).outlineStyle : 'nothing has the focus';
}

/** Somebody else saved first, and the question has the focus. */
async function conflict(): Promise<Stage> {
  const stage = await mount('<uf-company></uf-company>');
  await type(await findField('Organisation name'), 'Mine Ltd');
  await stage.backend.connect('charles@example.com').adapter.call('company.update', { name: 'Theirs Ltd' });
  await press(get('button', SAVE));
  return stage;
}

/** Wilhelmine looks at her invitation. */
async function invited(): Promise<Stage> {
  const stage = await mount('<uf-invitation></uf-invitation>', { ready: false, as: null });
  await stage.backend.connect('ada@example.com').adapter.call('team.invite', { invitations: [{ email: EMAIL, role: 'member' }] });
  stage.element('uf-invitation').token = stage.mails(EMAIL)[0]?.link?.split('=')[1] ?? '';
  await reads('Join Analytical Engines Ltd');
  await stage.session.signUp({ name: 'Wilhelmine', email: EMAIL, password: 'a calculating clerk of 1822' });
  await stage.provider.refresh();
  await find('button', 'Accept invitation');
  return stage;
}

describe('The focus, when what had it is gone', () => {
  it('goes to the welcome after Accept', async () => {
    await invited();
    await press(get('button', 'Accept invitation'));
    await focusReads('You have joined Analytical Engines Ltd');
    expect(ring()).to.equal('solid');
  });

  it('goes to the answer after Decline', async () => {
    await invited();
    await press(get('button', 'Decline'));
    await focusReads('Invitation declined');
  });

  it('goes to the signed-out state after Sign out', async () => {
    await mount('<uf-account></uf-account>');
    await press(get('button', 'Sign out of my account'));
    await focusReads('You’re signed out');
    expect(ring()).to.equal('solid');
  });

  it("goes before the host's own signed-out content, whose button is the next stop", async () => {
    await mount('<uf-account><button type="button" slot="signed-out">Sign in</button></uf-account>');
    await press(get('button', 'Sign out of my account'));
    await focusReads('Sign in');
    await keys('Tab');
    await focusOn('button', 'Sign in');
  });

  it('stays with the host that takes it when it hears of the sign-out', async () => {
    const stage = await mount('<uf-account></uf-account>');
    const welcome = document.createElement('button');
    welcome.textContent = 'Welcome';
    stage.root.append(welcome);
    stage.root.addEventListener('uf-sign-out', () => { welcome.focus(); });
    await press(get('button', 'Sign out of my account'));
    await reads('You’re signed out', stage.root);
    await focusOn('button', 'Welcome');
    await frame();
    await frame();
    await focusOn('button', 'Welcome');
  });

  it('goes to the signed-out state when the session turns out to have ended, and stays out of widgets that nobody was in', async () => {
    const stage = await mount('<uf-company></uf-company><uf-account sections="profile"></uf-account>');
    stage.backend.faults.fail('profile.update', 'unauthenticated', { times: 1 });
    await type(await findField('Your name'), 'Ada Typed');
    await keys('Enter');
    await focusReads('You’re signed out');
    expect(stage.element('uf-account').shadowRoot?.activeElement).to.exist;
  });

  it('goes to the button that saves after Keep mine', async () => {
    await conflict();
    await press(await conflictAnswer('Keep mine'));
    await gone('button', 'Keep mine');
    await focusOn('button', SAVE);
  });

  it('goes to the button that saves after Keep mine that could not be sent', async () => {
    const stage = await conflict();
    const keep = await conflictAnswer('Keep mine');
    stage.backend.faults.fail('company.update', 'unavailable', { times: 1 });
    await press(keep);
    await reads('The server did not answer.', stage.root);
    await focusOn('button', SAVE);
  });

  it('goes back to the question when somebody was faster once more', async () => {
    const stage = await conflict();
    const keep = await conflictAnswer('Keep mine');
    await stage.backend.connect('charles@example.com').adapter.call('company.update', { name: 'Theirs again Ltd' });
    stage.backend.faults.fail('company.update', 'stale', { times: 1 });
    await press(keep);
    await focusReads('Keep mine');
  });

  it('goes to the field after Take theirs', async () => {
    await conflict();
    await press(await conflictAnswer('Take theirs'));
    await gone('button', 'Take theirs');
    await focusOn('textbox', 'Organisation name');
    expect(field('Organisation name').value).to.equal('Theirs Ltd');
  });

  it('goes to the field after Discard', async () => {
    await mount('<uf-company></uf-company>');
    await type(await findField('Organisation name'), 'Mine Ltd');
    await press(await find('button', 'Discard, Company Details'));
    await gone('button', 'Discard, Company Details');
    await focusOn('textbox', 'Organisation name');
    expect(field('Organisation name').value).to.equal('Analytical Engines Ltd');
  });

  it('goes to the search field after Clear search', async () => {
    await mount('<uf-team></uf-team>');
    const search = await find('searchbox', 'Search by name or email');
    search.focus();
    await keys('z', 'z', 'z', 'Enter');
    await press(await find('button', 'Clear search'));
    await gone('button', 'Clear search');
    await focusOn('searchbox', 'Search by name or email');
    expect((get('searchbox') as HTMLInputElement).value).to.equal('');
  });

  it('goes to the heading of what Retry has loaded', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account><uf-company></uf-company>', { ready: false });
    stage.backend.faults.fail('company.get', 'unavailable');
    await reads('Could not load company details');
    stage.backend.faults.clear();
    await press(get('button', 'Retry, company details'));
    await findField('Organisation name');
    await focusOn('heading', 'Company Details');
    expect(ring()).to.equal('solid');
  });

  it('goes to the first heading of a widget that Retry has loaded', async () => {
    const stage = await mount('<uf-account></uf-account>', { ready: false, as: 'ada@example.com' });
    stage.backend.faults.fail('auth.context', 'unavailable');
    await reads('Could not load your account');
    stage.backend.faults.clear();
    await press(get('button', 'Retry, your account'));
    await focusOn('heading', 'Your details');
  });

  it('goes from a toast that is closed to the next one, and from the last back to where the person was', async () => {
    await mount('<uf-account sections="profile"></uf-account><uf-company></uf-company>');
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await eventually(() => { expect(toasts()).to.have.length(1); });
    await type(await findField('Organisation name'), 'Second Ltd');
    await press(get('button', SAVE));
    await eventually(() => { expect(toasts()).to.have.length(2); });
    await press(get('button', 'Close, Your details are saved.'));
    await focusOn('button', 'Close, The company details are saved.');
    await keys('Enter');
    await eventually(() => { expect(toasts()).to.be.empty; });
    await focusOn('button', SAVE);
  });

  it('is not taken from elsewhere on the page', async () => {
    const stage = await mount('<uf-company></uf-company>');
    await findField('Organisation name');
    const outside = document.createElement('button');
    outside.textContent = 'Outside';
    stage.root.append(outside);
    outside.focus();
    stage.session.end();
    await reads('You’re signed out', stage.root);
    await frame();
    await frame();
    await focusOn('button', 'Outside');
    await stage.session.signIn({ email: 'ada@example.com', password: ADA_PASSWORD });
  });
});
