/**
 * What a person may come to see, one scene each: which widget, in which world, what is pressed, and what is there then. Played in a page under a strict
 * policy (strict-page.ts), where Mocha and the runner may not go; the tests read no more than the names.
 */
import { ADA_TOTP_SECRET, createMemoryBackend, demoWorld, keyLifecycleWorld, memberWorld, mfaOnWorld, passkeysWorld, severalOrganisationsWorld, type World } from '../../src/adapters/memory/index.js';
import { examplePicture } from '../../src/contract/examples.js';
import { codeAt } from './authenticator.js';
import type { Capability } from './engines.js';
import { chooseFile } from './files.js';
import { all, everything, find, get, gone, reads, type Name } from './query.js';
import { frame, next, until } from './wait.js';

export interface Scene {
  readonly tag: keyof HTMLElementTagNameMap;
  readonly world?: () => World;
  /** Who looks at it; Ada unless told. */
  readonly as?: string | null;
  readonly needs?: Capability;
  readonly play: (provider: HTMLElement) => Promise<unknown>;
}

const press = async (name: Name, role = 'button'): Promise<void> => { (await find(role, name)).click(); };
const dialog = (name: Name): Promise<HTMLElement> => find('dialog', name);
const question = (name: Name): Promise<HTMLElement> => find('alertdialog', name);
/** One of several of the kind. */
const first = async (name: Name): Promise<void> => {
  (await until(() => all('button', name)[0], String(name))).click();
};
/** An item of the menu of a row. */
const choose = async (row: RegExp, item: RegExp): Promise<void> => {
  await first(row);
  await first(item);
};

function write(field: HTMLElement, text: string): void {
  if (!(field instanceof HTMLInputElement) && !(field instanceof HTMLTextAreaElement)) throw new Error('This is no field.');
  field.value = text;
  for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
}

async function prove(): Promise<void> {
  write(get('textbox', 'One-time code', await dialog('Complete MFA')), codeAt(ADA_TOTP_SECRET, Date.now()));
  await press('Verify');
  await gone('dialog', 'Complete MFA');
}

export async function typePasswords(): Promise<void> {
  const password = 'a new one that nobody guesses';
  const fields = await until(() => { const found = [...everything()].filter((one): one is HTMLInputElement => one instanceof HTMLInputElement && one.autocomplete.endsWith('-password')); return found.length === 3 && found; }, 'the fields');
  const own = demoWorld().people.find(({ email }) => email === 'ada@example.com')?.password ?? '';
  for (const field of fields) write(field, field.autocomplete === 'current-password' ? own : password);
}

async function changePassword(): Promise<void> {
  await typePasswords();
  await press('Update password');
  await reads('Your password is updated.');
}

/** @param button beside which the pictures are chosen */
export async function choosePicture(button: string): Promise<void> {
  await find('button', button);
  chooseFile(new File([Uint8Array.from(examplePicture.bytes)], 'picture.png', { type: examplePicture.type }));
}

/** What begins to be downloaded: the link that is pressed for it, in the page or out of it. */
async function download(begin: () => Promise<void>): Promise<void> {
  let begun = false;
  const press = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'click');
  Object.defineProperty(HTMLAnchorElement.prototype, 'click', {
    ...press,
    value(this: HTMLAnchorElement) {
      begun ||= this.download !== '';
    },
  });
  try {
    await begin();
    await until(() => begun, 'a download');
  } finally {
    Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
  }
}

/** The page as it goes to the printer, without asking which. */
async function print(name: string): Promise<void> {
  window.print = () => void dispatchEvent(new Event('beforeprint'));
  await press(name);
  await until(() => document.querySelector('#uf-paper'), 'the paper');
  dispatchEvent(new Event('afterprint'));
}

/** Before there are rows, what concerns them cannot be pressed. */
const rowsShown = async (): Promise<void> => reads('Accepted');
const keysShown = async (): Promise<void> => reads(/key ending \w{4}, hidden/);
const KEYS = 'uf-api-keys';
const TEAM = 'uf-team';
const ACCOUNT = 'uf-account';
const COMPANY = 'uf-company';

/** By what they show. */
export const scenes: Readonly<Record<string, Scene>> = {
  'the account, whole': {
    tag: ACCOUNT,
    play: async () => {
      for (const words of ['It is now', 'No passkeys yet', 'This device', 'Delete account']) await reads(words);
    },
  },
  'the set-up of MFA with its QR code': { tag: ACCOUNT, play: async () => { await press('Setup Multi-factor authentication'); await find('img', /QR code/); } },
  'a changed password': { tag: ACCOUNT, play: changePassword },
  'a changed password, in the light DOM': {
    tag: ACCOUNT,
    play: async (provider) => {
      provider.querySelector('uf-account')?.setAttribute('credentials', 'light');
      await until(() => document.querySelector('form [autocomplete=current-password]'), 'the form in the page');
      await press('Update password');
      await reads('3 things need your attention');
      await changePassword();
    },
  },
  'new recovery codes, printed and downloaded': {
    tag: ACCOUNT,
    world: mfaOnWorld,
    play: async () => {
      await press(/^Make new codes/);
      await question('Make new recovery codes?');
      await press('Make new codes');
      await prove();
      await dialog('Save your recovery codes');
      await print('Print');
      await download(() => press('Download .txt'));
    },
  },
  'turning MFA off': { tag: ACCOUNT, world: mfaOnWorld, play: async () => { await press('Turn off, Multi-factor authentication'); await question('Turn off multi-factor authentication?'); } },
  'the crop of a picture': { tag: ACCOUNT, play: async () => { await choosePicture('Change picture'); await dialog('Choose what your picture shows'); await frame(); } },
  'adding a passkey': { tag: ACCOUNT, needs: 'passkeys', play: async () => { await press('Add a passkey'); await dialog('Add a passkey'); } },
  'renaming a passkey': { tag: ACCOUNT, world: passkeysWorld, play: async () => { await press('Rename, iPhone'); await dialog('Rename passkey'); } },
  'removing a passkey': { tag: ACCOUNT, world: passkeysWorld, play: async () => { await press('Remove, iPhone'); await question(/^Remove the passkey/); } },
  'ending all other sessions': { tag: ACCOUNT, play: async () => { await press('End all other sessions'); await question('End all other sessions?'); } },
  'deleting an account': { tag: ACCOUNT, as: 'mary@example.com', play: async () => { await press('Delete my account'); await question(/^Delete the account of/); } },
  'a saved company': {
    tag: COMPANY,
    play: async () => {
      write(await find('textbox', 'Organisation name'), 'Difference & Daughters');
      await press('Save details, Company Details');
      await reads('The company details are saved.');
    },
  },
  'the crop of a logo': { tag: COMPANY, play: async () => { await choosePicture('Change logo'); await dialog('Choose what the logo shows'); } },
  'handing an organisation over': { tag: COMPANY, world: mfaOnWorld, play: async () => { await press('Transfer ownership'); await dialog(/^Transfer/); } },
  'leaving an organisation': { tag: COMPANY, world: memberWorld, play: async () => { await press('Leave organisation'); await question(/^Leave/); } },
  'deleting an organisation': { tag: COMPANY, play: async () => { await press('Delete organisation'); await question(/^Delete/); } },
  'an invitation that is sent': {
    tag: TEAM,
    play: async () => {
      await press('New Invitation');
      write(get('textbox', 'Email address', await dialog('New Invitation')), 'wilhelmine@example.net');
      await press('Send');
      await reads('Invitation sent to wilhelmine@example.net.');
    },
  },
  'inviting many': {
    tag: TEAM,
    play: async () => {
      await press('New Invitation');
      await press('Invite many');
      write(get('textbox', 'Email addresses', await dialog('Invite many')), 'anna@example.net, bert@example.net, ');
      await find('list', 'Who will be invited');
    },
  },
  'the filters of a team': { tag: TEAM, play: async () => { await rowsShown(); await press('Filter'); await find('combobox', 'Role'); } },
  'another role': { tag: TEAM, play: async () => { await choose(/^More, charles@/, /^Change role…/); await dialog(/^Change the role of/); } },
  'removing a member': { tag: TEAM, play: async () => { await choose(/^More, charles@/, /^Remove from team…/); await question(/^Remove Charles/); } },
  'the link of an invitation': { tag: TEAM, play: async () => { await choose(/^More, luigi/, /^Copy link…/); await dialog(/^Copy the link/); } },
  'revoking an invitation': { tag: TEAM, play: async () => { await choose(/^More, luigi/, /^Revoke…/); await question(/^Revoke the invitation/); } },
  'several people with another role': {
    tag: TEAM,
    play: async () => {
      await rowsShown();
      await press('Select');
      await press(/^Select Mary Somerville/, 'checkbox');
      await press('Change role (1)');
      await question(/^Change the role of 1/);
    },
  },
  'a team as a CSV file': { tag: TEAM, play: async () => { await rowsShown(); await download(() => press('Export')); } },
  'keys without MFA': { tag: KEYS, play: async () => { await keysShown(); await press('View API Keys'); await dialog('Set up multi-factor authentication first'); } },
  'keys that are revealed': { tag: KEYS, world: mfaOnWorld, play: async () => { await keysShown(); await press('View API Keys'); await prove(); await find('button', 'Hide now'); } },
  'a new key with its snippets': {
    tag: KEYS,
    world: mfaOnWorld,
    play: async () => {
      await press('Create API key');
      write(get('textbox', 'Name', await dialog('Create API key')), 'Nightly export');
      await press('Create key');
      await prove();
      await dialog('Your new API key');
      await find('combobox', 'Use it in');
    },
  },
  'the source addresses of a key': { tag: KEYS, world: mfaOnWorld, play: async () => { await keysShown(); await first(/^Anywhere, Source addresses/); await dialog('Source addresses'); } },
  'the requests of a key': { tag: KEYS, world: keyLifecycleWorld, play: async () => { await keysShown(); await first(/requests in 30 days/); await dialog('Requests in the last 30 days'); } },
  'another name of a key': { tag: KEYS, world: keyLifecycleWorld, play: async () => { await keysShown(); await choose(/^More, /, /^Rename, /); await dialog('Rename API key'); } },
  'another expiry of a key': { tag: KEYS, world: keyLifecycleWorld, play: async () => { await keysShown(); await choose(/^More, /, /^Change expiry/); await dialog('Change expiry'); } },
  'the replacement of a key': { tag: KEYS, world: mfaOnWorld, play: async () => { await keysShown(); await choose(/^More, /, /^Replace key…/); await dialog('Replace this key'); } },
  'revoking a key': { tag: KEYS, world: keyLifecycleWorld, play: async () => { await keysShown(); await choose(/^More, /, /^Revoke…/); await question(/^Revoke/); } },
  'the audit log as a CSV file': { tag: 'uf-audit-log', play: () => download(() => press(/^Export CSV/)) },
  'every tab of the settings': {
    tag: 'uf-settings',
    play: async () => {
      for (const [tab, words] of [['Company Details', 'Organisation name'], ['Team Members', 'New Invitation'], ['API Keys', 'Handle with care'], ['Your Account', 'You are signed in as']] as const) {
        await press(tab, 'tab');
        await reads(words);
      }
    },
  },
  'the menu with another organisation': { tag: 'uf-organisation-menu', world: severalOrganisationsWorld, play: async () => { await press('Organisation: Analytical Engines Ltd'); await find('button', /^Difference Works AB/); } },
  'an invitation, before signing in': { tag: 'uf-invitation', as: null, play: () => until(() => document.querySelector('uf-invitation')?.shadowRoot?.querySelector('[part]'), 'the invitation') },
  'another language, theme and density at run time': {
    tag: ACCOUNT,
    play: async (provider) => {
      await reads('You are signed in as');
      provider.setAttribute('theme', 'dark');
      provider.setAttribute('density', 'compact');
      for (const [language, words] of [['de', 'Abmelden'], ['ar', /[\u0600-\u06ff]{4}/], ['ja', /[\u3040-\u30ff]{2}/]] as const) {
        document.documentElement.lang = language;
        await reads(words);
      }
    },
  },
};

/** Widgets that tell when their data has come. */
const LOADING: readonly string[] = ['uf-account', 'uf-company', 'uf-team', 'uf-api-keys', 'uf-settings', 'uf-audit-log'];

/** Plays a scene in a provider of its own. @param stand puts that into the page, and takes it away again some time */
export async function playScene(name: string, stand: (provider: HTMLElement) => void): Promise<void> {
  const scene = scenes[name];
  if (!scene) throw new Error(`There is no scene "${name}".`);
  const backend = createMemoryBackend({ world: (scene.world ?? demoWorld)() });
  await backend.ready;
  const session = scene.as === undefined ? backend.connect() : backend.connect(scene.as);
  const provider = document.createElement('uf-provider');
  const widget = document.createElement(scene.tag);
  const ready = LOADING.includes(scene.tag) ? next(widget, 'uf-ready') : undefined;
  provider.append(widget);
  provider.adapter = session.adapter;
  stand(provider);
  await ready;
  await scene.play(provider);
}
