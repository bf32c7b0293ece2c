import { expect } from 'chai';
import { ADA_TOTP_SECRET, mfaOnWorld } from '../../../src/adapters/memory/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { keys, press, type } from '../../support/keys.js';
import { afterThisTest, completeMfa, listen, mfaKey, mount, saveRecoveryCodes, scanMfa, setUpMfa, type Stage } from '../../support/mount.js';
import { all, everything, field, find, findField, focused, focusOn, get, gone, nameOf, reads, roleOf, shown, toasts, written } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const card = '<uf-account sections="mfa"></uf-account>';
const CODE = 'Enter your one-time code here';

/** Opens the set-up and reads the key as a person does who cannot scan. */
async function setUp(stage: Stage): Promise<Authenticator> {
  await press(get('button', 'Setup Multi-factor authentication'));
  expect(await mfaKey(stage)).to.match(/^[A-Z2-7]{32}$/);
  return scanMfa(stage);
}

async function isOn(stage: Stage): Promise<boolean> {
  return (await stage.backend.connect().adapter.call('auth.context', undefined)).user.mfa.enabled;
}

describe('Multi-factor authentication', () => {
  it('is set up: the QR code, the key as text, the link for this device, a right code', async () => {
    const stage = await mount(card);
    const phone = await setUp(stage);
    const qr = await find('img', 'QR code that adds this account to your authenticator app');
    const box = qr.getBoundingClientRect();
    expect(Math.min(box.width, box.height)).to.be.at.least(200);
    const link = get('link', 'Open it with this key');
    expect(link.getAttribute('href')).to.match(/^otpauth:\/\/totp\/UserFlux:ada%40example\.com\?secret=[A-Z2-7]{32}&issuer=UserFlux/);
    expect(shown()).to.include('Google Authenticator, Authy, 1Password');
    expect(await isOn(stage), 'not on before a right code').to.be.false;
    await type(field(CODE), phone.code());
    await press(get('button', 'Verify code'));
    await saveRecoveryCodes();
    await reads('Multi-factor authentication is on', stage.root);
    expect(await isOn(stage)).to.be.true;
    await eventually(() => { expect(toasts()).to.deep.equal(['Multi-factor authentication is on.']); });
    await focusOn('heading', 'Multi-factor authentication');
    expect(written(), 'nothing of the secret stays').not.to.include('otpauth:');
  });

  it('draws the QR code dark on a white tile with four modules of quiet zone, in the dark too', async () => {
    const stage = await mount(card);
    stage.root.style.colorScheme = 'dark';
    await setUp(stage);
    const qr = await find('img', /QR code/);
    const tile = qr.closest('[part~=qr]');
    expect(getComputedStyle(tile ?? qr).backgroundColor).to.equal('rgb(255, 255, 255)');
    const path = qr.querySelector('path');
    expect(getComputedStyle(path ?? qr).fill).to.match(/^rgb\((\d|[1-3]\d), (\d|[1-3]\d), (\d|[1-3]\d)\)$/);
    const starts = [...(path?.getAttribute('d') ?? '').matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(Math.min(...starts.map(([x = 0]) => x))).to.equal(4);
    expect(Math.min(...starts.map(([, y = 0]) => y))).to.equal(4);
  });

  it('moves the focus to its first step when it opens', async () => {
    const stage = await mount(card);
    await setUp(stage);
    await until(() => shown(focused() ?? document.body) === 'Scan this code with your authenticator app', 'the focus on the first step');
  });

  it('has one field for the code, fit for phones', async () => {
    const stage = await mount(card);
    await setUp(stage);
    const codes = all('textbox', undefined, stage.root);
    expect(codes.map(nameOf)).to.deep.equal([CODE]);
    expect(field(CODE).inputMode).to.equal('numeric');
    expect(field(CODE).getAttribute('autocomplete')).to.equal('one-time-code');
  });

  for (const [what, write] of [
    ['with a space', (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
    ['with a hyphen', (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`],
    ['in Arabic-Indic digits', (code: string) => code.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))],
    ['in full-width digits', (code: string) => code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))],
  ] as const) {
    it(`takes the code ${what}`, async () => {
      const stage = await mount(card);
      const phone = await setUp(stage);
      await type(field(CODE), write(phone.code()));
      await keys('Enter');
      await reads('Multi-factor authentication is on', stage.root);
    });
  }

  it('sends nothing while one types, and nothing for what is no code', async () => {
    const stage = await mount(card);
    const phone = await setUp(stage);
    const heard = listen(stage.root, 'uf-before-change');
    await type(field(CODE), phone.code());
    await type(field(CODE), '12345a');
    await keys('Enter');
    await reads('A code has six digits. Letters and signs do not belong in it.');
    await focusOn('textbox', CODE);
    await type(field(CODE), '');
    await press(get('button', 'Verify code'));
    await reads('Enter the six digits that your app shows.');
    await focusOn('textbox', CODE);
    expect(heard).to.be.empty;
  });

  it('says what to do about a wrong code and how many tries are left, with the focus still in the field', async () => {
    const stage = await mount(card);
    const phone = await setUp(stage);
    await type(field(CODE), phone.wrongCode());
    await keys('Enter');
    await reads('That code did not match. Check the time on your phone and try the next code. 4 tries left.');
    await focusOn('textbox', CODE);
    expect(field(CODE).getAttribute('aria-invalid')).to.equal('true');
    expect(await isOn(stage)).to.be.false;
    await type(field(CODE), phone.code());
    await keys('Enter');
    await reads('Multi-factor authentication is on', stage.root);
  });

  it('takes a late code no more than a wrong one', async () => {
    const stage = await mount(card);
    const phone = await setUp(stage);
    const late = phone.code();
    stage.clock.advance(90);
    await type(field(CODE), late);
    await keys('Enter');
    await reads('That code did not match.');
  });

  it('says how long to wait after five wrong codes', async () => {
    const stage = await mount(card);
    const phone = await setUp(stage);
    const wrong = phone.wrongCode();
    for (const left of ['4 tries left', '3 tries left', '2 tries left', '1 try left']) {
      await type(field(CODE), wrong);
      await keys('Enter');
      await reads(left);
    }
    await type(field(CODE), wrong);
    await keys('Enter');
    await until(() => !shown(stage.root).includes('1 try left'), 'the fifth answer');
    await type(field(CODE), phone.code());
    await keys('Enter');
    await reads('Too many tries. Try again in 15 minutes.');
    expect(await isOn(stage)).to.be.false;
  });

  it('says that the QR code has expired, and starts again with another key', async () => {
    const stage = await mount(card);
    const phone = await setUp(stage);
    const first = shown(stage.root);
    stage.clock.advance(601);
    await type(field(CODE), phone.code());
    await keys('Enter');
    await reads('This QR code has expired.');
    expect(all('img', /QR code/).map(nameOf)).to.be.empty;
    // A sign-in of more than ten minutes ago is not recent any more: beginning again asks for the password.
    await press(get('button', /^Start again/));
    const dialog = await find('dialog', 'Confirm that it is you');
    await type(await findField('Password', dialog), 'analytical-engine-1843');
    await keys('Enter');
    await find('img', /QR code/);
    expect(shown(stage.root)).not.to.equal(first);
    await setUpMfa(stage);
    await reads('Multi-factor authentication is on', stage.root);
  });

  it('is called off by Cancel: off as before, the secret gone, the focus back at the button', async () => {
    const stage = await mount(card);
    await setUp(stage);
    await press(get('button', 'Cancel, Multi-factor authentication'));
    await focusOn('button', 'Setup Multi-factor authentication');
    expect(all('textbox', CODE).map(nameOf)).to.be.empty;
    expect(written(stage.root)).not.to.include('otpauth:');
    expect(await isOn(stage)).to.be.false;
  });

  it('copies the key', async () => {
    const stage = await mount(card);
    const copied: string[] = [];
    const usual = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = (text) => {
      copied.push(text);
      return Promise.resolve();
    };
    afterThisTest(() => { navigator.clipboard.writeText = usual; });
    await setUp(stage);
    await press(get('button', /^Copy key/));
    await reads('Copied');
    expect(copied[0]).to.match(/^[A-Z2-7]{32}$/);
  });

  it('says that set-up could not begin, at its card, and begins when tried again', async () => {
    const stage = await mount(card);
    stage.backend.faults.fail('mfa.begin', 'unavailable', { times: 1 });
    await press(get('button', 'Setup Multi-factor authentication'));
    await reads('The server did not answer.', stage.root);
    await press(get('button', 'Setup Multi-factor authentication'));
    await findField(CODE);
  });

  it('keeps the code that was typed when the answer is lost, and is on after one more press', async () => {
    const stage = await mount(card);
    const phone = await setUp(stage);
    stage.backend.faults.fail('mfa.confirm', 'unavailable', { times: 1, committed: true });
    const code = phone.code();
    await type(field(CODE), code);
    await keys('Enter');
    await reads('The server did not answer.', stage.root);
    expect(field(CODE).value).to.equal(code);
    await press(get('button', 'Verify code'));
    await reads('Multi-factor authentication is on', stage.root);
    expect(stage.mails().filter((mail) => mail.text.includes('turned on'))).to.have.length(1);
  });

  it('takes the secret off the page when the page is hidden for good (back-forward cache)', async () => {
    const stage = await mount(card);
    await setUp(stage);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await gone('textbox', CODE);
    expect(written(stage.root)).not.to.include('otpauth:');
  });
});

describe('Turning multi-factor authentication off', () => {
  const TURN_OFF = 'Turn off, Multi-factor authentication';

  it('asks whether that is meant, with the harmless button focused', async () => {
    await mount(card, { world: mfaOnWorld() });
    await press(get('button', TURN_OFF));
    const dialog = await find('alertdialog', 'Turn off multi-factor authentication?');
    expect(shown(dialog)).to.include('Your password alone will then open your account');
    await focusOn('button', 'Keep it on');
    await keys('Enter');
    await gone('alertdialog');
    await focusOn('button', TURN_OFF);
  });

  it('closes by Esc without any effect, and gives the focus back', async () => {
    const stage = await mount(card, { world: mfaOnWorld() });
    await press(get('button', TURN_OFF));
    await find('alertdialog');
    await keys('Escape');
    await gone('alertdialog');
    await focusOn('button', TURN_OFF);
    expect(await isOn(stage)).to.be.true;
  });

  it('takes a code of the app, and then it is off', async () => {
    const stage = await mount(card, { world: mfaOnWorld() });
    const phone = new Authenticator(ADA_TOTP_SECRET, stage.clock);
    await press(get('button', TURN_OFF));
    await press(get('button', 'Turn off', await find('alertdialog')));
    await completeMfa(phone.code());
    await reads('Not set up', stage.root);
    expect(await isOn(stage)).to.be.false;
    await eventually(() => { expect(toasts()).to.include('Multi-factor authentication is off.'); });
    await focusOn('heading', 'Multi-factor authentication');
  });

  it('refuses a code that was used already, and goes on with the next', async () => {
    const stage = await mount(card, { world: mfaOnWorld() });
    const phone = new Authenticator(ADA_TOTP_SECRET, stage.clock);
    const used = phone.code();
    await stage.backend.connect().adapter.call('auth.stepUp', { method: 'totp', code: used });
    await press(get('button', TURN_OFF));
    await press(get('button', 'Turn off', await find('alertdialog')));
    const dialog = await completeMfa(used);
    await reads('That code did not match. Check the time on your phone and try the next code. 4 tries left.', dialog);
    await focusOn('textbox', 'One-time code');
    await type(get('textbox', 'One-time code', dialog), phone.code());
    await keys('Enter');
    await reads('Not set up', stage.root);
  });

  it('stays on when the question is closed', async () => {
    const stage = await mount(card, { world: mfaOnWorld() });
    const heard = listen(stage.root, 'uf-error', 'uf-change');
    await press(get('button', TURN_OFF));
    await press(get('button', 'Turn off', await find('alertdialog')));
    const dialog = await find('dialog', 'Complete MFA');
    await press(get('button', 'Cancel', dialog));
    await gone('dialog');
    await eventually(() => { expect(get('button', TURN_OFF).hasAttribute('aria-disabled')).to.be.false; });
    expect(await isOn(stage)).to.be.true;
    expect(heard).to.be.empty;
    await until(() => focused() !== document.body && focused() !== null, 'the focus somewhere in the page');
    expect(roleOf(focused() ?? document.body)).to.be.oneOf(['button', 'heading']);
  });
});

describe('Ids', () => {
  it('are unique in the shadow root while set-up is open', async () => {
    const stage = await mount('<uf-account></uf-account>');
    await setUp(stage);
    const ids = [...everything(stage.root)].map((element) => element.id).filter(Boolean);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).to.be.empty;
  });
});
