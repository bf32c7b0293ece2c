import { emulateMedia } from '@web/test-runner-commands';
import { expect } from 'chai';
import { ADA_PASSWORD } from '../../../src/adapters/memory/index.js';
import { itWith } from '../../support/engines.js';
import { keys, press, shiftTab, type } from '../../support/keys.js';
import { afterThisTest, drawn, hearConsole, mount, place, type Stage } from '../../support/mount.js';
import { everything, field, find, focused, focusOn, get, gone, nameOf, reads, shown, written } from '../../support/query.js';
import { eventually, frame, until } from '../../support/wait.js';

const NEW = 'the-mill-grinds-the-store';
const widget = (credentials = 'light', attributes = ''): string => `<uf-account sections="password" credentials="${credentials}" ${attributes}></uf-account>`;
const LABELS = ['Current password', 'New password', 'Confirm password'];

/** A style sheet of the page, until the test ends. */
function pageSays(css: string): void {
  const style = document.createElement('style');
  style.textContent = css;
  document.head.append(style);
  afterThisTest(() => { style.remove(); });
}

/** A change that does not come to an end. */
async function change(stage: Stage): Promise<void> {
  stage.backend.faults.hang('password.change');
  for (const [label, text] of [['Current password', ADA_PASSWORD], ['New password', NEW], ['Confirm password', NEW]] as const) await type(field(label), text);
  await keys('Enter');
}

function formOf(root: Node): HTMLFormElement {
  const { form } = field('Current password', root);
  if (!form) throw new Error('The fields are in no form.');
  return form;
}

/** All that is computed for every element of the form, its boxes in front of and behind it and the place where it stands. */
function looksOf(form: Element): string[][] {
  const { left, top } = form.getBoundingClientRect();
  return [form, ...form.querySelectorAll('*')].flatMap((element) => {
    const box = element.getBoundingClientRect();
    const at = [box.left - left, box.top - top, box.width, box.height].map((length) => `${String(Math.round(length * 10) / 10)}px`);
    return [undefined, '::before', '::after'].map((pseudo) => {
      const style = getComputedStyle(element, pseudo);
      // In the shadow root the form itself is in a grid, whose `auto` is another.
      const said = Array.from(style, (name) => `${name}: ${style.getPropertyValue(name)}`).filter((line) => element !== form || !/^min-(height|block-size)/.test(line));
      return [`${element.tagName} ${pseudo ?? ''} at ${at.join(' ')}`, ...said];
    });
  });
}

function differences(one: string[][], other: string[][]): string[] {
  if (one.length !== other.length) return [`${one.length} and ${other.length} boxes`];
  return one.flatMap((lines, index) => lines.flatMap((line, at) => {
    const instead = other[index]?.[at];
    return line === instead ? [] : [`${lines[0] ?? ''}: ${line}, not ${String(instead)}`];
  })).slice(0, 20);
}

describe('credentials="light"', () => {
  it('puts the form where a script that sees no shadow root finds it, whole, in one tree', async () => {
    const stage = await mount(widget());
    const [form, another] = stage.element('uf-account').querySelectorAll('form');
    expect(another).to.equal(undefined);
    expect(Array.from(form?.elements ?? [], (element) => element.getAttribute('autocomplete')).filter(Boolean)).to.deep.equal(['username', 'current-password', 'new-password', 'new-password']);
    expect(form?.querySelector<HTMLInputElement>('[autocomplete=username]')?.value).to.equal('ada@example.com');
    expect(form?.getRootNode()).to.equal(document);
    expect([...everything(stage.root)].filter((element) => element instanceof HTMLInputElement && element.getRootNode() !== document)).to.be.empty;
    // In the one place for it, below its heading.
    expect(shown(stage.root)).to.match(/^Change password Use a password .* Current password /);
  });

  for (const [page, css] of [
    ['a tame page', ''],
    ['a page that unsets everything', '* { all: unset !important }'],
    ['a page that hides buttons and restyles fields', 'button, #uf-password button { display: none !important; transform: rotate(3deg) } input { opacity: 0 !important; width: 10px !important; appearance: none !important } form, p, ul, li, label, div { margin: 77px !important; padding: 33px !important; font: 99px serif !important; color: red !important } svg, path { fill: red !important; width: 300px !important; d: none !important } p::before, button::after { content: "!" !important }'],
    ['a page whose lines are five times as high', 'html, body, * { line-height: 5 !important; letter-spacing: 0.3em !important; text-transform: uppercase !important; text-align: right !important; white-space: pre !important; direction: rtl !important }'],
    ['a page with classes of the same names', '.card, .button, .input, .field, .label, .i, .vh, .root { position: absolute !important; inset: 0 !important; border: 9px solid red !important; border-radius: 99px !important; animation: none !important } .button:focus { outline: none !important } input:focus-visible { outline: none !important; background: red !important }'],
    ['a page with a reset in a layer', '@layer reset, utilities; @layer reset { *, ::before, ::after { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid } svg { display: block; vertical-align: middle } button, input { font: inherit; color: red; border-radius: 0; background: transparent; opacity: 0.5; appearance: none } ul { list-style: square } } @layer utilities { .card { display: flex } .small { font-size: 99px } }'],
  ] as const) {
    it(`on ${page}, looks as in the shadow root, each property of each element`, async () => {
      if (css) pageSays(css);
      const stage = await mount(widget('shadow'), { width: 700 });
      // The one place that the page may style.
      pageSays('uf-account { display: block !important; direction: ltr !important; --uf-duration: 0s }');
      const button = get('button', 'Update password');
      await press(button);
      await focusOn('textbox', 'Current password');
      await reads('3 things need your attention');
      const shadow = looksOf(formOf(stage.root));
      stage.element('uf-account').credentials = 'light';
      await until(() => formOf(stage.root).getRootNode() === document, 'the form in the page');
      field('Current password').focus();
      await frame();
      expect(differences(looksOf(formOf(stage.root)), shadow)).to.deep.equal([]);
    });
  }

  it('takes tokens, theme, density, direction and the reader’s size of text as in the shadow root', async () => {
    const stage = await mount(widget('shadow', 'theme="dark" density="compact" dir="rtl"'), { width: 300 });
    stage.root.style.setProperty('--uf-accent', 'rgb(200, 0, 100)');
    stage.root.style.setProperty('--uf-radius', '3px');
    stage.root.style.setProperty('--uf-duration', '0s');
    document.documentElement.style.fontSize = '200%';
    afterThisTest(() => { document.documentElement.style.fontSize = ''; });
    await frame();
    const shadow = looksOf(formOf(stage.root));
    stage.element('uf-account').credentials = 'light';
    await until(() => formOf(stage.root).getRootNode() === document, 'the form in the page');
    expect(differences(looksOf(formOf(stage.root)), shadow)).to.deep.equal([]);
    expect(getComputedStyle(get('button', 'Update password')).backgroundColor).to.equal('rgb(200, 0, 100)');
  });

  it('says nothing about the rest of the page, and leaves no sheet behind', async () => {
    const sheets = [...document.adoptedStyleSheets];
    const own = place(500);
    own.innerHTML = '<div class="root"><form class="card"><p class="hint small">Own</p><label class="label check">A <input class="input"></label><button class="button primary spin">B</button><svg class="i"><path d="M0 0h9"/></svg></form></div>';
    const form = own.querySelector('form') ?? own;
    const before = looksOf(form);
    const stage = await mount(`${widget()}${widget()}`);
    expect(document.adoptedStyleSheets.length).to.be.greaterThan(sheets.length);
    expect(differences(looksOf(form), before)).to.deep.equal([]);
    const [first, second] = stage.root.querySelectorAll('uf-account');
    first?.remove();
    expect(getComputedStyle(get('button', 'Update password')).borderRadius).to.equal('6px');
    second?.remove();
    expect(document.adoptedStyleSheets).to.deep.equal(sheets);
  });

  it('has ids of its own in each widget, labels and errors belong to their fields, and the focus goes to the right ones', async () => {
    const stage = await mount(`${widget()}${widget()}`);
    const [, second] = stage.root.querySelectorAll('uf-account');
    if (!second) throw new Error('There are two.');
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).to.be.empty;
    await press(get('button', 'Update password', second));
    await reads('3 things need your attention', second);
    await until(() => focused() === field('Current password', second), 'the focus in the second');
    for (const label of LABELS) expect(field(label, second).getAttribute('aria-invalid')).to.equal('true');
    expect(shown(stage.root.querySelector('uf-account') ?? stage.root)).not.to.include('Enter your current password.');
    await press(get('link', 'New password', second));
    await until(() => focused() === field('New password', second), 'the focus where the link leads');
  });

  it('is reached by Tab in its place, forwards and back', async () => {
    await mount(`<uf-account sections="profile password sign-out" credentials="light"></uf-account>`);
    const stops: string[] = [];
    get('button', 'Save details, Your details').focus();
    for (let stop = 0; stop < 9; stop++) {
      await keys('Tab');
      stops.push(nameOf(focused() ?? document.body));
    }
    const all = ['Current password', 'Show Current password', 'New password', 'Show New password', 'Confirm password', 'Show Confirm password', 'Sign out other sessions', 'Update password', 'Sign out of my account'];
    expect(stops).to.deep.equal(all);
    await shiftTab();
    expect(nameOf(focused() ?? document.body)).to.equal('Update password');
  });

  it('works in a shadow root of the page: the form and its look stand in that one', async () => {
    const stage = await mount('<div id="host"></div>', { ready: false });
    const root = (stage.root.querySelector('#host') ?? stage.root).attachShadow({ mode: 'open' });
    const sheets = [...document.adoptedStyleSheets];
    root.innerHTML = `<style>* { all: unset !important }</style>${widget()}`;
    await find('button', 'Update password');
    await until(() => formOf(stage.root).getRootNode() === root, 'the form');
    expect(getComputedStyle(get('button', 'Update password')).borderRadius).to.equal('6px');
    expect(document.adoptedStyleSheets).to.deep.equal(sheets);
    await press(get('button', 'Update password'));
    await reads('Enter your current password.', stage.root);
    await until(() => focused() === field('Current password'), 'the focus');
  });

  it('changes place at run time and keeps what was typed', async () => {
    const stage = await mount(widget('shadow'));
    const element = stage.element('uf-account');
    await type(field('New password'), NEW);
    for (const [where, tree] of [['light', document], ['shadow', element.shadowRoot], ['light', document]] as const) {
      element.setAttribute('credentials', where);
      await until(() => formOf(stage.root).getRootNode() === tree, where);
      await drawn(element);
      expect(field('New password').value).to.equal(NEW);
      expect(element.children.length).to.equal(tree === document ? 1 : 0);
    }
  });

  it('goes with the widget and comes back with it, in another place too; what a page kept of it does not', async () => {
    const stage = await mount(widget());
    const element = stage.element('uf-account');
    await type(field('Current password'), ADA_PASSWORD);
    const kept = element.cloneNode(true);
    element.remove();
    expect(element.childElementCount).to.equal(0);
    const elsewhere = document.createElement('section');
    stage.provider.append(elsewhere);
    elsewhere.append(element);
    await find('button', 'Update password');
    await eventually(() => { expect(field('Current password').value).to.equal(''); });
    await type(field('Current password'), ADA_PASSWORD);
    await type(field('New password'), NEW);
    await type(field('Confirm password'), NEW);
    await keys('Enter');
    await reads('Saved', stage.root);
    element.remove();
    stage.provider.append(kept);
    await find('button', 'Update password');
    await until(() => stage.element('uf-account').childElementCount === 1 && field('Current password').value === '', 'one form, empty');
  });

  it('is not in the page any more once nobody is signed in, and the focus is where it is said', async () => {
    const stage = await mount(widget());
    await type(field('Current password'), ADA_PASSWORD);
    stage.backend.faults.fail('auth.context', 'unauthenticated');
    await stage.provider.refresh();
    await reads('You’re signed out', stage.root);
    expect(stage.element('uf-account').childElementCount).to.equal(0);
    expect(written()).not.to.include(ADA_PASSWORD);
    await focusOn('group', 'You’re signed out');
  });

  it('keeps the focus when the button that had it goes: Discard leads to the first field', async () => {
    await mount(widget());
    await type(field('New password'), NEW);
    await press(await find('button', 'Discard, Change password'));
    await focusOn('textbox', 'Current password');
  });

  it('turns its sign while something is under way, by keyframes that no page has', async () => {
    pageSays('@keyframes spin { to { opacity: 0 } } @keyframes uf-light-pulse { to { opacity: 0 } } * { animation: none !important }');
    const stage = await mount(widget());
    await change(stage);
    const [animation] = await until(() => { const found = formOf(stage.root).getAnimations({ subtree: true }); return found.length > 0 && found; }, 'something that moves');
    expect((animation as CSSAnimation).animationName).to.equal('uf-light-spin');
    expect((animation?.effect as KeyframeEffect).getKeyframes().at(-1)?.['rotate'] ?? (animation?.effect as KeyframeEffect).getKeyframes().at(-1)?.['transform']).to.match(/1turn|360deg/);
  });

  itWith('reader-preferences')('moves nothing for those who want it so', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    afterThisTest(() => void emulateMedia({ reducedMotion: 'no-preference' }));
    pageSays('button, input { transition: all 9s !important }');
    const stage = await mount(widget());
    await change(stage);
    await until(() => formOf(stage.root).querySelector('button svg[class~=spin]'), 'the sign');
    for (const element of formOf(stage.root).querySelectorAll('*')) {
      const { animationName, transitionDuration, transitionProperty } = getComputedStyle(element);
      expect([animationName, transitionProperty === 'none' || transitionDuration === '0s'], element.outerHTML).to.deep.equal(['none', true]);
    }
  });

  it('has no style attribute, no inline handler and no script in the page', async () => {
    const stage = await mount(widget());
    const form = formOf(stage.root);
    const attributes = [form, ...form.querySelectorAll('*')].flatMap((element) => element.getAttributeNames());
    expect(attributes.filter((name) => name === 'style' || name.startsWith('on'))).to.be.empty;
    expect(form.querySelectorAll('style, script, link, img, iframe')).to.have.length(0);
  });

  itWith('layout-shift')('moves nothing by more than 0.02 while it comes', async () => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
    });
    observer.observe({ type: 'layout-shift', buffered: false });
    await mount(`<uf-account credentials="light"></uf-account><p>Below</p>`, { latency: 150, width: 1000 });
    await reads('You are signed in as');
    await frame();
    await frame();
    observer.disconnect();
    expect(sum).to.be.at.most(0.02);
  });

  it('says once what it takes, and stands as without', async () => {
    const lines = hearConsole();
    const stage = await mount(widget('dark'));
    expect(formOf(stage.root).getRootNode()).to.equal(stage.element('uf-account').shadowRoot);
    await until(() => lines.length > 0, 'the line');
    expect(lines.filter((line) => line.includes('credentials'))).to.deep.equal(['<uf-account> takes credentials="shadow|light", not "dark". It looks as without.']);
  });

  it('is for <uf-settings> as well, and hidden with its tab', async () => {
    const stage = await mount('<uf-settings credentials="light"></uf-settings>');
    expect(formOf(stage.root).parentElement?.parentElement).to.equal(stage.element('uf-settings'));
    await press(get('tab', 'Company Details'));
    await find('textbox', 'Organisation name');
    await gone('button', 'Update password');
  });
});
