/**
 * Every write of the operations table whose answer is lost: the person reads that the server did not answer, does the same once more, and it was
 * done once. A write without a scene does not compile.
 */
import { expect } from 'chai';
import { ADA_TOTP_SECRET, demoWorld, keyLifecycleWorld, memberWorld, mfaOnWorld, passkeysWorld, severalOrganisationsWorld, type World } from '../../../src/adapters/memory/index.js';
import { examplePicture } from '../../../src/contract/examples.js';
import type { CallOptions, Input, OperationName, SettingsAdapter, WriteOperation } from '../../../src/contract/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { itWith, type Capability } from '../../support/engines.js';
import { mount, scanMfa, type Stage } from '../../support/mount.js';
import { all, find, findField, gone, reads, said, shown, toasts, type Name } from '../../support/query.js';
import { choosePicture, typePasswords } from '../../support/strict-scenes.js';
import { eventually, until } from '../../support/wait.js';
import { plugIn } from '../../support/virtual-authenticator.js';

interface Scene {
  readonly markup: string;
  readonly world?: () => World;
  readonly needs?: Capability;
  /** What was done before. */
  readonly before?: (stage: Stage) => Promise<unknown>;
  /** Up to the press that sends it. */
  readonly reach?: (stage: Stage) => Promise<unknown>;
  readonly send: (stage: Stage) => Promise<unknown>;
  /** It was asked first, and the failure stands where the question began: it is reached again. */
  readonly over?: true;
  /** What the person reads in the end. */
  readonly done: Name;
  /** Doing it twice is doing it once: each press may be another write. */
  readonly idempotent?: true;
}

const only = (sections: string): string => `<uf-account sections="${sections}"></uf-account>`;
const COMPANY = '<uf-company></uf-company>';
const TEAM = '<uf-team></uf-team>';
const KEYS = '<uf-api-keys></uf-api-keys>';
const MENU = '<uf-organisation-menu></uf-organisation-menu>';

/** One of these; of several the first. */
async function press(name: Name, role = 'button', within?: HTMLElement): Promise<void> {
  (await until(() => all(role, name, within).find((one) => one.ariaDisabled !== 'true'), () => `"${String(name)}" in: ${shown().slice(0, 600)}`)).click();
}

/** The answer to a question. */
const answer = async (name: Name): Promise<void> => press(name, 'button', await find('alertdialog'));
/** The button of the dialog that is open. */
const inDialog = async (name: Name): Promise<void> => press(name, 'button', await find('dialog'));

async function write(label: Name, text: string): Promise<void> {
  const field = await findField(label);
  field.value = text;
  for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
}

/** An item of the menu of a row. */
async function choose(row: RegExp, item: RegExp): Promise<void> {
  await press(row);
  await press(item);
}

/** The step-up that the write asks for is given already. */
async function proven({ session, clock }: Stage): Promise<void> {
  await session.adapter.call('auth.stepUp', { method: 'totp', code: new Authenticator(ADA_TOTP_SECRET, clock).code() });
}

async function typeCode(stage: Stage): Promise<void> {
  const phone = await scanMfa(stage);
  await write('Enter your one-time code here', phone.code());
}

const withProof = { world: mfaOnWorld, before: proven } as const;
const withKeys = { markup: KEYS, world: keyLifecycleWorld, before: proven } as const;
/** Of the one that nothing in production uses. */
const SANDBOX = /^More, Data API Keys, Test /;
const CHARLES = /^More, charles@/;
const LUIGI = /^More, luigi/;

const moving = ({ session }: Stage): Promise<unknown> => session.adapter.call('email.change', { email: 'ada@lovelace.example' });

const invited: Pick<Scene, 'markup' | 'world' | 'before'> = {
  markup: '<uf-invitation></uf-invitation>',
  world: memberWorld,
  before: async (stage) => {
    const georg = stage.backend.connect('georg@example.org').adapter;
    await georg.call('team.invite', { invitations: [{ email: 'mary@example.com', role: 'member' }] });
    stage.element('uf-invitation').token = stage.mails('mary@example.com')[0]?.link?.split('=')[1] ?? '';
  },
};

/**
 * Where there is no second press. A proof is a try, which counts whatever becomes of it; a question for a passkey is followed by the next one; who
 * signs out or deletes their account is nobody afterwards, and the page finds that out (sign-out.browser.ts, delete-account.browser.ts).
 */
type Elsewhere = 'auth.stepUp' | 'auth.passkeyOptions' | 'passkeys.begin' | 'auth.signOut' | 'account.delete';

const scenes: Readonly<Record<Exclude<WriteOperation, Elsewhere>, Scene>> = {
  'auth.endStepUp': { ...withProof, markup: only('mfa'), send: () => press('Lock now'), done: /Locked\./, idempotent: true },
  'profile.update': { markup: only('profile'), reach: () => write('Your name', 'Ada King'), send: () => press(/^Save details/), done: 'Your details are saved.' },
  'avatar.set': { markup: only('profile'), reach: async () => { await choosePicture('Change picture'); await find('dialog'); }, send: () => press('Save picture'), done: 'Your picture is saved.' },
  'avatar.remove': { markup: only('profile'), before: ({ session }) => session.adapter.call('avatar.set', examplePicture), reach: () => press('Remove, Your picture'), send: () => answer('Remove'), over: true, done: 'Your picture is removed.' },
  'email.change': { markup: only('profile'), reach: () => write('Email address', 'ada@lovelace.example'), send: () => press(/^Save details/), done: 'Confirm ada@lovelace.example' },
  'email.resend': { markup: only('profile'), before: moving, send: () => press(/^Resend/), done: 'We sent the link to ada@lovelace.example again.' },
  'email.cancel': { markup: only('profile'), before: moving, send: () => press('Cancel change'), done: 'The change of address is cancelled.' },
  'password.change': { markup: only('password'), reach: typePasswords, send: () => press('Update password'), done: 'Your password is updated.' },
  'mfa.begin': { markup: only('mfa'), send: () => press('Setup Multi-factor authentication'), done: 'Or type this key into the app' },
  'mfa.confirm': { markup: only('mfa'), reach: async (stage) => { await press('Setup Multi-factor authentication'); await typeCode(stage); }, send: () => press('Verify code'), done: 'I have saved them' },
  // The codes of the first try were on their way when they were lost: nobody has them, and others are made.
  'recoveryCodes.regenerate': { ...withProof, markup: only('mfa'), reach: () => press(/^Make new codes/), send: () => answer('Make new codes'), over: true, done: 'I have saved them', idempotent: true },
  'mfa.disable': { ...withProof, markup: only('mfa'), reach: () => press('Turn off, Multi-factor authentication'), send: () => answer('Turn off'), over: true, done: 'Multi-factor authentication is off.' },
  'passkeys.finish': { markup: only('passkeys'), needs: 'virtual-authenticator', before: () => plugIn(), reach: () => press('Add a passkey'), send: () => inDialog('Continue'), done: 'Passkey added.' },
  'passkeys.rename': { markup: only('passkeys'), world: passkeysWorld, reach: async () => { await press('Rename, iPhone'); await write('Name', 'Old iPhone'); }, send: () => inDialog('Rename passkey'), done: 'Passkey renamed.' },
  'passkeys.remove': { markup: only('passkeys'), world: passkeysWorld, before: proven, reach: () => press('Remove, iPhone'), send: () => answer('Remove'), over: true, done: 'Passkey removed.' },
  'sessions.end': { markup: only('sessions'), send: () => press(/^End session/), done: /The session on .+ is ended\./ },
  'sessions.endOthers': { markup: only('sessions'), reach: () => press('End all other sessions'), send: () => answer('End all other sessions'), over: true, done: 'All your other sessions are ended.', idempotent: true },
  'company.update': { markup: COMPANY, reach: () => write('Organisation name', 'Difference & Daughters'), send: () => press('Save details, Company Details'), done: 'The company details are saved.' },
  'logo.set': { markup: COMPANY, reach: async () => { await choosePicture('Change logo'); await find('dialog'); }, send: () => press('Save picture'), done: 'The logo is saved.' },
  'logo.remove': {
    markup: COMPANY,
    before: async (stage) => { await stage.session.adapter.call('logo.set', examplePicture); await stage.element('uf-company').client?.resource('company.get', undefined).reload(); },
    reach: () => press(/^Remove, /),
    send: () => answer('Remove'),
    over: true,
    done: 'The logo is removed.',
  },
  'organisation.switch': { markup: MENU, world: severalOrganisationsWorld, reach: () => press(/^Organisation: /), send: () => press(/^Difference Works AB/), done: /Difference Works AB/, idempotent: true },
  'organisation.leave': { markup: COMPANY, world: memberWorld, reach: () => press('Leave organisation'), send: () => answer('Leave organisation'), over: true, done: 'You have left Analytical Engines Ltd.' },
  'organisation.transfer': {
    ...withProof,
    markup: COMPANY,
    reach: async () => { await press('Transfer ownership'); await press(/Charles Babbage/, 'radio'); },
    send: () => inDialog('Transfer ownership'),
    done: 'Charles Babbage is an owner of Analytical Engines Ltd now.',
  },
  'organisation.delete': {
    ...withProof,
    markup: COMPANY,
    reach: async () => { await press('Delete organisation'); await write('Type the name of the organisation to confirm', 'Analytical Engines Ltd'); },
    send: () => answer('Delete organisation'),
    done: 'Analytical Engines Ltd is deleted.',
  },
  'team.invite': {
    markup: TEAM,
    reach: async () => { await press('New Invitation'); await find('dialog'); await write('Email address', 'wilhelmine@example.net'); },
    send: () => inDialog('Send'),
    done: 'Invitation sent to wilhelmine@example.net.',
  },
  'team.resend': { markup: TEAM, send: () => press(/^Resend, luigi/), done: 'Invitation sent to luigi.menabrea@example.com.' },
  'team.revoke': { markup: TEAM, reach: () => choose(LUIGI, /^Revoke…/), send: () => answer('Revoke'), over: true, done: 'The invitation of luigi.menabrea@example.com is revoked.' },
  'team.link': { markup: TEAM, reach: () => choose(LUIGI, /^Copy link…/), send: () => inDialog('Make and copy link'), done: /is copied\.|The browser did not allow copying/ },
  'team.changeRole': {
    markup: TEAM,
    reach: async () => { await choose(CHARLES, /^Change role…/); await press('Member', 'radio'); },
    send: () => inDialog('Change role'),
    done: 'The role of Charles Babbage is now Member.',
  },
  'team.remove': { markup: TEAM, reach: () => choose(CHARLES, /^Remove from team…/), send: () => answer('Remove'), over: true, done: 'Charles Babbage is removed from your team.' },
  'invitation.accept': { ...invited, send: () => press('Accept invitation'), done: 'You have joined Difference Works AB' },
  'invitation.decline': { ...invited, send: () => press('Decline'), done: 'Invitation declined' },
  // Each look is one more in the log.
  'apiKeys.reveal': { ...withKeys, send: () => press('View API Keys'), done: 'Your keys are visible', idempotent: true },
  'apiKeys.create': {
    ...withKeys,
    reach: async () => { await press('Create API key'); await find('dialog'); await write('Name', 'Nightly export'); },
    send: () => inDialog('Create key'),
    done: 'Your new API key',
  },
  'apiKeys.update': { ...withKeys, reach: () => choose(SANDBOX, /^Disable…/), send: () => answer('Disable key'), over: true, done: /The key ending \w{4} is disabled\./ },
  'apiKeys.roll': { ...withKeys, reach: () => choose(/^More, Integration API Keys, Production Read and Write /, /^Replace key…/), send: () => inDialog('Create the new key'), done: 'Your new API key' },
  'apiKeys.finishRoll': { ...withKeys, reach: () => press(/^Finish now, /), send: () => answer('End the old key'), over: true, done: 'The old key is ended.' },
  'apiKeys.cancelRoll': { ...withKeys, reach: () => press(/^Keep the old key, /), send: () => answer('Take the new key back'), over: true, done: 'The new key is taken back.' },
  'apiKeys.revoke': { ...withKeys, reach: () => choose(SANDBOX, /^Revoke…/), send: () => answer('Revoke key'), done: /The key ending \w{4} is revoked\./ },
};

interface Sent {
  readonly operation: OperationName;
  readonly key: string | undefined;
}

/** The adapter, and the keys of the writes that go through it. */
function keysOf(adapter: SettingsAdapter, sent: Sent[]): SettingsAdapter {
  // An heir is an adapter, too.
  return Object.assign(Object.create(adapter) as SettingsAdapter, {
    call: <Op extends OperationName>(operation: Op, input: Input<Op>, options?: CallOptions) => {
      sent.push({ operation, key: options?.idempotencyKey });
      return adapter.call(operation, input, options);
    },
  });
}

describe('A lost answer, and the same once more', () => {
  for (const [operation, scene] of Object.entries(scenes) as [keyof typeof scenes, Scene][]) {
    const { markup, world = demoWorld, needs, before, reach, send, over, done, idempotent } = scene;
    (needs ? itWith(needs) : it)(`${operation} was done once`, async () => {
      const sent: Sent[] = [];
      const stage = await mount(markup, { world: world(), ready: !markup.includes('menu') && !markup.includes('invitation'), adapter: (adapter) => keysOf(adapter, sent) });
      await before?.(stage);
      await stage.provider.refresh();
      await reach?.(stage);
      stage.backend.faults.fail(operation, 'unavailable', { times: 1, committed: true });
      await send(stage);
      await reads('The server did not answer.');
      if (over) {
        // Nothing was typed that could be lost.
        expect(shown()).to.include('The server did not answer. Try again.');
        await reach?.(stage);
      }
      await send(stage);
      await eventually(() => { expect(`${shown()} ${said()}`).to.match(typeof done === 'string' ? new RegExp(done.replace(/[.+?()]/g, '\\$&')) : done); });
      const keys = sent.filter((one) => one.operation === operation).map(({ key }) => key);
      expect(keys.length).to.be.greaterThan(1);
      if (!idempotent) expect(new Set(keys).size, 'what was sent twice is one write').to.equal(1);
    });
  }
});

describe('A lost answer, and then something else', () => {
  const lose = (stage: Stage, operation: WriteOperation): void => { stage.backend.faults.fail(operation, 'unavailable', { times: 1, committed: true }); };

  it('removes another passkey', async () => {
    const stage = await mount(only('passkeys'), { world: passkeysWorld() });
    await proven(stage);
    lose(stage, 'passkeys.remove');
    await press('Remove, iPhone');
    await answer('Remove');
    await reads('The server did not answer.');
    await press('Remove, Security key on my ring');
    await answer('Remove');
    await eventually(() => { expect(toasts()).to.deep.equal(['Passkey removed.']); });
    expect((await stage.session.adapter.call('passkeys.list', undefined)).passkeys.map(({ name }) => name)).to.deep.equal(['Chrome on Windows']);
  });

  it('renames another passkey', async () => {
    const stage = await mount(only('passkeys'), { world: passkeysWorld() });
    lose(stage, 'passkeys.rename');
    await press('Rename, iPhone');
    await write('Name', 'Old phone');
    await inDialog('Rename passkey');
    await reads('The server did not answer.');
    await inDialog('Cancel');
    await press('Rename, Security key on my ring');
    await inDialog('Rename passkey');
    await eventually(() => { expect(toasts()).to.deep.equal(['Passkey renamed.']); });
  });

  it('locks what was opened since', async () => {
    const stage = await mount(only('mfa'), { world: mfaOnWorld() });
    const phone = new Authenticator(ADA_TOTP_SECRET, stage.clock);
    const prove = async (): Promise<void> => {
      await stage.session.adapter.call('auth.stepUp', { method: 'totp', code: phone.code() });
      await stage.provider.refresh();
    };
    await prove();
    lose(stage, 'auth.endStepUp');
    await press('Lock now');
    await eventually(() => { expect(said()).to.include('The server did not answer.'); });
    await prove();
    await press('Lock now');
    await gone('button', 'Lock now');
    expect((await stage.session.adapter.call('auth.context', undefined)).stepUp.freshUntil).to.equal(null);
  });

  it('ends the sessions that were begun since', async () => {
    const stage = await mount(only('sessions'));
    const end = async (): Promise<void> => {
      await press('End all other sessions');
      await answer('End all other sessions');
    };
    lose(stage, 'sessions.endOthers');
    await end();
    await reads('The server did not answer.');
    await stage.backend.connect().adapter.call('auth.context', undefined);
    await end();
    await eventually(() => { expect(toasts()).to.deep.equal(['All your other sessions are ended.']); });
    expect((await stage.session.adapter.call('sessions.list', {})).items).to.have.length(1);
  });
});
