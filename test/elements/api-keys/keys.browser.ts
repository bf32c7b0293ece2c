import { expect } from 'chai';
import { ADA_TOTP_SECRET, manyKeysWorld, memberWorld, mfaOnWorld, noKeysWorld, type World } from '../../../src/adapters/memory/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { keys, press, type } from '../../support/keys.js';
import { afterThisTest, completeMfa, doubledNames, listen, mount, saveRecoveryCodes, setUpMfa, type Stage, type StageOptions } from '../../support/mount.js';
import { all, field, find, focusOn, get, gone, nameOf, reads, said, shown, toasts, written } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const WIDGET = '<uf-api-keys></uf-api-keys>';
const VIEW = 'View API Keys';

interface KeysStage extends Stage {
  phone: Authenticator;
  /** The secrets of Ada's organisation. */
  secrets: string[];
}

async function keysStage(markup = WIDGET, options: StageOptions & { world?: World } = {}): Promise<KeysStage> {
  const world = options.world ?? mfaOnWorld();
  const stage = await mount(markup, { ...options, world });
  const secrets = world.organisations[0]?.keys.map(({ secret }) => secret) ?? [];
  return { ...stage, phone: new Authenticator(ADA_TOTP_SECRET, stage.clock), secrets };
}

/** The button, once the keys are there that it reveals. */
async function viewButton(): Promise<HTMLElement> {
  await reads(/key ending \w{4}, hidden/);
  return find('button', VIEW);
}

async function reveal(stage: KeysStage): Promise<void> {
  await press(await viewButton());
  await completeMfa(stage.phone.code());
  await reads('Your keys are visible');
}

const standing = (stage: KeysStage): string[] => stage.secrets.filter((secret) => written().includes(secret));

describe('API Keys, hidden', () => {
  it('stand under the warning, by kind, with what each kind is for', async () => {
    await keysStage();
    await viewButton();
    const text = shown();
    expect(text).to.include('Handle with care');
    expect(text).to.match(/Never put them in client-side code or public repositories\./);
    expect(all('heading').map((one) => one.textContent.trim())).to.deep.equal(['API Keys', 'Integration API Keys', 'Data API Keys', 'Product API Keys']);
    expect(text).to.include('For SDKs and data collection: update user properties, create events.');
    expect(text).to.include('For querying the warehouse: read metrics, embed analytics.');
    expect(text).to.include('For syncing the product catalogue and its schemas.');
  });

  it('say environment and permission in words; every environment and permission occurs', async () => {
    await keysStage();
    await viewButton();
    for (const kind of ['Integration API Keys', 'Data API Keys', 'Product API Keys']) {
      const group = shown(get('region', kind));
      expect(group).to.include('Production');
      expect(group).to.include('Test');
    }
    for (const permission of ['Read-Only', 'Write-Only', 'Read and Write']) expect(shown()).to.include(permission);
  });

  it('show a prefix, eight bullets and the last four, with a name for the ear; no secret is anywhere in the page', async () => {
    const stage = await keysStage();
    await viewButton();
    const last4 = stage.secrets.map((secret) => secret.slice(-4));
    for (const four of last4) expect(written()).to.include(four);
    expect(written()).to.match(/uf_int_live_[\s\S]{0,40}••••••••/);
    expect(shown()).to.match(new RegExp(`Production key ending ${last4[0] ?? ''}, hidden`));
    expect(stage.secrets).to.have.length(7);
    expect(standing(stage)).to.be.empty;
  });

  it('come with no copy buttons while they are hidden', async () => {
    await keysStage();
    await viewButton();
    expect(all('button', /Copy/).map(nameOf)).to.be.empty;
  });

  it('say in one sentence that there are none yet', async () => {
    await keysStage(WIDGET, { world: noKeysWorld() });
    await reads('No API keys yet');
    expect(all('button', VIEW).map(nameOf)).to.be.empty;
  });

  it('are not for a plain member, who is told why', async () => {
    await mount(WIDGET, { world: memberWorld() });
    await reads('Only an owner or an admin can see API keys.');
    expect(all('button', VIEW).map(nameOf)).to.be.empty;
    expect(shown()).not.to.include('No API keys yet');
  });

  it('say that they could not be loaded, never that there are none, and load on Retry', async () => {
    const stage = await keysStage(WIDGET, { ready: false });
    stage.backend.faults.fail('apiKeys.list', 'unavailable');
    await reads('Could not load API keys');
    expect(shown()).not.to.include('No API keys yet');
    stage.backend.faults.clear();
    await press(get('button', 'Retry, API keys'));
    await viewButton();
    expect(shown()).not.to.include('Could not load');
  });

  it('come in pages where there are many', async () => {
    const stage = await keysStage(WIDGET, { world: manyKeysWorld(120) });
    await find('button', 'Next, API Keys');
    const first = shown();
    expect(get('button', 'Previous, API Keys').getAttribute('aria-disabled')).to.equal('true');
    await press(get('button', 'Next, API Keys'));
    await until(() => shown() !== first && shown().includes('key ending'), 'the next page');
    await reveal(stage);
    expect(standing(stage).length, 'only the keys of this page').to.equal(50);
    await press(get('button', 'Next, API Keys'));
    await until(() => standing(stage).length === 0, 'the keys to be hidden when the page turns');
  });
});

describe('View API Keys', () => {
  it('asks for the one-time code in "Complete MFA", says no to a wrong one, and reveals all with the right one', async () => {
    const stage = await keysStage();
    const heard = listen(stage.root, 'uf-before-change', 'uf-change', 'uf-error');
    await press(await viewButton());
    const dialog = await find('dialog', 'Complete MFA');
    await focusOn('textbox', 'One-time code');
    expect(field('One-time code').getAttribute('autocomplete')).to.equal('one-time-code');
    expect(field('One-time code').inputMode).to.equal('numeric');
    expect(shown(dialog)).to.include('To see your API keys, confirm that it is you');
    await type(field('One-time code'), stage.phone.wrongCode());
    await press(get('button', 'Verify', dialog));
    await reads('That code did not match. Check the time on your phone and try the next code. 4 tries left.', dialog);
    await focusOn('textbox', 'One-time code');
    expect(standing(stage)).to.be.empty;
    await type(field('One-time code'), stage.phone.code());
    await keys('Enter');
    await gone('dialog');
    await reads('Your keys are visible');
    expect(standing(stage)).to.have.length(7);
    await until(() => said().includes('Your keys are visible for 60 seconds.'), 'the announcement');
    expect(heard).to.deep.equal([
      { type: 'uf-before-change', detail: { operation: 'apiKeys.reveal' } },
      { type: 'uf-change', detail: { operation: 'apiKeys.reveal' } },
    ]);
  });

  it('moves the focus to what came of it, not to a button that is gone', async () => {
    const stage = await keysStage();
    await reveal(stage);
    await until(() => {
      const root = stage.element('uf-api-keys').shadowRoot;
      return root?.activeElement && shown(root.activeElement) === 'Your keys are visible';
    }, 'the focus on "Your keys are visible"');
  });

  it('refuses a code that was used, a late one and a non-numeric one', async () => {
    const stage = await keysStage();
    const used = stage.phone.code();
    await stage.backend.connect().adapter.call('auth.stepUp', { method: 'totp', code: used });
    await press(await viewButton());
    const dialog = await completeMfa(used);
    await reads('4 tries left', dialog);
    const late = stage.phone.code();
    stage.clock.advance(90);
    await type(field('One-time code'), late);
    await keys('Enter');
    await reads('3 tries left', dialog);
    await type(field('One-time code'), 'abcdef');
    await keys('Enter');
    await reads('A code has six digits. Letters and signs do not belong in it.', dialog);
    expect(standing(stage)).to.be.empty;
  });

  it('reveals nothing when the dialog is closed by Esc, and gives the focus back', async () => {
    const stage = await keysStage();
    await press(await viewButton());
    await find('dialog', 'Complete MFA');
    await keys('Escape');
    await gone('dialog');
    await focusOn('button', VIEW);
    expect(get('button', VIEW).hasAttribute('aria-disabled')).to.be.false;
    expect(standing(stage)).to.be.empty;
    expect(toasts()).to.be.empty;
  });

  it('does not ask again while the step-up is fresh, and does once it is not', async () => {
    const stage = await keysStage();
    await reveal(stage);
    await press(get('button', 'Hide now'));
    await press(await viewButton());
    await reads('Your keys are visible');
    expect(all('dialog').map(nameOf)).to.be.empty;
    await press(get('button', 'Hide now'));
    stage.clock.advance(601);
    await press(await viewButton());
    await find('dialog', 'Complete MFA');
  });

  it('gives each key a copy button of its own name', async () => {
    const stage = await keysStage();
    await reveal(stage);
    expect(all('button', /^Copy, (Integration|Data|Product) API Keys, (Test|Production) (Read-Only|Write-Only|Read and Write) key ending \w{4}$/)).to.have.length(7);
    expect(doubledNames()).to.be.empty;
  });

  it('says at its place what went wrong, and reveals on the next press', async () => {
    const stage = await keysStage();
    stage.backend.faults.fail('apiKeys.reveal', 'unavailable', { times: 1 });
    await press(await viewButton());
    await reads('The server did not answer.', stage.root);
    await press(get('button', VIEW));
    await completeMfa(stage.phone.code());
    await reads('Your keys are visible');
    expect(shown(stage.root)).not.to.include('The server did not answer.');
  });

  it('says how long to wait after too many wrong codes', async () => {
    const stage = await keysStage();
    const wrong = stage.phone.wrongCode();
    await press(await viewButton());
    const dialog = await completeMfa(wrong);
    for (const left of ['4 tries left', '3 tries left', '2 tries left', '1 try left']) {
      await reads(left, dialog);
      await type(field('One-time code'), wrong);
      await keys('Enter');
    }
    await until(() => !shown(dialog).includes('1 try left'), 'the fifth answer');
    await type(field('One-time code'), stage.phone.code());
    await keys('Enter');
    await reads('Too many tries. Try again in 15 minutes.', dialog);
  });
});

describe('Revealed keys', () => {
  it('count down where one can see it', async () => {
    const stage = await keysStage();
    await reveal(stage);
    await reads('They hide again in 60 seconds.');
    await reads(/They hide again in 5[89] seconds\./);
    expect(standing(stage)).to.have.length(7);
  });

  it('hide after 60 seconds by the clock, however long the page slept', async () => {
    const stage = await keysStage();
    await reveal(stage);
    const usual = Date.now;
    Date.now = () => usual() + 61_000;
    afterThisTest(() => { Date.now = usual; });
    await reads('Your keys are hidden');
    expect(standing(stage)).to.be.empty;
    await until(() => said().includes('Your keys are hidden again.'), 'the announcement');
  });

  it('hide at once on "Hide now"', async () => {
    const stage = await keysStage();
    await reveal(stage);
    await press(get('button', 'Hide now'));
    await reads('Your keys are hidden');
    expect(standing(stage)).to.be.empty;
    await viewButton();
  });

  it('hide when the page goes into the back-forward cache', async () => {
    const stage = await keysStage();
    await reveal(stage);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await until(() => standing(stage).length === 0, 'the keys to go');
    await reads('Your keys are hidden');
  });

  it('hide when the widget leaves the page, and stay hidden when it comes back', async () => {
    const stage = await keysStage();
    await reveal(stage);
    const widget = stage.element('uf-api-keys');
    widget.remove();
    stage.provider.append(widget);
    await reads('Your keys are hidden');
    expect(standing(stage)).to.be.empty;
  });

  it('hide when another tab is opened', async () => {
    const stage = await keysStage('<uf-settings tab="api-keys"></uf-settings>');
    await reveal(stage);
    await press(get('tab', 'Your Account'));
    await until(() => standing(stage).length === 0, 'the keys to go');
    await press(get('tab', 'API Keys'));
    await reads('Your keys are hidden');
  });

  it('hide when the host sets another tab', async () => {
    const stage = await keysStage('<uf-settings tab="api-keys"></uf-settings>');
    await reveal(stage);
    stage.element('uf-settings').tab = 'team';
    await until(() => standing(stage).length === 0, 'the keys to go');
  });

  it('hide when the session ends elsewhere', async () => {
    const stage = await keysStage();
    await reveal(stage);
    stage.session.end();
    await reads('You’re signed out');
    expect(standing(stage)).to.be.empty;
  });

  it('stay while the data beside them is read anew', async () => {
    const stage = await keysStage();
    await reveal(stage);
    await stage.backend.connect().adapter.call('profile.update', { name: 'Ada King' });
    await stage.session.adapter.call('auth.context', undefined);
    expect(standing(stage)).to.have.length(7);
  });
});

describe('Copying a key', () => {
  function clipboard(write: (text: string) => Promise<void>): void {
    const usual = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = write;
    afterThisTest(() => { navigator.clipboard.writeText = usual; });
  }

  it('puts it on the clipboard, says "Copied" on the button and to the ear, for a moment', async () => {
    const copied: string[] = [];
    clipboard((text) => {
      copied.push(text);
      return Promise.resolve();
    });
    const stage = await keysStage();
    await reveal(stage);
    const [first] = all('button', /^Copy, /);
    if (!first) throw new Error('no copy button');
    const name = /key ending \w{4}/.exec(nameOf(first))?.[0] ?? '';
    await press(first);
    await until(() => shown(first).startsWith('Copied'), '"Copied"');
    await eventually(() => { expect(said()).to.include('Copied'); });
    expect(copied).to.have.length(1);
    expect(stage.secrets).to.include(copied[0]);
    expect(name.endsWith(copied[0]?.slice(-4) ?? '?'), 'the key that the button names').to.be.true;
    await until(() => shown(first) === 'Copy', 'the button as it was');
    await focusOn('button', /^Copy, /);
  });

  it('selects the key and says which keys to press where the browser refuses to copy', async () => {
    clipboard(() => Promise.reject(new DOMException('refused', 'NotAllowedError')));
    // The old way, where it is refused as well: what an own property of the document covers.
    Object.defineProperty(document, 'execCommand', { configurable: true, value: () => false });
    afterThisTest(() => { Reflect.deleteProperty(document, 'execCommand'); });
    const stage = await keysStage();
    await reveal(stage);
    const [first] = all('button', /^Copy, /);
    await press(first ?? document.body);
    await reads('Press Ctrl+C');
    await until(() => said().includes('Press Ctrl+C'), 'the announcement');
    expect(stage.secrets).to.include(String(getSelection()).trim());
  });
});

describe('API Keys without multi-factor authentication', () => {
  it('explain what is missing; one press leads to set-up, and a right code shows the keys', async () => {
    const stage = await mount(WIDGET);
    await press(await viewButton());
    const dialog = await find('dialog', 'Set up multi-factor authentication first');
    expect(shown(dialog)).to.include('Only people with multi-factor authentication may do this');
    await focusOn('button', 'Setup Multi-factor authentication');
    await keys('Enter');
    await find('img', /QR code/);
    await setUpMfa(stage);
    const recovery = await saveRecoveryCodes();
    await reads('Your keys are visible');
    expect(all('button', /^Copy, /)).to.have.length(7);
    for (const one of recovery) expect(written(), 'the recovery codes are gone').not.to.include(one);
    expect(written(), 'the set-up is over').not.to.include('otpauth:');
  });

  it('leave everything as it was when the dialog is closed', async () => {
    await mount(WIDGET);
    await press(await viewButton());
    await find('dialog', 'Set up multi-factor authentication first');
    await keys('Escape');
    await gone('dialog');
    await focusOn('button', VIEW);
  });
});
