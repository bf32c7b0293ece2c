import { expect } from 'chai';
import { keys, press } from '../../support/keys.js';
import { listen, mount } from '../../support/mount.js';
import { all, find, focusOn, get, gone, nameOf, shown } from '../../support/query.js';
import { eventually, next, until } from '../../support/wait.js';

const NAME = 'Organisation: Analytical Engines Ltd';

describe('<uf-organisation-menu>', () => {
  it('shows the organisation and opens a list of links, Account Settings first: a disclosure, no ARIA menu', async () => {
    await mount('<uf-organisation-menu settings-url="#/settings"><a slot="links" href="#/billing">Usage and billing</a></uf-organisation-menu>');
    const opener = await find('button', NAME);
    expect(opener.getAttribute('aria-expanded')).to.equal('false');
    expect(all('link').map(nameOf)).to.be.empty;
    await press(opener);
    await find('link', 'Account Settings');
    expect(opener.getAttribute('aria-expanded')).to.equal('true');
    expect(all('link').map(nameOf)).to.deep.equal(['Account Settings', 'Usage and billing']);
    expect(all('menu').concat(all('menuitem'))).to.be.empty;
    const menu = opener.getAttribute('aria-controls');
    expect((opener.getRootNode() as ShadowRoot).getElementById(menu ?? '')?.contains(get('link', 'Account Settings'))).to.be.true;
  });

  it('is drawn out of the page without an error, and works when it is back', async () => {
    const stage = await mount('<uf-organisation-menu></uf-organisation-menu>');
    await find('button', NAME);
    const menu = stage.element('uf-organisation-menu');
    menu.remove();
    menu.requestUpdate();
    await menu.updateComplete;
    stage.provider.append(menu);
    await press(await find('button', NAME));
    await find('link', 'Account Settings');
  });

  it('closes by Esc with the focus back at its button, from any of its links', async () => {
    await mount('<uf-organisation-menu><a slot="links" href="#/billing">Usage and billing</a></uf-organisation-menu>');
    for (const name of ['Account Settings', 'Usage and billing']) {
      await press(await find('button', NAME));
      (await find('link', name)).focus();
      await keys('Escape');
      await gone('link', 'Account Settings');
      await focusOn('button', NAME);
    }
  });

  it('closes when the focus leaves it, and when somebody presses elsewhere', async () => {
    const stage = await mount('<uf-organisation-menu></uf-organisation-menu><button type="button">Elsewhere</button>');
    await press(await find('button', NAME));
    (await find('link', 'Account Settings')).focus();
    await keys('Tab');
    await gone('link', 'Account Settings');
    await press(get('button', NAME));
    await find('link', 'Account Settings');
    stage.root.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await gone('link', 'Account Settings');
  });

  it('follows settings-url when Account Settings is chosen, after telling the page', async () => {
    const before = location.href;
    const stage = await mount('<uf-organisation-menu settings-url="#menu-was-followed"></uf-organisation-menu>');
    const told = next(stage.root, 'uf-open-settings');
    await press(await find('button', NAME));
    await press(await find('link', 'Account Settings'));
    expect((await told).detail).to.be.null;
    await until(() => location.hash === '#menu-was-followed', 'the link to be followed');
    await gone('link', 'Account Settings');
    history.replaceState(null, '', before);
  });

  it('lets the page keep the link from being followed', async () => {
    const stage = await mount('<uf-organisation-menu settings-url="#menu-was-followed"></uf-organisation-menu>');
    stage.root.addEventListener('uf-open-settings', (event) => { event.preventDefault(); });
    await press(await find('button', NAME));
    await press(await find('link', 'Account Settings'));
    await gone('link', 'Account Settings');
    expect(location.hash).to.equal('');
  });

  it('only tells the page when it has no settings-url', async () => {
    const stage = await mount('<uf-organisation-menu></uf-organisation-menu>');
    const heard = listen(stage.root, 'uf-open-settings');
    await press(await find('button', NAME));
    await press(await find('link', 'Account Settings'));
    expect(heard).to.have.length(1);
    expect(location.href).not.to.match(/#$/);
  });

  it('marks the settings page as the current one', async () => {
    const stage = await mount('<uf-organisation-menu current></uf-organisation-menu>');
    await press(await find('button', NAME));
    expect((await find('link', 'Account Settings')).getAttribute('aria-current')).to.equal('page');
    stage.element('uf-organisation-menu').current = false;
    await eventually(() => { expect(get('link', 'Account Settings').hasAttribute('aria-current')).to.be.false; });
  });

  it('says "No organisation" to somebody who is in none, and still leads to the settings', async () => {
    const stage = await mount('<uf-organisation-menu></uf-organisation-menu>');
    const context = await stage.session.adapter.call('auth.context', undefined);
    stage.backend.faults.answer('auth.context', { ...context, organisation: null, organisations: [] });
    await stage.provider.refresh();
    await press(await find('button', 'Organisation: No organisation'));
    await find('link', 'Account Settings');
  });

  it('shows nothing to nobody', async () => {
    const stage = await mount('<uf-organisation-menu></uf-organisation-menu>', { as: null });
    await until(() => stage.provider.client?.auth.signedOut, 'the answer');
    await gone('button');
    expect(shown(stage.root)).to.equal('');
  });
});
