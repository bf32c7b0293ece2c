import { expect } from 'chai';
import { press } from '../../support/keys.js';
import { listen, mount, type Stage, type StageOptions } from '../../support/mount.js';
import { all, find, get, gone, nameOf, reads, shown, toasts, written } from '../../support/query.js';
import { eventually, next, until } from '../../support/wait.js';

const EMAIL = 'wilhelmine@example.net';

interface Invited extends Stage {
  token: string;
}

/** Ada has invited Wilhelmine, and the link of the mail is open on this page. */
async function invited(options: StageOptions = {}, email = EMAIL): Promise<Invited> {
  const stage = await mount('<uf-invitation><button type="button" slot="signed-out">Sign in or sign up</button></uf-invitation>', { ready: false, as: null, ...options });
  await stage.backend.connect('ada@example.com').adapter.call('team.invite', { invitations: [{ email, role: 'member' }] });
  const token = stage.mails(email)[0]?.link?.split('=')[1] ?? '';
  expect(token).to.have.length.greaterThan(20);
  stage.element('uf-invitation').token = token;
  await reads('Join Analytical Engines Ltd');
  return { ...stage, token };
}

async function status(stage: Stage, email = EMAIL): Promise<string | undefined> {
  const { items } = await stage.backend.connect('ada@example.com').adapter.call('team.list', { search: email });
  return items[0]?.status;
}

describe('<uf-invitation>', () => {
  it('says who invites whom to what and until when, to nobody in particular; the token is nowhere in the page', async () => {
    const stage = await invited();
    expect(shown(stage.root)).to.include(`Ada Lovelace invites you to join Analytical Engines Ltd. The invitation is for ${EMAIL}.`);
    expect(shown(stage.root)).to.match(/It stands until \d{1,2} \w+ \d{4}\./);
    expect(shown(stage.root)).to.include(`Sign in as ${EMAIL} to accept`);
    expect(get('button', 'Sign in or sign up')).to.exist;
    expect(all('button', 'Accept invitation').map(nameOf)).to.be.empty;
    expect(written()).not.to.include(stage.token);
  });

  it('lets the invited person accept: they have joined, and the list says Accepted', async () => {
    const stage = await invited();
    await stage.session.signUp({ name: 'Wilhelmine', email: EMAIL, password: 'a calculating clerk of 1822' });
    await stage.provider.refresh();
    const heard = listen(stage.root, 'uf-before-change', 'uf-change');
    await press(await find('button', 'Accept invitation'));
    await reads('You have joined Analytical Engines Ltd', stage.root);
    expect(await status(stage)).to.equal('accepted');
    expect(heard.map(({ detail }) => detail)).to.deep.equal([{ operation: 'invitation.accept' }, { operation: 'invitation.accept' }]);
    await eventually(() => { expect(toasts()).to.deep.equal(['You have joined Analytical Engines Ltd.']); });
    expect(all('button', /Accept|Decline/).map(nameOf)).to.be.empty;
  });

  it('lets whoever holds the link decline, without a sign-in', async () => {
    const stage = await invited();
    const changed = next(stage.root, 'uf-change');
    await press(get('button', 'Decline'));
    expect((await changed).detail).to.deep.equal({ operation: 'invitation.decline' });
    await reads('Invitation declined', stage.root);
    await reads('You will not join Analytical Engines Ltd.', stage.root);
    expect(await status(stage)).to.equal('declined');
  });

  it('tells somebody else whom it is for, and offers them no Accept', async () => {
    const stage = await invited({ as: 'georg@example.org' });
    await reads(`You are signed in as georg@example.org. Sign in as ${EMAIL} to accept.`);
    expect(all('button', 'Accept invitation').map(nameOf)).to.be.empty;
    expect(get('button', 'Sign in or sign up')).to.exist;
    expect(await status(stage)).to.equal('pending');
  });

  it('knows the invited person whatever the case of their address', async () => {
    await invited({ as: 'georg@example.org' }, 'Georg@Example.org');
    await find('button', 'Accept invitation');
  });

  it('says that it has expired, and what to do', async () => {
    const stage = await invited();
    stage.clock.advance(8 * 24 * 3600);
    const again = document.createElement('uf-invitation');
    again.token = stage.token;
    stage.element('uf-invitation').replaceWith(again);
    await reads('This invitation has expired');
    await reads('Ask the person who invited you to send it again.');
    expect(all('button', /Accept|Decline/).map(nameOf)).to.be.empty;
  });

  it('says that it works no more when it was revoked, in front of the invitee', async () => {
    const stage = await invited();
    const ada = stage.backend.connect('ada@example.com').adapter;
    const { items } = await ada.call('team.list', { search: EMAIL });
    await ada.call('team.revoke', { id: items[0]?.id ?? '' });
    await stage.provider.refresh();
    stage.element('uf-invitation').token = '';
    stage.element('uf-invitation').token = stage.token;
    await reads('This invitation does not work any more');
  });

  it('says so, too, when it is accepted after it was revoked, and takes the buttons away', async () => {
    const stage = await invited();
    await stage.session.signUp({ name: 'Wilhelmine', email: EMAIL, password: 'a calculating clerk of 1822' });
    await stage.provider.refresh();
    const accept = await find('button', 'Accept invitation');
    const ada = stage.backend.connect('ada@example.com').adapter;
    const { items } = await ada.call('team.list', { search: EMAIL });
    await ada.call('team.revoke', { id: items[0]?.id ?? '' });
    await press(accept);
    await reads('This invitation does not work any more');
    expect(all('button', /Accept|Decline/).map(nameOf)).to.be.empty;
  });

  it('says the same for a link that never worked, and for none', async () => {
    const stage = await mount('<uf-invitation token="not-a-token"></uf-invitation>', { ready: false, as: null });
    await reads('This invitation does not work any more');
    stage.element('uf-invitation').token = undefined;
    await stage.element('uf-invitation').updateComplete;
    expect(shown(stage.root)).to.include('This invitation does not work any more');
  });

  it('says what is wrong when the answer could not be sent, and joins once when it is tried again', async () => {
    const stage = await invited();
    await stage.session.signUp({ name: 'Wilhelmine', email: EMAIL, password: 'a calculating clerk of 1822' });
    await stage.provider.refresh();
    stage.backend.faults.fail('invitation.accept', 'unavailable', { times: 1, committed: true });
    await press(await find('button', 'Accept invitation'));
    await reads('The server did not answer.', stage.root);
    await press(get('button', 'Accept invitation'));
    await reads('You have joined Analytical Engines Ltd', stage.root);
    expect(await status(stage)).to.equal('accepted');
  });

  it('says that it was accepted already in another window', async () => {
    const stage = await invited();
    await stage.session.signUp({ name: 'Wilhelmine', email: EMAIL, password: 'a calculating clerk of 1822' });
    await stage.provider.refresh();
    await find('button', 'Accept invitation');
    await stage.backend.connect(EMAIL).adapter.call('invitation.accept', { token: stage.token });
    await until(() => all('button', 'Accept invitation').length === 0 || all('button', 'Accept invitation')[0], 'a state');
    if (all('button', 'Accept invitation').length > 0) await press(get('button', 'Accept invitation'));
    await until(() => /You have joined|This was changed at the same moment/.test(shown(stage.root)), 'an answer');
  });

  it('can be tried again when it could not be loaded', async () => {
    const stage = await mount('<uf-invitation></uf-invitation>', { ready: false, as: null });
    stage.backend.faults.fail('invitation.get', 'unavailable');
    stage.element('uf-invitation').token = 'some-token';
    await reads('Could not load the invitation');
    stage.backend.faults.clear();
    await press(get('button', 'Retry, the invitation'));
    await reads('This invitation does not work any more');
    await gone('button', 'Retry, the invitation');
  });
});
