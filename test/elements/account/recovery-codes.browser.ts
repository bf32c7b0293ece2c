import { emulateMedia } from '@web/test-runner-commands';
import { expect } from 'chai';
import { ADA_RECOVERY_CODES, ADA_TOTP_SECRET, demoWorld, mfaOnWorld, recoveryCodesWorld } from '../../../src/adapters/memory/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { itWith } from '../../support/engines.js';
import { keys, press, type } from '../../support/keys.js';
import { afterThisTest, asksBeforeLeaving, completeMfa, EVENT_TYPES, listen, mount, saveRecoveryCodes, setUpMfa, type Stage } from '../../support/mount.js';
import { all, field, find, focusOn, get, gone, nameOf, reads, said, shown, toasts, written } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const card = '<uf-account sections="mfa"></uf-account>';
const SAVE = 'Save your recovery codes';
const MAKE = /^Make new codes/;

/** Turns MFA on as far as the codes. */
async function setUp(stage: Stage): Promise<HTMLElement> {
  await press(get('button', 'Setup Multi-factor authentication'));
  await setUpMfa(stage);
  return find('dialog', SAVE);
}

async function makeNew(stage: Stage): Promise<HTMLElement> {
  await press(await find('button', MAKE));
  await press(get('button', 'Make new codes', await find('alertdialog', 'Make new recovery codes?')));
  await completeMfa(new Authenticator(ADA_TOTP_SECRET, stage.clock).code());
  return find('dialog', SAVE);
}

const codesIn = (dialog: HTMLElement): string[] => all('listitem', undefined, dialog).map((item) => item.textContent.trim());

describe('Recovery codes, when MFA was just turned on', () => {
  it('are ten, shown once in a dialog, and stay until somebody says that they are saved', async () => {
    const stage = await mount(card, { world: demoWorld() });
    const dialog = await setUp(stage);
    const codes = codesIn(dialog);
    expect(codes).to.have.length(10);
    for (const code of codes) expect(code).to.match(/^\w{4}-\w{4}-\w{4}$/);
    await focusOn('list', 'Recovery codes');
    expect(asksBeforeLeaving(), 'the page asks before it goes').to.be.true;
    for (const refuse of [() => keys('Escape', 'Escape', 'Escape'), () => press(get('button', 'Close', dialog)), () => press(get('button', 'Done', dialog))]) {
      await refuse();
      await reads('Save the codes first, then confirm that you have them.', dialog);
      await focusOn('checkbox', 'I have saved them');
      expect(codesIn(await find('dialog', SAVE))).to.deep.equal(codes);
    }
    await eventually(() => { expect(said()).to.include('Save the codes first'); });
    await keys('Space');
    await keys('Escape');
    await gone('dialog', SAVE);
    await focusOn('heading', 'Multi-factor authentication');
    expect(asksBeforeLeaving()).to.be.false;
    await reads('10 codes left.', stage.root);
    for (const code of codes) expect(written(), 'nothing of a code stays').not.to.include(code);
  });

  it('that the browser closes against our will open again', async () => {
    const stage = await mount(card, { world: demoWorld() });
    const dialog = await setUp(stage);
    const codes = codesIn(dialog);
    (dialog as HTMLDialogElement).close();
    await until(() => (all('dialog', SAVE)[0] as HTMLDialogElement | undefined)?.matches(':modal'), 'the dialog open again');
    expect(codesIn(get('dialog', SAVE))).to.deep.equal(codes);
  });

  it('are not lost when the page opens another tab: theirs stays, and says what has to be done first', async () => {
    const stage = await mount('<uf-settings></uf-settings>', { world: demoWorld() });
    const codes = codesIn(await setUp(stage));
    stage.element('uf-settings').tab = 'team';
    await reads('Save the codes first, then confirm that you have them.', await find('dialog', SAVE));
    expect(codesIn(get('dialog', SAVE))).to.deep.equal(codes);
    expect(stage.element('uf-settings').tab).to.equal('account');
  });

  it('stand in no event, attribute, storage, URL or resource, and go with the page', async () => {
    const stage = await mount(card, { world: demoWorld() });
    const heard = listen(stage.root, ...EVENT_TYPES);
    const [code = ''] = codesIn(await setUp(stage));
    const attributes = [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes].map(({ value }) => value)).join('\n');
    const told = JSON.stringify([heard, Object.entries(localStorage), Object.entries(sessionStorage), location.href, stage.element('uf-account').auth.data]);
    expect(`${attributes}\n${told}`).not.to.include(code);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await gone('dialog', SAVE);
    expect(written()).not.to.include(code);
    expect(asksBeforeLeaving()).to.be.false;
  });

  it('that were lost on their way are made anew, once', async () => {
    const stage = await mount(card, { world: demoWorld() });
    stage.backend.faults.fail('mfa.confirm', 'unavailable', { times: 1, committed: true });
    await press(get('button', 'Setup Multi-factor authentication'));
    await setUpMfa(stage);
    await reads('The server did not answer.', stage.root);
    await press(get('button', 'Verify code'));
    const [first = ''] = await saveRecoveryCodes();
    await stage.backend.connect().adapter.call('auth.stepUp', { method: 'recovery-code', code: first });
  });
});

describe('Taking recovery codes along', () => {
  it('copies all of them, one a line', async () => {
    const stage = await mount(card, { world: mfaOnWorld() });
    const dialog = await makeNew(stage);
    let copied = '';
    const original = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = (text) => {
      copied = text;
      return Promise.resolve();
    };
    afterThisTest(() => { navigator.clipboard.writeText = original; });
    await press(get('button', 'Copy all', dialog));
    await find('button', 'Copied', dialog);
    expect(copied.split('\n')).to.deep.equal(codesIn(dialog));
    await keys('Escape');
    await reads('Save the codes first', dialog);
  });

  it('downloads them as a text that says what they are', async () => {
    const stage = await mount(card, { world: mfaOnWorld() });
    const dialog = await makeNew(stage);
    const files: Blob[] = [];
    const original = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      files.push(blob as Blob);
      return 'blob:nothing';
    };
    const names: string[] = [];
    const stop = (event: Event): void => {
      const link = event.target;
      if (!(link instanceof HTMLAnchorElement) || link.download === '') return;
      names.push(link.download);
      event.preventDefault();
    };
    HTMLAnchorElement.prototype.click = function click() {
      this.addEventListener('click', stop);
      this.dispatchEvent(new MouseEvent('click', { cancelable: true }));
    };
    afterThisTest(() => {
      URL.createObjectURL = original;
      Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
    });
    await press(get('button', 'Download .txt', dialog));
    expect(names).to.deep.equal(['recovery-codes.txt']);
    const text = (await files[0]?.text()) ?? '';
    expect(text).to.include('Recovery codes for ada@example.com').and.to.include(codesIn(dialog).join('\r\n'));
  });

  itWith('print-preview')('prints them alone: nothing else of the page on the paper, and nothing of them left behind', async () => {
    const stage = await mount(`<p>Of the host.</p>${card}`, { world: mfaOnWorld() });
    const dialog = await makeNew(stage);
    const codes = codesIn(dialog);
    const original = window.print.bind(window);
    let asked = 0;
    window.print = () => {
      asked++;
      dispatchEvent(new Event('beforeprint'));
    };
    afterThisTest(() => { window.print = original; });
    await press(get('button', 'Print', dialog));
    expect(asked).to.equal(1);
    const paper = document.querySelector('body > #uf-paper') as HTMLElement;
    expect(paper.checkVisibility(), 'unseen on the screen').to.be.false;
    await emulateMedia({ media: 'print' });
    try {
      expect(paper.checkVisibility()).to.be.true;
      expect(paper.innerText).to.include('Recovery codes for ada@example.com');
      for (const code of codes) expect(paper.innerText).to.include(code);
      for (const other of document.body.children) if (other !== paper) expect(other.checkVisibility(), other.tagName).to.be.false;
      expect(dialog.checkVisibility()).to.be.false;
      expect(document.querySelectorAll('[style*="uf"]')).to.have.length(0);
    } finally {
      await emulateMedia({ media: 'screen' });
    }
    dispatchEvent(new Event('afterprint'));
    expect(document.querySelector('#uf-paper')).to.be.null;
    expect(dialog.checkVisibility()).to.be.true;
  });
});

describe('Recovery codes under MFA', () => {
  for (const [count, words, advice] of [
    [10, '10 codes left.', undefined],
    [4, '4 codes left.', undefined],
    [3, '3 codes left.', 'Make new ones before you run out.'],
    [1, '1 code left.', 'Make new ones before you run out.'],
    [0, '0 codes left.', 'Without your authenticator app you could not sign in.'],
  ] as const) {
    it(`say that ${String(count)} are left${advice === undefined ? '' : ', and what to do'}`, async () => {
      const stage = await mount(card, { world: recoveryCodesWorld(count) });
      await reads(words, stage.root);
      expect(shown(stage.root).includes('Make new ones')).to.equal(advice !== undefined);
      if (advice !== undefined) expect(shown(stage.root)).to.include(advice);
    });
  }

  it('are made anew after a question and a proof; the old ones stop working', async () => {
    const stage = await mount(card, { world: mfaOnWorld() });
    await makeNew(stage);
    const [code = ''] = await saveRecoveryCodes();
    await eventually(() => { expect(toasts()).to.include('Your new recovery codes are saved.'); });
    await focusOn('button', nameOf(get('button', MAKE)));
    const other = stage.backend.connect().adapter;
    await other.call('auth.stepUp', { method: 'recovery-code', code: ADA_RECOVERY_CODES[0] ?? '' }).then(
      () => { expect.fail('an old code still works'); },
      () => undefined,
    );
    await other.call('auth.stepUp', { method: 'recovery-code', code });
    await reads('9 codes left.', stage.root);
    expect(stage.mails().map(({ subject }) => subject)).to.deep.equal(['Your account was changed', 'A recovery code was used']);
  });

  it('stay as they are when the question is answered with no', async () => {
    const stage = await mount(card, { world: mfaOnWorld() });
    await press(await find('button', MAKE));
    await press(get('button', 'Keep the old ones', await find('alertdialog')));
    await gone('alertdialog');
    await focusOn('button', nameOf(get('button', MAKE)));
    await stage.backend.connect().adapter.call('auth.stepUp', { method: 'recovery-code', code: ADA_RECOVERY_CODES[0] ?? '' });
  });
});

describe('A recovery code in place of a one-time code', () => {
  it('is one press away, taken however it is typed, and what was asked for goes on', async () => {
    const stage = await mount(card, { world: mfaOnWorld() });
    await press(get('button', /^Turn off/));
    await press(get('button', 'Turn off', await find('alertdialog')));
    const dialog = await find('dialog', 'Complete MFA');
    await type(get('textbox', 'One-time code', dialog), '12');
    await press(get('button', 'Use a recovery code', dialog));
    await focusOn('textbox', 'Recovery code');
    expect(all('textbox', 'One-time code', dialog).map(nameOf)).to.be.empty;
    expect(field('Recovery code').autocomplete).to.equal('off');
    await type(field('Recovery code'), ` ${(ADA_RECOVERY_CODES[0] ?? '').toLowerCase().replaceAll('-', ' ')} `);
    await keys('Enter');
    await reads('Not set up', stage.root);
  });

  it('that was used, is wrong or is missing says so, with the focus in the field and the tries left', async () => {
    const stage = await mount(card, { world: mfaOnWorld() });
    const [used = ''] = ADA_RECOVERY_CODES;
    await stage.backend.connect().adapter.call('auth.stepUp', { method: 'recovery-code', code: used });
    await press(await find('button', MAKE));
    await press(get('button', 'Make new codes', await find('alertdialog')));
    const dialog = await find('dialog', 'Complete MFA');
    await press(get('button', 'Use a recovery code', dialog));
    await focusOn('textbox', 'Recovery code');
    await keys('Enter');
    await reads('Enter one of your recovery codes.', dialog);
    await type(field('Recovery code'), 'what?');
    await keys('Enter');
    await reads('A recovery code is made of letters and digits', dialog);
    await type(field('Recovery code'), used);
    await keys('Enter');
    await reads('That recovery code did not match, or was used before. Each one works once. 4 tries left.', dialog);
    await focusOn('textbox', 'Recovery code');
    await press(get('button', 'Use a one-time code', dialog));
    await focusOn('textbox', 'One-time code');
    expect(shown(dialog)).not.to.include('did not match');
  });

  it('is not offered when none is left', async () => {
    await mount(card, { world: recoveryCodesWorld(0) });
    await press(get('button', /^Turn off/));
    await press(get('button', 'Turn off', await find('alertdialog')));
    const dialog = await find('dialog', 'Complete MFA');
    expect(all('button', 'Use a recovery code', dialog).map(nameOf)).to.be.empty;
  });
});
