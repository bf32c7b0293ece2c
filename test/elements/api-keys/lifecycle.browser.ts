import { expect } from 'chai';
import { ADA_TOTP_SECRET, keyLifecycleWorld, manyKeysWorld, memberWorld, mfaOnWorld, noKeysWorld, type World } from '../../../src/adapters/memory/index.js';
import { defineAdapter, type AdapterDefinition, type ApiKey, type OperationName } from '../../../src/contract/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { controlC, fill, keys, press, type } from '../../support/keys.js';
import { afterThisTest, asksBeforeLeaving, completeMfa, doubledNames, listen, mount, saveRecoveryCodes, setUpMfa, EVENT_TYPES, type Stage } from '../../support/mount.js';
import { all, descriptionOf, everything, field, find, findField, focused, focusOn, get, gone, nameOf, reads, roleOf, said, shown, toasts, written } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const WIDGET = '<uf-api-keys></uf-api-keys>';
const CREATE = 'Create API key';
const NEW = 'Your new API key';
const SECRET = /uf_(?:int|dat|prd)_(?:test|live)_[0-9A-Za-z]{36}/;

interface KeysStage extends Stage {
  phone: Authenticator;
  /** By the name of the key. */
  secretOf: (name: string) => string;
}

async function keysStage(world: World = keyLifecycleWorld()): Promise<KeysStage> {
  const stage = await mount(WIDGET, { world });
  if (world.organisations[0]?.keys.length !== 0) await reads(/key ending \w{4}, hidden/);
  const secretOf = (name: string): string => world.organisations.flatMap((one) => one.keys).find((key) => key.name === name)?.secret ?? '';
  return { ...stage, phone: new Authenticator(ADA_TOTP_SECRET, stage.clock), secretOf };
}

async function listed(stage: Stage): Promise<readonly ApiKey[]> {
  return (await stage.backend.connect().adapter.call('apiKeys.list', { limit: 100 })).items;
}

async function keyNamed(stage: Stage, name: string): Promise<ApiKey | undefined> {
  return (await listed(stage)).find((key) => key.name === name);
}

/** The row of a key, by its name. */
function row(name: string): HTMLElement {
  const found = all('listitem').find((item) => [...item.querySelectorAll('bdi')].some((one) => one.textContent === name));
  if (!found) throw new Error(`no row of "${name}" in: ${shown().slice(0, 600)}`);
  return found;
}

async function openMenu(name: string): Promise<HTMLElement> {
  const more = get('button', /^More, /, row(name));
  await press(more);
  await until(() => more.getAttribute('aria-expanded') === 'true', 'the menu');
  return more;
}

async function choose(name: string, item: string): Promise<void> {
  await openMenu(name);
  await press(await find('button', new RegExp(`^${item}, `), row(name)));
}

async function select(label: string, value: string): Promise<void> {
  const field = await find('combobox', label);
  if (!(field instanceof HTMLSelectElement)) throw new Error(`"${label}" is no select.`);
  field.focus();
  field.value = value;
  for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
}

/** What goes to the clipboard. */
function clipboard(allow = true): string[] {
  const copied: string[] = [];
  const usual = navigator.clipboard.writeText.bind(navigator.clipboard);
  navigator.clipboard.writeText = (text) => {
    if (!allow) return Promise.reject(new DOMException('refused', 'NotAllowedError'));
    copied.push(text);
    return Promise.resolve();
  };
  afterThisTest(() => { navigator.clipboard.writeText = usual; });
  if (!allow) {
    Object.defineProperty(document, 'execCommand', { configurable: true, value: () => false });
    afterThisTest(() => { Reflect.deleteProperty(document, 'execCommand'); });
  }
  return copied;
}

async function openCreate(): Promise<HTMLElement> {
  await press(await find('button', CREATE));
  return find('dialog', CREATE);
}

/** Makes a key by its name alone, through Complete MFA; answers the dialog with its secret. */
async function make(stage: KeysStage, name = 'Nightly export'): Promise<{ dialog: HTMLElement; secret: string }> {
  await openCreate();
  await type(await findField('Name'), name);
  await keys('Enter');
  await completeMfa(stage.phone.code());
  return madeKey();
}

async function madeKey(): Promise<{ dialog: HTMLElement; secret: string }> {
  const dialog = await find('dialog', NEW);
  return { dialog, secret: SECRET.exec(shown(dialog))?.[0] ?? '' };
}

const isOn = (name: string) => (): boolean => focused() === row(name);

describe('Creating an API key', () => {
  it('asks for what it needs, says what each choice means, and goes on by itself after Complete MFA', async () => {
    const stage = await keysStage(mfaOnWorld());
    const heard = listen(stage.root, ...EVENT_TYPES);
    const dialog = await openCreate();
    await focusOn('textbox', 'Name');
    await type(field('Name'), 'Warehouse export');
    await press(get('radio', 'Data', dialog));
    expect(descriptionOf(get('radio', 'Data', dialog))).to.equal('For querying the warehouse: read metrics, embed analytics.');
    await press(get('radio', 'Production', dialog));
    await reads('Queries the warehouse and reads metrics. Changes nothing.', dialog);
    await select('Permission', 'write-only');
    await reads('Writes to the warehouse. Cannot query it or read metrics.', dialog);
    await select('Expiry', 'date');
    fill(await findField('Last day'), '2031-02-22');
    await reads('Expires on 22 Feb 2031.', dialog);
    await press(get('radio', 'Specific locations', dialog));
    await type(await findField('IP address or network 1'), '198.51.100.7');
    expect(field('Name').value, 'what was typed stays when addresses come').to.equal('Warehouse export');
    await press(get('button', 'Create key', dialog));
    await completeMfa(stage.phone.code());
    const { secret } = await madeKey();
    expect(secret).to.match(/^uf_dat_live_/);
    const key = await keyNamed(stage, 'Warehouse export');
    expect(key).to.include({ kind: 'data', environment: 'production', permission: 'write-only', last4: secret.slice(-4) });
    expect(key?.addresses).to.deep.equal([{ address: '198.51.100.7', description: '' }]);
    expect(new Date(key?.expiresAt ?? '').toLocaleDateString('en-GB')).to.equal('22/02/2031');
    expect(JSON.stringify(heard)).not.to.include(secret);
    expect(heard.filter((event) => event.type === 'uf-change')).to.deep.equal([{ type: 'uf-change', detail: { operation: 'apiKeys.create' } }]);
    expect(said()).not.to.include(secret);
  });

  it('shows the secret once, in a dialog that Esc, Close and Done do not lose', async () => {
    const copied = clipboard();
    const stage = await keysStage(mfaOnWorld());
    const { dialog, secret } = await make(stage);
    expect(shown(dialog)).to.include('You can show this key again later');
    await until(() => focused()?.textContent === secret, 'the focus on the key');
    expect(asksBeforeLeaving(), 'the page asks before it goes').to.be.true;
    for (const go of [() => keys('Escape'), () => keys('Escape', 'Escape'), () => press(get('button', 'Close', dialog)), () => press(get('button', 'Done', dialog))]) {
      await go();
      await reads('Copy the key first, or confirm that you have stored it.', dialog);
      expect(get('dialog', NEW)).to.equal(dialog);
      await focusOn('checkbox', 'I have stored this key');
    }
    await press(get('button', 'Copy key', dialog));
    await until(() => shown(dialog).includes('Copied'), '"Copied"');
    expect(copied).to.deep.equal([secret]);
    expect(asksBeforeLeaving()).to.be.false;
    await press(get('button', 'Done', dialog));
    await gone('dialog');
    await until(isOn('Nightly export'), 'the focus on the row of the new key');
    expect(written(), 'the secret once the dialog is closed').not.to.include(secret);
  });

  it('does not lose it either when the browser itself closes the dialog, as the system’s "back" does', async () => {
    const stage = await keysStage(mfaOnWorld());
    const { dialog, secret } = await make(stage);
    (dialog as HTMLDialogElement).close();
    await reads('Copy the key first', await find('dialog', NEW));
    expect(shown(get('dialog', NEW))).to.include(secret);
  });

  it('is selected, so that the keys for copying copy it', async () => {
    const stage = await keysStage(mfaOnWorld());
    const { secret } = await make(stage);
    const copied: string[] = [];
    const hear = (): void => { copied.push(String(getSelection())); };
    document.addEventListener('copy', hear);
    afterThisTest(() => { document.removeEventListener('copy', hear); });
    await focusOn('group', 'API key');
    await controlC();
    await until(() => copied.length === 1, 'the copy');
    expect(copied).to.deep.equal([secret]);
    await keys('Escape');
    await gone('dialog');
  });

  it('is not taken for copied when something else was', async () => {
    const stage = await keysStage(mfaOnWorld());
    const { dialog, secret } = await make(stage);
    const [words] = all('checkbox', 'I have stored this key', dialog).flatMap((box) => (box instanceof HTMLInputElement ? [...(box.labels ?? [])] : []));
    if (!words) throw new Error('The box has no label.');
    for (const choose of [() => { getSelection()?.selectAllChildren(words); }, () => { getSelection()?.removeAllRanges(); get('button', 'Done', dialog).focus(); }]) {
      choose();
      await controlC();
      await keys('Escape');
      await reads('Copy the key first', get('dialog', NEW));
      expect(shown(get('dialog', NEW))).to.include(secret);
    }
    // All of it by hand is as good as the button.
    getSelection()?.selectAllChildren(get('group', 'API key', dialog));
    await controlC();
    await keys('Escape');
    await gone('dialog');
  });

  it('lets go when the person says that the key is stored', async () => {
    const stage = await keysStage(mfaOnWorld());
    const { dialog, secret } = await make(stage);
    await press(get('checkbox', 'I have stored this key', dialog));
    await keys('Escape');
    await gone('dialog');
    await until(isOn('Nightly export'), 'the focus on the row of the new key');
    expect(written()).not.to.include(secret);
  });

  it('has snippets that are ready to be pasted; only the file for the environment holds the secret', async () => {
    const copied = clipboard();
    const stage = await keysStage(mfaOnWorld());
    const { dialog, secret } = await make(stage);
    await press(get('button', 'Copy, Environment file (.env)', dialog));
    await until(() => copied.length === 1, 'the copy');
    await select('Use it in', '1');
    await press(await find('button', 'Copy, curl', dialog));
    await until(() => copied.length === 2, 'the copy');
    await select('Use it in', '2');
    await press(await find('button', 'Copy, JavaScript', dialog));
    await until(() => copied.length === 3, 'the copy');
    expect(copied).to.deep.equal([
      `INTEGRATION_API_KEY=${secret}`,
      'curl -H "Authorization: Bearer $INTEGRATION_API_KEY" https://api.example.com/',
      "const key = process.env.INTEGRATION_API_KEY;\nawait fetch('https://api.example.com/', {\n  headers: { Authorization: `Bearer ${key}` },\n});",
    ]);
  });

  it('takes the secret off the screen and out of memory when the page is hidden for good, or the session ends', async () => {
    const stage = await keysStage(mfaOnWorld());
    const { secret } = await make(stage);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await gone('dialog');
    expect(written()).not.to.include(secret);
    await press(get('button', CREATE));
    await type(await findField('Name'), 'Another');
    await keys('Enter');
    const second = await madeKey();
    expect(second.secret).not.to.equal('');
    stage.session.end();
    await reads('You’re signed out');
    expect(all('dialog').map(nameOf)).to.be.empty;
    expect(written()).not.to.include(second.secret);
  });

  it('says what is missing, and takes the focus there', async () => {
    await keysStage(mfaOnWorld());
    const dialog = await openCreate();
    await press(get('button', 'Create key', dialog));
    await reads('Enter a name, so that you know later what uses this key.', dialog);
    await focusOn('textbox', 'Name');
    await type(field('Name'), 'Export');
    await select('Expiry', 'date');
    await press(get('button', 'Create key', dialog));
    await reads('Choose the last day on which the key works.', dialog);
    fill(field('Last day'), '2020-01-01');
    await press(get('button', 'Create key', dialog));
    await reads('This day has passed. Choose today or a later one.', dialog);
    await focusOn('textbox', 'Last day');
  });

  it('keeps what was typed when it fails, and makes one key when the answer is lost and the person tries again', async () => {
    const stage = await keysStage(mfaOnWorld());
    const before = (await listed(stage)).length;
    const dialog = await openCreate();
    await type(field('Name'), 'Lost and found');
    await keys('Enter');
    const mfa = await find('dialog', 'Complete MFA');
    stage.backend.faults.fail('apiKeys.create', 'unavailable', { times: 1, committed: true });
    await type(get('textbox', 'One-time code', mfa), stage.phone.code());
    await keys('Enter');
    await reads('The server did not answer.', dialog);
    expect(field('Name').value).to.equal('Lost and found');
    await press(get('button', 'Create key', dialog));
    await find('dialog', NEW);
    expect((await listed(stage)).length).to.equal(before + 1);
  });

  it('makes one key of a double press', async () => {
    const stage = await keysStage(mfaOnWorld());
    const before = (await listed(stage)).length;
    await make(stage, 'First');
    await press(get('checkbox', 'I have stored this key'));
    await press(get('button', 'Done'));
    await gone('dialog');
    // Done leads to the new key.
    await focusOn('listitem', /First/);
    stage.backend.faults.hang('apiKeys.create');
    const dialog = await openCreate();
    await type(field('Name'), 'Twice');
    await keys('Enter', 'Enter');
    get('button', 'Create key', dialog).click();
    stage.backend.faults.clear();
    await find('dialog', NEW);
    expect((await listed(stage)).length).to.equal(before + 2);
  });

  it('keeps the dialog and its input when Complete MFA is closed', async () => {
    await keysStage(mfaOnWorld());
    await openCreate();
    await type(field('Name'), 'Warehouse export');
    await keys('Enter');
    await find('dialog', 'Complete MFA');
    await keys('Escape');
    await gone('dialog', 'Complete MFA');
    expect(field('Name').value).to.equal('Warehouse export');
  });

  it('starts from the empty state, where it is the one thing to do', async () => {
    const stage = await keysStage(noKeysWorld());
    await reads('No API keys yet');
    expect(all('button', CREATE)).to.have.length(1);
    await make(stage, 'The first');
    await press(get('checkbox', 'I have stored this key'));
    await press(get('button', 'Done'));
    await until(() => shown().includes('The first'), 'the new key');
    await until(isOn('The first'), 'the focus on it');
  });

  it('leads to a new key that is not on this page', async () => {
    const stage = await keysStage(manyKeysWorld(200));
    await openCreate();
    await type(field('Name'), 'Far away');
    await press(get('radio', 'Product'));
    await keys('Enter');
    await completeMfa(stage.phone.code());
    await find('dialog', NEW);
    await press(get('checkbox', 'I have stored this key'));
    await press(get('button', 'Done'));
    await until(() => shown().includes('Far away'), 'the new key');
    await until(isOn('Far away'), 'the focus on it');
    await find('button', 'Filter (2)');
  });

  it('is set up with MFA first where there is none, and then goes on', async () => {
    const stage = await mount(WIDGET);
    await press(await find('button', CREATE));
    await find('dialog', 'Set up multi-factor authentication first');
    await keys('Enter');
    await find('img', /QR code/);
    await setUpMfa(stage);
    await saveRecoveryCodes();
    await find('dialog', CREATE);
    await focusOn('textbox', 'Name');
  });

  it('is nothing for a plain member', async () => {
    await mount(WIDGET, { world: memberWorld() });
    await reads('Only an owner or an admin');
    expect(all('button', CREATE).map(nameOf)).to.be.empty;
  });

  it('says that the key cannot be shown again where the backend keeps hashes only', async () => {
    const stage = await keysStage(mfaOnWorld());
    const context = await stage.session.adapter.call('auth.context', undefined);
    const policy = { ...context.policy, apiKeys: { ...context.policy.apiKeys, reveal: 'creation-only' as const } };
    stage.backend.faults.answer('auth.context', { ...context, policy });
    await stage.element('uf-api-keys').client?.auth.reload();
    await reads('Keys are shown once, when they are created.');
    expect(all('button', 'View API Keys').map(nameOf)).to.be.empty;
    await openMenu('Website events');
    expect(all('button', /^(Copy without showing|Show this key), /).map(nameOf)).to.be.empty;
    const { dialog } = await make(stage);
    expect(shown(dialog)).to.include('This is the only time that this key is shown.');
  });
});

describe('A backend without the life of keys', () => {
  it('shows nothing of it', async () => {
    const stage = await keysStage(mfaOnWorld());
    const { adapter } = stage.backend.connect();
    const had: OperationName[] = ['auth.context', 'apiKeys.list', 'apiKeys.reveal', 'auth.stepUp'];
    const operations = Object.fromEntries(had.map((name) => [name, async (input: never, options: object) => {
      const answer = await adapter.call(name, input, options);
      if (name === 'apiKeys.list') {
        const page = answer as { items: ApiKey[] };
        return { ...page, items: page.items.map((key) => ({ ...key, usage: undefined })) };
      }
      return name === 'auth.context' ? { ...(answer as object), operations: had } : answer;
    }])) as AdapterDefinition['operations'];
    stage.provider.adapter = defineAdapter({ name: 'old', operations });
    await until(() => all('button', CREATE).length === 0 && shown().includes('Metrics warehouse'), 'the other backend');
    expect(all('button').map(nameOf).filter((name) => !/^(More|View API Keys|Filter)/.test(name))).to.be.empty;
    await openMenu('Metrics warehouse');
    expect(all('button', undefined, row('Metrics warehouse')).map((one) => shown(one)).filter(Boolean)).to.deep.equal(['Copy without showing', 'Show this key']);
  });
});

describe('The menu of a key', () => {
  it('opens and closes by keyboard, gives the focus back, and has names of its own', async () => {
    await keysStage();
    const more = await openMenu('Mobile apps');
    const [usage, ...names] = all('button', undefined, row('Mobile apps')).map((one) => shown(one)).filter(Boolean).reverse();
    expect(names.reverse()).to.deep.equal(['Rename', 'Change expiry', 'Source addresses', 'Copy without showing', 'Show this key', 'Replace key…', 'Disable…', 'Revoke…', 'Anywhere']);
    // How many they are depends on the day of the week.
    expect(usage).to.match(/^2\d\d,\d{3} requests in 30 days$/);
    expect(doubledNames()).to.be.empty;
    await keys('Tab');
    await focusOn('button', /^Rename, /);
    await keys('Escape');
    await gone('button', /^Rename, /);
    expect(focused()).to.equal(more);
    await keys('Enter');
    await find('button', /^Rename, /);
    await keys('Enter');
    await gone('button', /^Rename, /);
  });

  it('closes when the focus leaves it, when something else is pressed, and when another opens', async () => {
    await keysStage();
    await openMenu('Mobile apps');
    get('button', 'View API Keys').focus();
    await gone('button', /^Rename, /);
    await openMenu('Mobile apps');
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await gone('button', /^Rename, /);
    await openMenu('Mobile apps');
    await openMenu('Catalogue sync');
    expect(all('button', /^Rename, /)).to.have.length(1);
  });

  it('does not offer to replace a key that is being replaced, or has expired', async () => {
    await keysStage();
    for (const name of ['Website events', 'Website events (old)', 'Dashboard sandbox']) {
      await openMenu(name);
      expect(all('button', /^Replace key…, /).map(nameOf), name).to.be.empty;
    }
  });

  it('renames', async () => {
    const stage = await keysStage();
    await choose('Mobile apps', 'Rename');
    await find('dialog', 'Rename API key');
    await type(field('Name'), 'Phones and tablets');
    await keys('Enter');
    await completeMfa(stage.phone.code());
    await gone('dialog');
    await reads('Phones and tablets');
    await eventually(() => { expect(toasts()).to.deep.equal(['The new name is saved.']); });
    expect(await keyNamed(stage, 'Phones and tablets')).not.to.be.undefined;
    await focusOn('button', /^More, .*Read and Write key ending/);
  });

  it('changes the expiry, and refuses a day that has passed', async () => {
    const stage = await keysStage();
    await choose('Mobile apps', 'Change expiry');
    const dialog = await find('dialog', 'Change expiry');
    await focusOn('combobox', 'Expiry');
    fill(await findField('Last day'), '2020-01-01');
    await press(get('button', 'Save expiry', dialog));
    await reads('This day has passed.', dialog);
    await select('Expiry', 'never');
    await press(get('button', 'Save expiry', dialog));
    await completeMfa(stage.phone.code());
    await gone('dialog');
    expect((await keyNamed(stage, 'Mobile apps'))?.expiresAt).to.be.null;
    await until(() => !shown(row('Mobile apps')).includes('Expires'), 'the row without an expiry');
  });

  it('says that somebody else changed the key, and saves over it only when asked again', async () => {
    const stage = await keysStage();
    await choose('Mobile apps', 'Rename');
    const dialog = await find('dialog', 'Rename API key');
    const other = stage.backend.connect();
    await other.adapter.call('auth.stepUp', { method: 'totp', code: stage.phone.code() });
    const id = (await keyNamed(stage, 'Mobile apps'))?.id ?? '';
    await other.adapter.call('apiKeys.update', { id, name: 'Theirs' });
    await type(field('Name'), 'Ours');
    await keys('Enter');
    await completeMfa(stage.phone.code());
    await reads('Somebody changed this key meanwhile.', dialog);
    expect(field('Name').value).to.equal('Ours');
    await press(get('button', 'Save name', dialog));
    await gone('dialog');
    expect((await listed(stage)).find((key) => key.id === id)?.name).to.equal('Ours');
  });

  it('disables after asking, and enables again', async () => {
    const stage = await keysStage();
    await choose('Mobile apps', 'Disable…');
    const question = await find('alertdialog', 'Disable Mobile apps?');
    await focusOn('button', 'Keep it enabled');
    await press(get('button', 'Disable key', question));
    await completeMfa(stage.phone.code());
    await until(() => shown(row('Mobile apps')).includes('Disabled'), 'the state in words');
    expect((await keyNamed(stage, 'Mobile apps'))?.enabled).to.be.false;
    await choose('Mobile apps', 'Enable');
    await until(() => !shown(row('Mobile apps')).includes('Disabled'), 'the state to go');
    expect((await keyNamed(stage, 'Mobile apps'))?.enabled).to.be.true;
  });

  it('says at the key what went wrong', async () => {
    const stage = await keysStage();
    stage.backend.faults.fail('apiKeys.update', 'unavailable', { times: 1 });
    await choose('Staging events', 'Enable');
    await until(() => shown(row('Staging events')).includes('The server did not answer.'), 'the failure in the row');
    await choose('Staging events', 'Enable');
    await completeMfa(stage.phone.code());
    await until(() => !shown(row('Staging events')).includes('Disabled'), 'the key to be enabled');
    expect(shown(row('Staging events'))).not.to.include('The server did not answer.');
  });
});

describe('Copying a key without showing it', () => {
  /** Whether a text ever stands in the page, from now on. */
  function watch(secret: string): () => boolean {
    let seen = false;
    const look = (): void => {
      seen ||= written().includes(secret);
    };
    const observer = new MutationObserver(look);
    for (const element of everything(document.documentElement)) if (element.shadowRoot) observer.observe(element.shadowRoot, { subtree: true, childList: true, characterData: true, attributes: true });
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    afterThisTest(() => { observer.disconnect(); });
    return () => {
      look();
      return seen;
    };
  }

  it('puts it on the clipboard after Complete MFA; it never stands in the page, an event or the announcement', async () => {
    const copied = clipboard();
    const stage = await keysStage();
    const heard = listen(stage.root, ...EVENT_TYPES);
    const secret = stage.secretOf('Mobile apps');
    const stood = watch(secret);
    await choose('Mobile apps', 'Copy without showing');
    await completeMfa(stage.phone.code());
    await until(() => copied.length > 0, 'the copy');
    expect(copied).to.deep.equal([secret]);
    await eventually(() => { expect(toasts()).to.deep.equal([`The key ending ${secret.slice(-4)} is copied.`]); });
    await until(() => said().includes('is copied.'), 'the announcement');
    expect(stood()).to.be.false;
    expect(said()).not.to.include(secret);
    expect(JSON.stringify(heard)).not.to.include(secret);
    expect(shown()).to.include('Your keys are hidden');
    await focusOn('button', /^More, .*Read and Write key ending/);
  });

  it('says so at the key where the browser refuses, and still shows nothing', async () => {
    clipboard(false);
    const stage = await keysStage();
    const stood = watch(stage.secretOf('Mobile apps'));
    await choose('Mobile apps', 'Copy without showing');
    await completeMfa(stage.phone.code());
    await until(() => shown(row('Mobile apps')).includes('The browser did not allow copying.'), 'the sentence');
    expect(stood()).to.be.false;
    expect(String(getSelection())).to.equal('');
  });

  it('is one of two ways to one key: the other shows it, and it alone, for a minute', async () => {
    clipboard();
    const stage = await keysStage();
    await choose('Mobile apps', 'Show this key');
    await completeMfa(stage.phone.code());
    await reads('One key is visible');
    const secret = stage.secretOf('Mobile apps');
    expect(shown(row('Mobile apps'))).to.include(secret);
    expect(all('button', /^Copy, /)).to.have.length(1);
    for (const other of ['Website events', 'Catalogue sync']) expect(written()).not.to.include(stage.secretOf(other));
    await press(get('button', 'Hide now'));
    await reads('Your keys are hidden');
    expect(written()).not.to.include(secret);
  });
});

describe('Replacing a key', () => {
  async function roll(stage: KeysStage, overlap: string): Promise<string> {
    await choose('Mobile apps', 'Replace key…');
    const dialog = await find('dialog', 'Replace this key');
    await focusOn('radio', '24 hours');
    await press(get('radio', overlap, dialog));
    await press(get('button', 'Create the new key', dialog));
    await completeMfa(stage.phone.code());
    const { secret } = await madeKey();
    await press(get('checkbox', 'I have stored this key'));
    await press(get('button', 'Done'));
    await gone('dialog');
    return secret;
  }

  it('says what each overlap means, shows the new secret once, and lets both stand together', async () => {
    const stage = await keysStage();
    const old = stage.secretOf('Mobile apps').slice(-4);
    await choose('Mobile apps', 'Replace key…');
    const dialog = await find('dialog', 'Replace this key');
    expect(all('radio', undefined, dialog).map(nameOf)).to.deep.equal(['Stop the old key at once', '1 hour', '24 hours', '7 days']);
    expect(descriptionOf(get('radio', '7 days', dialog))).to.match(/^Both keys work until .+\. Then the old one ends by itself\.$/);
    await keys('Escape');
    await gone('dialog');
    const secret = await roll(stage, '24 hours');
    await reads(`Replaces the key ending ${old}`);
    const items = all('listitem', /key ending \w{4}, hidden/).map((item) => shown(item));
    const at = items.findIndex((item) => item.includes(`Replaces the key ending ${old}`));
    expect(items[at + 1]).to.include(`Replaced by the key ending ${secret.slice(-4)}`);
    expect(items[at + 1]).to.match(/Ends (in 24 hours|in 23 hours|tomorrow)/);
    expect(items[at + 1]).to.include('Used yesterday');
    await focusOn('listitem', new RegExp(`key ending ${secret.slice(-4)}, hidden`));
    expect(written()).not.to.include(secret);
    expect(doubledNames()).to.be.empty;
  });

  it('stops the old key at once when asked to', async () => {
    const stage = await keysStage();
    const secret = await roll(stage, 'Stop the old key at once');
    const found = (await listed(stage)).filter((key) => key.name === 'Mobile apps');
    expect(found.map(({ last4 }) => last4)).to.deep.equal([secret.slice(-4)]);
    expect(all('button', /^Finish now, /), 'that of the other roll').to.have.length(1);
  });

  it('ends the old key before its time after asking', async () => {
    const stage = await keysStage();
    await press(get('button', /^Finish now, /));
    const question = await find('alertdialog', 'End the old key of Website events (old) now?');
    await focusOn('button', 'Keep both for now');
    await press(get('button', 'End the old key', question));
    await completeMfa(stage.phone.code());
    await gone('button', /^Finish now, /);
    await eventually(() => { expect(toasts()).to.deep.equal(['The old key is ended. The new one goes on.']); });
    expect((await listed(stage)).map(({ name }) => name)).to.include('Website events').and.not.include('Website events (old)');
  });

  it('keeps the old key after asking', async () => {
    const stage = await keysStage();
    await press(get('button', /^Keep the old key, /));
    const question = await find('alertdialog', 'Keep the old key of Website events (old)?');
    await press(get('button', 'Take the new key back', question));
    await completeMfa(stage.phone.code());
    await gone('button', /^Finish now, /);
    const left = await listed(stage);
    expect(left.map(({ name }) => name)).to.include('Website events (old)').and.not.include('Website events');
    expect(left.find(({ name }) => name === 'Website events (old)')?.expiresAt).to.be.null;
  });

  it('changes nothing when the question is closed', async () => {
    const stage = await keysStage();
    await press(get('button', /^Finish now, /));
    await find('alertdialog');
    await keys('Escape');
    await gone('alertdialog');
    await focusOn('button', /^Finish now, /);
    expect(await listed(stage)).to.have.length(7);
  });

  it('says that somebody replaced it already', async () => {
    const stage = await keysStage();
    stage.backend.faults.fail('apiKeys.roll', 'conflict');
    await choose('Mobile apps', 'Replace key…');
    const dialog = await find('dialog', 'Replace this key');
    await press(get('button', 'Create the new key', dialog));
    await reads('This key is being replaced already.', dialog);
  });

  it('has one effect when the answer is lost and the person tries again', async () => {
    const stage = await keysStage();
    await choose('Mobile apps', 'Replace key…');
    const dialog = await find('dialog', 'Replace this key');
    await press(get('button', 'Create the new key', dialog));
    const mfa = await find('dialog', 'Complete MFA');
    stage.backend.faults.fail('apiKeys.roll', 'unavailable', { times: 1, committed: true });
    await type(get('textbox', 'One-time code', mfa), stage.phone.code());
    await keys('Enter');
    await reads('The server did not answer.', dialog);
    await press(get('button', 'Create the new key', dialog));
    await find('dialog', NEW);
    expect((await listed(stage)).filter(({ name }) => name === 'Mobile apps')).to.have.length(2);
  });
});

describe('Revoking keys', () => {
  it('takes the last four characters of a production key', async () => {
    const stage = await keysStage();
    const last4 = stage.secretOf('Mobile apps').slice(-4);
    await choose('Mobile apps', 'Revoke…');
    const question = await find('alertdialog', 'Revoke Mobile apps?');
    await focusOn('textbox', `Type the last 4 characters of the key, ${last4}`);
    await keys('Enter');
    await reads(`This is not ${last4}.`, question);
    await type(get('textbox', undefined, question), 'abcd');
    await press(get('button', 'Revoke key', question));
    await reads(`This is not ${last4}.`, question);
    expect(all('dialog', 'Complete MFA').map(nameOf)).to.be.empty;
    await type(get('textbox', undefined, question), last4);
    await keys('Enter');
    await completeMfa(stage.phone.code());
    await gone('alertdialog');
    await until(() => !shown().includes('Mobile apps'), 'the row to go');
    await eventually(() => { expect(toasts()).to.deep.equal([`The key ending ${last4} is revoked.`]); });
    expect(await keyNamed(stage, 'Mobile apps')).to.be.undefined;
    await until(() => focused() !== document.body && roleOf(focused() ?? document.body) === 'heading', 'the focus on a heading');
  });

  it('asks once for a test key, with the button that changes nothing in focus', async () => {
    const stage = await keysStage();
    await choose('Dashboard sandbox', 'Revoke…');
    const question = await find('alertdialog', 'Revoke Dashboard sandbox?');
    await focusOn('button', 'Keep key');
    expect(all('textbox', undefined, question).map(nameOf)).to.be.empty;
    await press(get('button', 'Revoke key', question));
    await completeMfa(stage.phone.code());
    await until(() => !shown().includes('Dashboard sandbox'), 'the row to go');
  });

  it('says that a key was gone already', async () => {
    const stage = await keysStage();
    const last4 = stage.secretOf('Dashboard sandbox').slice(-4);
    await choose('Dashboard sandbox', 'Revoke…');
    const question = await find('alertdialog');
    const other = stage.backend.connect();
    await other.adapter.call('auth.stepUp', { method: 'totp', code: stage.phone.code() });
    await other.adapter.call('apiKeys.revoke', { ids: [(await keyNamed(stage, 'Dashboard sandbox'))?.id ?? ''] });
    await press(get('button', 'Revoke key', question));
    await completeMfa(stage.phone.code());
    await eventually(() => { expect(toasts()).to.deep.equal([`The key ending ${last4} was revoked already.`]); });
  });

  it('revokes several together, with one answer', async () => {
    const stage = await keysStage();
    await press(get('button', 'Select'));
    await focusOn('checkbox', 'Select all on this page');
    await press(get('button', /^Revoke…, 0 keys selected/));
    await reads('Select at least one key.');
    for (const name of ['Mobile apps', 'Dashboard sandbox', 'Catalogue sync']) await press(get('checkbox', undefined, row(name)));
    await reads('3 keys selected');
    expect(doubledNames()).to.be.empty;
    await press(get('button', /^Revoke…, 3 keys selected/));
    const question = await find('alertdialog', 'Revoke 3 keys?');
    await type(get('textbox', /Type how many keys you revoke, 3/, question), '3');
    await keys('Enter');
    await completeMfa(stage.phone.code());
    await gone('alertdialog');
    await until(() => !shown().includes('Mobile apps'), 'the rows to go');
    await eventually(() => { expect(toasts()).to.deep.equal(['3 keys are revoked.']); });
    expect(await listed(stage)).to.have.length(4);
    expect(all('checkbox').map(nameOf)).to.be.empty;
  });

  it('selects all of a page, and lets go of it', async () => {
    await keysStage();
    await press(get('button', 'Select'));
    await press(await find('checkbox', 'Select all on this page'));
    await reads('7 keys selected');
    expect(all('checkbox').every((box) => (box as HTMLInputElement).checked)).to.be.true;
    await press(get('button', 'Cancel'));
    await gone('checkbox');
    await focusOn('button', 'Select');
  });

  it('shows a failure in the question, which stays', async () => {
    const stage = await keysStage();
    stage.backend.faults.fail('apiKeys.revoke', 'unavailable');
    await choose('Dashboard sandbox', 'Revoke…');
    const question = await find('alertdialog');
    await press(get('button', 'Revoke key', question));
    await reads('The server did not answer.', question);
    expect(await listed(stage)).to.have.length(7);
  });
});

describe('What a key’s row says', () => {
  it('is when it was last used and from where, who made it, and what is special of it', async () => {
    await keysStage();
    const expired = shown(row('Dashboard sandbox'));
    expect(expired).to.match(/Expired.*Expired last week|Expired.*Expired 8 days ago/);
    expect(shown(row('Mobile apps'))).to.include('Expires in 5 days');
    expect(shown(row('Metrics warehouse'))).to.match(/Expires on \d+ \w+ \d{4}/);
    expect(shown(row('Metrics warehouse'))).to.include('Not used for 90 days');
    expect(shown(row('Staging events'))).to.include('Disabled');
    expect(shown(row('Catalogue sync'))).to.match(/Created \d+ \w+ \d{4} by Ada Lovelace Used 1 hour ago from 203\.0\.113\.24/);
    expect(shown(row('Website events'))).to.include('Never used');
    expect(shown(row('Website events (old)'))).to.match(/Ends in 2[23] hours/);
  });
});

describe('Filters', () => {
  it('are asked of the backend, tell how many are left, and are cleared', async () => {
    const stage = await keysStage();
    await press(get('button', 'Filter'));
    await select('State', 'expired');
    await until(() => shown().includes('1 key') && !shown().includes('Mobile apps'), 'the expired key');
    await until(() => said().includes('1 key'), 'the announcement');
    expect(shown()).to.include('Dashboard sandbox');
    expect(get('button', 'Filter (1)').getAttribute('aria-expanded')).to.equal('true');
    await select('Environment', 'production');
    await reads('No keys match');
    expect(doubledNames()).to.be.empty;
    await press(get('button', 'Clear filters, No keys match'));
    await reads('Mobile apps');
    await focusOn('button', 'Filter');
    expect((get('combobox', 'State') as HTMLSelectElement).value).to.equal('');
    stage.backend.faults.fail('apiKeys.list', 'unavailable');
    await select('Kind', 'data');
    await reads('Could not load API keys');
  });

  it('search by name among many keys; 5,000 of them are never all loaded, nor drawn', async () => {
    await keysStage(manyKeysWorld(5000));
    await reads('5,000 keys');
    await reads('1 to 50 of 5,000');
    expect([...everything()].length).to.be.below(3000);
    await press(get('button', 'Filter'));
    await type(await findField('Search by name'), 'Service 4711');
    await reads('1 key');
    await reads('Service 4711');
    expect(field('Search by name').value).to.equal('Service 4711');
    await focusOn('textbox', 'Search by name');
    await type(field('Search by name'), 'nothing like it');
    await reads('No keys match');
  });

  it('leave the page before when the last key of a page is gone', async () => {
    const stage = await keysStage(manyKeysWorld(51));
    await press(get('button', 'Next, API Keys'));
    await reads('51 to 51 of 51');
    const [more] = all('button', /^More, /);
    const name = shown(all('listitem', /key ending/)[0] ?? document.body);
    await press(more ?? document.body);
    await press(await find('button', /^Revoke…, /));
    const question = await find('alertdialog');
    const [box] = all('textbox', undefined, question);
    if (box) await type(box, /key ending (\w{4}), hidden/.exec(name)?.[1] ?? '');
    await press(get('button', 'Revoke key', question));
    await completeMfa(stage.phone.code());
    await reads('50 keys');
    expect(shown()).not.to.include('No API keys yet');
    expect(all('listitem', /key ending/)).to.have.length(50);
  });
});
