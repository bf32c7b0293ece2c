import { expect } from 'chai';
import { press, type } from '../../support/keys.js';
import { listen, mount } from '../../support/mount.js';
import { all, field, find, get, gone, nameOf, reads, shown, toasts, written } from '../../support/query.js';
import { eventually, frame, next, until } from '../../support/wait.js';

const SIGN_OUT = 'Sign out of my account';

describe('Sign out of my account', () => {
  it('takes one press: the person is gone from every widget, the host hears of it, the backend has ended the session', async () => {
    const stage = await mount('<uf-organisation-menu></uf-organisation-menu><uf-account></uf-account><uf-company></uf-company>');
    await find('button', 'Save details, Company Details');
    expect(written(stage.root)).to.include('Ada Lovelace');
    const heard = listen(stage.root, 'uf-sign-out', 'uf-auth-change');
    const out = next(stage.root, 'uf-sign-out');
    await press(get('button', SIGN_OUT));
    expect((await out).detail).to.be.null;
    await eventually(() => { expect(shown(stage.root).match(/You’re signed out/g)).to.have.length(2); });
    expect(written(stage.root)).not.to.match(/Ada Lovelace|ada@example\.com|Analytical Engines/);
    expect(all('textbox').map(nameOf)).to.be.empty;
    expect(all('button').map(nameOf)).to.be.empty;
    expect(heard).to.deep.equal([{ type: 'uf-auth-change', detail: { auth: null } }, { type: 'uf-sign-out', detail: null }]);
    expect(await stage.session.adapter.call('auth.context', undefined).then(() => true, () => false)).to.be.false;
  });

  it('forgets the person here even when the request fails, and says what that means', async () => {
    const stage = await mount('<uf-account></uf-account>');
    stage.backend.faults.fail('auth.signOut', 'unavailable');
    const out = next(stage.root, 'uf-sign-out');
    await press(get('button', SIGN_OUT));
    await out;
    await reads('You’re signed out', stage.root);
    expect(written(stage.root)).not.to.match(/Ada Lovelace|ada@example\.com/);
    await until(() => toasts().includes('You are signed out here. The server did not answer, so close other windows too.'), 'the toast');
  });

  it('stays signed out here when another session changes something after a sign-out that failed', async () => {
    const stage = await mount('<uf-account></uf-account>');
    stage.backend.faults.fail('auth.signOut', 'unavailable');
    const out = next(stage.root, 'uf-sign-out');
    await press(get('button', SIGN_OUT));
    await out;
    await stage.backend.connect().adapter.call('profile.update', { name: 'Ada Elsewhere' });
    // Calls are answered in their order: when this one is, so is whatever the hint of that change has started.
    await stage.session.adapter.call('auth.context', undefined);
    await frame();
    expect(written(stage.root)).not.to.include('Ada Elsewhere');
  });

  it('drops what was typed: nobody finds it who comes next', async () => {
    const stage = await mount('<uf-account></uf-account>');
    await type(field('Your name'), 'Typed before leaving');
    await press(get('button', SIGN_OUT));
    await gone('button', SIGN_OUT);
    await stage.session.signIn({ email: 'ada@example.com', password: 'analytical-engine-1843' });
    await stage.provider.refresh();
    await find('button', SIGN_OUT);
    expect(field('Your name').value).to.equal('Ada Lovelace');
  });

  it("gives way to the host's own signed-out content", async () => {
    const stage = await mount('<uf-account><p slot="signed-out">Come back soon. <a href="#in">Sign in</a></p></uf-account>');
    expect(shown(stage.root)).not.to.include('Come back soon.');
    await press(get('button', SIGN_OUT));
    await reads('Come back soon.', stage.root);
    expect(shown(stage.root)).not.to.include('You’re signed out');
    expect(get('link', 'Sign in')).to.exist;
  });

  it('can be vetoed by the host', async () => {
    const stage = await mount('<uf-account></uf-account>');
    const heard = listen(stage.root, 'uf-sign-out');
    stage.root.addEventListener('uf-before-change', (event) => {
      if (event.detail.operation === 'auth.signOut') event.preventDefault();
    });
    await press(get('button', SIGN_OUT));
    expect(get('button', SIGN_OUT)).to.exist;
    expect((await stage.session.adapter.call('auth.context', undefined)).user.name).to.equal('Ada Lovelace');
    expect(heard).to.be.empty;
  });
});
