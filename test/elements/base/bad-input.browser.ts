import { expect } from 'chai';
import { createMemoryAdapter, memberWorld } from '../../../src/adapters/memory/index.js';
import { afterThisTest, hearConsole, mount, place } from '../../support/mount.js';
import { all, field, find, findField, reads, shown } from '../../support/query.js';
import { eventually, frame, next, until } from '../../support/wait.js';

const ofOurs = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith('<'));

/** Who the account inside shows. */
const shows = (name: string): Promise<void> => eventually(() => { expect(field('Your name').value).to.equal(name); });

describe('A provider', () => {
  it('that is moved in the page keeps its widgets, what was typed in them, and who is signed in', async () => {
    const lines = hearConsole();
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    const elsewhere = place();
    field('Your name').value = 'Ada Ki';
    field('Your name').dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    elsewhere.append(stage.provider);
    await shows('Ada Ki');
    await stage.backend.connect().adapter.call('profile.update', { timeZone: 'Europe/Vienna' });
    await eventually(() => { expect(stage.provider.auth?.user.timeZone).to.equal('Europe/Vienna'); });
    expect(field('Your name').value).to.equal('Ada Ki');
    expect(ofOurs(lines)).to.deep.equal([]);
  });

  it('inside another serves what stands in it; the other serves the rest', async () => {
    const lines = hearConsole();
    const stage = await mount('<uf-account sections="sign-out"></uf-account><uf-provider><uf-account sections="profile"></uf-account></uf-provider>', { ready: false });
    const inner = stage.provider.querySelector('uf-provider');
    if (!inner) throw new Error('There is no provider inside.');
    inner.adapter = createMemoryAdapter({ world: memberWorld() });
    await reads('You are signed in as ada@example.com');
    await findField('Your name');
    await shows('Mary Somerville');
    inner.replaceWith(...inner.childNodes);
    await shows('Ada Lovelace');
    expect(ofOurs(lines)).to.deep.equal([]);
  });

  it('that is taken away and comes back is as it was; a widget that leaves it keeps the backend that it had', async () => {
    const lines = hearConsole();
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    stage.provider.remove();
    await frame();
    expect(all('textbox')).to.be.empty;
    stage.root.append(stage.provider);
    await shows('Ada Lovelace');
    expect(ofOurs(lines)).to.deep.equal([]);

    const account = stage.element('uf-account');
    stage.root.append(account);
    await frame();
    await shows('Ada Lovelace');
    stage.provider.append(account);
    await frame();
    await shows('Ada Lovelace');
    expect(ofOurs(lines)).to.deep.equal([]);
  });

  it('that comes back again and again tells the page of each change once, and no widget twice', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    let told = 0;
    const count = (): void => { told += 1; };
    document.addEventListener('uf-auth-change', count);
    afterThisTest(() => { document.removeEventListener('uf-auth-change', count); });
    for (let time = 0; time < 5; time += 1) {
      stage.provider.remove();
      stage.root.append(stage.provider);
    }
    await frame();
    told = 0;
    const changed = next(document.body, 'uf-auth-change');
    await stage.backend.connect().adapter.call('profile.update', { name: 'Ada King' });
    await changed;
    await shows('Ada King');
    expect(told).to.equal(1);
  });
});

describe('What a page writes wrong is one line that names the tag and the mend, and the widgets live:', () => {
  for (const [what, markup, line] of [
    ['a theme', '<uf-account sections="profile" theme="blue"></uf-account>', /^<uf-account> takes theme="auto\|light\|dark", not "blue"/],
    ['a density', '<uf-account sections="profile" density="tiny"></uf-account>', /^<uf-account> takes density="comfortable\|compact", not "tiny"/],
    ['a section', '<uf-account sections="profile billing"></uf-account>', /^<uf-account> has no section "billing"\. It has: profile, /],
    ['nothing but unknown sections', '<uf-account sections="invoices"></uf-account>', /^<uf-account> has no section "invoices"\. It has: profile, /],
    ['a tab', '<uf-settings tab="billing" sections="account"></uf-settings>', /^<uf-settings> has no tab "billing"\. It has: account, /],
    ['a level of headings', '<uf-account sections="profile" heading-level="9"></uf-account>', /^<uf-account> takes a heading-level from 1 to 6/],
    ['a place of the password form', '<uf-account sections="profile" credentials="dark"></uf-account>', /^<uf-account> takes credentials="shadow\|light", not "dark"/],
    ['a language that is no language', '<div lang="!!"><uf-account sections="profile"></uf-account></div>', /^<div> has lang="!!", for which there are no texts: .*"messages" of <uf-provider>\.$/],
  ] as const) {
    it(what, async () => {
      const lines = hearConsole();
      const stage = await mount(markup, { ready: false });
      await until(() => ofOurs(lines).length > 0, 'the line');
      await findField('Your name');
      // What is drawn again says nothing again.
      stage.provider.querySelector<HTMLElementTagNameMap['uf-account']>('uf-account, uf-settings')?.requestUpdate();
      await frame();
      await frame();
      expect(ofOurs(lines)).to.have.length(1);
      expect(lines[0]).to.match(line);
      expect(shown(stage.root)).not.to.include('undefined');
    });
  }

  it('an accent that is no colour', async () => {
    const lines = hearConsole();
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    stage.provider.style.setProperty('--uf-accent', 'bluish');
    stage.provider.append(document.createElement('uf-company'));
    await find('button', /^Save details/);
    await eventually(() => { expect(ofOurs(lines)).to.have.length(1); });
    expect(lines[0]).to.match(/^<uf-company> has --uf-accent: bluish, which is no colour\. Write one, such as #/);
  });

  it('messages that are no texts at all', async () => {
    const lines = hearConsole();
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    for (const messages of ['German', 7, [], { account: 'x' }, { account: null }]) stage.provider.messages = messages as never;
    await stage.provider.updateComplete;
    await frame();
    await shows('Ada Lovelace');
    await eventually(() => { expect(ofOurs(lines)).to.have.length(1); });
    expect(lines[0]).to.match(/^<uf-provider> has "messages" that cannot be used: "account" is no object of texts/);
  });
});

describe('A script that comes late', () => {
  it('finds what stands there: the tag shows the page’s own words until then, and not after', async () => {
    const root = place();
    const provider = document.createElement('uf-provider');
    provider.adapter = createMemoryAdapter();
    const late = document.createElement('belated-account');
    late.setAttribute('sections', 'profile');
    late.append('Your settings need JavaScript.');
    provider.append(late);
    root.append(provider);
    await provider.updateComplete;
    expect(shown(root)).to.equal('Your settings need JavaScript.');
    const { UfAccount } = await import('../../../src/define/all.js');
    customElements.define('belated-account', class extends UfAccount {});
    await findField('Your name');
    expect(shown(root)).not.to.include('need JavaScript');
  });

  it('twice says nothing and changes nothing', async () => {
    const lines = hearConsole();
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    const { define } = await import('../../../src/lit/define.js');
    const { UfAccount } = await import('../../../src/define/all.js');
    define('uf-account', class extends UfAccount {});
    expect(customElements.get('uf-account')).to.equal(UfAccount);
    expect(stage.element('uf-account')).to.be.instanceOf(UfAccount);
    expect(ofOurs(lines)).to.deep.equal([]);
  });
});
