import { expect } from 'chai';
import { adminWorld } from '../../../src/adapters/memory/index.js';
import { afterThisTest, hearConsole, mount, place } from '../../support/mount.js';
import { find, findField, get } from '../../support/query.js';
import { press } from '../../support/keys.js';
import { eventually } from '../../support/wait.js';

const root = document.documentElement;

/** Sets the language of the page, and puts it back after the test. */
function speak(language: string, direction = 'ltr'): void {
  const before = { lang: root.lang, dir: root.dir };
  afterThisTest(() => {
    Object.assign(root, before);
  });
  root.lang = language;
  root.dir = direction;
}

const warnings = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith('<'));

describe('Languages', () => {
  it('follow the lang of the page at run time, without losing what was typed', async () => {
    const stage = await mount('<uf-company></uf-company>');
    const name = await findField('Organisation name');
    name.value = 'Difference & Daughters';
    name.dispatchEvent(new Event('input', { bubbles: true, composed: true }));

    speak('de');
    expect((await findField('Name der Organisation')).value).to.equal('Difference & Daughters');
    expect((get('combobox', 'Land') as HTMLSelectElement).selectedOptions[0]?.text).to.equal('Vereinigtes Königreich');

    speak('ar', 'rtl');
    expect((await findField('اسم المؤسسة')).value).to.equal('Difference & Daughters');
    expect(getComputedStyle(stage.element('uf-company')).direction).to.equal('rtl');

    speak('ja');
    expect((await findField('組織名')).value).to.equal('Difference & Daughters');

    speak('en');
    await findField('Organisation name');
  });

  it('count as the language does, and write dates and relative times in it', async () => {
    await mount('<uf-team></uf-team>');
    speak('de-AT');
    await find('heading', 'Teammitglieder');
    await eventually(() => {
      expect(document.querySelector('uf-team')?.shadowRoot?.textContent).to.match(/\d Personen/).and.to.match(/\b(Jän|Feb|März|Apr|Mai|Juni|Juli|Aug|Sep|Okt|Nov|Dez)/);
    });
  });

  it('come from the nearest lang, also one around a shadow root', async () => {
    const outer = place();
    outer.lang = 'de';
    const stage = await mount('<uf-organisation-menu></uf-organisation-menu>');
    const shadow = outer.attachShadow({ mode: 'open' });
    shadow.append(stage.root);
    await eventually(() => {
      expect(stage.element('uf-organisation-menu').locale.tag).to.equal('de');
    });
    outer.lang = 'ar';
    await eventually(() => {
      expect(stage.element('uf-organisation-menu').locale.tag).to.equal('ar');
    });
  });

  it('that we have not are English, with one line on the console', async () => {
    const lines = hearConsole();
    speak('tlh');
    await mount('<uf-company></uf-company><uf-team></uf-team>');
    await findField('Organisation name');
    await eventually(() => {
      expect(warnings(lines)).to.have.length(1);
    });
    expect(lines[0]).to.match(/^<html> has lang="tlh", for which there are no texts/);
  });
});

describe('Texts of the page’s own', () => {
  it('replace single ones, in every language, and can change', async () => {
    const stage = await mount('<uf-team></uf-team>');
    stage.provider.messages = { team: { title: 'Crew', people: { one: '{count} sailor', other: '{count} sailors' } } };
    await find('heading', 'Crew');
    expect(stage.element('uf-team').shadowRoot?.textContent).to.match(/\d sailors/);
    get('button', 'New Invitation');

    speak('de');
    await find('button', 'Neue Einladung');
    get('heading', 'Crew');

    stage.provider.messages = undefined;
    await find('heading', 'Teammitglieder');
  });

  it('that nobody asks for are named in one line, and the widgets live', async () => {
    const lines = hearConsole();
    const stage = await mount('<uf-team></uf-team>', { world: adminWorld() });
    stage.provider.messages = { team: { title: 7, tilte: 'Crew', invitedBy: 'By {who}' }, teem: {} } as never;
    await eventually(() => {
      expect(warnings(lines)).to.have.length(1);
    });
    expect(lines[0])
      .to.match(/^<uf-provider> has "messages" that cannot be used/)
      .and.to.contain('no text "team.tilte"')
      .and.to.contain('"team.title" is no text')
      .and.to.contain('"team.invitedBy" has no {who}')
      .and.to.contain('no area "teem"');
    await find('heading', 'Team Members');
    await press(get('button', 'New Invitation'));
  });
});
