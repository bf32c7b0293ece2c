import { expect } from 'chai';
import { createMemoryAdapter, createMemoryBackend, memberWorld } from '../../../src/adapters/memory/index.js';
import type { AdapterDefinition, AuthContext, CallOptions, OperationName } from '../../../src/contract/index.js';
import { UfAccount, UfProvider } from '../../../src/define/all.js';
import { afterThisTest, hearConsole, listen, mount, place } from '../../support/mount.js';
import { all, field, find, findField, get, nameOf, reads, shown } from '../../support/query.js';
import { eventually, frame, next, until } from '../../support/wait.js';

/** Each public tag, and something that it shows of the demo world. */
const WIDGETS = [
  ['uf-account', 'You are signed in as ada@example.com'],
  ['uf-company', 'United Kingdom'],
  ['uf-team', 'Charles Babbage'],
  ['uf-api-keys', 'Metrics warehouse'],
  ['uf-settings', 'You are signed in as ada@example.com'],
  ['uf-organisation-menu', 'Analytical Engines Ltd'],
] as const;

describe('A widget', () => {
  for (const [tag, text] of WIDGETS) {
    it(`<${tag}> works inside a provider`, async () => {
      await mount(`<main><div><${tag}></${tag}></div></main>`, { ready: false });
      await reads(text);
    });

    it(`<${tag}> works alone, with an adapter of its own`, async () => {
      const widget = document.createElement(tag);
      widget.adapter = createMemoryAdapter();
      place().append(widget);
      await reads(text);
    });

    it(`<${tag}> without a backend stays quiet on the page and says once to its author what is missing`, async () => {
      const lines = hearConsole();
      const root = place();
      root.append(document.createElement(tag), document.createElement(tag));
      await until(() => lines.length > 0, 'the hint');
      if (tag !== 'uf-organisation-menu') await until(() => shown(root).match(/These settings are not connected yet\./g)?.length === 2, 'the quiet text in both');
      expect(lines).to.deep.equal([`<${tag}> has no backend: put it inside <uf-provider> or set its "adapter" property.`]);
      expect(all('button', undefined, root).map(nameOf)).to.be.empty;
    });
  }

  it('<uf-invitation> without a backend says so, too', async () => {
    const lines = hearConsole();
    const root = place();
    root.append(document.createElement('uf-invitation'));
    await reads('These settings are not connected yet.', root);
    expect(lines).to.have.length(1);
  });

  it('prefers its own adapter to that of the provider around it', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    stage.element('uf-account').adapter = createMemoryAdapter({ world: memberWorld() });
    await eventually(() => { expect(field('Your name').value).to.equal('Mary Somerville'); });
    stage.element('uf-account').adapter = undefined;
    await eventually(() => { expect(field('Your name').value).to.equal('Ada Lovelace'); });
  });

  it('reads nothing once it is out of the page, whatever draws it again, and reads on when it is back', async () => {
    const { adapter } = createMemoryBackend().connect();
    const asked: OperationName[] = [];
    const operations = Object.fromEntries(adapter.operations.map((operation) => [operation, (input: never, options: CallOptions) => {
      asked.push(operation);
      return adapter.call(operation, input, options);
    }]));
    const widget = document.createElement('uf-company');
    widget.adapter = { name: 'listening', operations };
    const root = place();
    const ready = next(widget, 'uf-ready');
    root.append(widget);
    await ready;
    widget.remove();
    const before = asked.length;
    // As a part of it does whose file arrives by now.
    widget.requestUpdate();
    await widget.updateComplete;
    await frame();
    expect(asked.slice(before)).to.be.empty;
    root.append(widget);
    await findField('Organisation name');
  });

  it('comes to life when its backend comes late, after the hint', async () => {
    hearConsole();
    const widget = document.createElement('uf-account');
    place().append(widget);
    await reads('These settings are not connected yet.');
    widget.adapter = createMemoryAdapter();
    await findField('Your name');
    expect(shown()).not.to.include('not connected');
  });

  it('takes properties that were set before it is upgraded and before it is connected', async () => {
    const root = place();
    const early = Object.assign(document.createElement('early-account'), { adapter: createMemoryAdapter(), sections: 'sign-out profile', headingLevel: 3 });
    root.append(early);
    expect(shown(root)).to.equal('');
    customElements.define('early-account', class extends UfAccount {});
    await find('textbox', 'Your name');
    expect(all('heading').map((one) => [one.tagName, shown(one)])).to.deep.equal([['H3', 'Sign out'], ['H3', 'Your details']]);
  });

  it('finds a provider that is upgraded after it', async () => {
    const root = place();
    const provider = document.createElement('late-provider');
    provider.append(document.createElement('uf-account'));
    root.append(provider);
    await provider.querySelector('uf-account')?.updateComplete;
    Object.assign(provider, { adapter: createMemoryAdapter() });
    customElements.define('late-provider', class extends UfProvider {});
    await findField('Your name');
  });

  it('finds its adapter again after it was moved to another provider', async () => {
    const ada = await mount('<uf-account sections="profile"></uf-account>');
    const mary = await mount('<p>Mary</p>', { world: memberWorld() });
    mary.provider.append(ada.element('uf-account'));
    await eventually(() => { expect(field('Your name').value).to.equal('Mary Somerville'); });
  });

  it('takes a plain definition as well as what defineAdapter makes of it', async () => {
    const { adapter } = createMemoryBackend().connect();
    const definition: AdapterDefinition = { name: 'plain', operations: { 'auth.context': () => adapter.call('auth.context', undefined) } };
    const widget = document.createElement('uf-account');
    widget.adapter = definition;
    place().append(widget);
    await findField('Your name');
  });

  it('shows another person when the provider is given another backend', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    stage.provider.adapter = createMemoryAdapter({ world: memberWorld() });
    await eventually(() => { expect(field('Your name').value).to.equal('Mary Somerville'); });
  });

  it('says to its author what is wrong with an adapter that is none, and throws nothing', async () => {
    const lines = hearConsole();
    const widget = document.createElement('uf-account');
    // What a page in plain JavaScript may do.
    widget.adapter = { operations: 'all of them' } as unknown as AdapterDefinition;
    place().append(widget);
    await until(() => lines.length > 0, 'the line');
    expect(lines[0]).to.match(/^<uf-account> cannot use its adapter: .*defineAdapter\(\)\.$/);
  });

  it('names an operation that the contract does not have', async () => {
    const lines = hearConsole();
    const widget = document.createElement('uf-company');
    widget.adapter = { name: 'acme', operations: { 'company.fetch': () => Promise.resolve() } } as unknown as AdapterDefinition;
    place().append(widget);
    await until(() => lines.some((line) => line.includes('"company.fetch"')), 'the line');
  });
});

describe('`sections`', () => {
  it('chooses and orders', async () => {
    await mount('<uf-account sections="sign-out  profile"></uf-account>');
    expect(all('heading').map((one) => shown(one))).to.deep.equal(['Sign out', 'Your details']);
  });

  it('changes at run time without losing what was typed', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    field('Your name').focus();
    field('Your name').value = 'Ada Ki';
    field('Your name').dispatchEvent(new InputEvent('input', { bubbles: true }));
    stage.element('uf-account').sections = 'password profile';
    await find('button', 'Update password');
    expect(field('Your name').value).to.equal('Ada Ki');
  });

  it('names what it does not have, once, and shows the rest', async () => {
    const lines = hearConsole();
    const stage = await mount('<uf-account sections="profile billing"></uf-account>');
    stage.element('uf-account').requestUpdate();
    await stage.element('uf-account').updateComplete;
    expect(lines).to.deep.equal(['<uf-account> has no section "billing". It has: profile, preferences, password, mfa, passkeys, sessions, activity, delete-account, sign-out.']);
    expect(all('heading').map((one) => shown(one))).to.deep.equal(['Your details']);
  });
});

describe('Attributes of the wrong kind', () => {
  it('heading-level="big" gives the usual level and one line that says what it takes', async () => {
    const lines = hearConsole();
    await mount('<uf-account heading-level="big" sections="profile"></uf-account>');
    expect(get('heading').tagName).to.equal('H2');
    expect(lines.filter((line) => line.startsWith('<uf-account>') && line.includes('heading-level'))).to.have.length(1);
  });

  for (const [level, tag] of [['3', 'H3'], ['1', 'H1'], ['6', 'H6']] as const) {
    it(`heading-level="${level}" gives ${tag}`, async () => {
      await mount(`<uf-account heading-level="${level}" sections="profile"></uf-account>`);
      expect(get('heading').tagName).to.equal(tag);
    });
  }

  it('deep-link="yes" is no kind of deep link, and says so once', async () => {
    const lines = hearConsole();
    await mount('<uf-settings deep-link="yes"></uf-settings>');
    expect(lines.filter((line) => line.startsWith('<uf-settings>') && line.includes('deep-link'))).to.have.length(1);
  });
});

describe('The slots of a widget', () => {
  it('hold content of the page before and after the sections', async () => {
    const stage = await mount('<uf-account sections="profile"><p slot="before">Above</p><p slot="after">Below</p><p>Nowhere</p></uf-account>');
    expect(shown(stage.root)).to.match(/^Above .*Your details.* Below$/);
    expect(shown(stage.root)).not.to.include('Nowhere');
  });

  it('work for <uf-settings>: above the tabs, below the panel', async () => {
    const stage = await mount('<uf-settings><p slot="before">Above</p><p slot="after">Below</p></uf-settings>');
    expect(shown(stage.root)).to.match(/^Above Your Account/);
    expect(shown(stage.root)).to.match(/Below$/);
  });
});

describe('<uf-provider>', () => {
  it('tells the page who is signed in, once for each change, and has it to read', async () => {
    const provider = document.createElement('uf-provider');
    const backend = createMemoryBackend();
    const session = backend.connect();
    const root = place();
    const heard = listen(root, 'uf-auth-change');
    const first = next(root, 'uf-auth-change');
    provider.adapter = session.adapter;
    expect(provider.auth).to.be.null;
    root.append(provider);
    expect((await first).detail.auth?.user.name).to.equal('Ada Lovelace');
    expect(provider.auth?.user.email).to.equal('ada@example.com');
    const second = next(root, 'uf-auth-change');
    await backend.connect().adapter.call('profile.update', { name: 'Ada King' });
    expect((await second).detail.auth?.user.name).to.equal('Ada King');
    const third = next(root, 'uf-auth-change');
    session.end();
    expect((await third).detail.auth).to.be.null;
    expect(provider.auth).to.be.null;
    expect(heard).to.have.length(3);
  });

  it('asks anew on refresh(), after the page’s own sign-in', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>', { as: null, ready: false });
    await reads('You’re signed out');
    await stage.session.signIn({ email: 'ada@example.com', password: 'analytical-engine-1843' });
    await stage.provider.refresh();
    await findField('Your name');
    const auth: AuthContext | null = stage.provider.auth;
    expect(auth?.user.name).to.equal('Ada Lovelace');
  });

  it('shares one read of the auth context among all widgets inside', async () => {
    let asked = 0;
    const { adapter } = createMemoryBackend().connect();
    const provider = document.createElement('uf-provider');
    provider.innerHTML = '<uf-organisation-menu></uf-organisation-menu><uf-account></uf-account><uf-company></uf-company><uf-team></uf-team><uf-settings></uf-settings>';
    provider.adapter = {
      name: 'counting',
      operations: {
        'auth.context': async () => {
          asked += 1;
          return adapter.call('auth.context', undefined);
        },
      },
    };
    place().append(provider);
    await find('button', /^Organisation: /);
    await until(() => all('textbox', 'Your name').length === 2, 'both accounts');
    expect(asked).to.equal(1);
    afterThisTest(() => { provider.adapter = undefined; });
  });
});
