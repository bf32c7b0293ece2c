import { expect } from 'chai';
import { hearConsole, mount, place } from '../../support/mount.js';
import { find, findField, get } from '../../support/query.js';
import { eventually, frame } from '../../support/wait.js';

const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** Red, green, blue from 0 to 255, of any CSS colour, on white. */
function rgb(colour: string): number[] {
  if (!canvas) throw new Error('No canvas.');
  canvas.fillStyle = '#fff';
  canvas.fillRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = rgb(colour).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const look = (element: Element): CSSStyleDeclaration => getComputedStyle(element);
const card = (): Element => {
  const found = get('button', 'Save details, Company Details').closest('.card');
  if (!found) throw new Error('No card.');
  return found;
};
const isDark = (): boolean => (rgb(look(card()).backgroundColor)[0] ?? 255) < 100;

async function company(attributes = '', provider: Record<string, string> = {}): Promise<HTMLElement> {
  const stage = await mount(`<uf-company sections="company" ${attributes}></uf-company>`);
  for (const [name, value] of Object.entries(provider)) stage.provider.setAttribute(name, value);
  await findField('Organisation name');
  await frame();
  return stage.root;
}

describe('theme', () => {
  it('follows the page’s color-scheme where nothing else is said, and when it changes', async () => {
    const root = await company('theme="auto"');
    expect(isDark()).to.be.false;
    root.style.colorScheme = 'dark';
    expect(isDark()).to.be.true;
  });

  for (const where of ['on the widget', 'on the provider']) {
    it(`dark ${where} needs no word of the page; light stays light in a dark one`, async () => {
      const root = await (where === 'on the widget' ? company('theme="dark"') : company('', { theme: 'dark' }));
      expect(isDark()).to.be.true;
      root.style.colorScheme = 'dark';
      root.querySelector('[theme]')?.setAttribute('theme', 'light');
      expect(isDark()).to.be.false;
    });
  }

  it('says once what it takes, and looks as without', async () => {
    const lines = hearConsole();
    await company('theme="midnight" density="tight"');
    expect(isDark()).to.be.false;
    await eventually(() => {
      expect(lines.filter((line) => line.includes('uf-company'))).to.deep.equal([
        '<uf-company> takes theme="auto|light|dark", not "midnight". It looks as without.',
        '<uf-company> takes density="comfortable|compact", not "tight". It looks as without.',
      ]);
    });
  });
});

describe('density', () => {
  it('compact makes controls and gaps smaller; a token of the page wins over it', async () => {
    const root = await company();
    const save = get('button', 'Save details, Company Details');
    const before = save.offsetHeight;
    root.querySelector('uf-provider')?.setAttribute('density', 'compact');
    await eventually(() => { expect(save.offsetHeight).to.be.below(before); });
    root.querySelector<HTMLElement>('uf-company')?.style.setProperty('--uf-control-size', '4rem');
    await eventually(() => { expect(save.offsetHeight).to.equal(64); });
  });
});

describe('tokens', () => {
  it('changed at run time restyle every widget of the page', async () => {
    const stage = await mount('<uf-company sections="company"></uf-company><uf-account sections="profile"></uf-account>');
    await findField('Organisation name');
    const buttons = [get('button', 'Save details, Company Details'), await find('button', 'Save details, Your details')];
    stage.root.style.setProperty('--uf-accent', 'rgb(15 118 110)');
    await eventually(() => { expect(buttons.map((button) => rgb(look(button).backgroundColor))).to.deep.equal([[15, 118, 110], [15, 118, 110]]); });
    stage.root.style.setProperty('--uf-accent', 'rgb(190 24 93)');
    await eventually(() => { expect(buttons.map((button) => rgb(look(button).backgroundColor))).to.deep.equal([[190, 24, 93], [190, 24, 93]]); });
  });

  for (const scheme of ['light', 'dark']) {
    for (const accent of ['#ffd400', '#ffffff', '#000000', '#777777', '#00ff00', '#0000ff', '#ff6b6b', '#1d59d1']) {
      it(`of any accent leave text legible: ${accent}, ${scheme}`, async () => {
        const root = place();
        root.style.colorScheme = scheme;
        root.style.setProperty('--uf-accent', accent);
        const stage = await mount('<uf-account sections="profile"></uf-account>');
        root.append(stage.root);
        const button = await find('button', 'Save details, Your details');
        const surface = look(button.closest('.card') ?? button).backgroundColor;
        expect(contrast(look(button).color, look(button).backgroundColor), 'the text of the primary button').to.be.at.least(4.5);
        const link = document.createElement('a');
        link.href = '#';
        link.textContent = 'A link';
        button.before(link);
        expect(contrast(look(link).color, surface), 'a link').to.be.at.least(4.5);
        expect(contrast(look(button).borderTopColor, surface), 'the edge of the primary button (WCAG 1.4.11)').to.be.at.least(3);
      });
    }
  }

  it('an accent that is no colour is told once, and the button keeps a colour', async () => {
    const lines = hearConsole();
    const root = place();
    root.style.setProperty('--uf-accent', 'banana');
    const stage = await mount('', { ready: false });
    root.append(stage.root);
    stage.provider.innerHTML = '<uf-company sections="company"></uf-company>';
    await findField('Organisation name');
    const button = get('button', 'Save details, Company Details');
    await eventually(() => {
      expect(look(button).backgroundColor).not.to.equal('rgba(0, 0, 0, 0)');
      expect(contrast(look(button).color, look(button).backgroundColor)).to.be.at.least(4.5);
    });
    expect(lines.filter((line) => line.includes('banana'))).to.deep.equal(['<uf-company> has --uf-accent: banana, which is no colour. Write one, such as #0f766e; until then it uses its own.']);
  });
});
